/**
 * A month of a joint centre, replayed: stations' true bytes on real sockets, two components' officers in processes of their own who
 * act through the interface as people would, and a clock that jumps from one thing to the next.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createMonth, type MonthScenario, type Suspicion } from "@openjmc/exercise";
import {
  type AllegationRow,
  FaultError,
  type FindingRow,
  formatDegrees,
  formatInstant,
  type HotlineRow,
  type IncidentRow,
  type Instant,
  type MissionView,
} from "@openjmc/model";
import { connecting } from "../cli/exercise/endpoints.ts";
import { estimateOf } from "../exercise/weather.ts";
import { openWire } from "../exercise/wires/open-wire.ts";
import type { Wire } from "../exercise/wires/wire.ts";
import { pathsOf } from "../folder/index.ts";
import { readMission } from "../mission/read.ts";
import { foundTheatre, inTheatre, signerFolders, type Theatre } from "../scenario/theatre.ts";
import { CANARY, Cases, untilSettled } from "./cases.ts";
import { type Absence, House } from "./house.ts";
import { Intake } from "./intake.ts";
import { unlikeTheLog } from "./log-alone.ts";
import { writeMonthMission } from "./month-mission.ts";
import type { MonthOutcome } from "./score-month.ts";

export interface MonthOptions {
  readonly missionFolder: string;
  /** Folder in which everything is made; the centre is `centre` in it. */
  readonly folder: string;
  readonly days: number;
  readonly suspicions: number;
  readonly seed: string;
  readonly onProgress?: (at: Instant, share: number) => void;
}

const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
/** After the last day everything that began is brought to its end. */
const AFTERMATH = 52 * HOUR;
/** Around what happens, the scenario runs at this pace, so that beats of the centre come as they would. */
const PACE = 60;
const PACED_BEFORE = 10 * SECOND;
const PACED_AFTER = 150 * SECOND;
/** Between, it jumps by no more than stations stay silent. */
const LEAP = 20 * SECOND;
const SECRECY_LOOKS = 6;
const ORIGIN = "exercise.month";
/** In fewer days nobody is away for long. */
const LONG_DAYS = 10;

/** Errors (thrown): those of founding, opening and planning. What the month did not come to is told by its score. */
export async function playMonth(options: MonthOptions): Promise<MonthOutcome> {
  const missionFolder = join(options.folder, "mission");
  const folder = join(options.folder, "centre");
  writeMonthMission(options.missionFolder, missionFolder);
  const mission = readMission(missionFolder, { exercise: true });
  if (!mission.ok) throw new FaultError(mission.faults[0]!);
  const { view } = mission.value;
  const startsAt = view.exerciseSetting!.startsAt;
  const scenario = createMonth({ mission: view, startsAt }, options);
  await foundTheatre({ folder, missionFolder, origin: ORIGIN, startsAt, seed: options.seed });
  const news = new Set<string>();
  const played = await inTheatre(
    { folder, missionFolder, startsAt },
    (theatre) => new Month(options, view, scenario, theatre, news).play(),
    {
      weather: estimateOf(scenario.weatherAt(startsAt)),
      onEntry: ({ entry }) => {
        if (entry.kind === "alert.raised") news.add(`alerts/${entry.subject}`);
        if (entry.kind === "allegation.received") news.add(`allegations/${entry.subject}`);
      },
    },
  );
  return { ...played, unlikeLog: unlikeTheLog(folder, played) };
}

class Month {
  readonly #options: MonthOptions;
  readonly #view: MissionView;
  readonly #scenario: MonthScenario;
  readonly #theatre: Theatre;
  /** Rows that entries have made and officers have not looked at yet, as addresses below the views. */
  readonly #news: Set<string>;
  readonly #house: House;
  readonly #intake: Intake;
  readonly #cases: Cases;
  readonly #startsAt: Instant;
  readonly #claims = new Map<string, string>();
  readonly #leaks: string[] = [];
  #secrecyLooks = 0;

  constructor(options: MonthOptions, view: MissionView, scenario: MonthScenario, theatre: Theatre, news: Set<string>) {
    this.#options = options;
    this.#view = view;
    this.#scenario = scenario;
    this.#theatre = theatre;
    this.#news = news;
    this.#startsAt = view.exerciseSetting!.startsAt;
    this.#house = new House(view, theatre.players, theatre.clock, { seed: options.seed, absences: this.#absences() });
    this.#cases = new Cases(this.#house);
    this.#intake = new Intake(this.#house, this.#cases);
  }

  /** The second component is away once for a twentieth of the month; the first a little while later on. */
  #absences(): Absence[] {
    const { days } = this.#options;
    const [first, second] = this.#view.components;
    const span = (component: string, from: number, length: number): Absence => ({
      component,
      from: this.#startsAt + from * days * DAY,
      until: this.#startsAt + from * days * DAY + length * DAY,
    });
    return [span(second!.code, 0.4, 0.05 * days), span(first!.code, 0.75, 0.02 * days)];
  }

  async play(): Promise<Omit<MonthOutcome, "unlikeLog">> {
    const end = this.#startsAt + this.#options.days * DAY + AFTERMATH;
    for (const suspicion of this.#scenario.month.suspicions) this.#planPeople(suspicion);
    this.#planSecrecyLooks();
    const wires = await this.#connect();
    try {
      await this.#run(wires, end);
    } finally {
      await Promise.all([...wires.values()].map((wire) => wire.stop()));
    }
    return this.#outcome();
  }

  async #connect(): Promise<Map<string, Wire>> {
    const { centre } = this.#theatre;
    const endpoints = connecting(this.#view, centre, pathsOf(join(this.#options.folder, "centre")).keys);
    const wires = new Map<string, Wire>();
    for (const [source, endpoint] of Object.entries(endpoints))
      wires.set(source, (await openWire(source, endpoint)).wire);
    await untilSettled(async () => [...wires.values()].every((wire) => wire.count().isConnected));
    return wires;
  }

  /** What the parties do: claim, tell what was missing, answer. */
  #planPeople(suspicion: Suspicion): void {
    const { claim } = suspicion;
    if (!claim) return;
    const house = this.#house;
    house.diary.note(claim.at, async () => {
      const id = house.ulid();
      const component = this.#somebody();
      this.#claims.set(suspicion.id, id);
      await house.perform({
        ...{ officer: house.officer(component, "liaison"), kind: "allegation.received", subject: id },
        body: claimBody(suspicion, claim.completeAfterSeconds === 0),
      });
      if (claim.completeAfterSeconds > 0 && Number.isFinite(claim.completeAfterSeconds))
        house.diary.note(claim.at + claim.completeAfterSeconds * SECOND, () => this.#complete(suspicion, id));
      if (claim.answer)
        house.diary.note(claim.at + claim.answer.afterSeconds * SECOND, () => this.#answer(suspicion, id));
      if (suspicion.casualties) house.diary.note(claim.at + 5 * HOUR, () => this.#stateCasualties(suspicion, id));
    });
  }

  /** A component that is there: parties turn to whoever answers. */
  #somebody(): string {
    const house = this.#house;
    const { components } = this.#view;
    return (components.find(({ code }) => !house.isAbsent(code)) ?? components[0]!).code;
  }

  async #complete({ claim }: Suspicion, id: string): Promise<void> {
    const house = this.#house;
    await house.perform({
      ...{ officer: house.officer(this.#somebody(), "liaison"), kind: "allegation.completed", subject: id },
      body: { place: placeOf(claim!.place), note: "told by the hotline" },
    });
  }

  async #answer({ claim }: Suspicion, id: string): Promise<void> {
    const house = this.#house;
    const reader = this.#somebody();
    const row = await house.ask<AllegationRow>(reader, `/api/v1/views/allegations/${id}`);
    if (row.state === "ended" || row.state === "incomplete") return;
    await house.perform({
      ...{ officer: house.officer(reader, "liaison"), kind: "allegation.answered", subject: id },
      body: {
        by: claim!.accused,
        position: claim!.answer!.position,
        text: "Our units report no fire.",
        language: "en",
      },
    });
  }

  async #stateCasualties({ claim, casualties }: Suspicion, id: string): Promise<void> {
    const incident = await this.#intake.incidentOf(id, this.#somebody());
    if (incident !== undefined) await this.#intake.stateCasualties(incident, claim!.accuser, casualties!);
  }

  /** Now and then, while conclusions are sealed, the disks of the centre and of both components' machines are searched. */
  #planSecrecyLooks(): void {
    const { days } = this.#options;
    for (let look = 0; look < SECRECY_LOOKS; look++)
      this.#house.diary.note(this.#startsAt + ((look + 0.6) / SECRECY_LOOKS) * days * DAY, () =>
        this.#lookForSecrets(),
      );
  }

  async #lookForSecrets(): Promise<void> {
    const rows = await this.#house.rows<IncidentRow>(this.#somebody(), "incidents");
    const sealed = rows.flatMap(({ id, conclusions }) =>
      conclusions.filter(({ state }) => state === "sealed").map(({ component }) => `${CANARY} ${component}-${id}`),
    );
    if (sealed.length === 0) return;
    this.#secrecyLooks += sealed.length;
    const centre = join(this.#options.folder, "centre");
    const folders = [centre, ...signerFolders(centre, join(this.#options.folder, "mission")).values()];
    const patterns = sealed.flatMap((one) => ["-e", one]);
    const { stdout } = spawnSync("grep", ["-rlF", ...patterns, ...folders], { encoding: "utf8" });
    this.#leaks.push(...stdout.split("\n").filter(Boolean));
  }

  async #run(wires: ReadonlyMap<string, Wire>, end: Instant): Promise<void> {
    const { clock } = this.#theatre;
    const { diary } = this.#house;
    const pace = new Pace(this.#scenario.month.suspicions);
    let leapt = this.#startsAt;
    for (const item of this.#scenario.play(end)) {
      if (item.kind !== "bytes") continue;
      while (diary.next <= item.at) await this.#turnPage();
      const isPaced = pace.isPaced(item.at);
      if (isPaced) await pace.wait(item.at);
      if (isPaced || item.at - leapt >= LEAP) {
        leapt = item.at;
        clock.moveTo(item.at);
      }
      wires.get(item.source)?.put(item.bytes);
      if (leapt !== item.at) continue;
      for (const wire of wires.values()) wire.flush();
      await breathe();
      // What the centre has begun to record is recorded at this instant, however busy the machine is.
      await this.#theatre.centre.registrar.settled();
      if (this.#news.size > 0) await this.#readNews();
      this.#options.onProgress?.(item.at, (item.at - this.#startsAt) / (end - this.#startsAt));
    }
    while (Number.isFinite(diary.next)) await this.#turnPage();
  }

  async #turnPage(): Promise<void> {
    const entry = this.#house.diary.take()!;
    this.#theatre.clock.moveTo(entry.at);
    await entry.run();
    if (this.#news.size > 0) await this.#readNews();
  }

  /** Rows follow their entries by a beat of the views. */
  async #readNews(): Promise<void> {
    const house = this.#house;
    for (const row of this.#news) {
      this.#news.delete(row);
      await untilSettled(() => house.has(this.#somebody(), `/api/v1/views/${row}`));
    }
    await this.#intake.look();
  }

  async #outcome(): Promise<Omit<MonthOutcome, "unlikeLog">> {
    const house = this.#house;
    const reader = this.#view.components[0]!.code;
    return {
      month: this.#scenario.month,
      claims: this.#claims,
      absences: house.absences,
      alerts: await house.rows(reader, "alerts"),
      allegations: await house.rows(reader, "allegations"),
      incidents: await house.rows(reader, "incidents"),
      findings: await house.rows<FindingRow>(reader, "findings"),
      hotline: await house.rows<HotlineRow>(reader, "hotline"),
      events: await house.rows(reader, "events"),
      refused: house.refused,
      overreaches: this.#cases.overreaches,
      secrecyLooks: this.#secrecyLooks,
      leaks: this.#leaks,
      isShort: this.#options.days < LONG_DAYS,
      acts: house.acts,
      entries: this.#theatre.centre.registrar.size,
    };
  }
}

/** Lets what was sent arrive: a turn of the event loop to read it, another for what that sets off. */
async function breathe(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Holds the scenario to a pace around what happens in it. */
class Pace {
  readonly #times: readonly Instant[];
  #next = 0;
  #origin: { readonly wall: number; readonly at: Instant } | undefined;

  constructor(suspicions: readonly Suspicion[]) {
    this.#times = suspicions.filter(({ fire }) => fire !== undefined).map(({ at }) => at);
  }

  /** Called with instants that never go back. */
  isPaced(at: Instant): boolean {
    while (this.#next < this.#times.length && this.#times[this.#next]! + PACED_AFTER < at) this.#next++;
    const isPaced = this.#next < this.#times.length && this.#times[this.#next]! - PACED_BEFORE <= at;
    if (!isPaced) this.#origin = undefined;
    return isPaced;
  }

  async wait(at: Instant): Promise<void> {
    this.#origin ??= { wall: performance.now(), at };
    const due = this.#origin.wall + (at - this.#origin.at) / 1000 / PACE;
    const milliseconds = due - performance.now();
    if (milliseconds > 1) await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}

const placeOf = ({ lon, lat }: { readonly lon: number; readonly lat: number }) => ({
  lon: formatDegrees(lon),
  lat: formatDegrees(lat),
  uncertaintyMetres: 500,
});

function claimBody({ claim, casualties }: Suspicion, isComplete: boolean) {
  const { accuser, accused, occurredAt, place, number } = claim!;
  return {
    ...{ accuser, accused, via: "letter", language: "en" },
    what: "EXERCISE: artillery fire, several explosions",
    observation: "explosion",
    count: { number, unit: "explosion", qualifier: "about" },
    occurredAt: formatInstant(occurredAt),
    ...(isComplete ? { place: placeOf(place) } : {}),
    harm: casualties ? `${casualties.number} ${casualties.group} killed` : "none reported",
    basis: "report of a local observer",
  };
}
