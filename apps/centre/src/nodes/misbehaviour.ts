/**
 * Proofs that a log has signed two histories, as files that anyone checks with the log's key alone. Where the log gives no
 * hashes to prove it with, the two checkpoints are kept as they were signed, under a name that says so.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  attempt,
  bytesToHex,
  type Checkpoint,
  consistencyProof,
  type ForkProof,
  formatForkProof,
  type NodeSource,
  type NoteKey,
  openCheckpoint,
  proveFork,
  type Result,
  tileNodes,
  treeRoot,
  unwrap,
  verifyForkProof,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";

/** Bytes of a file of a log by its path below the record; undefined where it is not to be had. */
export type FetchFile = (path: string) => Promise<Uint8Array | undefined>;

export interface Misbehaviour {
  /** `fork`: proven. `unproven`: two signed checkpoints that the log could not or would not reconcile. */
  readonly kind: "fork" | "unproven";
  readonly file: string;
  readonly firstSize: number;
  readonly secondSize: number;
}

export interface TwoNotes {
  readonly logKey: NoteKey;
  readonly one: Uint8Array;
  readonly other: Uint8Array;
}

/** Tries to prove it with the hash tiles of the longer history, and writes what there is. Answers undefined for one history after all. */
export async function keepMisbehaviour(
  folder: string,
  notes: TwoNotes,
  fetchTile: FetchFile,
): Promise<Misbehaviour | undefined> {
  const [first, second] = inOrder(notes);
  const sizes = { firstSize: first.size, secondSize: second.size };
  const proof = await prove(notes.logKey, first, second, fetchTile);
  if (proof.ok)
    return { kind: "fork", ...sizes, file: write(folder, nameOf(first, second, "fork"), formatForkProof(proof.value)) };
  if (proof.fault.code === "fork.none") return undefined;
  const both = Buffer.concat([first.bytes, Buffer.from("\n"), second.bytes]);
  return { kind: "unproven", ...sizes, file: write(folder, nameOf(first, second, "unproven"), both) };
}

/** What has been found so far. */
export function listMisbehaviour(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

interface Signed extends Checkpoint {
  /** As it was signed. */
  readonly bytes: Uint8Array;
}

function inOrder({ logKey, one, other }: TwoNotes): readonly [Signed, Signed] {
  const signed = (note: Uint8Array): Signed => ({
    ...unwrap(openCheckpoint(nodePrimitives, note, logKey)),
    bytes: note,
  });
  const [left, right] = [signed(one), signed(other)];
  return left.size <= right.size ? [left, right] : [right, left];
}

/** Two roots at one size need nothing more; else the hashes of the longer history tell which root it had at the shorter one's size. */
async function prove(logKey: NoteKey, first: Signed, second: Signed, fetchTile: FetchFile): Promise<Result<ForkProof>> {
  if (first.size !== second.size) {
    const nodes = await nodesOf(second.size, first.size, fetchTile);
    return proveFork(nodePrimitives, logKey, first.bytes, second.bytes, nodes);
  }
  const fork = { first: first.bytes, second: second.bytes, rootInSecond: second.root, proof: [] };
  const checked = verifyForkProof(nodePrimitives, logKey, fork);
  return checked.ok ? { ok: true, value: fork } : checked;
}

/** A source that has fetched the tiles it needs. Hashes that are not to be had make the proof fail, not this. */
async function nodesOf(size: number, at: number, fetchTile: FetchFile): Promise<NodeSource> {
  const { sha256 } = nodePrimitives;
  const tiles = new Map<string, Uint8Array>();
  for (;;) {
    let missing: string | undefined;
    const read = (path: string): Uint8Array | undefined => {
      if (!tiles.has(path)) missing ??= path;
      return tiles.get(path);
    };
    const nodes = tileNodes(sha256, read, size);
    const tried = attempt(() => [treeRoot(sha256, nodes, at), consistencyProof(sha256, nodes, at, size)]);
    const bytes = missing === undefined ? undefined : await fetchTile(missing).catch(() => undefined);
    if (tried.ok || missing === undefined || bytes === undefined) return nodes;
    tiles.set(missing, bytes);
  }
}

function nameOf(first: Signed, second: Signed, ending: string): string {
  const short = (signed: Signed): string => `${signed.size}-${bytesToHex(signed.root).slice(0, 12)}`;
  return `${short(first)}_${short(second)}.${ending}`;
}

function write(folder: string, name: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  if (!existsSync(path)) writeFileSync(path, bytes);
  return path;
}
