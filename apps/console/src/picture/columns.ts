/** The picture's columns: one typed array per quantity, one slot per object, trails in a ring per slot. */

/** Places of a trail's ring; one of them is always the gap between the newest and the oldest point. */
export const TRAIL_POINTS = 64;
/** The ring's first place is repeated behind the last one, so that neighbours in memory are neighbours on the ground. */
export const TRAIL_STRIDE = TRAIL_POINTS + 1;
/** Stands where a trail has no point; lines to and from it are not drawn. */
export const NO_POINT = 1e9;

/** Columns of numbers, by the array that holds them and how many values each slot has. */
const KINDS = {
  ids: [Uint32Array, 4],
  status: [Uint8Array, 1],
  flags: [Uint8Array, 1],
  /** Degrees. */
  lon: [Float64Array, 1],
  lat: [Float64Array, 1],
  /** Web-Mercator units (the world is 1 wide) from the store's origin: what the graphics card gets. */
  x: [Float32Array, 1],
  y: [Float32Array, 1],
  altitude: [Float32Array, 1],
  velocityEast: [Float32Array, 1],
  velocityNorth: [Float32Array, 1],
  velocityUp: [Float32Array, 1],
  semiMajor: [Float32Array, 1],
  semiMinor: [Float32Array, 1],
  ellipseAzimuth: [Float32Array, 1],
  existence: [Float32Array, 1],
  /** Instants, microseconds. */
  seenAt: [Float64Array, 1],
  trailAt: [Float64Array, 1],
  /** x and y by turns; the oldest point is overwritten. */
  trail: [Float32Array, TRAIL_STRIDE * 2],
  /** Where the next trail point goes. */
  trailHead: [Uint16Array, 1],
} as const;

type Name = keyof typeof KINDS;
export type Columns = { [Key in Name]: InstanceType<(typeof KINDS)[Key][0]> };

const NAMES = Object.keys(KINDS) as Name[];

export function makeColumns(capacity: number): Columns {
  const columns = NAMES.map((name) => {
    const [Make, width] = KINDS[name];
    return [name, new Make(capacity * width)] as const;
  });
  return Object.fromEntries(columns) as unknown as Columns;
}

/** The same columns with more room. */
export function growColumns(columns: Columns, capacity: number): Columns {
  const grown = makeColumns(capacity);
  for (const name of NAMES) grown[name].set(columns[name] as never);
  return grown;
}

/** Copies one slot over another. */
export function moveSlot(columns: Columns, from: number, to: number): void {
  for (const name of NAMES) {
    const width = KINDS[name][1];
    columns[name].copyWithin(to * width, from * width, (from + 1) * width);
  }
}

/** Takes every point out of a slot's trail. */
export function clearTrail(columns: Columns, slot: number): void {
  columns.trail.fill(NO_POINT, slot * TRAIL_STRIDE * 2, (slot + 1) * TRAIL_STRIDE * 2);
  columns.trailHead[slot] = 0;
  columns.trailAt[slot] = Number.NEGATIVE_INFINITY;
}

/** Adds the slot's present place to its trail. */
export function extendTrail(columns: Columns, slot: number): void {
  const head = columns.trailHead[slot]!;
  const next = (head + 1) % TRAIL_POINTS;
  putPoint(columns, slot, head, columns.x[slot]!, columns.y[slot]!);
  putPoint(columns, slot, next, NO_POINT, NO_POINT);
  columns.trailHead[slot] = next;
  columns.trailAt[slot] = columns.seenAt[slot]!;
}

function putPoint(columns: Columns, slot: number, place: number, x: number, y: number): void {
  const at = (slot * TRAIL_STRIDE + place) * 2;
  columns.trail[at] = x;
  columns.trail[at + 1] = y;
  if (place !== 0) return;
  columns.trail[at + TRAIL_POINTS * 2] = x;
  columns.trail[at + TRAIL_POINTS * 2 + 1] = y;
}
