/** Verifies all that the keeper has promised, from the files alone. Called by tests after each step, and by `jmc doctor`. */
import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import { type RecordReader, type RecordVerification, verifyRecord } from "@openjmc/record";
import { verifyMany } from "../primitives.ts";
import { nodeRecordFiles, type RecordFiles } from "./files.ts";
import { readHead, sameHead } from "./head.ts";
import { headFile, type KeeperOptions } from "./options.ts";

/** A folder on disk as something to verify. */
export function folderReader(folder: string, files: RecordFiles = nodeRecordFiles): RecordReader {
  return {
    read: (path) => files.read(join(folder, path)),
    list: () => files.list(folder),
    digest: async (algorithm, path) => {
      const file = join(folder, path);
      if (lengthOf(file) > LARGEST_AT_ONCE) return digestOfChunks(algorithm, createReadStream(file));
      const bytes = await files.read(file);
      return bytes && createHash(algorithm).update(bytes).digest("hex");
    },
  };
}

/** Larger files are hashed as they come: they need not fit into memory. */
const LARGEST_AT_ONCE = 16 * 1024 * 1024;

/** What is not there, or cannot be asked, is for the reading of it to say. */
function lengthOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Hexadecimal digest of bytes that come in parts. */
export async function digestOfChunks(algorithm: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
}

/**
 * The record verifies, and its checkpoint is the keeper's own head. `statements` false checks the hashes only.
 * Errors (thrown): `record.not-sound` with the first finding.
 */
export async function checkEverything(options: KeeperOptions, statements = true): Promise<RecordVerification> {
  const files = options.files ?? nodeRecordFiles;
  const { sha256 } = options.primitives;
  const reader = folderReader(options.recordFolder, files);
  const result = await verifyRecord(reader, { sha256, verifyMany, statements, logKey: options.logKey });
  if (!result.holds) throw notSound(options, JSON.stringify(result.findings[0]));
  const head = await readHead(options, files, headFile(options));
  if (!head || !sameHead(head, result.checkpoint!)) throw notSound(options, "the keeper's head is another one");
  return result;
}

function notSound(options: KeeperOptions, cause: string): FaultError {
  return new FaultError({ code: "record.not-sound", what: "record", where: { file: options.recordFolder }, cause });
}
