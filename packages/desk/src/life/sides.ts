/** Which side is there: by its own word, and by how long nobody of it has acted. */
import { type Instant, type LifeSide, MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import type { DeskState } from "../state.ts";

/** A side of which nobody has acted for so long may be closed without. */
const GONE_AFTER = 30 * MICROSECONDS_PER_DAY;

/** `lapseHours`: how long a proposal waits; a side silent for longer leaves proposals to lapse. */
export function sideOf(
  { life }: Pick<DeskState, "life">,
  component: string,
  at: Instant,
  known: Instant,
  lapseHours: number,
): LifeSide {
  const word = life.participations.findLast(
    (one) => one.component === component && one.since <= at && one.mark.recordedAt <= known,
  );
  const lastActAt = lastBefore(life.actedAt.get(component) ?? [], Math.min(at, known));
  const last = lastActAt === undefined ? {} : { lastActAt };
  if (word && word.participation !== "present")
    return { component, state: word.participation, since: word.since, reason: word.reason, ...last };
  const silent = at - (lastActAt ?? life.foundedAt ?? at);
  const since = lastActAt === undefined ? {} : { since: lastActAt };
  if (silent > GONE_AFTER) return { component, state: "gone", ...since, ...last };
  if (silent > lapseHours * MICROSECONDS_PER_HOUR) return { component, state: "silent", ...since, ...last };
  return { component, state: "present", ...last };
}

/** Whether a mission may go on to its end without this side's signature: it has withdrawn, or has been silent for very long. */
export function isAway(state: Pick<DeskState, "life">, component: string, at: Instant): boolean {
  const side = sideOf(state, component, at, at, 0);
  return side.state === "withdrawn" || side.state === "gone";
}

function lastBefore(times: readonly Instant[], limit: Instant): Instant | undefined {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return times[low - 1];
}
