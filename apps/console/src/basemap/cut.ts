/** Cuts the world's land and boundaries into boxes of ten degrees, so that a console loads only the ground it looks at. */

/** Flat list of longitudes and latitudes in ten-thousandths of a degree, each after the first given as a difference. */
export type PackedLine = readonly number[];

/** One box: polygons (each a list of rings) and boundary lines. */
export interface BasemapBox {
  readonly land: readonly (readonly PackedLine[])[];
  readonly borders: readonly PackedLine[];
  readonly coasts: readonly PackedLine[];
}

export type Ring = readonly (readonly [number, number])[];

export interface WorldShapes {
  readonly land: readonly (readonly Ring[])[];
  readonly borders: readonly Ring[];
  readonly coasts: readonly Ring[];
}

export const BOX_DEGREES = 10;
const PACKED_PER_DEGREE = 10_000;

/** Name of the box whose south-west corner is given, as `e040n30` or `w010s20`. */
export function boxName(west: number, south: number): string {
  const eastWest = `${west < 0 ? "w" : "e"}${String(Math.abs(west)).padStart(3, "0")}`;
  return `${eastWest}${south < 0 ? "s" : "n"}${String(Math.abs(south)).padStart(2, "0")}`;
}

/** Every box that holds any land or line, by name. Columns are cut first, so that a box only looks at its own column. */
export function cutWorld(world: WorldShapes): Map<string, BasemapBox> {
  const boxes = new Map<string, BasemapBox>();
  for (let west = -180; west < 180; west += BOX_DEGREES) {
    const column = clipWorld(world, { west, south: -90, east: west + BOX_DEGREES, north: 90 });
    for (let south = -90; south < 90; south += BOX_DEGREES) {
      const shapes = clipWorld(column, { west, south, east: west + BOX_DEGREES, north: south + BOX_DEGREES });
      if (shapes.land.length + shapes.borders.length + shapes.coasts.length === 0) continue;
      boxes.set(boxName(west, south), packWorld(shapes));
    }
  }
  return boxes;
}

/** Shapes as the console fetches them. */
export function packWorld(world: WorldShapes): BasemapBox {
  return {
    land: world.land.map((polygon) => polygon.map(packLine)),
    borders: world.borders.map(packLine),
    coasts: world.coasts.map(packLine),
  };
}

function clipWorld(world: WorldShapes, box: Box): WorldShapes {
  return {
    land: world.land
      .map((polygon) => polygon.map((ring) => closeRing(clipRing(ring, box))).filter((ring) => ring.length >= 4))
      .filter((polygon) => polygon.length > 0),
    borders: world.borders.flatMap((line) => clipLine(line, box)),
    coasts: world.coasts.flatMap((line) => clipLine(line, box)),
  };
}

interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

type Point = readonly [number, number];

/** A ring clipped to a box, one edge after the other (Sutherland and Hodgman 1974); empty if nothing of it is inside. */
export function clipRing(ring: Ring, box: Box): Ring {
  if (isOutside(ring, box)) return [];
  const west = clipEdge(ring, 0, box.west, 1);
  const east = clipEdge(west, 0, box.east, -1);
  const south = clipEdge(east, 1, box.south, 1);
  return clipEdge(south, 1, box.north, -1);
}

/** Repeats the first point at the end where clipping has cut the seam away (RFC 7946 asks for closed rings). */
function closeRing(ring: Ring): Ring {
  const first = ring[0];
  const last = ring.at(-1);
  if (first === undefined || last === undefined || (first[0] === last[0] && first[1] === last[1])) return ring;
  return [...ring, first];
}

/** Keeps what lies on the side of an axis value that `sign` points to. */
function clipEdge(ring: Ring, axis: 0 | 1, limit: number, sign: 1 | -1): Ring {
  const kept: Point[] = [];
  for (let index = 0; index < ring.length; index++) {
    const here = ring[index]!;
    const before = ring[(index + ring.length - 1) % ring.length]!;
    const hereInside = (here[axis] - limit) * sign >= 0;
    const beforeInside = (before[axis] - limit) * sign >= 0;
    if (hereInside !== beforeInside) kept.push(crossing(before, here, axis, limit));
    if (hereInside) kept.push(here);
  }
  return kept;
}

function crossing(from: Point, to: Point, axis: 0 | 1, limit: number): Point {
  const share = (limit - from[axis]) / (to[axis] - from[axis]);
  return axis === 0 ? [limit, from[1] + (to[1] - from[1]) * share] : [from[0] + (to[0] - from[0]) * share, limit];
}

/** The parts of a line inside a box, segment by segment (Liang and Barsky 1984). */
export function clipLine(line: Ring, box: Box): Ring[] {
  if (isOutside(line, box)) return [];
  const parts: Point[][] = [];
  let part: Point[] = [];
  for (let index = 1; index < line.length; index++) {
    const piece = clipSegment(line[index - 1]!, line[index]!, box);
    if (piece === undefined) continue;
    const last = part.at(-1);
    if (last === undefined || last[0] !== piece[0][0] || last[1] !== piece[0][1]) {
      if (part.length > 1) parts.push(part);
      part = [piece[0]];
    }
    part.push(piece[1]);
  }
  if (part.length > 1) parts.push(part);
  return parts;
}

function clipSegment(from: Point, to: Point, box: Box): readonly [Point, Point] | undefined {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  let enter = 0;
  let leave = 1;
  const sides: readonly Point[] = [
    [-dx, from[0] - box.west],
    [dx, box.east - from[0]],
    [-dy, from[1] - box.south],
    [dy, box.north - from[1]],
  ];
  for (const [rate, room] of sides) {
    if (rate === 0 && room < 0) return undefined;
    if (rate < 0) enter = Math.max(enter, room / rate);
    if (rate > 0) leave = Math.min(leave, room / rate);
  }
  if (enter >= leave) return undefined;
  const start: Point = enter === 0 ? from : [from[0] + dx * enter, from[1] + dy * enter];
  const end: Point = leave === 1 ? to : [from[0] + dx * leave, from[1] + dy * leave];
  return [start, end];
}

function isOutside(line: Ring, box: Box): boolean {
  const bounds = boundsOf(line);
  return bounds.east < box.west || bounds.west > box.east || bounds.north < box.south || bounds.south > box.north;
}

/** Bounds are asked for again in every column and box, and a line never changes. */
const knownBounds = new WeakMap<Ring, Box>();

function boundsOf(line: Ring): Box {
  const known = knownBounds.get(line);
  if (known !== undefined) return known;
  const bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [lon, lat] of line) {
    bounds.west = Math.min(bounds.west, lon);
    bounds.east = Math.max(bounds.east, lon);
    bounds.south = Math.min(bounds.south, lat);
    bounds.north = Math.max(bounds.north, lat);
  }
  knownBounds.set(line, bounds);
  return bounds;
}

/** Writes a line as integers; see `PackedLine`. */
export function packLine(line: Ring): PackedLine {
  const packed: number[] = [];
  let lastLon = 0;
  let lastLat = 0;
  for (const [lon, lat] of line) {
    const x = Math.round(lon * PACKED_PER_DEGREE);
    const y = Math.round(lat * PACKED_PER_DEGREE);
    packed.push(x - lastLon, y - lastLat);
    lastLon = x;
    lastLat = y;
  }
  return packed;
}

/** Reads a packed line back to degrees. */
export function unpackLine(packed: PackedLine): [number, number][] {
  const line: [number, number][] = [];
  let x = 0;
  let y = 0;
  for (let index = 0; index + 1 < packed.length; index += 2) {
    x += packed[index]!;
    y += packed[index + 1]!;
    line.push([x / PACKED_PER_DEGREE, y / PACKED_PER_DEGREE]);
  }
  return line;
}
