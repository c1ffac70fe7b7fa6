/**
 * How good tracks are against the truth: GOSPA (Rahmathullah, García-Fernández & Svensson 2017) with p = 2, alpha = 2, identity F1
 * (Ristani and others 2016) and the mean normalised estimation error squared. Assignments are optimal, component by component.
 */
import type { GeneratedScan } from "./track-generator.ts";

/** One track as told at one scan. */
export interface ToldTrack {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly pxx: number;
  readonly pxy: number;
  readonly pyy: number;
}

export interface TrackScore {
  readonly gospa: number;
  readonly missedPerScan: number;
  readonly falsePerScan: number;
  readonly idf1: number;
  /** Expectation 2: two coordinates. */
  readonly nees: number;
}

/** Scores what was told at each scan; the first `warmUp` scans do not count. */
export function scoreTracks(
  truth: readonly Pick<GeneratedScan, "targets">[],
  told: readonly (readonly ToldTrack[])[],
  cutOff: number,
  warmUp: number,
): TrackScore {
  const pairs = new Map<string, number>();
  let gospa = 0;
  let missed = 0;
  let untrue = 0;
  let nees = 0;
  let matched = 0;
  let truths = 0;
  let tracks = 0;
  for (let scan = warmUp; scan < truth.length; scan++) {
    const targets = truth[scan]!.targets;
    const found = told[scan]!;
    let sum = 0;
    const assignment = assign(targets, found, cutOff);
    for (const [target, track] of assignment) {
      const [id, x, y] = targets[target]!;
      const one = found[track]!;
      sum += (one.x - x) ** 2 + (one.y - y) ** 2;
      nees += normalised(one, x, y);
      const pair = `${id} ${one.id}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    matched += assignment.length;
    truths += targets.length;
    tracks += found.length;
    missed += targets.length - assignment.length;
    untrue += found.length - assignment.length;
    const unpaired = targets.length + found.length - 2 * assignment.length;
    gospa += Math.sqrt(sum + (unpaired * cutOff * cutOff) / 2);
  }
  const scans = truth.length - warmUp;
  return {
    gospa: gospa / scans,
    missedPerScan: missed / scans,
    falsePerScan: untrue / scans,
    idf1: (2 * identified(pairs)) / (truths + tracks),
    nees: nees / matched,
  };
}

function normalised(track: ToldTrack, x: number, y: number): number {
  const dx = x - track.x;
  const dy = y - track.y;
  const determinant = track.pxx * track.pyy - track.pxy ** 2;
  return (dx * dx * track.pyy - 2 * dx * dy * track.pxy + dy * dy * track.pxx) / determinant;
}

/** Pairs of target and track at least total cost, each left alone at half the squared cut-off. */
function assign(
  targets: readonly (readonly number[])[],
  tracks: readonly ToldTrack[],
  cutOff: number,
): [number, number][] {
  const cells = new Map<string, number[]>();
  for (const [index, track] of tracks.entries()) {
    const key = `${Math.floor(track.x / cutOff)} ${Math.floor(track.y / cutOff)}`;
    cells.set(key, [...(cells.get(key) ?? []), index]);
  }
  const edges: [number, number, number][] = [];
  for (const [index, [, x, y]] of targets.entries())
    for (let right = -1; right <= 1; right++)
      for (let up = -1; up <= 1; up++)
        for (const track of cells.get(`${Math.floor(x! / cutOff) + right} ${Math.floor(y! / cutOff) + up}`) ?? []) {
          const square = (tracks[track]!.x - x!) ** 2 + (tracks[track]!.y - y!) ** 2;
          if (square < cutOff * cutOff) edges.push([index, track, square - cutOff * cutOff]);
        }
  return bestMatching(edges);
}

/** Sum over the best one-to-one pairing of identities of the scans that they share. */
function identified(pairs: ReadonlyMap<string, number>): number {
  const edges = [...pairs].map(([pair, count]) => {
    const [target, track] = pair.split(" ").map(Number);
    return [target!, track!, -count] as [number, number, number];
  });
  const counts = new Map(edges.map(([target, track, cost]) => [`${target} ${track}`, -cost]));
  return bestMatching(edges).reduce((sum, [target, track]) => sum + counts.get(`${target} ${track}`)!, 0);
}

/** Matching of least total cost (costs are negative), component by component. */
function bestMatching(edges: readonly (readonly [number, number, number])[]): [number, number][] {
  const parent = new Map<string, string>();
  const root = (node: string): string => {
    let at = node;
    while (parent.get(at) !== at) at = parent.get(at)!;
    parent.set(node, at);
    return at;
  };
  for (const [left, right] of edges) {
    for (const node of [`l${left}`, `r${right}`]) if (!parent.has(node)) parent.set(node, node);
    parent.set(root(`l${left}`), root(`r${right}`));
  }
  const components = new Map<string, (readonly [number, number, number])[]>();
  for (const edge of edges) {
    const key = root(`l${edge[0]}`);
    const list = components.get(key);
    if (list) list.push(edge);
    else components.set(key, [edge]);
  }
  return [...components.values()].flatMap(matchComponent);
}

function matchComponent(edges: readonly (readonly [number, number, number])[]): [number, number][] {
  if (edges.length === 1) return [[edges[0]![0], edges[0]![1]]];
  const lefts = [...new Set(edges.map(([left]) => left))];
  const rights = [...new Set(edges.map(([, right]) => right))];
  const columns = rights.length + lefts.length;
  const cost = lefts.map(() => new Float64Array(columns));
  const leftIndex = new Map(lefts.map((left, index) => [left, index]));
  const rightIndex = new Map(rights.map((right, index) => [right, index]));
  for (const row of cost) row.fill(1e-9);
  for (const [left, right, weight] of edges) cost[leftIndex.get(left)!]![rightIndex.get(right)!] = weight;
  return hungarian(cost, columns).flatMap((column, row) => {
    const real = column < rights.length && cost[row]![column]! < 0;
    return real ? [[lefts[row]!, rights[column]!] as [number, number]] : [];
  });
}

/** Column of each row at least total cost (Kuhn and Munkres with potentials); at least as many columns as rows. */
function hungarian(cost: readonly Float64Array[], columns: number): number[] {
  const rowPotential = new Float64Array(cost.length + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const way = new Int32Array(columns + 1);
  for (let row = 1; row <= cost.length; row++) {
    rowOf[0] = row;
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const done = new Uint8Array(columns + 1);
    let column = 0;
    do {
      done[column] = 1;
      const from = rowOf[column]!;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let to = 1; to <= columns; to++) {
        if (done[to]) continue;
        const reduced = cost[from - 1]![to - 1]! - rowPotential[from]! - columnPotential[to]!;
        if (reduced < least[to]!) {
          least[to] = reduced;
          way[to] = column;
        }
        if (least[to]! < delta) {
          delta = least[to]!;
          next = to;
        }
      }
      for (let to = 0; to <= columns; to++) {
        if (done[to]) {
          rowPotential[rowOf[to]!]! += delta;
          columnPotential[to]! -= delta;
        } else least[to]! -= delta;
      }
      column = next;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = way[column]!) rowOf[column] = rowOf[way[column]!]!;
  }
  const columnOf: number[] = new Array(cost.length).fill(columns);
  for (let column = 1; column <= columns; column++) if (rowOf[column]! > 0) columnOf[rowOf[column]! - 1] = column - 1;
  return columnOf;
}
