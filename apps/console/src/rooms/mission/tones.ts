/** Which states of joint acts and sides are good, wait, or trouble. */
import type { JointActState } from "@openjmc/model";

const TONES: Readonly<Record<string, "good" | "warning" | "danger" | "neutral">> = {
  joint: "good",
  present: "good",
  operating: "good",
  split: "danger",
  "one-sided": "warning",
  silent: "warning",
  suspended: "warning",
  withdrawn: "danger",
  gone: "danger",
  permitted: "good",
  forbidden: "danger",
  "outside-period": "warning",
  granted: "good",
  conditional: "warning",
  delayed: "warning",
  denied: "danger",
  unanswered: "danger",
  overdue: "danger",
  "carried-out": "good",
  partly: "warning",
};

export function toneOf(state: JointActState | string): "good" | "warning" | "danger" | "neutral" {
  return TONES[state] ?? "neutral";
}
