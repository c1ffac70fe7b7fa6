/**
 * Proof that a log has signed two histories, for anyone to check with the log's key alone: two of its checkpoints, and
 * the path that shows which root the later one's tree had at the earlier one's size.
 */
import { base64ToBytes, bytesToBase64 } from "../bytes/base64.ts";
import { bytesEqual, concat, utf8, utf8ToText } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import { HASH_BYTES } from "../merkle/hash.ts";
import { consistencyProof, type NodeSource, treeRoot } from "../merkle/subtree.ts";
import { verifyConsistency } from "../merkle/verify.ts";
import { openCheckpoint } from "../note/checkpoint.ts";
import type { NoteKey } from "../note/vkey.ts";
import type { Primitives } from "../primitives.ts";
import { readHashLines } from "../proof/tlog-proof.ts";

export interface ForkProof {
  /** Signed notes; the first is of the smaller or equal size. */
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  /** What the second's tree was at the first's size, and the proof of it. */
  readonly rootInSecond: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

const HEADER = "openjmc fork proof v1";

/**
 * Made by whoever holds the second history. `nodes` are of its tree, which has at least the first's size.
 * Errors: those of `verifyForkProof`: where there is no fork there is no proof.
 */
export function proveFork(
  primitives: Primitives,
  logKey: NoteKey,
  first: Uint8Array,
  second: Uint8Array,
  nodes: NodeSource,
): Result<ForkProof> {
  return attempt(() => {
    const { size } = unwrap(openCheckpoint(primitives, first, logKey));
    const newSize = unwrap(openCheckpoint(primitives, second, logKey)).size;
    if (size > newSize) refuse("fork.order", "fork proof", { expected: "the smaller checkpoint first" });
    const rootInSecond = treeRoot(primitives.sha256, nodes, size);
    const made = { first, second, rootInSecond, proof: consistencyProof(primitives.sha256, nodes, size, newSize) };
    unwrap(verifyForkProof(primitives, logKey, made));
    return made;
  });
}

/** Errors: those of `openCheckpoint`, `proof.*`, `fork.order`, `fork.none` (one history after all). */
export function verifyForkProof(primitives: Primitives, logKey: NoteKey, fork: ForkProof): Result<true> {
  return attempt(() => {
    const first = unwrap(openCheckpoint(primitives, fork.first, logKey));
    const second = unwrap(openCheckpoint(primitives, fork.second, logKey));
    if (first.size > second.size) refuse("fork.order", "fork proof", { expected: "the smaller checkpoint first" });
    if (first.size > 0) {
      const claim = { oldSize: first.size, newSize: second.size, oldRoot: fork.rootInSecond, newRoot: second.root };
      unwrap(verifyConsistency(primitives.sha256, { ...claim, proof: fork.proof }));
    } else if (!bytesEqual(fork.rootInSecond, primitives.sha256(new Uint8Array(0)))) {
      refuse("proof.mismatch", "fork proof", { expected: "the root of the empty tree" });
    }
    if (bytesEqual(first.root, fork.rootInSecond)) refuse("fork.none", "fork proof", { expected: "two histories" });
    return true;
  });
}

/** Text form: header, length of the first note, root and proof in base64, an empty line, then both notes. */
export function formatForkProof(fork: ForkProof): Uint8Array {
  const hashes = [fork.rootInSecond, ...fork.proof].map(bytesToBase64);
  const head = [HEADER, `first ${fork.first.length}`, ...hashes, "", ""].join("\n");
  return concat(utf8(head), fork.first, fork.second);
}

/** Errors: `fork.malformed`, `proof.malformed`, `base64.malformed`, `utf8.malformed`. */
export function parseForkProof(bytes: Uint8Array): Result<ForkProof> {
  return attempt(() => {
    const text = unwrap(utf8ToText(bytes));
    const end = text.indexOf("\n\n");
    const [header, lengthLine = "", rootLine, ...lines] = text.slice(0, Math.max(0, end)).split("\n");
    const length = Number(/^first ([1-9][0-9]{0,6})$/.exec(lengthLine)?.[1]);
    const notes = utf8(text.slice(end + 2));
    const root = base64ToBytes(rootLine ?? "");
    if (header !== HEADER || !(length < notes.length) || !root.ok || root.value.length !== HASH_BYTES) {
      return refuse("fork.malformed", "fork proof", { expected: HEADER });
    }
    const [first, second] = [notes.slice(0, length), notes.slice(length)];
    return { first, second, rootInSecond: root.value, proof: readHashLines(lines) };
  });
}
