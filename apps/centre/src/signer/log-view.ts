/** What the signer's tools need to know of the record: from a centre that can be reached, or from any copy of the record. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type CentreDescription, FaultError, type Instant } from "@openjmc/model";
import { bytesToHex, type Leaf, type ReplayState, readLeaf, unwrap, verifyRecord } from "@openjmc/record";
import { nodePrimitives, verifyMany } from "../primitives.ts";
import { folderReader, readLeaves } from "../record/index.ts";
import { callCentre } from "./centre-client.ts";

/** A point of a log that statements can be anchored to. */
export interface LogPoint {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

/** The point that a centre gives everybody to anchor to, which cosigners have seen where there are any, and its clock. */
export async function pointOfCentre(url: string): Promise<LogPoint & { readonly now: Instant }> {
  const base = url.replace(/\/$/, "");
  const { origin, anchor, now } = await callCentre<CentreDescription>(`${base}/api/v1/centre`, {});
  return { origin, size: anchor.size, root: anchor.root, now };
}

/** A copy of the record that has been verified from its files alone. */
export interface RecordCopy {
  readonly point: LogPoint;
  readonly state: ReplayState;
  readonly leaves: () => Generator<Uint8Array>;
}

/** Errors (thrown): `record.missing`, `record.not-sound` with the first finding. */
export async function openCopy(path: string): Promise<RecordCopy> {
  const folder = [join(path, "record"), path].find((candidate) => existsSync(join(candidate, "checkpoint")));
  if (folder === undefined) throw fault("record.missing", path, "a folder of a centre, a mirror or a record", "none");
  const options = { sha256: nodePrimitives.sha256, verifyMany };
  // Not listed, so that a copy that is being written on meanwhile is sound up to the checkpoint it had.
  const reader = { read: folderReader(folder).read, list: () => undefined };
  const { holds, findings, state } = await verifyRecord(reader, options);
  if (!holds || !state?.founding) {
    throw fault("record.not-sound", path, "a record that `jmc verify` finds sound", findings[0]?.code ?? "no founding");
  }
  const { size } = state.history;
  const point = { origin: state.founding.origin, size, root: bytesToHex(state.history.root()) };
  return { point, state, leaves: () => readLeaves(folder, size) };
}

/** The first leaf of a statement. Error: `row.unknown`. */
export function leafOfStatement(copy: RecordCopy, statementId: string): Leaf {
  for (const bytes of copy.leaves()) {
    const leaf = unwrap(readLeaf(nodePrimitives.sha256, bytes));
    if (leaf.statementId === statementId) return leaf;
  }
  throw fault("row.unknown", copy.point.origin, "a statement of the record", statementId.slice(0, 80));
}

function fault(code: string, file: string, expected: string, got: string): FaultError {
  return new FaultError({ code, what: "record", where: { file }, expected, got });
}
