/**
 * A mirror as a pure step: from what it holds to a newer checkpoint. It builds the new tree on the tree it has, so what
 * comes out with the signed root is a continuation and nothing else; a log that forks or rewrites is stuck here. Only
 * when files and attachments are durable may the checkpoint be cosigned.
 */
import { bytesEqual } from "../bytes/bytes.ts";
import { bytesToHex, isSha256Hex } from "../bytes/hex.ts";
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import type { Checkpoint } from "../note/checkpoint.ts";
import type { Primitives } from "../primitives.ts";
import { readLeaf } from "../statement/leaf.ts";
import { decodeBundle } from "../tiles/bundle.ts";
import { tilesForGrowth } from "../tiles/list.ts";
import { TILE_WIDTH, type TileName, tilePath } from "../tiles/path.ts";
import { type AppendPlan, type LogEdge, planAppend } from "../tiles/writer.ts";

/** Paths of the bundles to fetch for going from the edge held to the checkpoint, in order. */
export function bundlesToFetch(edge: LogEdge, checkpoint: Checkpoint): readonly string[] {
  return growth(edge, checkpoint).map(tilePath);
}

export interface MirrorStep extends AppendPlan {
  readonly entries: readonly Uint8Array[];
  /** SHA-256 (hexadecimal) of ciphertexts that the new entries name, which the mirror has to store as well. */
  readonly attachments: readonly string[];
}

/**
 * Takes in fetched bundles. Errors: `mirror.rolled-back` (the checkpoint is shorter than what is held),
 * `mirror.not-the-same-history` (the entries do not give the signed root), `bundle.*`.
 */
export function mirrorStep(
  sha256: Primitives["sha256"],
  edge: LogEdge,
  checkpoint: Checkpoint,
  bundles: readonly Uint8Array[],
): Result<MirrorStep> {
  return attempt(() => {
    const { size, root } = checkpoint;
    if (size < edge.tree.size) {
      refuse("mirror.rolled-back", "checkpoint", { expected: `at least ${edge.tree.size}`, got: `${size}` });
    }
    const entries = growth(edge, checkpoint).flatMap((name, position) => newEntries(edge, name, bundles[position]));
    const plan = unwrap(planAppend(sha256, edge, entries));
    if (plan.size !== size || !bytesEqual(plan.root, root)) {
      refuse("mirror.not-the-same-history", "checkpoint", { expected: bytesToHex(plan.root), got: bytesToHex(root) });
    }
    return { ...plan, entries, attachments: entries.flatMap((entry) => filesOfEntry(sha256, entry)) };
  });
}

function growth(edge: LogEdge, checkpoint: Checkpoint): TileName[] {
  return [...tilesForGrowth(edge.tree.size, checkpoint.size)].filter((name) => name.level === "entries");
}

function newEntries(edge: LogEdge, name: TileName, bundle: Uint8Array | undefined): Uint8Array[] {
  const path = tilePath(name);
  if (!bundle) return refuse("tile.missing", "entry bundle", { where: { file: path } });
  return unwrap(decodeBundle(bundle, name.width)).slice(Math.max(0, edge.tree.size - name.index * TILE_WIDTH));
}

/**
 * SHA-256 (hexadecimal) of the files that an entry names and that a mirror has to store with it: ciphertexts, attachments.
 * An entry that cannot be read is stored all the same: the mirror keeps, the replay judges.
 */
export function filesOfEntry(sha256: Primitives["sha256"], entry: Uint8Array): readonly string[] {
  const leaf = readLeaf(sha256, entry);
  if (!leaf.ok) return [];
  const { kind, body, refs } = leaf.value.statement;
  const attached = refs.filter((ref) => ref.rel === "attachment").map((ref) => ref.sha256);
  const { ciphertext } = body;
  return kind === "sealed" && typeof ciphertext === "string" && isSha256Hex(ciphertext)
    ? [ciphertext, ...attached]
    : attached;
}
