import type { Fault } from "@openjmc/model";

/** Where the instrument stood, for formats that give positions relative to it. */
export interface Site {
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
  /** Metres above the ellipsoid. */
  readonly height: number;
}

export interface DecodeOptions {
  readonly site?: Site;
  /** Edition of the format, as its own documents write it; formats that have none ignore it. */
  readonly edition?: string;
}

/** Receives what a stream decoder finds. */
export interface DecodeOutput {
  /** One decoded message, to be written as one line. */
  record(value: object): void;
  /** One record that could not be read; it names where. */
  fault(fault: Fault): void;
}

/** Turns a stream of bytes into records. Never throws for what the bytes are. */
export interface StreamDecoder {
  push(chunk: Uint8Array): void;
  end(): void;
  /** Plain numbers for `--stats`. */
  counts(): Readonly<Record<string, number>>;
}

/** One format that `jmc decode` knows. */
export interface DecodeFormat {
  readonly name: string;
  readonly description: string;
  create(options: DecodeOptions, output: DecodeOutput): StreamDecoder;
}
