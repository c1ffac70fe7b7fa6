/** What is said between the main thread and the threads that look into files. */

import type { Fault, SuggestedClaim, Suggestion } from "@openjmc/model";
import type { FactDefinition, GazetteerEntry, NamedClock } from "@openjmc/press";
import type { Extracted } from "./extract/extract.ts";

/** What the mission looks for; plain, so that it crosses threads. */
export interface ReaderData {
  readonly names: readonly GazetteerEntry[];
  readonly facts: readonly FactDefinition[];
  readonly clocks: readonly NamedClock[];
  /** What "local time" means in the mission. */
  readonly localTimeZone: string;
}

/** A text as its words and its likeness are looked for. */
export interface Folded {
  readonly terms: readonly string[];
  readonly bands: readonly number[];
  readonly shingles: Uint32Array;
}

export interface TextToFold {
  readonly text: string;
  readonly language: string;
  /** Title and outlet are found too, but make no text more like another. */
  readonly beside: string;
}

export interface TextToRead {
  readonly text: string;
  readonly language: string;
  readonly publishedAt: number;
  readonly timeZone: string;
  readonly outlet: string;
}

export interface ReadText {
  readonly suggestions: readonly Suggestion[];
  readonly claims: readonly SuggestedClaim[];
  readonly cites?: string;
}

export type ReaderJob =
  | { readonly job: "extract"; readonly bytes: Uint8Array; readonly said: string }
  | { readonly job: "fold"; readonly texts: readonly TextToFold[] }
  | { readonly job: "read"; readonly text: TextToRead };

export interface ReaderResults {
  readonly extract: Extracted & { readonly language: string; readonly folded: Folded };
  readonly fold: readonly Folded[];
  readonly read: ReadText;
}

export interface ReaderRequest {
  readonly id: number;
  readonly job: ReaderJob;
}

export interface ReaderAnswer {
  readonly id: number;
  readonly result?: ReaderResults[keyof ReaderResults];
  readonly fault?: Fault;
}
