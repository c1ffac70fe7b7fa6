/** How the scripted officers of two components take a case from its first sign to its disposition, as people would. */
import type { Random } from "@openjmc/exercise";
import {
  type AlertRow,
  type EventRow,
  type FindingRow,
  formatDegrees,
  formatInstant,
  type IncidentRow,
  type Instant,
} from "@openjmc/model";
import { createWords, LOCALES } from "@openjmc/words";
import type { House } from "./house.ts";

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Text that stands in sealed conclusions alone: wherever else it is found, somebody could read what was sealed. */
export const CANARY = "MONTH-CANARY";

/** From the first sign, µs: until when conclusions are opened at the latest, and until when a finding is to be signed. */
const OPENED_BY = 20 * HOUR;
const SIGNED_BY = 44 * HOUR;
const DISSENT_SHARE = 0.12;
const OVERREACH_SHARE = 0.06;

/** What the case is about, besides its id. */
export interface Matter {
  readonly incident: string;
  readonly since: Instant;
  readonly lead: string;
  readonly event?: EventRow;
  readonly alert?: AlertRow;
  readonly place: { readonly lon: number; readonly lat: number };
  /** Whether anybody could have heard it. */
  readonly couldHear: number;
}

export class Cases {
  readonly #house: House;
  /** Codes with which the centre refused to name somebody below the threshold. */
  readonly overreaches: string[] = [];

  constructor(house: House) {
    this.#house = house;
  }

  /** Notes everything that follows in a case until it has a finding. */
  follow(matter: Matter): void {
    const dice = this.#house.dice("case", matter.incident);
    const at = (hours: number): Instant => matter.since + Math.round(hours * HOUR);
    this.#plan(at(dice.between(0.5, 1.7)), matter.lead, (officer) => this.#spot(matter, officer));
    for (const { code } of this.#house.mission.components)
      this.#planOwn(at(dice.between(3, 14)), code, (officer) => this.#conclude(matter, code, officer));
    const proposedAt = at(dice.between(21, 28));
    const answeredAt = proposedAt + Math.round(dice.between(1, 8) * HOUR);
    this.#plan(proposedAt, matter.lead, (officer, component) =>
      this.#propose(matter, officer, component, dice, answeredAt),
    );
  }

  /** By the component that leads, or by the other where nobody of it is there. */
  #plan(at: Instant, lead: string, work: (officer: string, component: string) => Promise<void>): void {
    const house = this.#house;
    house.diary.note(at, async () => {
      const component = house.isAbsent(lead) ? house.otherThan(lead) : lead;
      if (!house.isAbsent(component)) await work(house.officer(component, "duty"), component);
    });
  }

  /** By this component, or not at all. */
  #planOwn(at: Instant, component: string, work: (officer: string) => Promise<void>): void {
    const house = this.#house;
    house.diary.note(at, async () => {
      if (!house.isAbsent(component)) await work(house.officer(component, "duty"));
    });
  }

  async #spot({ incident, event, couldHear }: Matter, officer: string): Promise<void> {
    const text =
      event === undefined
        ? `Spot statement: claimed, not heard; ${couldHear} posts could hear there. Both parties were asked.`
        : `Spot statement: ${event.count} ${event.countUnit}, heard by ${event.stations.length} posts. Both parties were told.`;
    await this.#house.perform({ officer, kind: "incident.noted", subject: incident, body: { text } });
  }

  async #conclude({ incident, since, event }: Matter, component: string, officer: string): Promise<void> {
    const [language] = this.#house.mission.components.find(({ code }) => code === component)!.languages;
    const opinion = event === undefined ? "nothing was heard" : `${event.count} rounds were heard`;
    const text = `${CANARY} ${component}-${incident}: ${opinion}.`;
    await this.#house.perform({
      ...{ officer, kind: "conclusion.stated", subject: this.#house.ulid() },
      body: { incident, text, language: language ?? "en" },
      seal: { kind: "conclusion.stated", incident, deadline: formatInstant(since + OPENED_BY) },
    });
  }

  async #propose(matter: Matter, officer: string, component: string, dice: Random, answeredAt: Instant): Promise<void> {
    const house = this.#house;
    const row = await house.ask<IncidentRow>(component, `/api/v1/views/incidents/${matter.incident}`);
    const body = await this.#findingBody(matter, row, component);
    const act = { officer, kind: "finding.proposed", subject: house.ulid() };
    if (dice.chance(OVERREACH_SHARE) || this.overreaches.length === 0)
      this.overreaches.push(await this.#overreach(act, body));
    const answer = await house.perform({ ...act, body });
    if (!answer) return;
    const other = house.otherThan(component);
    const dissents = dice.chance(DISSENT_SHARE);
    this.#planOwn(answeredAt, other, (their) => this.#answer(act.subject, answer.statement, their, dissents));
    const deadline = Math.max(matter.since + SIGNED_BY, house.now + HOUR);
    house.diary.note(deadline + MINUTE, () => this.#awaitEnd(act.subject, component));
  }

  /** Naming a side at six tenths: the centre is to refuse it under its threshold. */
  #overreach(act: { readonly officer: string; readonly kind: string; readonly subject: string }, body: object) {
    const [party] = this.#house.mission.parties;
    const attribution = { actor: party!.code, confidencePerMille: 610, basis: "direction of the sound" };
    return this.#house.attempt({ ...act, body: { ...body, attribution } });
  }

  async #findingBody(matter: Matter, row: IncidentRow, component: string) {
    const house = this.#house;
    const { event, alert, place, since, couldHear } = matter;
    const provision = alert?.provision ?? house.mission.provisions[0]!.id;
    const answers = await this.#answersIn(row, component);
    const asked = answers[0];
    const judgement = event ? "recorded" : "unable-to-determine";
    const number = event?.count ?? 0;
    const observation = event?.kind ?? "explosion";
    return {
      incident: matter.incident,
      question: "What was heard, where, when and how often?",
      texts: this.#texts(judgement, number, observation),
      occurredAt: formatInstant(event?.originTime ?? row.occurredAt),
      place: {
        ...{ lon: formatDegrees(place.lon), lat: formatDegrees(place.lat) },
        uncertaintyMetres: Math.round(event?.ellipse.semiMajorMetres ?? 1_000),
      },
      observation,
      count: { number, unit: event?.countUnit ?? "explosion", qualifier: event ? "at-least" : "about" },
      means: event ? ["acoustic"] : ["party-report"],
      provision,
      judgement,
      unknowns: event ? "Who fired, and at what." : "Whether anything happened there.",
      version: alert?.zone === undefined ? "as signed" : `${alert.zone} ${alert.zoneVersion ?? 1}`,
      reading: "by its words",
      coverage: `${couldHear} posts could hear there at that hour.`,
      confidencePerMille: event ? 900 : 0,
      reply: asked ?? {
        ...{ by: house.mission.parties[0]!.code, askedAt: formatInstant(since), text: "", language: "en" },
      },
      deadline: formatInstant(Math.max(since + SIGNED_BY, house.now + HOUR)),
    };
  }

  /** What accused sides have answered to allegations in the incident, word for word. */
  async #answersIn(row: IncidentRow, component: string) {
    const replies = [];
    for (const { kind, target } of row.evidence) {
      if (kind !== "allegation") continue;
      const { answers = [], receivedAt } = await this.#house.ask<{
        answers?: readonly { by: string; text: string; language: string }[];
        receivedAt: Instant;
      }>(component, `/api/v1/views/allegations/${target}`);
      for (const { by, text, language } of answers)
        replies.push({ by, askedAt: formatInstant(receivedAt), text, language });
    }
    return replies;
  }

  #texts(judgement: string, number: number, observation: string): Record<string, string> {
    const { authenticLanguages } = this.#house.mission;
    return Object.fromEntries(
      authenticLanguages.map((language) => {
        const words = createWords(LOCALES.find((one) => one === language) ?? "en");
        const what = `${words.sayCode("observation", observation)}: ${number}`;
        return [language, `${words.sayCode("judgement", judgement)}. ${what}.`];
      }),
    );
  }

  async #answer(subject: string, statement: string, officer: string, dissents: boolean): Promise<void> {
    const house = this.#house;
    if (!dissents) {
      await house.perform({ officer, countersign: statement });
      return;
    }
    await house.perform({
      ...{ officer, kind: "finding.dissented", subject },
      refs: [{ rel: "proposal", sha256: statement }],
      body: { proposal: statement, text: "The number is not what our posts heard.", language: "en" },
    });
  }

  /** After its clock no finding is only proposed: the machine's lapse follows by itself. */
  async #awaitEnd(subject: string, component: string): Promise<void> {
    const house = this.#house;
    const reader = house.isAbsent(component) ? house.otherThan(component) : component;
    await untilSettled(async () => {
      const row = await house.ask<FindingRow>(reader, `/api/v1/views/findings/${subject}.0`);
      return row.state !== "proposed";
    });
  }
}

const PATIENCE_MILLISECONDS = 20_000;
const AGAIN_MILLISECONDS = 100;

/** Waits in wall time, while the scenario stands, for what a beat of the centre brings. Gives up in silence: the score tells. */
export async function untilSettled(isSettled: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + PATIENCE_MILLISECONDS;
  while (!(await isSettled()) && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLISECONDS));
}
