/** `jmc cosigners`: the draft of the joint act that names who cosigns, from the lines that `jmc mirror init` and `jmc witness init` print. */
import { readFileSync } from "node:fs";
import { FaultError } from "@openjmc/model";
import { formatVkey, parsePolicy, unwrap } from "@openjmc/record";
import { type NamedCosigner, usualPolicy } from "../cosigning/usual-policy.ts";
import { nodePrimitives } from "../primitives.ts";
import { readLogKey } from "./mirror.ts";
import { DONE, writeOut } from "./terminal.ts";

export interface CosignersFlags {
  readonly logKey: string;
  readonly component?: readonly string[];
  readonly neutral?: readonly string[];
  readonly silence?: string;
  readonly mergeDelay?: string;
  readonly suspect?: readonly string[];
  readonly out?: string;
}

/** Prints `{kind, subject, body}`, for `jmc sign`. Errors: `cosigners.none`, `policy.*`, `log-key.*`. */
export async function runCosigners(flags: CosignersFlags): Promise<number> {
  const [components, neutrals] = [flags.component ?? [], flags.neutral ?? []].map((files) => files.map(readNode));
  if (components!.length === 0)
    throw new FaultError({
      code: "cosigners.none",
      what: "command line",
      where: { field: "--component" },
      expected: "a file with the lines of each component's mirror",
    });
  const policy = [`log ${formatVkey(readLogKey(flags.logKey))}`, ...usualPolicy(components!, neutrals!)];
  const body = {
    policy,
    ...(flags.silence === undefined ? {} : { silenceSeconds: Number(flags.silence) }),
    ...(flags.mergeDelay === undefined ? {} : { mergeSeconds: Number(flags.mergeDelay) }),
    ...(flags.suspect === undefined ? {} : { suspect: flags.suspect.map(readSuspect) }),
  };
  unwrap(parsePolicy(nodePrimitives.sha256, `${policy.join("\n")}\n`));
  const draft = JSON.stringify({ kind: "cosigners.named", subject: "cosigners", body }, null, 2);
  writeOut(flags.out, `${draft}\n`, `${policy.length} lines of a policy`);
  return DONE;
}

/** `NAME=ENTRY`. Error: `request.field`. */
function readSuspect(text: string): { readonly name: string; readonly from: number } {
  const match = /^([^=]+)=(\d{1,15})$/.exec(text);
  if (match) return { name: match[1]!, from: Number(match[2]) };
  throw new FaultError({
    ...{ code: "request.field", what: "command line", where: { field: "--suspect" }, got: text },
    expected: "a cosigner's name and the first entry, as N=4711",
  });
}

/** The witness lines of one node; an address behind the first is kept. Error: `policy.malformed`. */
function readNode(file: string): NamedCosigner {
  const text = readText(file);
  const { witnesses } = unwrap(parsePolicy(nodePrimitives.sha256, `${text.trimEnd()}\nquorum none\n`));
  const [first] = witnesses;
  if (!first)
    throw new FaultError({
      code: "policy.malformed",
      what: "node's lines",
      where: { file },
      expected: "what `jmc mirror init` or `jmc witness init` printed",
    });
  const vkeys = witnesses.map(({ key }) => formatVkey(key));
  return { name: first.name, vkeys, ...(first.url === undefined ? {} : { url: first.url }) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const cause = (error as Error).message;
    throw new FaultError({ code: "file.unreadable", what: "node's lines", where: { file }, cause });
  }
}
