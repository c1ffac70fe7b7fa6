/** The record that a new one is to succeed: from any copy, as a mirror's folder or a centre's that was saved. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import {
  type AnchorGrade,
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  type CosignerRules,
  concat,
  formatCheckpoint,
  formatNote,
  formatVkey,
  gradeOf,
  type Json,
  logNoteKeys,
  type NoteKey,
  openNote,
  parseCheckpoint,
  type ReplayState,
  readLeaf,
  uint64,
  unwrap,
  verifyRecord,
} from "@openjmc/record";
import { nodePrimitives, verifyMany } from "../primitives.ts";
import { folderReader, readLeaves, verifyAtWork } from "../record/index.ts";
import type { FoundingPart } from "./part.ts";

/** A point of the predecessor's history, with what stands behind it. */
interface SealedNote {
  readonly size: number;
  readonly grade: AnchorGrade;
  readonly note: Uint8Array;
  /** Cosigners whose signatures are on the note. */
  readonly cosigners: readonly NoteKey[];
}

export interface Predecessor {
  readonly state: ReplayState;
  /** Entries in the copy at hand. */
  readonly size: number;
  /** The furthest point that both components' cosigners sealed; without one, the end of the copy. */
  readonly point: SealedNote;
}

/** Errors (thrown): `record.missing`, `predecessor.not-sound` with the first finding. */
export async function readPredecessor(path: string): Promise<Predecessor> {
  const folder = [join(path, "record"), path].find((candidate) => existsSync(join(candidate, "checkpoint")));
  if (folder === undefined) throw fault("record.missing", path, "a folder of a centre, a mirror or a record");
  const reader = folderReader(folder);
  const options = { sha256: nodePrimitives.sha256, verifyMany };
  const { result } = await verifyAtWork(reader, (files) => verifyRecord(files, options));
  const { holds, findings, state, checkpoint } = result;
  if (!holds || !state?.founding || !checkpoint) {
    throw fault("predecessor.not-sound", path, "a record that `jmc verify` finds sound", findings[0]?.code ?? "");
  }
  const head = sealedHead(new Uint8Array((await reader.read("checkpoint"))!), state);
  const told = tellOfSeal(folder, state);
  const point = [told, head].find((one) => one?.grade === "joint") ?? head;
  const furthest = head.grade === "joint" && head.size >= point.size ? head : point;
  return { state, size: checkpoint.size, point: furthest };
}

/** The copy's own checkpoint, with whichever cosigners have signed it. */
function sealedHead(note: Uint8Array, state: ReplayState): SealedNote {
  const keys = witnessesOf(state.cosigners).map(({ key }) => key);
  const opened = unwrap(openNote(nodePrimitives, note, [...logNoteKeys(nodePrimitives.sha256, state), ...keys]));
  const { size } = unwrap(parseCheckpoint(opened.text));
  const cosigners = opened.verified.map(({ key }) => key).filter((key) => keys.includes(key));
  return { size, note, cosigners, grade: gradeOfKeys(state, cosigners) };
}

/** The last point of which the log itself tells that both sides sealed it. */
function tellOfSeal(folder: string, state: ReplayState): SealedNote | undefined {
  const size = state.sealed.lastOf("joint")?.size;
  if (size === undefined) return undefined;
  const witnesses = witnessesOf(state.cosigners);
  let found: SealedNote | undefined;
  for (const bytes of readLeaves(folder, state.history.size, size)) {
    const leaf = unwrap(readLeaf(nodePrimitives.sha256, bytes));
    const { body, kind } = leaf.statement;
    if (kind !== "checkpoint.cosigned" || body.size !== size) continue;
    const cosignatures = (body.cosignatures as unknown as readonly Cosignature[]).flatMap(
      ({ name, time, signature }) => {
        const key = witnesses.find((witness) => witness.name === name)?.key;
        return key ? [{ key, bytes: concat(uint64(time), unwrap(base64ToBytes(signature))) }] : [];
      },
    );
    const text = formatCheckpoint({ origin: leaf.statement.origin, size, root: state.history.rootAt(size)! });
    const signatures = cosignatures.map(({ key, bytes }) => ({ name: key.name, id: key.id, bytes }));
    const cosigners = cosignatures.map(({ key }) => key);
    found = { size, note: formatNote({ text, signatures }), cosigners, grade: gradeOfKeys(state, cosigners) };
  }
  return found;
}

interface Cosignature {
  readonly name: string;
  readonly time: number;
  readonly signature: string;
}

function witnessesOf(rules: CosignerRules | undefined) {
  return rules?.policy.witnesses ?? [];
}

function gradeOfKeys(state: ReplayState, keys: readonly NoteKey[]): AnchorGrade {
  const names = witnessesOf(state.cosigners)
    .filter(({ key }) => keys.includes(key))
    .map(({ name }) => name);
  return gradeOf(names, state.founding!.components);
}

/** What the founding of the successor says of it. Error: `predecessor.not-sealed` unless that is accepted. */
export function successionTerms(
  predecessor: Predecessor,
  options: { readonly reason: string; readonly acceptsUnsealed: boolean },
): { readonly [name: string]: Json } {
  const { state, point } = predecessor;
  const { origin, statementId: founding } = state.founding!;
  if (point.grade !== "joint" && !options.acceptsUnsealed)
    throw new FaultError({
      ...{ code: "predecessor.not-sealed", what: `record ${origin}` },
      ...{ expected: "a point that both components sealed; --unsealed takes the end of this copy", got: point.grade },
    });
  const logKey = logNoteKeys(nodePrimitives.sha256, state).at(-1);
  if (!logKey) throw fault("predecessor.no-log-key", origin, "a founding that names the log's key");
  return {
    ...{ origin, size: point.size, root: bytesToHex(state.history.rootAt(point.size)!), founding },
    checkpoint: bytesToBase64(point.note),
    logKey: formatVkey(logKey),
    cosigners: point.cosigners.map(formatVkey),
    reason: options.reason,
  };
}

/** A component that is not there: its root keys as they were in force, and nothing else. */
export function absentPart(
  predecessor: Predecessor,
  component: string,
  plan: Pick<FoundingPart, "origin" | "mission">,
): FoundingPart {
  const { state, point } = predecessor;
  const roots = [...state.keys.values()].filter(
    (key) =>
      key.tier === "root" &&
      key.component === component &&
      key.from < point.size &&
      (key.ended === undefined || key.ended >= point.size),
  );
  const { origin, mission } = plan;
  return { component, origin, mission, roots: roots.map((key) => bytesToHex(key.publicKey)), officers: [] };
}

function fault(code: string, file: string, expected: string, got?: string): FaultError {
  return new FaultError({
    ...{ code, what: "predecessor", where: { file }, expected },
    ...(got === undefined ? {} : { got }),
  });
}
