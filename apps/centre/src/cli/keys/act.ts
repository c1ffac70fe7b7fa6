/**
 * An act about keys, from draft to record: shown in full, signed by the keys that are at hand, brought to the centre or
 * written to a file for the next key.
 */
import { resolve } from "node:path";
import { FaultError, type Instant } from "@openjmc/model";
import { bytesToBase64, bytesToHex, possessionMessage, type Signer } from "@openjmc/record";
import { wallClock } from "../../clock.ts";
import { statementOf } from "../../signer/acts.ts";
import { examineFile } from "../../signer/examine-file.ts";
import {
  addSignature,
  type CarriedStatement,
  carry,
  leavesOf,
  writeStatement,
} from "../../signer/files/statement-file.ts";
import { type LogPoint, openCopy, pointOfCentre } from "../../signer/log-view.ts";
import { holdersOf, openSigner } from "../../signer/signer-folder.ts";
import { confirmAtTerminal } from "../confirm.ts";
import { askForHolders, type SecretFlags } from "../secrets.ts";
import { bringLeaves } from "../sign/by-file.ts";
import { CHECK_FAILED, DONE, print, say } from "../terminal.ts";

export interface KeyActFlags extends SecretFlags {
  readonly keys: string;
  /** Roots that sign here. */
  readonly root?: readonly string[];
  readonly centre?: string;
  readonly record?: string;
  readonly origin?: string;
  readonly out?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** The point of the log that an act is anchored to, and the time it claims. */
export type ActPoint = LogPoint & { readonly now: Instant };

/** From the centre, or from a copy of the record. Errors (thrown): `flag.missing`, `origin.wrong`. */
export async function actPoint(flags: KeyActFlags): Promise<ActPoint> {
  const point = await findPoint(flags);
  if (flags.origin === undefined || point.origin === flags.origin) return point;
  throw new FaultError({ code: "origin.wrong", what: "record", expected: flags.origin, got: point.origin });
}

async function findPoint({ centre, record }: KeyActFlags): Promise<ActPoint> {
  if (centre !== undefined) return pointOfCentre(centre);
  if (record !== undefined) return { ...(await openCopy(resolve(record))).point, now: wallClock().now() };
  throw new FaultError({
    ...{ code: "flag.missing", what: "command line", where: { field: "--centre" } },
    expected: "--centre URL, or --record with a copy of the record",
  });
}

/** The component whose signer folder it is. Error: `key.folder-empty`. */
export function componentOf(folder: string): string {
  const component = holdersOf(folder)[0]?.component;
  if (component !== undefined) return component;
  throw new FaultError({
    ...{ code: "key.folder-empty", what: "signer folder", where: { file: folder } },
    expected: "a folder with keys of a component",
  });
}

/** `key` and `possession` for a body that brings in a key. */
export async function provenKey(
  point: LogPoint,
  component: string,
  holder: string,
  signer: Signer,
): Promise<{ readonly key: string; readonly possession: string }> {
  const key = bytesToHex(signer.publicKey);
  const message = possessionMessage({
    origin: point.origin,
    component,
    holder,
    anchorRoot: point.root,
    publicKey: key,
  });
  return { key, possession: bytesToBase64(await signer.sign(message)) };
}

/** A statement of a component's roots. */
export function rootStatement(
  point: ActPoint,
  component: string,
  draft: { readonly kind: string; readonly subject: string; readonly body: object; readonly refs?: LogRefs },
): CarriedStatement {
  return carry(statementOf(point, { component, officer: "root" }, draft));
}

type LogRefs = readonly { readonly rel: string; readonly sha256: string }[];

/**
 * Shows, asks, signs with the roots named (or the keys given beside), then brings or writes. Exit code 1 where whoever
 * holds the keys says no. Error: `flag.missing` where neither `--centre` nor `--out` says where it goes.
 */
export async function carryOut(
  carried: CarriedStatement,
  flags: KeyActFlags,
  others: readonly { readonly holder: string; readonly signer: Signer }[] = [],
): Promise<number> {
  const folder = resolve(flags.keys);
  const component = componentOf(folder);
  const roots = flags.root ?? [];
  requireTarget(flags);
  say(examineFile(carried, { component, holder: roots[0] ?? others[0]?.holder ?? "root-1" }));
  if (!(await confirmAtTerminal(flags.yes === true))) {
    say("not signed");
    return CHECK_FAILED;
  }
  const secrets = await askForHolders(flags, folder, component, roots);
  const signers = [
    ...others.map(({ signer }) => signer),
    ...roots.map((root) => openSigner(folder, root, secrets(root))),
  ];
  let signed = carried;
  for (const signer of signers) signed = await addSignature(signed, signer);
  if (flags.out !== undefined) writeStatement(resolve(flags.out), signed);
  const answers =
    flags.centre !== undefined && flags.out === undefined ? await bringLeaves(flags.centre, leavesOf(signed)) : [];
  tell(
    flags,
    signed,
    answers.map(({ index }) => index),
  );
  return DONE;
}

function requireTarget(flags: KeyActFlags): void {
  if (flags.out !== undefined || flags.centre !== undefined) return;
  throw new FaultError({
    ...{ code: "flag.missing", what: "command line", where: { field: "--out" } },
    expected: "--centre, to bring it there, or --out, a file for the next key",
  });
}

function tell(flags: KeyActFlags, signed: CarriedStatement, entries: readonly number[]): void {
  const { statementId: statement, signatures } = signed;
  if (flags.json) print(JSON.stringify({ statement, signatures: signatures.length, entries, file: flags.out ?? null }));
  else if (flags.out !== undefined)
    print(
      `statement ${statement}: ${signatures.length} signatures; carry ${flags.out} to the next key, or to the centre`,
    );
  else print(`recorded: entries ${entries.join(", ")}, statement ${statement}`);
}
