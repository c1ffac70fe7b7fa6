/** The layout of an archive: a BagIt bag (RFC 8493), its manifests written and checked. ZIP around it is not done here. */
import { utf8, utf8ToText } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import { checkBagPath } from "./path.ts";

export const BAG_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
export const BAG_ALGORITHMS = ["sha256", "sha512"] as const;
export type BagAlgorithm = (typeof BAG_ALGORITHMS)[number];

/** Hexadecimal digest of a file by its path, relative to the bag. */
export type Digests = ReadonlyMap<string, string>;

const DIGEST_DIGITS: Readonly<Record<BagAlgorithm, number>> = { sha256: 64, sha512: 128 };

/** Lines `digest  path`, sorted by path. */
export function formatManifest(digests: Digests): Uint8Array {
  const paths = [...digests.keys()].sort();
  return utf8(paths.map((path) => `${digests.get(path)}  ${escapePath(path)}\n`).join(""));
}

/** Reads a manifest in the one spelling that is written here. Errors: `bag.manifest` with the line, `bag.path`. */
export function parseManifest(algorithm: BagAlgorithm, bytes: Uint8Array): Result<Digests> {
  return attempt(() => {
    const lines = unwrap(utf8ToText(bytes)).split("\n");
    if (lines.pop() !== "") refuse("bag.manifest", "manifest", { expected: "a line feed at the end" });
    const digests = new Map<string, string>();
    let last = "";
    lines.forEach((line, position) => {
      const match = /^([0-9a-f]+) {2}(.+)$/.exec(line);
      const path = unescapePath(match?.[2] ?? "");
      const fits = match?.[1]?.length === DIGEST_DIGITS[algorithm] && path > last;
      if (!fits) refuse("bag.manifest", "manifest", { where: { line: position + 1 }, got: shown(line) });
      unwrap(checkBagPath(path));
      last = path;
      digests.set(path, match![1]!);
    });
    return digests;
  });
}

/** `bag-info.txt`: one line for each label, long values not folded. */
export function formatBagInfo(fields: Readonly<Record<string, string>>): Uint8Array {
  return utf8(
    Object.entries(fields)
      .map(([label, value]) => `${label}: ${value.replaceAll(/\s+/g, " ")}\n`)
      .join(""),
  );
}

/** `Payload-Oxum`: bytes and number of the files under `data/`. */
export function payloadOxum(lengths: ReadonlyMap<string, number>): string {
  const payload = [...lengths].filter(([path]) => path.startsWith("data/"));
  return `${payload.reduce((sum, [, length]) => sum + length, 0)}.${payload.length}`;
}

// RFC 8493 section 2.1.3: only line ends and the percent sign itself are escaped.
function escapePath(path: string): string {
  return path.replaceAll("%", "%25").replaceAll("\n", "%0A").replaceAll("\r", "%0D");
}

function unescapePath(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
