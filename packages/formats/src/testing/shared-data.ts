import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folder of captures and vectors that tests read and the project does not ship. */
export const SHARED_DATA = process.env.OPENJMC_SHARED
  ? join(process.env.OPENJMC_SHARED, "data")
  : join(import.meta.dirname, "../../../../../shared/data");

export function hasSharedData(...names: readonly string[]): boolean {
  return names.every((name) => existsSync(join(SHARED_DATA, name)));
}

export function sharedBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(SHARED_DATA, name)));
}

export function sharedLines(name: string): string[] {
  return readFileSync(join(SHARED_DATA, name), "utf8")
    .split(/\r?\n/)
    .filter((line) => line !== "");
}
