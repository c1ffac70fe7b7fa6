/**
 * Makes a backup of a centre's folder, also while the centre is at work. The order makes it consistent: the record first, then
 * what it speaks of (picture, journal, attachments), which at that moment holds at least as much.
 */
import { formatInstant, type Instant } from "@openjmc/model";
import { bytesToHex } from "@openjmc/record";
import { pathsOf } from "../../folder/index.ts";
import { faultErrorOf } from "../../segments/index.ts";
import { type Finding, findingsOf } from "../finding.ts";
import { copyAttachments, copyLocal, copyOthers } from "./files-part.ts";
import { hashed } from "./hashed.ts";
import { MANIFEST_FILE, MANIFEST_VERSION, type Manifest, type ManifestFile } from "./manifest.ts";
import { type BackupPart, piece } from "./part.ts";
import { copyRecord } from "./record-part.ts";
import { copySegments } from "./segments-part.ts";
import { openTarget } from "./target.ts";

export interface BackupOptions {
  /** Folder of the centre. */
  readonly root: string;
  /** A name ending in `.zip`, or a new folder. */
  readonly target: string;
  readonly now: Instant;
}

/** Copies part by part and says what it did. Throws `backup.exists`, `record.missing`, `disk.full`, …; nothing is left then. */
export async function* makeBackup(options: BackupOptions): AsyncGenerator<Finding> {
  const target = await openTarget(options.target, options.now);
  const files: ManifestFile[] = [];
  const part: BackupPart = {
    paths: pathsOf(options.root),
    put: async (path, chunks) => {
      const passing = hashed(path, chunks);
      await target.put(path, passing.chunks);
      files.push(passing.done());
    },
  };
  let finished = false;
  try {
    const record = await copyRecord(part);
    yield record.finding;
    for (const copy of [copySegments("picture"), copySegments("journal"), copyAttachments, copyLocal])
      yield await copy(part);
    yield* copyOthers(part);
    const { origin, size, root } = record.checkpoint;
    const head = { origin, madeAt: formatInstant(options.now), record: { size, root: bytesToHex(root) } };
    await target.put(
      MANIFEST_FILE,
      piece(encodeManifest({ kind: "openjmc-backup", version: MANIFEST_VERSION, ...head, files })),
    );
    await target.finish();
    finished = true;
  } catch (error) {
    throw faultErrorOf(error, "backup", options.target);
  } finally {
    if (!finished) await target.abort();
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  yield findingsOf("backup")("good", "backup.done", { target: options.target, files: files.length, bytes });
}

function encodeManifest(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`);
}
