/** What scripted officers have at hand: their acts and questions through the interface, a diary, and dice of their own. */
import { randomBytes } from "node:crypto";
import { createRandom, type Random } from "@openjmc/exercise";
import { type AppendedAnswer, type Fault, FaultError, type Instant, type MissionView, makeUlid } from "@openjmc/model";
import type { Order, Players } from "../scenario/players.ts";
import type { SteppedClock } from "../scenario/stepped-clock.ts";
import { Diary } from "./diary.ts";

/** A time in which nobody of a component acts. */
export interface Absence {
  readonly component: string;
  readonly from: Instant;
  readonly until: Instant;
}

export interface Refused {
  readonly officer: string;
  readonly act: string;
  readonly fault: Fault;
}

/** A component's node did not answer in time; nothing was recorded. */
const LINE_AWAY = "room.away";
const MOST_TRIES = 3;

type Act = Exclude<Order, { readonly get: string }>;

export class House {
  readonly mission: MissionView;
  readonly diary = new Diary();
  readonly #players: Players;
  readonly #clock: SteppedClock;
  readonly #seed: string;
  readonly absences: readonly Absence[];
  /** Acts that the centre did not take, though the script meant them. */
  readonly refused: Refused[] = [];
  acts = 0;

  constructor(
    mission: MissionView,
    players: Players,
    clock: SteppedClock,
    script: { readonly seed: string; readonly absences: readonly Absence[] },
  ) {
    this.mission = mission;
    this.#players = players;
    this.#clock = clock;
    this.#seed = script.seed;
    this.absences = script.absences;
  }

  get now(): Instant {
    return this.#clock.now();
  }

  dice(...labels: readonly string[]): Random {
    return createRandom("month", this.#seed, ...labels);
  }

  ulid(): string {
    return makeUlid(this.now, randomBytes(10));
  }

  isAbsent(component: string, at: Instant = this.now): boolean {
    return this.absences.some((one) => one.component === component && at >= one.from && at < one.until);
  }

  /** An officer of a component; its first two duty officers take turns of eight hours. */
  officer(component: string, role: "duty" | "liaison"): string {
    if (role === "liaison") return `${component}-Liaison`;
    return `${component}-Duty-${1 + (Math.floor(this.now / 28_800_000_000) % 2)}`;
  }

  otherThan(component: string): string {
    return this.mission.components.find(({ code }) => code !== component)!.code;
  }

  /** Performs an act; undefined where the centre refuses it, which is kept. Where a line was away, it is tried again. */
  async perform(act: Act): Promise<AppendedAnswer | undefined> {
    this.acts += 1;
    for (let tries = 1; ; tries++)
      try {
        return await this.#players.act(act);
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
        if (error.fault.code === LINE_AWAY && tries < MOST_TRIES) continue;
        const told = "kind" in act ? act.kind : "countersignature";
        this.refused.push({ officer: act.officer, act: told, fault: error.fault });
        return undefined;
      }
  }

  /** Performs an act that the centre is to refuse; gives the code of the refusal, or `taken`. */
  async attempt(act: Act): Promise<string> {
    try {
      await this.#players.act(act);
      return "taken";
    } catch (error) {
      if (error instanceof FaultError) return error.fault.code;
      throw error;
    }
  }

  /** Whether a row or page is there. */
  async has(component: string, path: string): Promise<boolean> {
    try {
      await this.ask(component, path);
      return true;
    } catch (error) {
      if (error instanceof FaultError) return false;
      throw error;
    }
  }

  async ask<T>(component: string, path: string): Promise<T> {
    return (await this.#players.ask(this.officer(component, "duty"), path)) as T;
  }

  /** All rows of a view, page by page. */
  async rows<T>(component: string, view: string, query = ""): Promise<T[]> {
    const rows: T[] = [];
    for (let after: string | undefined; ; ) {
      const page = await this.ask<{ readonly rows: readonly T[]; readonly next?: string }>(
        component,
        `/api/v1/views/${view}?limit=500${query}${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`,
      );
      rows.push(...page.rows);
      if (page.next === undefined) return rows;
      after = page.next;
    }
  }
}
