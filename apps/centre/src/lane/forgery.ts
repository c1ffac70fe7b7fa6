/** Bytes on a source's link that are not the source's own, or were its own once: worth an alert, once for each spell of them. */
import type { AlertDecision } from "@openjmc/agreement";
import { type Instant, MICROSECONDS_PER_SECOND, type SourceDescription } from "@openjmc/model";
import type { SourceProof } from "./source-proof.ts";

/** Rule of the program itself: no mission can leave it out. */
export const FORGED_RULE = "source-forged";
/** A spell is over when nothing of it has come for this long. */
const SPELL = 600 * MICROSECONDS_PER_SECOND;

/** What there is to say of a source's proofs now. */
export function judgeForgery(
  proof: SourceProof,
  source: SourceDescription | undefined,
  at: Instant,
): readonly AlertDecision[] {
  const { forgedAt, alert } = proof;
  if (forgedAt === undefined || !source) return [];
  if (alert === undefined) {
    proof.alert = `${FORGED_RULE}|${source.id}|${forgedAt}`;
    return [raise(proof.alert, source, forgedAt, at)];
  }
  if (at - forgedAt < SPELL) return [];
  proof.forget();
  return [{ kind: "end", key: alert, at, endedAt: forgedAt }];
}

function raise(key: string, source: SourceDescription, forgedAt: Instant, at: Instant): AlertDecision {
  return {
    kind: "raise",
    key,
    rule: FORGED_RULE,
    severity: "urgent",
    subject: { kind: "source", id: source.id },
    occurredAt: forgedAt,
    at,
    lon: source.lon,
    lat: source.lat,
    probability: 1,
    outline: { means: source.means },
  };
}
