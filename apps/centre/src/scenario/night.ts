/** What stations hear in a scenario: their bytes on real sockets, as far as the scenario's clock has come. */
import type { ScenarioSound } from "@openjmc/agreement";
import { BLAST_CLASSES, type BlastClass, type BytesItem, type StagedNight, stageNight } from "@openjmc/exercise";
import { FaultError, type Instant, type MissionView, parseInstant } from "@openjmc/model";
import type { Centre } from "../centre.ts";
import { connecting } from "../cli/exercise/endpoints.ts";
import { openWire } from "../exercise/wires/open-wire.ts";
import type { Wire } from "../exercise/wires/wire.ts";
import { pathsOf } from "../folder/index.ts";
import type { SteppedClock } from "./stepped-clock.ts";

const SECOND = 1_000_000;
/** Around what goes off the clock runs at this pace, so that beats of the centre come as they would. */
const PACE = 60;
const PACED_BEFORE = 10 * SECOND;
const PACED_AFTER = 150 * SECOND;
/** Between, it jumps by less than a station may be silent. */
const LEAP = 25 * SECOND;
const CONNECT_MILLISECONDS = 20_000;

/** Errors (thrown): `exercise.mission-lacks`, `exercise.station-unknown`, `exercise.weapon-unknown`. */
export function nightOf(sound: ScenarioSound, mission: MissionView, startsAt: Instant): StagedNight {
  const { fires, silences = [], seed = "1" } = sound;
  return stageNight(
    { seed, mission, startsAt },
    fires.map(({ at, weapon, ...fire }) => ({ ...fire, at: instantOf(at), weapon: blastOf(weapon) })),
    silences.map(({ station, from, until }) => ({ station, from: instantOf(from), until: instantOf(until) })),
  );
}

function blastOf(weapon: string): BlastClass {
  const found = BLAST_CLASSES.find((one) => one === weapon);
  if (found) return found;
  throw new FaultError({
    ...{ code: "exercise.weapon-unknown", what: "scenario", where: { field: "sound.fires.weapon" } },
    ...{ expected: BLAST_CLASSES.join(", "), got: weapon },
  });
}

function instantOf(text: string): Instant {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new FaultError(parsed.fault);
  return parsed.value;
}

/** Puts the stations' bytes on their wires while the clock moves. */
export class NightWatch {
  readonly #clock: SteppedClock;
  readonly #wires: ReadonlyMap<string, Wire>;
  readonly #items: Iterator<BytesItem>;
  readonly #fires: readonly Instant[];
  #next: BytesItem | undefined;

  private constructor(
    clock: SteppedClock,
    wires: ReadonlyMap<string, Wire>,
    items: Iterator<BytesItem>,
    fires: readonly Instant[],
  ) {
    this.#clock = clock;
    this.#wires = wires;
    this.#items = items;
    this.#fires = fires;
    this.#next = items.next().value;
  }

  static async open(
    { centre, clock, folder }: { readonly centre: Centre; readonly clock: SteppedClock; readonly folder: string },
    night: StagedNight,
    { fires }: ScenarioSound,
    until: Instant,
  ): Promise<NightWatch> {
    const wires = new Map<string, Wire>();
    const endpoints = connecting(centre.mission.view, centre, pathsOf(folder).keys);
    for (const [source, endpoint] of Object.entries(endpoints))
      wires.set(source, (await openWire(source, endpoint)).wire);
    const deadline = performance.now() + CONNECT_MILLISECONDS;
    while (![...wires.values()].every((wire) => wire.count().isConnected) && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return new NightWatch(
      clock,
      wires,
      bytesOf(night, until),
      fires.map(({ at }) => instantOf(at)),
    );
  }

  /** Moves the clock to an instant, with everything that is heard until then. */
  async advance(to: Instant, onMoved: () => void = () => undefined): Promise<void> {
    let leapt = this.#clock.now();
    for (; this.#next !== undefined && this.#next.at <= to; this.#next = this.#items.next().value) {
      const { at, source, bytes } = this.#next;
      const isPaced = this.#isPaced(at);
      if (isPaced) await this.#keepPace(at);
      else if (at - leapt >= LEAP) this.#clock.moveTo(at);
      this.#wires.get(source)?.put(bytes);
      if (!isPaced && at - leapt < LEAP) continue;
      leapt = at;
      onMoved();
      await this.#flush();
    }
    await this.#flush();
    this.#clock.moveTo(to);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#wires.values()].map((wire) => wire.stop()));
  }

  #isPaced(at: Instant): boolean {
    return this.#fires.some((fire) => at >= fire - PACED_BEFORE && at < fire + PACED_AFTER);
  }

  /** From where the clock stands, no faster than the pace. */
  async #keepPace(at: Instant): Promise<void> {
    const ahead = at - this.#clock.now();
    if (ahead > LEAP) {
      this.#clock.moveTo(at);
      return;
    }
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead / 1000 / PACE));
    this.#clock.moveTo(at);
  }

  /** Lets what was sent arrive: a turn of the event loop to read it, others for what that sets off. */
  async #flush(): Promise<void> {
    for (const wire of this.#wires.values()) wire.flush();
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

function* bytesOf(night: StagedNight, until: Instant): Generator<BytesItem, undefined, undefined> {
  for (const item of night.play(until)) if (item.kind === "bytes") yield item;
  return undefined;
}
