/** `jmc sign export`: makes what an officer is to sign on a machine without a network, as a file. Needs no private key. */
import { resolve } from "node:path";
import { FaultError, type Instant } from "@openjmc/model";
import { wallClock } from "../../clock.ts";
import { type ActDraft, statementOf } from "../../signer/acts.ts";
import { showInFull } from "../../signer/examine.ts";
import { type CarriedStatement, carry, carryLeaf, writeStatement } from "../../signer/files/statement-file.ts";
import { leafOfStatement, openCopy, pointOfCentre, type RecordCopy } from "../../signer/log-view.ts";
import { DONE, print, say } from "../terminal.ts";
import { readDraft } from "./draft.ts";

export interface ExportFlags {
  readonly component?: string;
  readonly officer?: string;
  readonly centre?: string;
  readonly record?: string;
  readonly out: string;
  readonly propose?: string;
  readonly act?: string;
  readonly countersign?: string;
  readonly dissent?: string;
  readonly withdraw?: string;
  readonly text?: string;
  readonly language: string;
  readonly json?: boolean;
}

/** Errors (thrown): `flag.missing`, `row.unknown`, those of the record's copy and of the draft. */
export async function runSignExport(flags: ExportFlags): Promise<number> {
  const carried = await makeStatement(flags);
  writeStatement(resolve(flags.out), carried);
  say(showInFull({ ...carried, isCountersignature: flags.countersign !== undefined }, carried.statementId));
  print(
    flags.json
      ? JSON.stringify({ statement: carried.statementId, file: flags.out })
      : `statement ${carried.statementId}: carry ${flags.out} to the key`,
  );
  return DONE;
}

async function makeStatement(flags: ExportFlags): Promise<CarriedStatement> {
  if (flags.countersign !== undefined) return carryProposal(await copyOf(flags), flags.countersign);
  const about = flags.dissent ?? flags.withdraw;
  const draft = about === undefined ? readDraft((flags.propose ?? flags.act)!, flags.propose !== undefined) : undefined;
  const point = await pointOf(flags);
  const closing = draft ?? closingOf(await copyOf(flags), about!, flags);
  return carry(statementOf(point, whoOf(flags), closing));
}

/** The proposal's very bytes. */
function carryProposal(copy: RecordCopy, statement: string): CarriedStatement {
  return carryLeaf(leafOfStatement(copy, statement).envelope);
}

function closingOf(copy: RecordCopy, statement: string, flags: ExportFlags): ActDraft {
  const act = copy.state.acts.get(statement);
  const closedBy = act && copy.state.kinds.get(act.kind)?.closedBy;
  if (!act || !closedBy) throw fault("row.unknown", "a proposal of the record", statement.slice(0, 80));
  if (flags.text === undefined || flags.text.trim() === "") {
    throw fault("text.missing", "the reasons, in the officer's own words (--text)", "");
  }
  const { text, language } = flags;
  const body = flags.dissent === undefined ? { reason: text } : { text, language };
  return {
    kind: flags.dissent === undefined ? closedBy.withdrawal : closedBy.dissent,
    ...{ subject: act.subject, revision: act.revision, refs: [{ rel: "proposal", sha256: statement }] },
    body: { proposal: statement, ...body },
  };
}

/** A copy of the record: proposals are taken from it, as their bytes and not as anybody tells them. */
async function copyOf(flags: ExportFlags): Promise<RecordCopy> {
  if (flags.record !== undefined) return openCopy(resolve(flags.record));
  throw fault("flag.missing", "--record, a copy of the record in which the proposal is", "");
}

async function pointOf(flags: ExportFlags): Promise<{ origin: string; size: number; root: string; now: Instant }> {
  if (flags.centre !== undefined) return pointOfCentre(flags.centre);
  return { ...(await copyOf(flags)).point, now: wallClock().now() };
}

function whoOf({ component, officer }: ExportFlags): { readonly component: string; readonly officer: string } {
  if (component !== undefined && officer !== undefined) return { component, officer };
  throw fault("flag.missing", "--component and --officer: who is to sign", "");
}

function fault(code: string, expected: string, got: string): FaultError {
  return new FaultError({ code, what: "statement to be signed", expected, ...(got === "" ? {} : { got }) });
}
