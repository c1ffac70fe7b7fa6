/**
 * Passphrases and PINs by whom they are for. A file serves one component or one key: `A=FILE`, `root-1=FILE`; a bare FILE
 * serves where only one is asked for, so that two components never come to share a passphrase.
 */
import { existsSync } from "node:fs";
import { FaultError } from "@openjmc/model";
import { secretNeeded } from "../signer/signer-folder.ts";
import { readPassphrase } from "./passphrase.ts";

export interface SecretFlags {
  readonly passphraseFile?: readonly string[];
}

/** Who asks: the names that a file may be given for, the most particular first, and how to put the question. */
export interface SecretQuestion {
  readonly names: readonly string[];
  readonly what: string;
  readonly isNew?: boolean;
  /** Whether a bare file or `OPENJMC_PASSPHRASE` may serve: not where several components are asked. */
  readonly alone: boolean;
}

/** One passphrase or PIN. Errors: those of `readPassphrase`, `passphrase.shared`, `passphrase.unreadable`. */
export async function askSecret(flags: SecretFlags, question: SecretQuestion): Promise<string> {
  const { names, what, isNew, alone } = question;
  const files = (flags.passphraseFile ?? []).map(splitFile);
  const named = names.map((name) => files.find((file) => file.name === name)).find((file) => file !== undefined);
  const bare = files.find((file) => file.name === undefined);
  if (!named && bare && !alone) throw shared(names.at(-1)!);
  const file = named ?? bare;
  if (file) requireFile(file.path);
  const environment = names.map((name) => process.env[`OPENJMC_PASSPHRASE_${name}`]).find((text) => text !== undefined);
  if (!file && environment !== undefined) return environment;
  if (!file && !alone && process.env.OPENJMC_PASSPHRASE !== undefined) throw shared(names.at(-1)!);
  return readPassphrase(what, { ...(file ? { file: file.path } : {}), ...(isNew === undefined ? {} : { isNew }) });
}

/** What the keys of these holders in a folder need, asked one after the other; nothing for a key in an agent. */
export async function askForHolders(
  flags: SecretFlags,
  folder: string,
  component: string,
  holders: readonly string[],
): Promise<(holder: string) => string> {
  const known = new Map<string, string>();
  for (const holder of holders) {
    const needed = secretNeeded(folder, holder);
    const what = `${needed} of ${holder}`;
    if (needed) known.set(holder, await askSecret(flags, { names: [holder, component], what, alone: true }));
  }
  return (holder) => known.get(holder) ?? "";
}

/** `NAME=FILE` or `FILE`; a name has no slash, so that paths with an equals sign stay paths. */
function splitFile(text: string): { readonly name?: string; readonly path: string } {
  const match = /^([A-Za-z0-9][A-Za-z0-9._:-]*)=(.+)$/.exec(text);
  return match && !existsSync(text) ? { name: match[1]!, path: match[2]! } : { path: text };
}

function requireFile(path: string): void {
  if (existsSync(path)) return;
  throw new FaultError({
    ...{ code: "passphrase.unreadable", what: "passphrase", where: { file: path } },
    expected: "a file with a passphrase in it",
  });
}

function shared(component: string): FaultError {
  return new FaultError({
    ...{ code: "passphrase.shared", what: "command line", where: { field: "--passphrase-file" } },
    expected: `a passphrase of its own for each component, as --passphrase-file ${component}=FILE`,
    got: "one for all",
  });
}
