/**
 * Claimed times beside the log's own: each act of the centre says what its clock said, about once a minute while it works.
 * An act that claims to be much older than the last of these, and is nobody's second signature under an older text, was
 * signed long before it came in, or is back-dated. Neither is forbidden; both are told.
 */
import type { Acceptance, Effect } from "../replay/check.ts";
import { formatStatementTime, parseStatementTime } from "../statement/instant.ts";

/** An act whose claimed time lies far behind the log's. */
export interface LateAct {
  readonly index: number;
  readonly kind: string;
  readonly component: string;
  readonly holder: string;
  readonly claimed: string;
  /** What the centre's clock had said last. */
  readonly logTime: string;
}

/** Ten minutes: a signer without a network takes as long without any ill will, and a report of it costs nothing. */
export const LATE_MICROSECONDS = 600_000_000;
/** The first signature under a text; others repeat its claimed time. */
const OWN_TIME: ReadonlySet<Effect> = new Set(["recorded", "proposed", "split", "withdrawn"]);

export class ClockWatch {
  readonly late: LateAct[] = [];
  #logTime = Number.NEGATIVE_INFINITY;

  accepted({ index, leaf, signer, effect }: Acceptance): void {
    const at = parseStatementTime(leaf.statement.at);
    if (!at.ok) return;
    if (signer.tier === "machine") this.#logTime = Math.max(this.#logTime, at.value);
    else if (OWN_TIME.has(effect) && at.value < this.#logTime - LATE_MICROSECONDS) {
      const { kind, at: claimed } = leaf.statement;
      const { component, holder } = signer;
      this.late.push({ index, kind, component, holder, claimed, logTime: formatStatementTime(this.#logTime) });
    }
  }
}
