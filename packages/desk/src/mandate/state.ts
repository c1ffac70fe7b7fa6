/** What the record holds of acts that the mandate speaks of. */
import type { Instant, MandateAct } from "@openjmc/model";

/** An act of the mandate as it was recorded. */
export interface RecordedMandateAct {
  readonly index: number;
  readonly kind: string;
  readonly act: MandateAct;
  readonly component: string;
  readonly role: string;
  readonly claimedAt: Instant;
  readonly recordedAt: Instant;
}
