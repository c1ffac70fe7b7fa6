/**
 * A witness as a pure state machine (c2sp.org/tlog-witness): it cosigns a checkpoint only if that continues the last one
 * it cosigned. Whoever runs it must store the new state durably before the answer goes out, and let no second request
 * for the log in between: a witness that forgets can be led to sign a fork.
 */
import { bytesEqual } from "../bytes/bytes.ts";
import { verifyConsistency } from "../merkle/verify.ts";
import { type OpenedCheckpoint, openCheckpoint, parseCheckpoint } from "../note/checkpoint.ts";
import { formatSignatureLine, parseNote } from "../note/note.ts";
import { signNote } from "../note/signature.ts";
import type { NoteKey } from "../note/vkey.ts";
import type { Primitives, Signer } from "../primitives.ts";
import { type AddCheckpoint, parseAddCheckpoint, SIZE_CONTENT_TYPE, type WitnessReply } from "./messages.ts";

/** The last checkpoint cosigned of one log. */
export interface WitnessedLog {
  readonly size: number;
  readonly root: Uint8Array;
  /** The note that was cosigned, without the cosignature. */
  readonly checkpoint: Uint8Array;
}

export interface WitnessKey {
  readonly key: NoteKey;
  readonly signer: Signer;
}

/** Either an answer at once, or what to store before cosigning. */
export type WitnessVerdict =
  | { readonly kind: "answer"; readonly reply: WitnessReply }
  | { readonly kind: "cosign"; readonly origin: string; readonly text: string; readonly log: WitnessedLog };

/** Judges a request. `logs` are the logs known, by origin; `last` gives what was cosigned of one, if anything. */
export function judgeCheckpoint(
  primitives: Primitives,
  request: Uint8Array,
  logs: ReadonlyMap<string, NoteKey>,
  last: (origin: string) => WitnessedLog | undefined,
): WitnessVerdict {
  const parsed = parseAddCheckpoint(request);
  if (!parsed.ok) return answer(400, parsed.fault.code);
  const origin = originOf(parsed.value);
  const logKey = origin === undefined ? undefined : logs.get(origin);
  if (origin === undefined) return answer(400, "checkpoint.malformed");
  if (!logKey) return answer(404, "origin unknown");
  const opened = openCheckpoint(primitives, parsed.value.checkpoint, logKey);
  if (!opened.ok) return answer(403, opened.fault.code);
  return compare(primitives, parsed.value, opened.value, last(origin));
}

function compare(
  primitives: Primitives,
  request: AddCheckpoint,
  checkpoint: OpenedCheckpoint,
  last: WitnessedLog | undefined,
): WitnessVerdict {
  const { oldSize, proof } = request;
  const { size, root, origin } = checkpoint;
  const before = last ?? { size: 0, root: primitives.sha256(new Uint8Array(0)) };
  if (oldSize > size) return answer(400, "old size beyond the checkpoint's");
  if (oldSize !== before.size) return conflict(before.size);
  if (size === oldSize && !bytesEqual(root, before.root)) return answer(422, "another root at the same size");
  if (oldSize === 0 && proof.length > 0) return answer(422, "a proof from size 0");
  if (oldSize > 0) {
    const claim = { oldSize, newSize: size, oldRoot: before.root, newRoot: root, proof };
    if (!verifyConsistency(primitives.sha256, claim).ok) return answer(422, "consistency proof does not hold");
  }
  const log = { size, root, checkpoint: request.checkpoint };
  return { kind: "cosign", origin, text: checkpoint.note.text, log };
}

/** The answer once the state is stored: one signature line for each key. `timestamp` in seconds since 1970. */
export async function cosign(keys: readonly WitnessKey[], text: string, timestamp: number): Promise<WitnessReply> {
  const lines = keys.map(async ({ key, signer }) => formatSignatureLine(await signNote(key, signer, text, timestamp)));
  return { status: 200, body: (await Promise.all(lines)).join("") };
}

function originOf({ checkpoint }: AddCheckpoint): string | undefined {
  const note = parseNote(checkpoint);
  if (!note.ok) return undefined;
  const parsed = parseCheckpoint(note.value.text);
  return parsed.ok ? parsed.value.origin : undefined;
}

function answer(status: WitnessReply["status"], body: string): WitnessVerdict {
  return { kind: "answer", reply: { status, body: `${body}\n` } };
}

function conflict(size: number): WitnessVerdict {
  return { kind: "answer", reply: { status: 409, contentType: SIZE_CONTENT_TYPE, body: `${size}\n` } };
}
