/**
 * Areas prepared for many questions a second: is a position inside, how far is the edge. Edges are straight in longitude and
 * latitude (RFC 7946 §3.1.1), so what the map draws is what is judged.
 */
import type { Geometry } from "@openjmc/model";
import { metresPerDegree } from "./ellipsoid.ts";

type Ring = readonly (readonly [number, number])[];

/** A prepared polygon, multipolygon, line or point. Lines and points have an edge but no inside. */
export interface Area {
  /** West, south, east, north in degrees. */
  readonly box: readonly [number, number, number, number];
  readonly edgeCount: number;
  contains(lon: number, lat: number): boolean;
  /**
   * Metres to the nearest edge: negative inside, positive outside. Exact to 0.3 % within 20 km of the edge at latitudes below
   * 60°. Positions whose distance to the bounding box exceeds `limitMetres` answer that larger distance without a search.
   */
  signedDistanceMetres(lon: number, lat: number, limitMetres?: number): number;
}

/**
 * Prepares a geometry. Rings may be open or closed; even-odd rule within a polygon (holes), union between polygons.
 * GAP: geometry across the 180th meridian must use longitudes beyond 180; parts split there count their shared side as edge.
 */
export function prepareArea(geometry: Geometry): Area {
  const parts = partsOf(geometry);
  const edges: number[] = [];
  const partEnds: number[] = [];
  for (const rings of parts) {
    for (const ring of rings) pushEdges(ring, geometry.type === "Polygon" || geometry.type === "MultiPolygon", edges);
    partEnds.push(edges.length);
  }
  const hasInside = geometry.type === "Polygon" || geometry.type === "MultiPolygon";
  return new PreparedArea(new Float64Array(edges), hasInside ? partEnds : []);
}

class PreparedArea implements Area {
  readonly box: readonly [number, number, number, number];
  readonly edgeCount: number;
  readonly #edges: Float64Array;
  readonly #partEnds: readonly number[];
  readonly #middleLon: number;
  readonly #scale = new Float64Array(2);

  constructor(edges: Float64Array, partEnds: readonly number[]) {
    this.#edges = edges;
    this.#partEnds = partEnds;
    this.edgeCount = edges.length / 4;
    this.box = boxOf(edges);
    this.#middleLon = (this.box[0] + this.box[2]) / 2;
  }

  contains(lon: number, lat: number): boolean {
    const x = this.#nearLongitude(lon);
    const [west, south, east, north] = this.box;
    if (x < west || x > east || lat < south || lat > north) return false;
    let start = 0;
    for (const end of this.#partEnds) {
      if (isInsidePart(this.#edges, start, end, x, lat)) return true;
      start = end;
    }
    return false;
  }

  signedDistanceMetres(lon: number, lat: number, limitMetres = Number.POSITIVE_INFINITY): number {
    const x = this.#nearLongitude(lon);
    metresPerDegree(lat, this.#scale);
    const perLon = this.#scale[0]!;
    const perLat = this.#scale[1]!;
    const toBox = this.#metresToBox(x, lat, perLon, perLat);
    if (toBox > limitMetres) return toBox;
    const distance = Math.sqrt(this.#squaredEdgeDistance(x, lat, perLon, perLat));
    return this.contains(x, lat) ? -distance : distance;
  }

  #nearLongitude(lon: number): number {
    if (lon - this.#middleLon > 180) return lon - 360;
    return lon - this.#middleLon < -180 ? lon + 360 : lon;
  }

  #metresToBox(lon: number, lat: number, perLon: number, perLat: number): number {
    const [west, south, east, north] = this.box;
    const across = Math.max(west - lon, 0, lon - east) * perLon;
    const along = Math.max(south - lat, 0, lat - north) * perLat;
    return Math.sqrt(across * across + along * along);
  }

  /** Least squared distance in a plane whose scale is that of the queried parallel. */
  #squaredEdgeDistance(lon: number, lat: number, perLon: number, perLat: number): number {
    const edges = this.#edges;
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index < edges.length; index += 4) {
      const fromX = (edges[index]! - lon) * perLon;
      const fromY = (edges[index + 1]! - lat) * perLat;
      const alongX = (edges[index + 2]! - edges[index]!) * perLon;
      const alongY = (edges[index + 3]! - edges[index + 1]!) * perLat;
      const lengthSquared = alongX * alongX + alongY * alongY;
      const foot = lengthSquared === 0 ? 0 : -(fromX * alongX + fromY * alongY) / lengthSquared;
      const share = Math.max(0, Math.min(1, foot));
      const x = fromX + share * alongX;
      const y = fromY + share * alongY;
      const squared = x * x + y * y;
      if (squared < least) least = squared;
    }
    return least;
  }
}

/** Even-odd crossing count along the parallel (the half-open rule counts each vertex once). */
function isInsidePart(edges: Float64Array, start: number, end: number, lon: number, lat: number): boolean {
  let inside = false;
  for (let index = start; index < end; index += 4) {
    const fromLat = edges[index + 1]!;
    const toLat = edges[index + 3]!;
    if (fromLat > lat === toLat > lat) continue;
    const fromLon = edges[index]!;
    if (lon < fromLon + ((lat - fromLat) / (toLat - fromLat)) * (edges[index + 2]! - fromLon)) inside = !inside;
  }
  return inside;
}

function partsOf(geometry: Geometry): readonly (readonly Ring[])[] {
  switch (geometry.type) {
    case "Polygon":
      return [geometry.coordinates];
    case "MultiPolygon":
      return geometry.coordinates;
    case "LineString":
      return [[geometry.coordinates]];
    case "Point":
      return [[[geometry.coordinates]]];
  }
}

function pushEdges(ring: Ring, closed: boolean, edges: number[]): void {
  const count = ring.length;
  if (count === 1) edges.push(ring[0]![0], ring[0]![1], ring[0]![0], ring[0]![1]);
  const steps = closed ? count : count - 1;
  for (let index = 0; index < steps; index++) {
    const from = ring[index]!;
    const to = ring[(index + 1) % count]!;
    // A closed ring repeats its first vertex: the edge of no length there would only cost time.
    if (from[0] !== to[0] || from[1] !== to[1]) edges.push(from[0], from[1], to[0], to[1]);
  }
}

function boxOf(edges: Float64Array): readonly [number, number, number, number] {
  let west = Number.POSITIVE_INFINITY;
  let south = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < edges.length; index += 2) {
    west = Math.min(west, edges[index]!);
    east = Math.max(east, edges[index]!);
    south = Math.min(south, edges[index + 1]!);
    north = Math.max(north, edges[index + 1]!);
  }
  return [west, south, east, north];
}
