import type { StationClock } from "../arrivals/arrival-message.ts";

/** What a station says beside a block of sound: JSON, version 1. */
export interface BlockSidecar {
  readonly station: string;
  readonly sequence: number;
  readonly boot: number;
  /** µs since 1970 of the first sample, by the station's clock. */
  readonly at: number;
  readonly clock: StationClock;
  /** How the block's octets are written; `wav` tells rate and channels itself. */
  readonly encoding: "wav" | "s16le" | "s24le" | "s32le" | "f32le";
  /** Of raw blocks: samples a second, and channels beside one another. */
  readonly sampleRate?: number;
  readonly channels?: number;
  /** Pascals in one count; in full scale where the samples are real numbers. */
  readonly pascalsPerCount?: number;
  /** Octets of the block, where it follows in the same message or stream. */
  readonly bytes?: number;
}

/** Sound of all channels from one instant on. */
export interface Waveform {
  readonly sampleRate: number;
  /** Counts, or real numbers with full scale at 1; all of one length. */
  readonly channels: readonly (Int32Array | Float32Array)[];
}

export interface AcousticBlock extends Waveform {
  readonly sidecar: BlockSidecar;
}
