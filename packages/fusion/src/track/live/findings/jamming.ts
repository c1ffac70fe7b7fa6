/** Satellite navigation that fails for many aircraft at one receiver at once is jammed, not broken. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { SuspicionConfiguration } from "../../configuration.ts";
import type { TrackFinding } from "../picture.ts";

interface Accuracy {
  /** Best category of late, and whether the last report fell below it. */
  best: number;
  poorSince: Instant | undefined;
  at: Instant;
  frame: number;
}

interface Receiver {
  readonly aircraft: Map<string, Accuracy>;
  toldAt: Instant;
}

/** Aircraft not heard for so long do not count. */
const MEMORY = 60 * MICROSECONDS_PER_SECOND;
/** Categories of a sound fix: from here a fall is a fall. NACp 8 is better than 93 m, NIC 7 within 370 m (DO-260B). */
const SOUND = 7;
/** Part of the aircraft heard that must have turned poor. */
const SHARE = 0.5;

export class JammingWatch {
  readonly #configuration: SuspicionConfiguration;
  readonly #receivers = new Map<string, Receiver>();

  constructor(configuration: SuspicionConfiguration) {
    this.#configuration = configuration;
  }

  /**
   * Notes the accuracy of one aircraft's report at one receiver. Returns whether it has just turned poor, from which
   * category, and a finding if with it many have.
   */
  note(
    source: string,
    name: string,
    category: number,
    at: Instant,
    frame: number,
  ): { readonly fell: boolean; readonly from: number; readonly finding: TrackFinding | undefined } {
    const receiver = this.#receivers.get(source) ?? { aircraft: new Map<string, Accuracy>(), toldAt: 0 };
    this.#receivers.set(source, receiver);
    const known = receiver.aircraft.get(name) ?? { best: category, poorSince: undefined, at, frame };
    receiver.aircraft.set(name, known);
    const poor = category < this.#configuration.poorAccuracyCategory;
    const fell = poor && known.poorSince === undefined && known.best >= SOUND;
    known.best = Math.max(known.best, category);
    known.at = at;
    known.frame = frame;
    if (!poor) known.poorSince = undefined;
    else if (fell) known.poorSince = at;
    return { fell, from: known.best, finding: fell ? this.#judge(source, receiver, at) : undefined };
  }

  #judge(source: string, receiver: Receiver, at: Instant): TrackFinding | undefined {
    const { jammingAircraft, jammingWindowSeconds } = this.#configuration;
    const window = jammingWindowSeconds * MICROSECONDS_PER_SECOND;
    const frames: number[] = [];
    let heard = 0;
    for (const [name, accuracy] of receiver.aircraft) {
      if (at - accuracy.at > MEMORY) {
        receiver.aircraft.delete(name);
        continue;
      }
      heard++;
      if (accuracy.poorSince !== undefined && at - accuracy.poorSince <= window) frames.push(accuracy.frame);
    }
    if (frames.length < jammingAircraft || frames.length < SHARE * heard || at - receiver.toldAt < window)
      return undefined;
    receiver.toldAt = at;
    frames.sort((left, right) => left - right);
    return {
      kind: "jamming-suspected",
      at,
      tracks: [],
      source,
      frames,
      evidence: { aircraftPoor: frames.length, aircraftHeard: heard, windowSeconds: jammingWindowSeconds },
    };
  }

  snapshot(): unknown {
    return [...this.#receivers].map(([source, { aircraft, toldAt }]) => [source, toldAt, [...aircraft]]);
  }

  restore(snapshot: unknown): void {
    this.#receivers.clear();
    for (const [source, toldAt, aircraft] of structuredClone(snapshot) as [string, Instant, [string, Accuracy][]][])
      this.#receivers.set(source, { toldAt, aircraft: new Map(aircraft) });
  }
}
