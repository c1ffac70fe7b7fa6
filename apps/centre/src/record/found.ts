/** Founding a record: its keys and its first, empty checkpoint. */
import { dirname, join } from "node:path";
import { FaultError } from "@openjmc/model";
import { formatVkey, type NoteKey } from "@openjmc/record";
import { makeFolders, writeDurably } from "./durable.ts";
import { nodeRecordFiles } from "./files.ts";
import { publishHead } from "./head.ts";
import { lockFolder } from "./lock.ts";
import { headFile, type KeeperOptions } from "./options.ts";

/** What a founding that was cut short may have left behind. */
const UNFINISHED_FOUNDING = /^(log|cosigners)\.vkey$|\.tmp$/;

/** Makes the files of an empty record. Errors (thrown): `record.exists`: a record is never founded over another. */
export async function foundRecord(options: KeeperOptions, cosigners: readonly NoteKey[] = []): Promise<void> {
  const files = options.files ?? nodeRecordFiles;
  const lock = options.files ? undefined : lockFolder(options.keeperFolder);
  try {
    const present = (await files.list(options.recordFolder)).filter((path) => !UNFINISHED_FOUNDING.test(path));
    if (await files.read(headFile(options))) present.push(headFile(options));
    if (present.length > 0) throw exists(options, present[0]!);
    await makeFolders(files, options.recordFolder);
    await makeFolders(files, options.keeperFolder);
    // Both may be left over from a founding that was cut short before their names were durable.
    for (const folder of [options.recordFolder, options.keeperFolder]) await files.syncFolder(dirname(folder));
    const keys = [`${formatVkey(options.logKey)}\n`, cosigners.map((key) => `${formatVkey(key)}\n`).join("")];
    const names = ["log.vkey", "cosigners.vkey"];
    await writeDurably(
      files,
      names.map((name, index) => ({ path: join(options.recordFolder, name), bytes: Buffer.from(keys[index]!) })),
    );
    await publishHead(options, files, 0, options.primitives.sha256(new Uint8Array(0)));
  } finally {
    lock?.release();
  }
}

function exists(options: KeeperOptions, got: string): FaultError {
  const where = { file: options.recordFolder };
  return new FaultError({ code: "record.exists", what: "record", where, expected: "an empty folder", got });
}
