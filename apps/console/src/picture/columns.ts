/** The picture's columns: one typed array per quantity, one slot per object, trails in a ring per slot. */

export const TRAIL_POINTS = 64;

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
  trail: [Float32Array, TRAIL_POINTS * 2],
  trailLength: [Uint16Array, 1],
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
