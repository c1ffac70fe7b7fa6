/** Vectors made by others, which lie beside the repository. Not part of the door. */
const fs = process.getBuiltinModule("node:fs");
const path = process.getBuiltinModule("node:path");
const FOLDER = path.join(
  process.env.OPENJMC_SHARED ?? path.join(import.meta.dirname, "../../../../../shared"),
  "data/record",
);

/** Whether the vectors are there; where not, tests that need them are skipped by name. */
export const vectorsPresent: boolean = fs.existsSync(FOLDER);

export function vectorBytes(name: string): Uint8Array {
  return new Uint8Array(fs.readFileSync(path.join(FOLDER, name)));
}

export function vectorText(name: string): string {
  return fs.readFileSync(path.join(FOLDER, name), "utf8");
}

// biome-ignore lint/suspicious/noExplicitAny: each file has a shape of its own, which its test knows
export function vectorJson(name: string): any {
  return JSON.parse(vectorText(name));
}

/** Files below a folder of the vectors, by paths relative to that folder. */
export function vectorFiles(name: string): string[] {
  const root = path.join(FOLDER, name);
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}
