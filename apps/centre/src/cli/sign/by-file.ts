/** `jmc sign show`, `file` and `import`: statements that go between machines as files. */
import { resolve } from "node:path";
import { type AppendedAnswer, FaultError } from "@openjmc/model";
import { readLeaf, STANDARD_KINDS, unwrap } from "@openjmc/record";
import { nodePrimitives } from "../../primitives.ts";
import { callCentre } from "../../signer/centre-client.ts";
import { requireLanguages, showInFull } from "../../signer/examine.ts";
import { examineFile } from "../../signer/examine-file.ts";
import {
  addSignature,
  type CarriedStatement,
  leavesOf,
  readStatementFile,
  writeStatement,
} from "../../signer/files/statement-file.ts";
import { holdersOf, openSigner } from "../../signer/signer-folder.ts";
import { confirmAtTerminal } from "../confirm.ts";
import { askForHolders, type SecretFlags } from "../secrets.ts";
import { CHECK_FAILED, DONE, print, say } from "../terminal.ts";
import { authenticLanguagesOf } from "./languages.ts";

export interface ShowFlags {
  readonly origin?: string;
  readonly json?: boolean;
}

/** Shows a statement in full, and which keys have signed it. Signs nothing. */
export function runSignShow(path: string, flags: ShowFlags): number {
  const carried = readStatementFile(path, flags.origin);
  const keys = carried.signatures.map(({ keyid }) => keyid);
  if (flags.json) print(JSON.stringify({ statement: carried.statementId, ...carried.statement, signedBy: keys }));
  else {
    print(showInFull({ ...carried, isCountersignature: false }, carried.statementId));
    print(keys.length === 0 ? "signed by    nobody yet" : keys.map((key) => `signed by    key ${key}`).join("\n"));
  }
  return DONE;
}

export interface SignFileFlags extends SecretFlags {
  readonly keys: string;
  readonly holder: readonly string[];
  readonly out: string;
  readonly origin?: string;
  readonly mission?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Signs a statement's file with one or more keys of a folder, after showing it to whoever holds them. */
export async function runSignFile(path: string, flags: SignFileFlags): Promise<number> {
  const folder = resolve(flags.keys);
  let carried = readStatementFile(path, flags.origin);
  const holders = flags.holder.map((holder) => requireHolder(folder, holder));
  requireLanguages(carried, flags.mission === undefined ? [] : authenticLanguagesOf(flags.mission));
  say(examineFile(carried, holders[0]!));
  for (const holder of holders.slice(1)) examineFile(carried, holder);
  if (!(await confirmAtTerminal(flags.yes === true))) {
    say("not signed");
    return CHECK_FAILED;
  }
  const { component } = holders[0]!;
  const secrets = await askForHolders(flags, folder, component, flags.holder);
  for (const holder of flags.holder) {
    carried = await addSignature(carried, openSigner(folder, holder, secrets(holder)));
  }
  writeStatement(resolve(flags.out), carried);
  print(
    flags.json
      ? JSON.stringify({ statement: carried.statementId, signatures: carried.signatures.length })
      : `signed by ${flags.holder.join(", ")}; ${carried.signatures.length} signatures; carry ${flags.out} on`,
  );
  return DONE;
}

function requireHolder(folder: string, holder: string): { readonly holder: string; readonly component: string } {
  const known = holdersOf(folder);
  const found = known.find((one) => one.holder === holder);
  if (found) return found;
  throw new FaultError({
    ...{ code: "officer.unknown", what: "signer folder", where: { file: folder } },
    ...{ expected: known.map((one) => one.holder).join(", "), got: holder },
  });
}

export interface ImportFlags {
  readonly centre: string;
  /** The file as it went out: what comes back must be the same statement. */
  readonly request?: string;
  readonly json?: boolean;
}

/** Brings a signed statement to the centre. Errors (thrown): `statement-file.unsigned`, `statement-file.other`, the centre's. */
export async function runSignImport(path: string, flags: ImportFlags): Promise<number> {
  const carried = readStatementFile(path);
  if (flags.request !== undefined) requireSame(path, carried, readStatementFile(flags.request));
  if (carried.signatures.length === 0) throw fault("statement-file.unsigned", path, "at least one signature");
  const answers = await bringLeaves(flags.centre, leavesOf(carried));
  for (const answer of answers)
    print(flags.json ? JSON.stringify(answer) : `recorded: entry ${answer.index}, statement ${answer.statement}`);
  return DONE;
}

function requireSame(path: string, carried: CarriedStatement, sent: CarriedStatement): void {
  if (carried.statementId === sent.statementId) return;
  throw fault("statement-file.other", path, `statement ${sent.statementId}`, carried.statementId);
}

/**
 * Sends signed leaves, one after the other. Those that the record has already are passed over, so that a file can be
 * brought again with one more signature. Errors (thrown): the centre's.
 */
export async function bringLeaves(url: string, leaves: readonly Uint8Array[]): Promise<readonly AppendedAnswer[]> {
  const answers: AppendedAnswer[] = [];
  for (const leaf of leaves) {
    const answer = await bring(url, leaf);
    if (answer) answers.push(answer);
  }
  return answers;
}

const ALREADY_THERE = new Set(["root.same-key", "leaf.duplicate", "joint.same-officer"]);

async function bring(url: string, leaf: Uint8Array): Promise<AppendedAnswer | undefined> {
  try {
    return await callCentre<AppendedAnswer>(`${url.replace(/\/$/, "")}/api/v1/statements/signed`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new TextDecoder().decode(leaf),
    });
  } catch (error) {
    const { kind } = unwrap(readLeaf(nodePrimitives.sha256, leaf)).statement;
    const isGathered = STANDARD_KINDS.get(kind)?.tier === "root";
    if (isGathered && error instanceof FaultError && ALREADY_THERE.has(error.fault.code)) return undefined;
    throw error;
  }
}

function fault(code: string, file: string, expected: string, got?: string): FaultError {
  return new FaultError({
    ...{ code, what: "signed statement", where: { file }, expected },
    ...(got === undefined ? {} : { got }),
  });
}
