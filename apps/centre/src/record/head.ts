/**
 * The signed head of the log. It becomes durable in the keeper's own folder before it is published, so that what any
 * reader has ever been shown is still known after a crash: the log never takes back a checkpoint.
 */

import { dirname } from "node:path";
import { unwrap } from "@openjmc/model";
import {
  type Checkpoint,
  formatCheckpoint,
  formatNote,
  type OpenedCheckpoint,
  openCheckpoint,
  signNote,
} from "@openjmc/record";
import { stage, unstage } from "./durable.ts";
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
  await putHead(options, files, note);
  return { origin, size, root, note };
}

/**
 * Keeps a signed note durably, then publishes it. The published name need not be synced: if the power fails, the old
 * checkpoint may show again until the keeper opens, and opening publishes what was kept.
 */
export async function putHead(options: KeeperOptions, files: RecordFiles, note: Uint8Array): Promise<void> {
  const [kept, published] = [headFile(options), checkpointFile(options)];
  await stage(files, [
    { path: kept, bytes: note },
    { path: published, bytes: note },
  ]);
  await unstage(files, kept);
  await files.syncFolder(dirname(kept));
  await unstage(files, published);
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
