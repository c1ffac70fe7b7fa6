/** With which signed checkpoint an archive ends. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  bytesToHex,
  type Checkpoint,
  evaluatePolicy,
  type OwnCheckpoint,
  openOwnCheckpoint,
  parseVkey,
  type ReplayState,
  type Result,
  unwrap,
} from "@openjmc/record";
import { sealedFile } from "../cosigning/index.ts";
import { stateAt } from "../door/record-at-hand.ts";
import type { FolderPaths } from "../folder/index.ts";
import { nodePrimitives } from "../primitives.ts";

export interface EndPoint {
  readonly note: Uint8Array;
  readonly size: number;
  /** Hexadecimal. */
  readonly root: string;
  /** The record as it was there. */
  readonly state: ReplayState;
}

/**
 * The newest checkpoint under which stand the cosignatures that both components asked for: what comes after it may still be on its
 * way to them, whether a centre is at work or not. Where none are asked for, or none came yet, or with `isUnsealed`, the head.
 * @param present the record as it is now
 */
export function endPointOf(paths: FolderPaths, present: ReplayState, isUnsealed = false): EndPoint {
  const sealed = isUnsealed ? undefined : sealedPoint(paths, present);
  if (sealed) return sealed;
  const note = new Uint8Array(readFileSync(join(paths.record, "checkpoint")));
  return pointOf(paths, present, note, unwrap(openNote(paths, note, present)).checkpoint);
}

/** Undefined where there is none, where it is not of this log, or short of what was agreed on at its place. */
function sealedPoint(paths: FolderPaths, present: ReplayState): EndPoint | undefined {
  const note = bytesOf(sealedFile(paths.keeper));
  const opened = note && openNote(paths, note, present);
  if (!opened?.ok) return undefined;
  const point = pointOf(paths, present, note!, opened.value.checkpoint);
  const rules = point.state.cosigners;
  const cosigned = openNote(paths, point.note, point.state);
  return rules && cosigned.ok && evaluatePolicy(rules.policy, cosigned.value.checkpoint).satisfied ? point : undefined;
}

function pointOf(paths: FolderPaths, present: ReplayState, note: Uint8Array, checkpoint: Checkpoint): EndPoint {
  const { size } = checkpoint;
  const root = bytesToHex(checkpoint.root);
  const isPresent = size === present.history.size && root === bytesToHex(present.history.root());
  return { note, size, root, state: isPresent ? present : stateAt(paths, { size, root }) };
}

/** A checkpoint of this log, with the signatures of those who cosign it by the record's own word. */
export function openNote(
  paths: Pick<FolderPaths, "record">,
  note: Uint8Array,
  state: ReplayState,
): Result<OwnCheckpoint> {
  const vkey = readFileSync(join(paths.record, "log.vkey"), "utf8").trim();
  const cosigners = state.cosigners?.policy.witnesses.map(({ key }) => key) ?? [];
  return openOwnCheckpoint(nodePrimitives, note, unwrap(parseVkey(nodePrimitives.sha256, vkey)), state, cosigners);
}

function bytesOf(file: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
