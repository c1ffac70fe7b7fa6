/**
 * What a centre runs, by hashes that anybody computes with `find` and `sha256sum` from the same clone: its packages as they are
 * locked, its sources, the console that officers' browsers are given, and the page that verifies archives.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ProgrammeBody } from "@openjmc/model";
import { VERSION } from "../version.ts";

const ROOT = join(import.meta.dirname, "../../../..");
const LOCK = "package-lock.json";
const ROOMS = ["apps", "packages"];
const PAGE = "verify.html";

/** `root`: of the clone. `consoleFolder`: the built console, where there is one. */
export async function billOfMaterials(consoleFolder: string | undefined, root = ROOT): Promise<ProgrammeBody> {
  const built = consoleFolder === undefined ? [] : await filesBelow(consoleFolder, "");
  const page = built.includes(PAGE) ? await readFile(join(consoleFolder!, PAGE)) : undefined;
  return {
    version: VERSION,
    runtime: `Node ${process.version}`,
    lockSha256: sha256(await readFile(join(root, LOCK))),
    sourcesSha256: await treeDigest(root, await sourcesBelow(root)),
    ...(built.length > 0 ? { consoleSha256: await treeDigest(consoleFolder!, built) } : {}),
    ...(page ? { verifierPageSha256: sha256(page) } : {}),
  };
}

/** SHA-256 of what `sha256sum` prints for these files in the order of their names' bytes; hexadecimal. */
export async function treeDigest(folder: string, files: readonly string[]): Promise<string> {
  const digest = createHash("sha256");
  for (const file of files.toSorted(byBytes)) digest.update(`${sha256(await readFile(join(folder, file)))}  ${file}\n`);
  return digest.digest("hex");
}

async function sourcesBelow(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const room of ROOMS)
    for (const entry of await readdir(join(root, room), { withFileTypes: true }))
      if (entry.isDirectory()) found.push(...(await filesBelow(root, `${room}/${entry.name}/src`)));
  return found;
}

/** Every file below a folder of `root`, with the folder's own path before it; none where there is no such folder. */
async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    // A folder that is there and cannot be read must not pass for one that is not there: its hash would be stated.
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const found: string[] = [];
  for (const entry of entries) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesBelow(root, path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
