/**
 * Why a log has another key, for whoever follows its checkpoints and sees no other entry: the entries that made and changed keys,
 * each with its path into the new checkpoint, which bears the new key. Replayed by the same rules as a whole record, they name the
 * log's keys one after the other. The entries between them are not there, so their anchors are taken as stated, and nobody sees
 * whether one that changed keys was left out: two roots of every component still have to have signed each of the log's keys.
 */
import { hexToBytes } from "../bytes/hex.ts";
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import { leafHash } from "../merkle/hash.ts";
import type { TreeHistory } from "../merkle/history.ts";
import { verifyInclusion } from "../merkle/verify.ts";
import { type Checkpoint, openCheckpoint, parseCheckpoint } from "../note/checkpoint.ts";
import { parseNote } from "../note/note.ts";
import type { NoteKey } from "../note/vkey.ts";
import type { Primitives } from "../primitives.ts";
import { logNoteKeys, mayLogKeySign } from "../replay/log-keys.ts";
import { admit } from "../replay/replay.ts";
import { emptyState, type ReplayState } from "../replay/state.ts";
import { type Act, STANDARD_KINDS } from "../statement/kinds.ts";
import { readLeaf } from "../statement/leaf.ts";

/** An entry that changes keys, and its path into the checkpoint's tree. */
export interface ProvenEntry {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly path: readonly Uint8Array[];
}

export interface LogKeyProof {
  /** The signed note, under the new key. */
  readonly checkpoint: Uint8Array;
  /** In log order, the founding first. */
  readonly entries: readonly ProvenEntry[];
}

const KEY_ACTS: ReadonlySet<Act> = new Set([
  "founding",
  "officer-enrolment",
  "officer-rotation",
  "officer-revocation",
  "root-replacement",
  "root-claim",
  "root-contest",
  "root-restoration",
  "centre-rekeying",
]);

/** Whether such a proof needs the entry. */
export function changesKeys(sha256: Primitives["sha256"], entry: Uint8Array): boolean {
  const leaf = readLeaf(sha256, entry);
  const rule = leaf.ok ? STANDARD_KINDS.get(leaf.value.statement.kind) : undefined;
  return rule !== undefined && KEY_ACTS.has(rule.act);
}

/**
 * The keys that the log has had, oldest first; the last one has signed the checkpoint. That the checkpoint goes on from what the
 * asker holds is for him to check: a stranger's log of the same name proves its own keys.
 * Errors: `log-key.no-founding`, `log-key.order`, `log-key.not-in-force`, `proof.*`, `note.*`, `checkpoint.*`.
 */
export function logKeysOfProof(primitives: Primitives, proof: LogKeyProof): Result<readonly NoteKey[]> {
  return attempt(() => {
    const checkpoint = unwrap(parseCheckpoint(unwrap(parseNote(proof.checkpoint)).text));
    if (proof.entries[0]?.index !== 0) refuse("log-key.no-founding", "log's key", { expected: "the founding first" });
    for (const entry of proof.entries) checkPlace(primitives, checkpoint, entry);
    const state = replaySparsely(primitives, proof.entries);
    const keys = logNoteKeys(primitives.sha256, state);
    const key = keys.at(-1);
    const opened = key && openCheckpoint(primitives, proof.checkpoint, key);
    if (!opened?.ok || !mayLogKeySign(state, key!.publicKey, checkpoint.size))
      return refuse("log-key.not-in-force", "log's key", {
        expected: "a checkpoint under the key that these entries name last",
        got: key?.id ?? "no key",
      });
    return keys;
  });
}

function checkPlace({ sha256 }: Primitives, { size, root }: Checkpoint, { index, leaf, path }: ProvenEntry): void {
  unwrap(verifyInclusion(sha256, { index, size, root, leafHash: leafHash(sha256, leaf), proof: path }));
}

/** Stands where the next entry stands, and takes its anchor as stated. */
class Places {
  size = 0;
  anchor: Uint8Array | undefined;

  rootAt(): Uint8Array | undefined {
    return this.anchor;
  }

  append(): void {
    this.size += 1;
  }
}

/** Entries that are refused have no effect, as in a whole record. */
function replaySparsely(primitives: Primitives, entries: readonly ProvenEntry[]): ReplayState {
  const places = new Places();
  const state = { ...emptyState(primitives), history: places as unknown as TreeHistory };
  for (const { index, leaf } of entries) {
    if (index < places.size) refuse("log-key.order", "log's key", { expected: `an entry from ${places.size} on` });
    const read = readLeaf(primitives.sha256, leaf);
    if (!read.ok) continue;
    places.size = index;
    places.anchor = unwrap(hexToBytes(read.value.statement.anchor.root));
    admit(primitives, state, leaf);
    places.size = index + 1;
  }
  return state;
}
