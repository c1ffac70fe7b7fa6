/** What a keeper is made with. */
import { join } from "node:path";
import type { Checkpoint, NoteKey, Primitives, Signer } from "@openjmc/record";
import type { RecordFiles } from "./files.ts";

export interface KeeperOptions {
  /** Absolute path of the record: `checkpoint`, `tile/`, `log.vkey`, `cosigners.vkey`. */
  readonly recordFolder: string;
  /** Absolute path of the keeper's own folder: the lock and the last signed head. Not part of the record. */
  readonly keeperFolder: string;
  /** The log's note key; its name is the log's origin. */
  readonly logKey: NoteKey;
  /** Signs checkpoints; must hold the private half of `logKey`. */
  readonly signer: Signer;
  readonly primitives: Primitives;
  readonly files?: RecordFiles;
  /** Checkpoints of this log that others hold, already verified: a history shorter or other than theirs is refused. */
  readonly known?: readonly Checkpoint[];
  /** How many entries one commit takes at most, beyond the first append waiting. */
  readonly largestBatch?: number;
  /** Told of each signed checkpoint once it is published. */
  readonly onPublished?: (published: Published) => void;
}

export interface Published extends Checkpoint {
  /** The signed note as published. */
  readonly note: Uint8Array;
}

export function checkpointFile(options: KeeperOptions): string {
  return join(options.recordFolder, "checkpoint");
}

export function headFile(options: KeeperOptions): string {
  return join(options.keeperFolder, "head");
}
