/** A passphrase: from a file, from the environment of a script, or asked for without showing it. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { FaultError } from "@openjmc/model";

/** Errors: `passphrase.missing` where nobody can be asked. */
export async function readPassphrase(
  what: string,
  options: { readonly file?: string; readonly isNew?: boolean },
): Promise<string> {
  if (options.file !== undefined) return readFileSync(options.file, "utf8").replace(/\r?\n$/, "");
  const given = process.env.OPENJMC_PASSPHRASE;
  if (given !== undefined) return given;
  if (!process.stdin.isTTY)
    throw new FaultError({
      code: "passphrase.missing",
      what,
      expected: "--passphrase-file, OPENJMC_PASSPHRASE, or a terminal to ask at",
    });
  const first = await ask(`Passphrase ${what}: `);
  if (!options.isNew) return first;
  if (first.length < 12) throw new FaultError({ code: "passphrase.short", what, expected: "at least 12 characters" });
  if ((await ask("Again: ")) !== first)
    throw new FaultError({ code: "passphrase.different", what, expected: "the same passphrase twice" });
  return first;
}

async function ask(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(question);
  try {
    return await reader.question("");
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}
