/** What each part of a backup is given, and gives. */
import type { FolderPaths } from "../../folder/index.ts";
import type { Finding } from "../finding.ts";
import type { Chunks } from "./target.ts";

export interface BackupPart {
  readonly paths: FolderPaths;
  /** Takes one file; `path` is relative to the centre's folder, with `/`. */
  put(path: string, chunks: Chunks): Promise<void>;
}

/** Copies one part while the centre may be at work, and says what it took. */
export type CopyPart = (part: BackupPart) => Promise<Finding>;

/** One piece as a file's content. */
export async function* piece(bytes: Uint8Array): Chunks {
  yield bytes;
}
