/** What the desk reads: one text of one outlet, and places in it. */
import type { Instant } from "@openjmc/model";

/** Languages that can be read with assistance (ISO 639-1). */
export const PRESS_LANGUAGES = ["en", "tr", "ru", "az", "hy"] as const;
export type PressLanguage = (typeof PRESS_LANGUAGES)[number];

export interface PressText {
  readonly text: string;
  readonly language: PressLanguage;
  /** Days without a year and words like "yesterday" are counted from here. */
  readonly publishedAt: Instant;
  /** IANA zone of the outlet: its "yesterday" is a day there. */
  readonly timeZone: string;
  /** Zone of the places that it tells of: what "local time" means; the outlet's where nobody says. */
  readonly localTimeZone?: string;
}

/** Words of a text: UTF-16 offsets, `end` behind the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function overlap(left: Span, right: Span): boolean {
  return left.start < right.end && right.start < left.end;
}
