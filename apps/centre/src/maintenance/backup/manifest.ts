/** The list that a backup ends with: what was taken, when, and the hash of every file. A backup without it is not finished. */
import { bad, FaultError, good, type Result } from "@openjmc/model";
import { KNOWN_NAMES } from "../../folder/index.ts";

export const MANIFEST_FILE = "manifest.json";
export const MANIFEST_VERSION = 1;

export interface ManifestFile {
  /** Relative to the centre's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly kind: "openjmc-backup";
  readonly version: number;
  /** RFC 3339. */
  readonly madeAt: string;
  readonly origin: string;
  readonly record: { readonly size: number; readonly root: string };
  readonly files: readonly ManifestFile[];
}

/** Reads a manifest. Errors: `backup.malformed`, `backup.version-unknown`. */
export function parseManifest(text: string, file: string): Result<Manifest> {
  const value = parsed(text) as Partial<Manifest> | undefined;
  const where = { file, field: MANIFEST_FILE };
  if (value?.kind !== "openjmc-backup" || !Array.isArray(value.files))
    return bad({ code: "backup.malformed", what: "backup", where, expected: "the manifest of a backup" });
  if (value.version !== MANIFEST_VERSION)
    return bad({
      code: "backup.version-unknown",
      what: "backup",
      where,
      expected: `version ${MANIFEST_VERSION}`,
      got: String(value.version),
    });
  const wrong = value.files.find((entry) => !isManifestFile(entry));
  if (wrong === undefined) return good(value as Manifest);
  return bad({ code: "backup.malformed", what: "file of a backup", where, got: JSON.stringify(wrong).slice(0, 200) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isManifestFile(entry: Partial<ManifestFile> | null): boolean {
  return (
    typeof entry?.path === "string" &&
    Number.isSafeInteger(entry.bytes) &&
    typeof entry.sha256 === "string" &&
    isBackupPath(entry.path)
  );
}

const NOT_KEPT: ReadonlySet<string> = new Set(["lock", "lock.db", "door", "projection.db", "logs"]);

/** Whether a top name of a centre's folder goes into a backup. */
export function isKept(name: string): boolean {
  return KNOWN_NAMES.has(name) && !NOT_KEPT.has(name) && !/\.db-/.test(name);
}

/** Whether a path may be written below a centre's folder: known at its top, and nothing that could lead out of it. */
export function isBackupPath(path: string): boolean {
  const parts = path.split("/");
  const plain = parts.every((part) => /^[^\\:\0]{1,255}$/.test(part) && part !== "." && part !== "..");
  return plain && parts.length <= 32 && isKept(parts[0]!);
}

/** Throws `backup.path-refused`. */
export function requireBackupPath(path: string): string {
  if (isBackupPath(path)) return path;
  throw new FaultError({ code: "backup.path-refused", what: "path in a backup", got: path.slice(0, 200) });
}
