/** Tracks and their hypotheses as plain data, and back. */
import { HISTORY } from "./hypotheses.ts";
import type { ForestParts } from "./parts.ts";
import { LEAVES } from "./track-table.ts";

export interface HypothesisSnapshot {
  readonly estimate: readonly number[];
  readonly time: number;
  readonly score: number;
  readonly existence: number;
  readonly share: number;
  readonly hits: number;
  readonly history: readonly number[];
}

export interface TreeSnapshot {
  readonly id: number;
  readonly key: number;
  readonly bornAt: number;
  readonly looks: number;
  readonly depth: number;
  readonly nullWeight: number;
  readonly existence: number;
  readonly nis: number;
  readonly hitRate: number;
  readonly code: number;
  readonly height: number | null;
  readonly survivedAt: number;
  readonly seenAt: readonly number[];
  readonly hypotheses: readonly HypothesisSnapshot[];
}

export interface TracksSnapshot {
  readonly nextId: number;
  /** Turns begun and seconds flown straight by all targets together. */
  readonly population: readonly [number, number];
  readonly trees: readonly TreeSnapshot[];
}

export function snapshotTracks(parts: ForestParts): TracksSnapshot {
  const { tracks, bank } = parts;
  const trees = Array.from(tracks.alive.subarray(0, tracks.aliveCount), (slot) => snapshotTree(parts, slot));
  return { nextId: tracks.nextId, population: bank.population(), trees };
}

function snapshotTree(parts: ForestParts, slot: number): TreeSnapshot {
  const { tracks } = parts;
  const leaves = tracks.leaves.subarray(slot * LEAVES, slot * LEAVES + tracks.leafCount[slot]!);
  return {
    id: tracks.id[slot]!,
    key: tracks.key[slot]!,
    bornAt: tracks.bornAt[slot]!,
    looks: tracks.looks[slot]!,
    depth: tracks.depth[slot]!,
    nullWeight: tracks.nullWeight[slot]!,
    existence: tracks.existence[slot]!,
    nis: tracks.nis[slot]!,
    hitRate: tracks.hitRate[slot]!,
    code: tracks.code[slot]!,
    height: Number.isNaN(tracks.height[slot]!) ? null : tracks.height[slot]!,
    survivedAt: tracks.survivedAt[slot]!,
    seenAt: [...tracks.seenAt.subarray(slot * tracks.sensors, (slot + 1) * tracks.sensors)],
    hypotheses: Array.from(leaves, (hypothesis) => snapshotHypothesis(parts, hypothesis)),
  };
}

function snapshotHypothesis({ bank, pool }: ForestParts, hypothesis: number): HypothesisSnapshot {
  const e = hypothesis * bank.estimateStride;
  return {
    estimate: [...pool.estimate.subarray(e, e + bank.estimateStride)],
    time: pool.time[hypothesis]!,
    score: pool.score[hypothesis]!,
    existence: pool.existence[hypothesis]!,
    share: pool.share[hypothesis]!,
    hits: pool.hits[hypothesis]!,
    history: [...pool.history.subarray(hypothesis * HISTORY, (hypothesis + 1) * HISTORY)],
  };
}

/** Adds the tracks of a snapshot, in its order. */
export function restoreTracks(parts: ForestParts, snapshot: TracksSnapshot): void {
  for (const tree of snapshot.trees) restoreTree(parts, tree);
  parts.tracks.nextId = snapshot.nextId;
  parts.bank.setPopulation(snapshot.population);
}

function restoreTree(parts: ForestParts, tree: TreeSnapshot): void {
  const { tracks } = parts;
  const leaves = tree.hypotheses.map((hypothesis) => restoreHypothesis(parts, hypothesis));
  const slot = tracks.begin(leaves[0]!, tree.key, tree.bornAt, tree.existence, tree.nullWeight);
  tracks.id[slot] = tree.id;
  tracks.leaves.set(leaves, slot * LEAVES);
  tracks.leafCount[slot] = leaves.length;
  tracks.looks[slot] = tree.looks;
  tracks.depth[slot] = tree.depth;
  tracks.nis[slot] = tree.nis;
  tracks.hitRate[slot] = tree.hitRate;
  tracks.code[slot] = tree.code;
  tracks.height[slot] = tree.height ?? Number.NaN;
  tracks.survivedAt[slot] = tree.survivedAt;
  tracks.seenAt.set(tree.seenAt, slot * tracks.sensors);
}

function restoreHypothesis({ bank, pool }: ForestParts, snapshot: HypothesisSnapshot): number {
  const hypothesis = pool.take();
  pool.estimate.set(snapshot.estimate, hypothesis * bank.estimateStride);
  pool.time[hypothesis] = snapshot.time;
  pool.score[hypothesis] = snapshot.score;
  pool.existence[hypothesis] = snapshot.existence;
  pool.share[hypothesis] = snapshot.share;
  pool.hits[hypothesis] = snapshot.hits;
  pool.history.set(snapshot.history, hypothesis * HISTORY);
  return hypothesis;
}
