/**
 * How good an event catalogue is against the truth: precision, recall of what could be located, errors, whole bursts found, and
 * whether the 95 % ellipses hold the truth. Pairs are chosen so that they are most, then nearest.
 */

export interface TrueEvent {
  readonly t: number;
  readonly x: number;
  readonly y: number;
  readonly burst: number;
  /** Arrivals of it that stations reported. */
  readonly n: number;
  /** What it was, where the scenario tells. */
  readonly cls?: string;
}

export interface FoundEvent {
  readonly t: number;
  readonly x: number;
  readonly y: number;
  /** East-east, east-north, north-north, square metres. */
  readonly cov: readonly [number, number, number];
  /** What it was said to be, `undetermined` included, and the probability of the likeliest class. */
  readonly what?: string;
  readonly probability?: number;
}

export interface EventScore {
  readonly locatable: number;
  readonly found: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** F1 within half a second and 250 m instead of five seconds and a kilometre. */
  readonly strictF1: number;
  readonly medianError: number;
  readonly error95: number;
  /** Bursts all of whose locatable rounds were found. */
  readonly burstsExact: number;
  readonly inEllipse95: number;
}

/** Fewest arrivals of an event that could be located. */
const LOCATABLE = 4;
const CHI_SQUARE_95 = 5.991;
/** Cost of leaving two unpaired: larger than any pair's. */
const UNPAIRED = 1e4;

export function scoreEvents(truth: readonly TrueEvent[], found: readonly FoundEvent[]): EventScore {
  const pairs = pairEvents(truth, found);
  const strict = pair(truth, found, 0.5, 250);
  const errors = pairs.map(([one, other]) =>
    Math.hypot(truth[one]!.x - found[other]!.x, truth[one]!.y - found[other]!.y),
  );
  errors.sort((one, other) => one - other);
  const { precision, recall, f1 } = harmonic(truth, found, pairs);
  return {
    locatable: truth.filter(isLocatable).length,
    found: found.length,
    precision,
    recall,
    f1,
    strictF1: harmonic(truth, found, strict).f1,
    medianError: quantile(errors, 0.5),
    error95: quantile(errors, 0.95),
    burstsExact: burstsExact(truth, pairs),
    inEllipse95: pairs.filter(([one, other]) => holds(truth[one]!, found[other]!)).length / Math.max(1, pairs.length),
  };
}

function isLocatable({ n }: TrueEvent): boolean {
  return n >= LOCATABLE;
}

export type Pair = readonly [truth: number, found: number];

/** Which found event is which true one, within five seconds and a kilometre. */
export function pairEvents(truth: readonly TrueEvent[], found: readonly FoundEvent[]): Pair[] {
  return pair(truth, found, 5, 1000);
}

function harmonic(truth: readonly TrueEvent[], found: readonly FoundEvent[], pairs: readonly Pair[]) {
  const paired = new Set(pairs.map(([one]) => one));
  const locatable = truth.flatMap((event, index) => (isLocatable(event) ? [index] : []));
  const precision = pairs.length / Math.max(1, found.length);
  const recall = locatable.filter((index) => paired.has(index)).length / Math.max(1, locatable.length);
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) };
}

function burstsExact(truth: readonly TrueEvent[], pairs: readonly Pair[]): number {
  const paired = new Set(pairs.map(([one]) => one));
  const whole = new Map<number, boolean>();
  truth.forEach((event, index) => {
    if (event.burst >= 0 && isLocatable(event))
      whole.set(event.burst, (whole.get(event.burst) ?? true) && paired.has(index));
  });
  return [...whole.values()].filter(Boolean).length / Math.max(1, whole.size);
}

function holds(truth: TrueEvent, found: FoundEvent): boolean {
  const [eastEast, eastNorth, northNorth] = found.cov;
  const [east, north] = [truth.x - found.x, truth.y - found.y];
  const determinant = eastEast * northNorth - eastNorth * eastNorth;
  const square = (northNorth * east * east - 2 * eastNorth * east * north + eastEast * north * north) / determinant;
  return square < CHI_SQUARE_95;
}

function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  return sorted[low]! + (place - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}

/** Most pairs within the limits, among those the nearest: assignment component by component. */
function pair(truth: readonly TrueEvent[], found: readonly FoundEvent[], seconds: number, metres: number): Pair[] {
  const edges = edgesOf(truth, found, seconds, metres);
  const pairs: Pair[] = [];
  const seen = new Set<number>();
  for (const start of edges.keys()) {
    if (seen.has(start)) continue;
    const rows = component(start, edges, seen);
    const columns = [...new Set(rows.flatMap((row) => [...edges.get(row)!.keys()]))];
    const cost = rows.map((row) => columns.map((column) => edges.get(row)!.get(column) ?? UNPAIRED));
    assign(cost).forEach((column, row) => {
      if (column >= 0 && cost[row]![column]! < UNPAIRED) pairs.push([rows[row]!, columns[column]!]);
    });
  }
  return pairs;
}

type Edges = Map<number, Map<number, number>>;

function edgesOf(truth: readonly TrueEvent[], found: readonly FoundEvent[], seconds: number, metres: number): Edges {
  const order = found.map((_, index) => index).sort((one, other) => found[one]!.t - found[other]!.t);
  const edges: Edges = new Map();
  let from = 0;
  const byTime = truth.map((_, index) => index).sort((one, other) => truth[one]!.t - truth[other]!.t);
  for (const row of byTime) {
    const event = truth[row]!;
    while (from < order.length && found[order[from]!]!.t < event.t - seconds) from++;
    for (let at = from; at < order.length && found[order[at]!]!.t <= event.t + seconds; at++) {
      const other = found[order[at]!]!;
      const apart = Math.hypot(other.x - event.x, other.y - event.y);
      if (apart > metres) continue;
      const own = edges.get(row) ?? new Map<number, number>();
      own.set(order[at]!, ((other.t - event.t) / seconds) ** 2 + (apart / metres) ** 2);
      edges.set(row, own);
    }
  }
  return edges;
}

function component(start: number, edges: Edges, seen: Set<number>): number[] {
  const rowsOf = new Map<number, number[]>();
  for (const [row, own] of edges)
    for (const column of own.keys()) rowsOf.set(column, [...(rowsOf.get(column) ?? []), row]);
  const rows = [start];
  seen.add(start);
  for (const row of rows)
    for (const column of edges.get(row)!.keys())
      for (const other of rowsOf.get(column)!)
        if (!seen.has(other)) {
          seen.add(other);
          rows.push(other);
        }
  return rows;
}

/** Cheapest assignment of rows to columns (Jonker and Volgenant's shortest augmenting paths, 1987); −1 for rows left over. */
function assign(cost: readonly (readonly number[])[]): number[] {
  const wide = cost.length <= (cost[0]?.length ?? 0);
  const matrix = wide ? cost : cost[0]!.map((_, column) => cost.map((row) => row[column]!));
  const columnOf = shortestPaths(matrix);
  if (wide) return columnOf;
  const result = new Array<number>(cost.length).fill(-1);
  columnOf.forEach((row, column) => {
    result[row] = column;
  });
  return result;
}

function shortestPaths(matrix: readonly (readonly number[])[]): number[] {
  const rows = matrix.length;
  const columns = matrix[0]?.length ?? 0;
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(columns + 1);
  const rowAt = new Int32Array(columns + 1);
  const before = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowAt[0] = row;
    let column = 0;
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(columns + 1);
    do {
      used[column] = 1;
      const current = rowAt[column]!;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let each = 1; each <= columns; each++) {
        if (used[each]) continue;
        const reduced = matrix[current - 1]![each - 1]! - rowPrice[current]! - columnPrice[each]!;
        if (reduced < least[each]!) {
          least[each] = reduced;
          before[each] = column;
        }
        if (least[each]! < delta) {
          delta = least[each]!;
          next = each;
        }
      }
      for (let each = 0; each <= columns; each++)
        if (used[each]) {
          rowPrice[rowAt[each]!]! += delta;
          columnPrice[each]! -= delta;
        } else least[each]! -= delta;
      column = next;
    } while (rowAt[column] !== 0);
    while (column !== 0) {
      rowAt[column] = rowAt[before[column]!]!;
      column = before[column]!;
    }
  }
  const result = new Array<number>(rows).fill(-1);
  for (let each = 1; each <= columns; each++) if (rowAt[each]! > 0) result[rowAt[each]! - 1] = each - 1;
  return result;
}
