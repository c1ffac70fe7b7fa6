import type { Instant } from "@openjmc/model";
import type {
  AircraftRecord,
  AllegationRecord,
  ExpectedAlertRecord,
  FireRecord,
  LostBytesRecord,
  ScenarioRecord,
  StateRecord,
  ThunderRecord,
  TroubleRecord,
  TruthRecord,
  ZoneStayRecord,
} from "./truth-record.ts";

/** A span of time; both ends in it. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** One aircraft with its states in order of time. */
export interface TrueAircraft extends AircraftRecord {
  readonly states: readonly StateRecord[];
}

/** All that truly happened in the spans that were played. */
export interface ExerciseTruth {
  readonly scenario: ScenarioRecord;
  /** Greatest speed at which any of it was played. */
  readonly speed: number;
  /** What was played, in order; more than one where the driver paused. */
  readonly played: readonly Span[];
  readonly aircraft: readonly TrueAircraft[];
  readonly fire: readonly FireRecord[];
  readonly thunder: readonly ThunderRecord[];
  readonly stays: readonly ZoneStayRecord[];
  readonly expectedAlerts: readonly ExpectedAlertRecord[];
  readonly allegations: readonly AllegationRecord[];
  readonly troubles: readonly TroubleRecord[];
  readonly lostBytes: readonly LostBytesRecord[];
}

/**
 * Puts truth together from its records in the order they were written. A driver that was killed may have told the last
 * moments twice: the same line counts once. Undefined where the first record is not the scenario's.
 */
export function gatherTruth(records: Iterable<TruthRecord>): ExerciseTruth | undefined {
  const seen = new Set<string>();
  const gathering = new Gathering();
  for (const record of records) {
    const key = keyOf(record);
    if (seen.has(key)) continue;
    seen.add(key);
    gathering.add(record);
  }
  return gathering.finish();
}

/** The instant up to which everything is told. */
export function truthEnd(truth: ExerciseTruth): Instant {
  return truth.played.at(-1)?.until ?? truth.scenario.startsAt;
}

/** Whether all of a span was played. */
export function wasPlayed(truth: ExerciseTruth, from: Instant, until: Instant): boolean {
  return truth.played.some((span) => span.from <= from && until <= span.until);
}

function keyOf(record: TruthRecord): string {
  switch (record.type) {
    case "scenario":
      return "scenario";
    case "state":
      return `${record.at} ${record.aircraft}`;
    default:
      return JSON.stringify(record);
  }
}

class Gathering {
  #scenario: ScenarioRecord | undefined;
  #speed = 1;
  readonly #spans: { from: Instant; until: Instant }[] = [];
  readonly #aircraft = new Map<string, AircraftRecord>();
  readonly #states = new Map<string, StateRecord[]>();
  readonly #others: TruthRecord[] = [];

  add(record: TruthRecord): void {
    switch (record.type) {
      case "scenario":
        this.#scenario = record;
        return;
      case "progress":
        this.#extend(record.at, record.resumed === true);
        this.#speed = Math.max(this.#speed, record.speed ?? 1);
        return;
      case "aircraft":
        this.#aircraft.set(record.aircraft, record);
        return;
      case "state":
        this.#addState(record);
        return;
      default:
        this.#others.push(record);
    }
  }

  finish(): ExerciseTruth | undefined {
    if (!this.#scenario) return undefined;
    return {
      scenario: this.#scenario,
      speed: this.#speed,
      played: this.#spans,
      aircraft: [...this.#aircraft.values()].map((aircraft) => ({
        ...aircraft,
        states: this.#statesOf(aircraft.aircraft),
      })),
      fire: this.#of("fire"),
      thunder: this.#of("thunder"),
      stays: this.#of("zone-stay"),
      expectedAlerts: this.#of("expected-alert"),
      allegations: this.#of("allegation"),
      troubles: this.#of("trouble"),
      lostBytes: this.#of("lost-bytes"),
    };
  }

  #extend(at: Instant, resumed: boolean): void {
    const last = this.#spans.at(-1);
    // A resumption within what was played already leaves no gap.
    if (last === undefined || (resumed && at > last.until)) this.#spans.push({ from: at, until: at });
    else last.until = Math.max(last.until, at);
  }

  #addState(record: StateRecord): void {
    const states = this.#states.get(record.aircraft);
    if (states) states.push(record);
    else this.#states.set(record.aircraft, [record]);
  }

  #statesOf(aircraft: string): StateRecord[] {
    return (this.#states.get(aircraft) ?? []).sort((a, b) => a.at - b.at);
  }

  #of<Type extends TruthRecord["type"]>(type: Type): Extract<TruthRecord, { type: Type }>[] {
    return this.#others.filter((record): record is Extract<TruthRecord, { type: Type }> => record.type === type);
  }
}
