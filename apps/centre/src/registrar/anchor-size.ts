/** To which point of the log a statement is anchored now. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { ReplayState, SealedPoint } from "@openjmc/record";

/** Anchors are refused when they lie much further back; well before, the head is taken. */
const FURTHEST_BACK = 4_000;

/**
 * The size of the latest point that all components cosigned, while it is not older than their stated silence; then of the
 * latest that one component and a neutral cosigned, by the same measure; then the head, behind which nobody stands.
 */
export function anchorSize(state: ReplayState, head: number, now: Instant): number {
  const silence = state.cosigners?.silence;
  if (silence === undefined) return head;
  const serves = (point: SealedPoint | undefined): point is SealedPoint =>
    point !== undefined &&
    point.size <= head &&
    point.size >= head - FURTHEST_BACK &&
    now - point.time * MICROSECONDS_PER_SECOND <= silence;
  const joint = state.sealed.lastOf("joint");
  if (serves(joint)) return joint.size;
  const lower = state.sealed.lastOf("one-and-neutral");
  return serves(lower) ? lower.size : head;
}
