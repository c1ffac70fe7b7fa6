/**
 * Receipts that need no network (c2sp.org/tlog-proof@v1): the place of a leaf, its path to the root, and the signed
 * checkpoint with that root. The leaf itself travels beside it.
 */
import { base64ToBytes, bytesToBase64 } from "../bytes/base64.ts";
import { concat, readDecimal, utf8, utf8ToText } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import { HASH_BYTES, leafHash } from "../merkle/hash.ts";
import { MAXIMUM_PROOF_HASHES, verifyInclusion } from "../merkle/verify.ts";
import { type OpenedCheckpoint, openCheckpoint } from "../note/checkpoint.ts";
import { MAXIMUM_NOTE_BYTES } from "../note/note.ts";
import type { NoteKey } from "../note/vkey.ts";
import type { Primitives } from "../primitives.ts";

const HEADER = "c2sp.org/tlog-proof@v1";

export interface TlogProof {
  readonly index: number;
  readonly path: readonly Uint8Array[];
  /** Bytes that the log's users agree on; none here as a rule. */
  readonly extra?: Uint8Array;
  /** The signed note, as published. */
  readonly checkpoint: Uint8Array;
}

export function formatTlogProof(proof: TlogProof): Uint8Array {
  const extra = proof.extra === undefined ? [] : [`extra ${bytesToBase64(proof.extra)}`];
  const lines = [HEADER, ...extra, `index ${proof.index}`, ...proof.path.map(bytesToBase64), "", ""];
  return concat(utf8(lines.join("\n")), proof.checkpoint);
}

/** Reads a receipt; what it claims is not checked yet. Errors: `proof.malformed`, `base64.malformed`, `utf8.malformed`. */
export function parseTlogProof(bytes: Uint8Array): Result<TlogProof> {
  return attempt(() => {
    if (bytes.length > MAXIMUM_NOTE_BYTES) malformed("at most a megabyte", `${bytes.length} bytes`);
    const text = unwrap(utf8ToText(bytes));
    const end = text.indexOf("\n\n");
    const [header, ...lines] = text.slice(0, Math.max(end, 0)).split("\n");
    if (header !== HEADER) malformed(HEADER, header);
    const extra = lines[0]?.startsWith("extra ") ? { extra: unwrap(base64ToBytes(lines.shift()!.slice(6))) } : {};
    const indexLine = lines.shift() ?? "";
    const index = indexLine.startsWith("index ") ? readDecimal(indexLine.slice(6)) : undefined;
    if (index === undefined) return malformed("a line `index <n>`", indexLine);
    return { ...extra, index, path: readHashLines(lines), checkpoint: utf8(text.slice(end + 2)) };
  });
}

/** Lines of base64, one hash each. For use below `attempt`. Errors: `proof.malformed`, `base64.malformed`. */
export function readHashLines(lines: readonly string[]): Uint8Array[] {
  if (lines.length > MAXIMUM_PROOF_HASHES) malformed(`at most ${MAXIMUM_PROOF_HASHES} hashes`, `${lines.length}`);
  return lines.map((line) => {
    const hash = unwrap(base64ToBytes(line));
    return hash.length === HASH_BYTES ? hash : malformed("hashes of 32 bytes", line);
  });
}

/** Whether the leaf lies in the log at that place. Errors: those of reading, `proof.mismatch`, those of `openCheckpoint`. */
export function verifyTlogProof(
  primitives: Primitives,
  bytes: Uint8Array,
  leaf: Uint8Array,
  logKey: NoteKey,
  cosigners: readonly NoteKey[] = [],
): Result<{ readonly index: number; readonly checkpoint: OpenedCheckpoint }> {
  return attempt(() => {
    const { index, path, checkpoint: note } = unwrap(parseTlogProof(bytes));
    const checkpoint = unwrap(openCheckpoint(primitives, note, logKey, cosigners));
    const claim = { index, size: checkpoint.size, root: checkpoint.root, proof: path };
    unwrap(verifyInclusion(primitives.sha256, { ...claim, leafHash: leafHash(primitives.sha256, leaf) }));
    return { index, checkpoint };
  });
}

function malformed(expected: string, got: unknown): never {
  return refuse("proof.malformed", "receipt", { expected, got: shown(got) });
}
