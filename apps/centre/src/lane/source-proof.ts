/**
 * How one source proves its bytes: its keys, where its gateway's count of batches stands, and what it has sent by minute.
 * It outlives connections, so that nothing of an earlier one is taken again.
 */
import { createHash } from "node:crypto";
import { BatchSequence, MinuteTap, type SignedBatch, signedMessage, type TapMinute } from "@openjmc/formats";
import type { Instant } from "@openjmc/model";
import { bytesToHex, hexToBytes, keyIdOf, unwrap, verifyStrict } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";

/** What the record says of a source: its keys, and the last batch that a seal covers. */
export interface SourceKeys {
  /** Raw Ed25519 public keys, hexadecimal, the newest last. */
  readonly keys: readonly string[];
  readonly after?: { readonly boot: number; readonly sequence: number };
}

/** A source's batches of one minute, as they came to this centre. */
export interface SourceTap extends TapMinute {
  readonly source: string;
}

/** Why a batch was not taken, or what was odd about one that was. */
export type BatchTrouble =
  | "signed.unknown-key"
  | "signed.bad-signature"
  | "signed.replay"
  | "signed.duplicate"
  | "signed.gap"
  | "signed.late";

/** Signs of somebody else's bytes on the source's link; the rest can be the link's own fault. */
const FORGERIES: ReadonlySet<BatchTrouble> = new Set(["signed.unknown-key", "signed.bad-signature", "signed.replay"]);
const KEY_ID_DIGITS = 16;
/** A batch this much older than its arrival was held back by somebody or something: wall time. */
const LATE_MICROSECONDS = 60_000_000;

export class SourceProof {
  readonly source: string;
  readonly #speed: number;
  readonly #keys = new Map<string, Uint8Array>();
  #sequence = new BatchSequence();
  readonly #tap = new MinuteTap(() => {
    const hash = createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
  });
  #taps: SourceTap[] = [];
  /** When a forgery was last seen; undefined where none was, or its spell is over. */
  forgedAt: Instant | undefined;
  /** Key of the alert that stands for the spell. */
  alert: string | undefined;

  constructor(source: string, speed: number) {
    this.source = source;
    this.#speed = speed;
  }

  /** A key that was not here before begins a new count of batches. */
  setKeys({ keys, after }: SourceKeys): void {
    const before = new Set(this.#keys.keys());
    this.#keys.clear();
    for (const text of keys) {
      const key = unwrap(hexToBytes(text, 32));
      this.#keys.set(keyIdOf(nodePrimitives.sha256, key).slice(0, KEY_ID_DIGITS), key);
    }
    if ([...this.#keys.keys()].some((id) => !before.has(id))) this.#sequence = new BatchSequence();
    if (after) this.#sequence.take(after);
  }

  /** Judges a batch. `taken` is false for one whose payload must not be looked at. */
  judge(
    batch: SignedBatch,
    receivedAt: Instant,
  ): { readonly taken: boolean; readonly troubles: readonly BatchTrouble[] } {
    const refused = (trouble: BatchTrouble) => {
      if (FORGERIES.has(trouble)) this.forgedAt = receivedAt;
      return { taken: false, troubles: [trouble] };
    };
    const key = this.#keys.get(bytesToHex(batch.keyId));
    if (!key) return refused("signed.unknown-key");
    const message = signedMessage(batch.bytes.subarray(0, batch.bytes.length - batch.signature.length));
    if (!verifyStrict(nodePrimitives, key, message, batch.signature).ok) return refused("signed.bad-signature");
    const { order } = this.#sequence.take(batch);
    if (order === "replay" || order === "duplicate") return refused(`signed.${order}`);
    const closed = this.#tap.take(batch);
    if (closed) this.#taps.push({ source: this.source, ...closed });
    const isLate = receivedAt - batch.time > LATE_MICROSECONDS * this.#speed;
    return {
      taken: true,
      troubles: [...(order === "gap" ? ["signed.gap" as const] : []), ...(isLate ? ["signed.late" as const] : [])],
    };
  }

  /** Minutes that have been closed since the last call. */
  takeTaps(): readonly SourceTap[] {
    const taps = this.#taps;
    this.#taps = [];
    return taps;
  }

  /** The spell of forgeries is over. */
  forget(): void {
    this.forgedAt = undefined;
    this.alert = undefined;
  }
}
