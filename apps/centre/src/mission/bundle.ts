/** A mission's files as one file, under whose hash the components sign it: JSON, the same bytes for the same files. */
import { FaultError } from "@openjmc/model";

const FORMAT = "openjmc mission v1";
const LARGEST_BUNDLE_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 1_000;
/** Names below the folder: never a way out of it, and nothing hidden. */
const PATH = /^[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*){0,3}\.(?:yaml|geojson|asc)$/;

/** The texts by their path within the mission's folder. Error: `mission.bundle`. */
export function encodeBundle(files: ReadonlyMap<string, string>): Uint8Array {
  const sorted = Object.fromEntries([...files].sort(([left], [right]) => (left < right ? -1 : 1)));
  const bytes = new TextEncoder().encode(`${JSON.stringify({ format: FORMAT, files: sorted })}\n`);
  decodeBundle(bytes);
  return bytes;
}

/** The same back. What came from elsewhere is not believed: no path leads out of the folder. Error: `mission.bundle`. */
export function decodeBundle(bytes: Uint8Array): ReadonlyMap<string, string> {
  if (bytes.length > LARGEST_BUNDLE_BYTES) throw malformed(`${bytes.length} bytes`);
  const { format, files } = parse(bytes);
  if (format !== FORMAT || typeof files !== "object" || files === null) throw malformed("another format");
  const entries = Object.entries(files as Record<string, unknown>);
  if (entries.length > MOST_FILES) throw malformed(`${entries.length} files`);
  for (const [path, text] of entries) {
    if (!PATH.test(path)) throw malformed(path);
    if (typeof text !== "string") throw malformed(`${path}: no text`);
  }
  return new Map(entries as [string, string][]);
}

function parse(bytes: Uint8Array): { readonly format?: unknown; readonly files?: unknown } {
  try {
    return (JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) ?? {}) as object;
  } catch {
    throw malformed("no JSON");
  }
}

function malformed(got: string): FaultError {
  return new FaultError({
    code: "mission.bundle",
    what: "files of a mission",
    expected: `a file of format ${FORMAT}, at most ${MOST_FILES} texts with plain names ending in .yaml, .geojson or .asc`,
    got: got.slice(0, 120),
  });
}
