/** No key of a person lies in the centre's folder, in whatever form: as a file of the signer, of ssh or of a software token. */
import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join, relative } from "node:path";
import { type Finding, findingsOf } from "../finding.ts";
import type { ExaminationContext } from "./context.ts";

const finding = findingsOf("keys");
/** Every form shows itself in its first bytes or in its name. */
const HEAD_BYTES = 512;
/** Written by the centre itself, by the thousand, and none of it a person's. */
const OWN_FOLDERS = new Set(["journal", "picture", "record", "attachments", "logs"]);

const FORMS: readonly (readonly [string, (name: string, head: string) => boolean])[] = [
  ["signer", (name, head) => /\.(key|next|share)\.json$/.test(name) || head.includes('"keyDerivation"')],
  ["ssh", (_name, head) => head.includes("BEGIN OPENSSH PRIVATE KEY")],
  ["token", (name) => name === "token.object" || /^[0-9a-f-]{36}\.object$/.test(name)],
];

export async function* checkPersonsKeys({ paths }: ExaminationContext): AsyncGenerator<Finding> {
  let found = 0;
  for (const path of filesBelow(paths.root)) {
    const form = FORMS.find(([, fits]) => fits(path.split("/").at(-1)!, headOf(path)))?.[0];
    if (form === undefined) continue;
    found += 1;
    yield finding("wrong", "keys.of-a-person", { file: relative(paths.root, path), form });
  }
  if (found === 0) yield finding("good", "keys.good");
}

function* filesBelow(root: string): Generator<string> {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.isFile()) yield join(root, entry.name);
    if (!entry.isDirectory() || OWN_FOLDERS.has(entry.name)) continue;
    for (const inner of readdirSync(join(root, entry.name), { recursive: true, withFileTypes: true }))
      if (inner.isFile()) yield join(inner.parentPath, inner.name);
  }
}

function headOf(path: string): string {
  const bytes = Buffer.alloc(HEAD_BYTES);
  const handle = openSync(path, "r");
  try {
    return bytes.toString("latin1", 0, readSync(handle, bytes, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(handle);
  }
}
