import type { SourceState } from "@openjmc/model";
import type { Tone } from "../../ui/controls.tsx";

/** Tones of a source's health, the same in lists and details. */
export const SOURCE_TONES: Readonly<Record<SourceState, Tone>> = {
  live: "good",
  stale: "warning",
  jammed: "warning",
  down: "danger",
  "never-heard": "neutral",
};
