/** Times of day: `03:40`, `3.40` only behind a word for it. */
import type { Span } from "../text.ts";

export interface TimeMention extends Span {
  readonly kind: "time";
  /** `HH:MM`. */
  readonly time: string;
}

const CLOCK = /(?<![\d:.])(?<hour>[01]?\d|2[0-4]):(?<minute>[0-5]\d)(?![\d:]*\d{3})(?::[0-5]\d)?/g;

export function timesOf(text: string): TimeMention[] {
  return [...text.matchAll(CLOCK)].map((match) => ({
    kind: "time",
    start: match.index,
    end: match.index + match[0].length,
    time: `${match.groups!.hour!.padStart(2, "0")}:${match.groups!.minute}`,
  }));
}
