/** The one hash under which a mission's files are signed. */
import { createHash } from "node:crypto";

/** SHA-256 over a mission's files: each path, a zero byte, its length and its text, in the order of the paths. */
export function missionDigest(files: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const path of [...files.keys()].sort()) {
    const text = Buffer.from(files.get(path)!);
    hash.update(path).update("\0").update(`${text.length}\n`).update(text);
  }
  return hash.digest("hex");
}
