/** How a record's samples are written. Numbers of the standard's registry. */
export const ENCODING = {
  text: 0,
  int16: 1,
  int24: 2,
  int32: 3,
  float32: 4,
  float64: 5,
  steim1: 10,
  steim2: 11,
} as const;

/** Samples of one record: counts as whole numbers, else real numbers, else what a log says. */
export type WaveformSamples = Int32Array | Float32Array | Float64Array | string;

/** What the head of a record tells. */
export interface WaveformHeader {
  readonly version: 2 | 3;
  /** Source identifier of the FDSN: `FDSN:NET_STA_LOC_B_S_S`. */
  readonly sourceId: string;
  /** Time of the first sample, µs since 1970, corrected; and the nanoseconds beyond. */
  readonly startAt: number;
  readonly startNanoseconds: number;
  /** Samples a second; 0 for logs. */
  readonly sampleRate: number;
  readonly sampleCount: number;
  readonly encoding: number;
  readonly recordLength: number;
  /** 1 raw, 2 of unknown state, 3 checked, 4 edited, higher for later editions. */
  readonly publicationVersion: number;
  /** Percent, by the recorder. */
  readonly timingQuality?: number;
  readonly clockLocked: boolean;
  readonly timeQuestionable: boolean;
  /** Seconds that were put in (1) or left out (-1) while the record ran, or just before its start. */
  readonly leapSecond: -1 | 0 | 1;
  /** Where the samples lie in the record. */
  readonly dataStart: number;
  readonly dataEnd: number;
  /** Order of octets in samples that are not compressed. */
  readonly dataLittleEndian: boolean;
  /** Further headers of version 3, JSON as it came. */
  readonly extraHeaders?: string;
}

export interface WaveformRecord extends WaveformHeader {
  readonly samples: WaveformSamples;
}
