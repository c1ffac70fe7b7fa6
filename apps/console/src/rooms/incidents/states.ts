/** Tones of states, the same on every screen. No state is anybody's colour. */
import type { FindingState, IncidentRow } from "@openjmc/model";
import type { Tone } from "../../ui/controls.tsx";

export const STATE_TONES: Readonly<Record<IncidentRow["state"], Tone>> = {
  open: "accent",
  "finding-proposed": "warning",
  joint: "good",
  split: "warning",
  "one-sided": "warning",
};

export const FINDING_TONES: Readonly<Record<FindingState, Tone>> = {
  proposed: "accent",
  joint: "good",
  split: "warning",
  "one-sided": "warning",
  withdrawn: "neutral",
  superseded: "neutral",
};
