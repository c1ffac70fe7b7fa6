/**
 * Makes a centre's folder of a backup. It is filled beside its place, every hash compared, the whole examined, and only then
 * given its name: a restore that fails leaves nothing.
 */
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { FaultError, unwrap } from "@openjmc/model";
import { bytesToHex } from "@openjmc/record";
import { pathsOf } from "../../folder/index.ts";
import { nodeRecordFiles } from "../../record/index.ts";
import { faultErrorOf } from "../../segments/index.ts";
import { examine } from "../doctor/examine.ts";
import { type Finding, findingsOf } from "../finding.ts";
import { hashed } from "./hashed.ts";
import { MANIFEST_FILE, type Manifest, type ManifestFile, parseManifest, requireBackupPath } from "./manifest.ts";
import { type BackupSource, openSource } from "./source.ts";
import { DurableFolder } from "./target.ts";

export interface RestoreOptions {
  /** A ZIP file or a folder that `makeBackup` has made. */
  readonly backup: string;
  /** The centre's folder to be: missing or empty. */
  readonly target: string;
}

const finding = findingsOf("restore");
const LARGEST_MANIFEST_BYTES = 512 * 1024 * 1024;

/**
 * Restores and says what it did. Throws `restore.target-not-empty`, `backup.*` for what is not as the manifest says,
 * `restore.unsound` when the restored folder does not pass its examination, `disk.full`, …
 */
export async function* restoreBackup(options: RestoreOptions): AsyncGenerator<Finding> {
  await refuseOccupied(options.target);
  const source = await openSource(options.backup);
  const staging = `${options.target}.restoring`;
  try {
    const manifest = await readManifest(source, options.backup);
    await requireSameFiles(source, manifest, options.backup);
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { recursive: true, mode: 0o750 });
    const folder = new DurableFolder(staging);
    for (const file of inDurableOrder(manifest.files)) await restoreFile(source, folder, file, options.backup);
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    yield finding("good", "restore.verified", { files: manifest.files.length, bytes });
    yield* requireSound(staging, manifest);
    await folder.finish(options.target);
    yield finding("good", "restore.done", { target: options.target, at: manifest.madeAt });
  } catch (error) {
    throw faultErrorOf(error, "restoring of a backup", options.target);
  } finally {
    await source.close();
    await rm(staging, { recursive: true, force: true });
  }
}

async function refuseOccupied(target: string): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  if (found === undefined || (found.isDirectory() && (await readdir(target)).length === 0)) return;
  throw new FaultError({
    code: "restore.target-not-empty",
    what: "folder to restore to",
    where: { file: target },
    expected: "a missing or empty folder: a centre is never restored over another",
  });
}

async function readManifest(source: BackupSource, backup: string): Promise<Manifest> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source.read(MANIFEST_FILE)) {
    bytes += chunk.length;
    if (bytes > LARGEST_MANIFEST_BYTES)
      throw new FaultError({ code: "backup.malformed", what: "manifest of a backup", where: { file: backup } });
    pieces.push(chunk);
  }
  return unwrap(parseManifest(Buffer.concat(pieces).toString(), backup));
}

async function requireSameFiles(source: BackupSource, manifest: Manifest, backup: string): Promise<void> {
  const listed = new Set([MANIFEST_FILE, ...manifest.files.map((file) => file.path)]);
  const stray = (await source.list()).find((path) => !listed.has(path));
  if (stray === undefined) return;
  throw new FaultError({
    code: "backup.file-unlisted",
    what: "file of a backup",
    where: { file: backup, field: stray },
    expected: "no file that the manifest does not name",
  });
}

/** The checkpoint comes last: a folder that has one has everything it speaks of. */
function inDurableOrder(files: readonly ManifestFile[]): readonly ManifestFile[] {
  const isCheckpoint = (file: ManifestFile): boolean => file.path === "record/checkpoint";
  return [...files.filter((file) => !isCheckpoint(file)), ...files.filter(isCheckpoint)];
}

async function restoreFile(
  source: BackupSource,
  folder: DurableFolder,
  file: ManifestFile,
  backup: string,
): Promise<void> {
  const passing = hashed(file.path, source.read(file.path));
  await folder.put(requireBackupPath(file.path), passing.chunks);
  const found = passing.done();
  if (found.sha256 === file.sha256 && found.bytes === file.bytes) return;
  throw new FaultError({
    code: "backup.file-differs",
    what: "file of a backup",
    where: { file: backup, field: file.path },
    expected: `${file.bytes} bytes with SHA-256 ${file.sha256}`,
    got: `${found.bytes} bytes with ${found.sha256}`,
  });
}

async function* requireSound(staging: string, manifest: Manifest): AsyncGenerator<Finding> {
  let wrong = 0;
  for await (const found of examine({ root: staging })) {
    if (found.state === "wrong") wrong += 1;
    if (found.state === "wrong" || found.area === "record") yield found;
  }
  const head = await headOf(staging);
  if (wrong === 0 && head === `${manifest.record.size} ${manifest.record.root}`) return;
  throw new FaultError({
    code: "restore.unsound",
    what: "restored folder",
    expected: `a sound folder with a record of ${manifest.record.size} entries`,
    got: `${wrong} wrong findings, record ${head}`,
  });
}

async function headOf(root: string): Promise<string> {
  const note = await nodeRecordFiles.read(`${pathsOf(root).record}/checkpoint`);
  const [, size, hash] = new TextDecoder().decode(note).split("\n");
  return `${size} ${bytesToHex(new Uint8Array(Buffer.from(hash ?? "", "base64")))}`;
}
