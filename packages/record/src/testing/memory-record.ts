/** A record in memory, made of leaves, for tests of the verification. Not part of the door. */
import { utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { formatNote } from "../note/note.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, formatVkey, type NoteKey, noteKey } from "../note/vkey.ts";
import type { Signer, VerifyMany } from "../primitives.ts";
import { EMPTY_LOG, planAppend } from "../tiles/writer.ts";
import type { RecordReader } from "../verify/reader.ts";
import { primitives, sha256, signerOf } from "./primitives.ts";
import { ORIGIN } from "./scenario.ts";

export const LOG_SIGNER: Signer = signerOf("machine");
export const LOG_KEY: NoteKey = noteKey(sha256, ORIGIN, ED25519_NOTE, LOG_SIGNER.publicKey);
export const WITNESS_SIGNER: Signer = signerOf("witness");
export const WITNESS_KEY: NoteKey = noteKey(sha256, "witness.test", ED25519_COSIGNATURE, WITNESS_SIGNER.publicKey);

export type Files = Map<string, Uint8Array>;

/** Grows a record in the given steps (all at once if none are given) and signs it. */
export async function recordOf(leaves: readonly Uint8Array[], steps: readonly number[] = []): Promise<Files> {
  const files: Files = new Map();
  let edge = EMPTY_LOG;
  for (const size of [...steps, leaves.length]) {
    const plan = unwrap(planAppend(sha256, edge, leaves.slice(edge.tree.size, size)));
    for (const file of plan.files) files.set(file.path, file.bytes);
    edge = plan.edge;
    files.set("checkpoint", await signedHead(size, plan.root));
  }
  files.set("log.vkey", utf8(`${formatVkey(LOG_KEY)}\n`));
  files.set("cosigners.vkey", utf8(`${formatVkey(WITNESS_KEY)}\n`));
  return files;
}

/** A checkpoint with the log's signature and a witness's. */
export async function signedHead(size: number, root: Uint8Array): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: ORIGIN, size, root });
  const signatures = [await signNote(LOG_KEY, LOG_SIGNER, text), await signNote(WITNESS_KEY, WITNESS_SIGNER, text, 7)];
  return formatNote({ text, signatures });
}

export function readerOf(files: Files): RecordReader {
  return { read: (path) => files.get(path), list: () => files.keys() };
}

export const verifyMany: VerifyMany = async (questions) =>
  questions.map(({ algorithm, publicKey, message, signature }) =>
    algorithm === "ed25519"
      ? primitives.verifyEd25519(publicKey, message, signature)
      : primitives.verifyMlDsa44!(publicKey, message, signature),
  );
