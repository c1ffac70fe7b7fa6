/** Replays a record from disk into the desk's changes, as the registrar does at start. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeskState } from "@openjmc/desk";
import { FaultError } from "@openjmc/model";
import { bytesToHex, openNote, parseCheckpoint, parseVkey, unwrap } from "@openjmc/record";
import { readAttachmentNow } from "../attachments/index.ts";
import type { FolderPaths } from "../folder/index.ts";
import { nodePrimitives } from "../primitives.ts";
import type { EntryChanges } from "../projection/rebuild.ts";
import { openRecordedTimes } from "../registrar/recorded-at.ts";
import { Registrar } from "../registrar/registrar.ts";
import { readLeaves } from "./leaves.ts";

/** Every entry up to a head with the rows it changes. Throws `record.*` where the record does not hold. */
export function replayRecord(paths: FolderPaths, head = readHeadOf(paths)): readonly EntryChanges[] {
  return replayDesk(paths, head).changes;
}

/** The same, with the desk as it stands after them. */
export function replayDesk(
  paths: FolderPaths,
  head = readHeadOf(paths),
): { readonly changes: readonly EntryChanges[]; readonly desk: DeskState } {
  const times = openRecordedTimes(paths.recordedAt);
  const refuse = (): never => {
    throw new FaultError({ code: "record.read-only", what: "record", expected: "no act while it is replayed" });
  };
  const registrar = new Registrar({
    primitives: nodePrimitives,
    keeper: { append: refuse },
    times,
    machine: { publicKey: new Uint8Array(32), sign: refuse },
    context: refuse,
    now: () => 0,
    readCiphertext: (sha256) => readAttachmentNow(paths.attachments, sha256),
    onRegistered: refuse,
    onFatal: refuse,
  });
  try {
    const loaded = registrar.load(readLeaves(paths.record, head.size), true);
    registrar.requireHead(head);
    return { changes: loaded.map(({ entry, changes }) => ({ index: entry.index, changes })), desk: registrar.desk };
  } finally {
    times.close();
  }
}

/** Size and root of the published checkpoint, its signature checked with the log's own key. Throws a `Refusal`. */
export function readHeadOf(paths: FolderPaths): { readonly size: number; readonly root: string } {
  const key = unwrap(parseVkey(nodePrimitives.sha256, readFileSync(join(paths.record, "log.vkey"), "utf8").trim()));
  const note = unwrap(openNote(nodePrimitives, new Uint8Array(readFileSync(join(paths.record, "checkpoint"))), [key]));
  const checkpoint = unwrap(parseCheckpoint(note.text));
  return { size: checkpoint.size, root: bytesToHex(checkpoint.root) };
}
