/** Where decoders put what bears on sounds without being one: what cameras and satellites saw, and what the air was. */
import type { CueRow } from "@openjmc/model";
import type { WeatherSaid } from "./weather-book.ts";

/** A cue as its decoder knows it; the lane gives it its identity. */
export interface HeardCue extends Omit<CueRow, "id" | "still"> {
  /** What tells it from others of its source. */
  readonly name: string;
  readonly still?: { readonly mediaType: string; readonly bytes: Uint8Array };
}

/** A picture that a cue brought, to be kept under its hash. */
export interface Still {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface GroundSink {
  cue(cue: HeardCue): void;
  weather(said: WeatherSaid): void;
}
