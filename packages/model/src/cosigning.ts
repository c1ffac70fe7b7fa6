/** How cosigning of the record stands, as screens and operators see it (`GET /api/v1/cosigning`). */
import type { Instant } from "./instant.ts";

/** What a node has against the record, in its own words. */
export interface NodeReport {
  readonly objections: readonly { readonly code: string; readonly index?: number; readonly reason?: string }[];
  /** It holds two checkpoints of this log that are not of one history. */
  readonly isForked: boolean;
}

/** One key of the policy. */
export interface CosignerRow extends NodeReport {
  readonly name: string;
  /** The component it stands for; absent for a neutral. */
  readonly component?: string;
  readonly algorithm: "Ed25519" | "ML-DSA-44";
  /** Size that it cosigned last, and when by its own clock. */
  readonly size: number;
  readonly at?: Instant;
  /** Not heard of for longer than the components agreed on. */
  readonly isSilent: boolean;
  /** Its clock less the centre's, where they lie far apart. */
  readonly clockOffsetSeconds?: number;
}

export interface CosigningView {
  readonly size: number;
  readonly sealedSize: number;
  readonly isNamed: boolean;
  readonly silenceSeconds?: number;
  /** Of the last point that the log tells as cosigned. */
  readonly anchorGrade: "joint" | "one-and-neutral" | "none";
  readonly cosigners: readonly CosignerRow[];
}
