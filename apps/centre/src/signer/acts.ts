/** Binding acts made at the signer itself: proposal, countersignature, dissent, withdrawal. */
import { randomBytes } from "node:crypto";
import {
  type AppendedAnswer,
  FaultError,
  type FindingRow,
  formatInstant,
  type Instant,
  type JointActRow,
  makeUlid,
} from "@openjmc/model";
import { bytesToBase64, type Json, prepareStatement, type Signer, type StatementDraft, unwrap } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { CentreClient } from "./centre-client.ts";
import { type Examined, examine, signExamined } from "./examine.ts";

/** A point of the log, and the centre's time. */
export interface AnchorAnswer {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly now: Instant;
}

/** An act ready to be shown and signed. */
export interface PreparedAct {
  readonly examined: Examined;
  readonly statementId: string;
}

/** What an officer wants to say, before it has a place in a log. */
export interface ActDraft {
  readonly kind: string;
  readonly subject?: string;
  readonly revision?: number;
  readonly refs?: readonly { readonly rel: string; readonly sha256: string }[];
  readonly body: object;
}

/** An officer's statement over a point of the log. */
export function statementOf(
  anchor: AnchorAnswer,
  who: { readonly component: string; readonly officer: string },
  draft: ActDraft,
): StatementDraft {
  return {
    origin: anchor.origin,
    kind: draft.kind,
    component: who.component,
    role: who.officer,
    subject: draft.subject ?? makeUlid(anchor.now, randomBytes(10)),
    revision: draft.revision ?? 0,
    at: formatInstant(anchor.now),
    refs: draft.refs ?? [],
    anchor: { size: anchor.size, root: anchor.root },
    body: draft.body as { readonly [name: string]: Json },
  };
}

/** Makes a statement of the officer's own over the centre's present anchor. */
export async function prepareOwnAct(client: CentreClient, draft: ActDraft): Promise<PreparedAct> {
  const anchor = await client.get<AnchorAnswer>("/api/v1/anchor");
  const prepared = unwrap(prepareStatement(nodePrimitives.sha256, statementOf(anchor, client, draft)));
  return {
    examined: examine({ payload: bytesToBase64(prepared.payload), payloadType: prepared.payloadType }, client, {
      isOwnDraft: true,
    }),
    statementId: prepared.statementId,
  };
}

/** Fetches another component's proposal, of a finding or of any other joint act, to be signed as it stands. */
export async function prepareCountersignature(client: CentreClient, proposal: string): Promise<PreparedAct> {
  const act = await findJointAct(client, proposal);
  const { index, statement } = act
    ? { index: act.signedBy[0]!.index, statement: act.statement }
    : await findProposal(client, proposal);
  const leaf = await client.get<{ readonly payload: string; readonly payloadType: string }>(`/api/v1/entries/${index}`);
  return { examined: examine(leaf, client), statementId: statement };
}

async function findProposal(client: CentreClient, name: string) {
  const { proposedBy, statement } = await findFinding(client, name);
  return { index: proposedBy.index, statement };
}

/** A handover or a step of the mission's life by its statement; undefined where it is none. */
export async function findJointAct(client: CentreClient, statement: string): Promise<JointActRow | undefined> {
  if (!/^[0-9a-f]{64}$/.test(statement)) return undefined;
  const { rows } = await client.get<{ readonly rows: readonly JointActRow[] }>("/api/v1/joint-acts");
  return rows.find((row) => row.statement === statement);
}

/** The finding with this id, key or statement. Error: `row.unknown`. */
export async function findFinding(client: CentreClient, name: string): Promise<FindingRow> {
  const page = await client.get<{ readonly rows: readonly FindingRow[] }>("/api/v1/views/findings?limit=1000");
  const row = page.rows.find((finding) =>
    [finding.id, finding.statement, `${finding.id}.${finding.revision}`].includes(name),
  );
  if (!row)
    throw new FaultError({
      code: "row.unknown",
      what: "finding",
      expected: "a finding of the record",
      got: name.slice(0, 80),
    });
  return row;
}

/** Signs a prepared act and sends it. */
export async function sendAct(client: CentreClient, signer: Signer, act: PreparedAct): Promise<AppendedAnswer> {
  const leaf = await signExamined(act.examined, signer);
  return client.post("/api/v1/statements", JSON.parse(new TextDecoder().decode(leaf)));
}
