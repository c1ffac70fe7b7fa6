import type { WaveformHeader } from "./waveform-record.ts";

/** How a record follows the one before it of the same source. */
export type WaveformStep =
  | { readonly kind: "first" | "contiguous" }
  /** µs since 1970 between which samples are missing, or told twice. */
  | { readonly kind: "gap" | "overlap"; readonly from: number; readonly to: number };

/** Part of a sample interval by which the next record may stand off and still be contiguous. */
const TOLERANCE = 0.5;

/** Tells gaps and overlaps in records as they come, source by source; remembers one instant of each. */
export class WaveformContinuity {
  readonly #ends = new Map<string, number>();

  accept(record: WaveformHeader): WaveformStep {
    if (!(record.sampleRate > 0)) return { kind: "contiguous" };
    const interval = 1e6 / record.sampleRate;
    const end = record.startAt + record.sampleCount * interval;
    const before = this.#ends.get(record.sourceId);
    this.#ends.set(record.sourceId, Math.max(end, before ?? end));
    if (before === undefined) return { kind: "first" };
    const off = record.startAt - before;
    if (Math.abs(off) <= TOLERANCE * interval) return { kind: "contiguous" };
    if (off > 0) return { kind: "gap", from: Math.round(before), to: record.startAt };
    return { kind: "overlap", from: record.startAt, to: Math.round(Math.min(before, end)) };
  }
}
