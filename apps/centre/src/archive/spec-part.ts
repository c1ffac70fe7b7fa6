/** The formats in which an archive is written, told in it: whoever reads it in thirty years may have nothing else. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BagWriter } from "./bag-writer.ts";

/** Own texts; the standards that they name are public. */
export const SPEC_FOLDER = join(import.meta.dirname, "spec");

export async function writeSpec(bag: BagWriter): Promise<void> {
  for (const name of readdirSync(SPEC_FOLDER).sort())
    await bag.add(`data/spec/${name}`, new Uint8Array(readFileSync(join(SPEC_FOLDER, name))));
}
