/** One look of one sensor: the plots of a scan or sector in the plane, sorted into cells so that near ones are found at once. */
import { widenFloats, widenInts } from "./hypotheses.ts";
import { NO_CODE } from "./marks.ts";

/** How the sensor saw: one object, reused for every look. */
export class Look {
  /** Number of the sensor. */
  sensor = 0;
  /** Seconds. */
  at = 0;
  sensorX = 0;
  sensorY = 0;
  /** Variances of range (square metres) and azimuth (square radians). */
  rangeVariance = 0;
  azimuthVariance = 0;
  minimumRange = 0;
  maximumRange = 0;
  detectionProbability = 0;
  /** Mean number of false plots per radian and metre of range. */
  clutterDensity = 0;
  /** Whether every target in the coverage has been looked at: a full scan, not a sector of one. */
  wholeCoverage = true;
  /** Part of the coverage that the look shows, 0 … 1. */
  scanShare = 1;
  /** Whether the plots' error covariance is given (`xx`, `xy`, `yy`) instead of following from range and azimuth. */
  errorGiven = false;
  xx = 0;
  xy = 0;
  yy = 0;
  count = 0;
  x: Float64Array<ArrayBuffer> = new Float64Array(256);
  y: Float64Array<ArrayBuffer> = new Float64Array(256);
  /** Seconds after `at`. */
  offset: Float64Array<ArrayBuffer> = new Float64Array(256);
  /** Mean number of false plots per square metre at the plot's place. */
  clutter: Float64Array<ArrayBuffer> = new Float64Array(256);
  /** What a track begun with the plot is called by. */
  key: Float64Array<ArrayBuffer> = new Float64Array(256);
  /** Whether plots of this look bear marks, and which: Mode A code (`NO_CODE`: none), height in metres (NaN: none). */
  hasMarks = false;
  code: Int32Array<ArrayBuffer> = new Int32Array(256);
  height: Float64Array<ArrayBuffer> = new Float64Array(256);
  /** Plots by cell: `order[cellStart[c] … cellStart[c + 1] − 1]`. */
  order: Int32Array<ArrayBuffer> = new Int32Array(256);
  cellStart: Int32Array<ArrayBuffer> = new Int32Array(1);
  columns = 1;
  rows = 1;
  originX = 0;
  originY = 0;
  cellsPerMetre = 1;
  /** Farthest plots to the east and north. */
  east = 0;
  north = 0;
  #cellOf: Int32Array<ArrayBuffer> = new Int32Array(256);

  /** Adds a plot given in the plane at `range` metres from the sensor. */
  add(x: number, y: number, range: number, offset: number, key: number): void {
    if (this.count === this.x.length) this.#grow();
    const place = this.count++;
    this.x[place] = x;
    this.y[place] = y;
    this.offset[place] = offset;
    this.key[place] = key;
    this.clutter[place] = this.clutterDensity / Math.max(range, 200);
  }

  /** Marks the plot added last. */
  mark(code: number, height: number): void {
    if (!this.hasMarks) {
      this.code.fill(NO_CODE, 0, this.count);
      this.height.fill(Number.NaN, 0, this.count);
      this.hasMarks = true;
    }
    this.code[this.count - 1] = code;
    this.height[this.count - 1] = height;
  }

  /** Sets `xx`, `xy`, `yy` to the error covariance that a plot at this place has. */
  errorAt(x: number, y: number): void {
    if (this.errorGiven) return;
    const dx = x - this.sensorX;
    const dy = y - this.sensorY;
    const squared = Math.max(1, dx * dx + dy * dy);
    const across = squared * this.azimuthVariance;
    const along = (this.rangeVariance - across) / squared;
    this.xx = across + along * dx * dx;
    this.xy = along * dx * dy;
    this.yy = across + along * dy * dy;
  }

  /** Sorts the plots into about as many square cells as there are plots. */
  sort(): void {
    const { x, y, count } = this;
    let west = Number.POSITIVE_INFINITY;
    let east = Number.NEGATIVE_INFINITY;
    let south = Number.POSITIVE_INFINITY;
    let north = Number.NEGATIVE_INFINITY;
    for (let plot = 0; plot < count; plot++) {
      west = Math.min(west, x[plot]!);
      east = Math.max(east, x[plot]!);
      south = Math.min(south, y[plot]!);
      north = Math.max(north, y[plot]!);
    }
    if (count === 0) west = east = south = north = 0;
    const size = Math.max(500, Math.sqrt(((east - west + 1) * (north - south + 1)) / (count + 1)));
    this.columns = Math.floor((east - west) / size) + 1;
    this.rows = Math.floor((north - south) / size) + 1;
    this.east = east;
    this.north = north;
    this.originX = west;
    this.originY = south;
    this.cellsPerMetre = 1 / size;
    this.#fill();
  }

  #fill(): void {
    const { x, y, count, columns, cellsPerMetre, originX, originY } = this;
    const cells = columns * this.rows;
    if (this.cellStart.length < cells + 2) this.cellStart = new Int32Array(2 * (cells + 2));
    const start = this.cellStart;
    start.fill(0, 0, cells + 2);
    const cellOf = this.#cellOf;
    for (let plot = 0; plot < count; plot++) {
      const column = Math.floor((x[plot]! - originX) * cellsPerMetre);
      const row = Math.floor((y[plot]! - originY) * cellsPerMetre);
      const cell = row * columns + column;
      cellOf[plot] = cell;
      start[cell + 2]!++;
    }
    for (let cell = 2; cell <= cells; cell++) start[cell]! += start[cell - 1]!;
    for (let plot = 0; plot < count; plot++) this.order[start[cellOf[plot]! + 1]!++] = plot;
  }

  #grow(): void {
    const length = this.x.length * 2;
    this.x = widenFloats(this.x, length);
    this.y = widenFloats(this.y, length);
    this.key = widenFloats(this.key, length);
    this.offset = widenFloats(this.offset, length);
    this.clutter = widenFloats(this.clutter, length);
    this.code = widenInts(this.code, length);
    this.height = widenFloats(this.height, length);
    this.order = widenInts(this.order, length);
    this.#cellOf = widenInts(this.#cellOf, length);
  }
}
