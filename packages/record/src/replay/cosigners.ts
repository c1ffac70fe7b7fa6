/** What the log tells of its cosigners: who they are, by agreement of all components, and what they have cosigned. */

import { base64ToBytes } from "../bytes/base64.ts";
import { bytesEqual, concat, uint64 } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { SIGNATURE_BYTES } from "../ed25519/profile.ts";
import { refuse, shown, unwrap } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { verifyNoteSignature } from "../note/signature.ts";
import { ED25519_COSIGNATURE, formatVkey } from "../note/vkey.ts";
import { type CosignerRules, gradeOf, readCosignerRules } from "../policy/cosigners.ts";
import type { Change } from "./change.ts";
import { type CheckContext, wrongBody } from "./context.ts";
import type { SealedPoint } from "./sealed-points.ts";
import type { SuspectCosigner } from "./state.ts";

/**
 * `cosigners.named`: the rules take effect with the last component's signature. The log's line is of the key that it has now:
 * whoever takes the policy for his own would follow a key that was replaced. Errors: those of `readCosignerRules`.
 */
export function readNamedCosigners({ primitives, state, leaf, founding }: CheckContext): CosignerRules {
  const rules = unwrap(readCosignerRules(primitives.sha256, leaf.statement.body, founding));
  const current = state.logKeys.find((key) => key.ended === undefined);
  if (current && !bytesEqual(current.publicKey, rules.logKey.publicKey)) {
    refuse("policy.log", "policy", { expected: `the log's key ${current.keyId}`, got: formatVkey(rules.logKey) });
  }
  return rules;
}

/**
 * `body.suspect` of `cosigners.named`: `[{name, from}]`, cosigners of the rules before whose keys others could use, and the first entry
 * from which on. Nothing that was signed goes away; whoever verifies is told. Errors: `statement.body`.
 */
export function readSuspectCosigners({ state, leaf, index }: CheckContext): readonly SuspectCosigner[] {
  const { suspect } = leaf.statement.body;
  if (suspect === undefined) return [];
  const known = new Set(state.cosigners?.policy.witnesses.map(({ name }) => name));
  if (!Array.isArray(suspect)) return wrongBody("suspect", "a list", suspect);
  return (suspect as readonly Json[]).map((item) => {
    const { name, from } = (item ?? {}) as { readonly [field: string]: Json };
    const fits = typeof name === "string" && known.has(name) && typeof from === "number" && from >= 0 && from <= index;
    return fits ? { name, from, until: index } : wrongBody("suspect", "a cosigner so far and an entry", item);
  });
}

interface Cosigned {
  readonly name: string;
  /** Seconds since 1970. */
  readonly time: number;
}

/**
 * `checkpoint.cosigned`: `{size, root, cosignatures: [{name, time, signature}]}`. Each signature is checked by the rules in
 * force here, so that whoever replays the log sees what its anchors are worth and needs no other file.
 * Errors: `cosigned.no-rules`, `cosigned.root`, `cosigned.order`, `cosigned.signature`, `statement.body`.
 */
export function takeCosigned(context: CheckContext): Change {
  const { state, leaf, founding } = context;
  const { size, root, cosignatures } = leaf.statement.body;
  const rules = state.cosigners;
  if (!rules) return refuse("cosigned.no-rules", "cosigned checkpoint", { expected: "cosigners named before" });
  const actual = typeof size === "number" ? state.history.rootAt(size) : undefined;
  if (!actual || bytesToHex(actual) !== root) {
    return refuse("cosigned.root", "cosigned checkpoint", {
      expected: "a size and root of this log",
      got: shown(size),
    });
  }
  const last = state.sealed.last;
  if (last && (size as number) < last.size) {
    refuse("cosigned.order", "cosigned checkpoint", { expected: `a size from ${last.size} on`, got: `${size}` });
  }
  const text = formatCheckpoint({ origin: founding.origin, size: size as number, root: actual });
  const cosigned = readCosignatures(context, rules, text, cosignatures);
  return { sealed: pointOf(cosigned, size as number, founding.components) };
}

function pointOf(cosigned: readonly Cosigned[], size: number, components: readonly string[]): SealedPoint {
  const grade = gradeOf(
    cosigned.map(({ name }) => name),
    components,
  );
  return { size, grade, time: middleOf(cosigned.map(({ time }) => time)) };
}

/** The middle one, of two the earlier: one clock that is wrong moves nothing. */
function middleOf(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor((times.length - 1) / 2)]!;
}

function readCosignatures(
  { primitives }: CheckContext,
  rules: CosignerRules,
  text: string,
  value: Json | undefined,
): readonly Cosigned[] {
  if (!Array.isArray(value) || value.length === 0) return wrongBody("cosignatures", "one or more", value);
  const cosigned = (value as readonly Json[]).map((item) => {
    const { name, time, signature } = (item ?? {}) as { readonly [field: string]: Json };
    // Only Ed25519, which every verifier can check: one that cannot would replay another history than one that can.
    const key = rules.policy.witnesses.find((witness) => witness.name === name)?.key;
    if (key?.type !== ED25519_COSIGNATURE) return wrongBody("cosignatures", "an Ed25519 cosigner of the policy", name);
    const bytes = base64ToBytes(typeof signature === "string" ? signature : "");
    const isTime = typeof time === "number" && Number.isSafeInteger(time) && time >= 0;
    if (!isTime || !bytes.ok || bytes.value.length !== SIGNATURE_BYTES) {
      return wrongBody("cosignatures", "name, time and signature", item);
    }
    if (!verifyNoteSignature(primitives, key, text, concat(uint64(time), bytes.value)).ok) {
      refuse("cosigned.signature", "cosigned checkpoint", { expected: `a good cosignature of ${name}` });
    }
    return { name: name as string, time };
  });
  if (new Set(cosigned.map(({ name }) => name)).size !== cosigned.length) {
    return wrongBody("cosignatures", "each cosigner once", value);
  }
  return cosigned;
}
