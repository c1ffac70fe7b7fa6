/** An accepted event in the local frame: its solution, what it predicts at each channel, and what was told of it. */
import type { Evidence } from "./evidence.ts";
import { type EventInformationSnapshot, restoreInformation, saveInformation } from "./information.ts";
import { Solution } from "./solution.ts";
import { STATE_SIZE } from "./travel.ts";

/** `live`: more arrivals may come; `settled`: none are expected; `withdrawn`: no longer believed; `merged`: part of another. */
export type EventStatus = "live" | "settled" | "withdrawn" | "merged";

interface Told {
  readonly status: EventStatus;
  readonly east: number;
  readonly north: number;
  readonly time: number;
  readonly picks: readonly number[];
}

export interface PlaneEventSnapshot {
  readonly key: number;
  readonly firstFrame: number;
  readonly status: EventStatus;
  readonly mergedInto: number | null;
  readonly version: number;
  readonly looks: number;
  readonly final: boolean;
  readonly told: Told | null;
  readonly information: EventInformationSnapshot | null;
  readonly state: readonly number[];
  readonly covariance: readonly number[];
  readonly picks: readonly number[];
  readonly hits: number;
  readonly bearings: number;
  readonly score: number;
  readonly misfit: number;
  readonly weights: readonly number[];
  readonly level: readonly number[];
  readonly pitch: readonly number[];
  readonly counts: readonly [levels: number, pitches: number];
}

export class PlaneEvent extends Solution {
  /** Running number within the locator, never used twice. */
  readonly key: number;
  /** Journal frame of the arrival that opened it: its identity outside. */
  readonly firstFrame: number;
  status: EventStatus = "live";
  mergedInto: number | undefined;
  /** How many versions were told; 0 before the first. */
  version = 0;
  /** How often it was taken apart for a better whole. */
  looks = 0;
  /** Whether its last revision was made. */
  final = false;
  bestClass = 0;
  /** Predicted arrival time per channel (NaN: out of reach) and its variance without the onset's own. */
  dueTime: Float64Array;
  dueVariance: Float64Array;
  distance: Float64Array;
  #told: Told | undefined;

  constructor(key: number, firstFrame: number, channels: number, evidence: Evidence) {
    super(channels, evidence);
    this.key = key;
    this.firstFrame = firstFrame;
    this.dueTime = new Float64Array(channels).fill(Number.NaN);
    this.dueVariance = new Float64Array(channels);
    this.distance = new Float64Array(channels);
  }

  /** Whether it differs from what was last told: in status, arrivals, or place by more than a share of its variance. */
  differs(share: number): boolean {
    const told = this.#told;
    if (told === undefined || told.status !== this.status) return true;
    if (told.picks.some((number, channel) => number !== this.picks[channel])) return true;
    const moved = (told.east - this.state[0]!) ** 2 + (told.north - this.state[1]!) ** 2;
    const later = (told.time - this.state[2]!) ** 2;
    const { covariance } = this;
    return (
      moved > share * (covariance[0]! + covariance[STATE_SIZE + 1]!) || later > share * covariance[2 * STATE_SIZE + 2]!
    );
  }

  /** Marks the present solution as told, under the next version. */
  tell(): void {
    this.version++;
    const [east, north, time] = [this.state[0]!, this.state[1]!, this.state[2]!];
    this.#told = { status: this.status, east, north, time, picks: [...this.picks] };
  }

  override resize(channels: number): void {
    super.resize(channels);
    this.dueTime = new Float64Array(channels).fill(Number.NaN);
    this.dueVariance = new Float64Array(channels);
    this.distance = new Float64Array(channels);
  }

  snapshot(): PlaneEventSnapshot {
    const { key, firstFrame, status, version, looks, final, hits, bearings, score, misfit, information } = this;
    return {
      ...{ key, firstFrame, status, version, looks, final, hits, bearings, score, misfit },
      mergedInto: this.mergedInto ?? null,
      told: this.#told ?? null,
      information: saveInformation(information),
      state: [...this.state],
      covariance: [...this.covariance],
      picks: [...this.picks],
      weights: [...this.classes.weights],
      level: [...this.classes.level],
      pitch: [...this.classes.pitch],
      counts: [this.classes.levels, this.classes.pitches],
    };
  }

  restore(saved: PlaneEventSnapshot): void {
    this.status = saved.status;
    this.mergedInto = saved.mergedInto ?? undefined;
    this.version = saved.version;
    this.looks = saved.looks;
    this.final = saved.final;
    this.#told = saved.told ?? undefined;
    this.information = restoreInformation(saved.information);
    this.state.set(saved.state);
    this.covariance.set(saved.covariance);
    this.picks.set(saved.picks);
    this.hits = saved.hits;
    this.bearings = saved.bearings;
    this.score = saved.score;
    this.misfit = saved.misfit;
    this.classes.weights.set(saved.weights);
    this.classes.level.set(saved.level);
    this.classes.pitch.set(saved.pitch);
    [this.classes.levels, this.classes.pitches] = saved.counts;
  }
}
