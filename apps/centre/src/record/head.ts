/**
 * The signed head of the log. It becomes durable in the keeper's own folder before it is published, so that what any
 * reader has ever been shown is still known after a crash: the log never takes back a checkpoint.
 */

import { unwrap } from "@openjmc/model";
import {
  type Checkpoint,
  formatCheckpoint,
  formatNote,
  type OpenedCheckpoint,
  openCheckpoint,
  signNote,
} from "@openjmc/record";
import { writeDurably } from "./durable.ts";
import type { RecordFiles } from "./files.ts";
import { checkpointFile, headFile, type KeeperOptions, type Published } from "./options.ts";

/** Signs a checkpoint, keeps it, publishes it. All tiles must be durable before. */
export async function publishHead(
  options: KeeperOptions,
  files: RecordFiles,
  size: number,
  root: Uint8Array,
): Promise<Published> {
  const origin = options.logKey.name;
  const text = formatCheckpoint({ origin, size, root });
  const note = formatNote({ text, signatures: [await signNote(options.logKey, options.signer, text)] });
  await writeDurably(files, [{ path: headFile(options), bytes: note }]);
  await writeDurably(files, [{ path: checkpointFile(options), bytes: note }]);
  return { origin, size, root, note };
}

/** Reads a signed checkpoint of this log; undefined where there is no file. Throws a fault for a bad one. */
export async function readHead(
  options: KeeperOptions,
  files: RecordFiles,
  path: string,
): Promise<Published | undefined> {
  const note = await files.read(path);
  if (!note) return undefined;
  const { origin, size, root }: OpenedCheckpoint = unwrap(openCheckpoint(options.primitives, note, options.logKey));
  return { origin, size, root, note };
}

export function sameHead(left: Checkpoint, right: Checkpoint): boolean {
  return left.size === right.size && Buffer.from(left.root).equals(right.root);
}
