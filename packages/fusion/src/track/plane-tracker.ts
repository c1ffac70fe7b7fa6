/** The tracker on a plane, for whole scans of radars whose place is given in metres: what `jmc track` and the benchmarks run. */
import { MOMENT_STRIDE } from "./bank.ts";
import { PLANE_TRACKER_OPTIONS, type TrackerConfiguration } from "./configuration.ts";
import { Forest } from "./forest.ts";
import { Look } from "./look.ts";
import { createParts } from "./parts.ts";
import { PlaneHistory, type PlaneTrackHistory } from "./plane-history.ts";
import { LEAVES } from "./track-table.ts";

/** A radar on the plane. Deviations are one standard deviation; metres, radians, seconds. */
export interface PlaneSensor {
  readonly x: number;
  readonly y: number;
  readonly rangeDeviation: number;
  readonly azimuthDeviation: number;
  readonly detectionProbability: number;
  readonly minimumRange: number;
  readonly maximumRange: number;
  /** Mean number of false plots in one scan, uniform in range and azimuth. */
  readonly clutterPerScan: number;
}

/** How targets move, come and go, and when a track is told. */
export type PlaneTrackerOptions = Pick<TrackerConfiguration, "motion" | "existence" | "formation">;

/** One track at one time: metres and metres per second. */
export interface PlaneTrack {
  id: number;
  x: number;
  y: number;
  vx: number;
  vy: number;
  pxx: number;
  pxy: number;
  pyy: number;
  existence: number;
  /** Mean normalised innovation squared of the last plots; its expectation is 2. */
  nis: number;
}

export class PlaneTracker {
  readonly #sensors: readonly PlaneSensor[];
  readonly #forest: Forest;
  readonly #look = new Look();
  readonly #moments = new Float64Array(MOMENT_STRIDE);
  readonly #tellAt: number;
  #plots = 0;
  readonly #history: PlaneHistory | undefined;
  /** First plot of each track that was ever told. */
  readonly #firstPlots = new Map<number, number>();
  readonly #track: PlaneTrack = { id: 0, x: 0, y: 0, vx: 0, vy: 0, pxx: 0, pxy: 0, pyy: 0, existence: 0, nis: 0 };

  /** `keepsHistory`: remembers every plot, so that `smoothed` can tell whole courses afterwards. */
  constructor(
    sensors: readonly PlaneSensor[],
    options: PlaneTrackerOptions = PLANE_TRACKER_OPTIONS,
    keepsHistory = false,
  ) {
    this.#sensors = sensors;
    this.#forest = new Forest(createParts(options.motion, options.existence, options.formation, sensors.length));
    this.#tellAt = options.existence.tellAt;
    if (!keepsHistory) return;
    const history = new PlaneHistory(this.#forest.parts.bank, options.motion.speedDeviation);
    this.#history = history;
    this.#forest.decided = (track, plot) => history.decided(track, plot);
  }

  /**
   * Takes one scan: ranges in metres and azimuths in radians clockwise from north, one plot after the other.
   * @throws RangeError if there is no such sensor.
   */
  scan(sensor: number, at: number, ranges: Float64Array, azimuths: Float64Array, count: number): void {
    const configuration = this.#sensors[sensor];
    if (!configuration) throw new RangeError(`no sensor ${sensor}`);
    const look = this.#look;
    aim(look, sensor, configuration, at);
    for (let plot = 0; plot < count; plot++) {
      const range = ranges[plot]!;
      const azimuth = azimuths[plot]!;
      look.add(
        configuration.x + range * Math.sin(azimuth),
        configuration.y + range * Math.cos(azimuth),
        range,
        0,
        this.#plots++,
      );
    }
    this.#remember(look);
    this.#forest.take(look);
  }

  #remember(look: Look): void {
    if (!this.#history) return;
    this.#history.scan(look.at);
    for (let plot = 0; plot < look.count; plot++) {
      const [x, y] = [look.x[plot]!, look.y[plot]!];
      look.errorAt(x, y);
      this.#history.plot({ at: look.at, x, y, xx: look.xx, xy: look.xy, yy: look.yy });
    }
  }

  /**
   * Whole courses of all tracks that `tell` has told, in the order of their ids, each plot weighed with those before and after it.
   * Call it when the last scan has been taken.
   * @throws RangeError if the tracker was not asked to keep a history.
   */
  *smoothed(): Generator<PlaneTrackHistory> {
    const history = this.#history;
    if (!history) throw new RangeError("no history kept");
    const { tracks } = this.#forest.parts;
    const slots = new Map<number, number>();
    for (const slot of tracks.alive.subarray(0, tracks.aliveCount)) slots.set(tracks.id[slot]!, slot);
    for (const [id, first] of [...this.#firstPlots].sort(([left], [right]) => left - right)) {
      const undecided: number[] = [];
      const slot = slots.get(id);
      if (slot !== undefined) this.#forest.undecided(slot, (plot) => undecided.push(plot));
      yield history.smoothed(id, first, undecided);
    }
  }

  /** Calls `visit` for every track that is likely enough to be told, at a time not before the last scan. The object is reused. */
  tell(at: number, visit: (track: Readonly<PlaneTrack>) => void): void {
    const { tracks, pool } = this.#forest.parts;
    const track = this.#track;
    const m = this.#moments;
    for (let index = 0; index < tracks.aliveCount; index++) {
      const slot = tracks.alive[index]!;
      if (tracks.existence[slot]! < this.#tellAt || pool.hits[tracks.leaves[slot * LEAVES]!] === 1) continue;
      this.#forest.toldMoments(slot, at, m, 0);
      track.id = tracks.id[slot]!;
      track.x = m[0]!;
      track.y = m[1]!;
      track.vx = m[2]!;
      track.vy = m[3]!;
      track.pxx = m[4]!;
      track.pxy = m[5]!;
      track.pyy = m[8]!;
      track.existence = tracks.existence[slot]!;
      track.nis = tracks.nis[slot]!;
      if (this.#history) this.#firstPlots.set(track.id, tracks.key[slot]!);
      visit(track);
    }
  }
}

function aim(look: Look, sensor: number, configuration: PlaneSensor, at: number): void {
  look.sensor = sensor;
  look.at = at;
  look.sensorX = configuration.x;
  look.sensorY = configuration.y;
  look.rangeVariance = configuration.rangeDeviation ** 2;
  look.azimuthVariance = configuration.azimuthDeviation ** 2;
  look.minimumRange = configuration.minimumRange;
  look.maximumRange = configuration.maximumRange;
  look.detectionProbability = configuration.detectionProbability;
  const area = 2 * Math.PI * (configuration.maximumRange - configuration.minimumRange);
  look.clutterDensity = configuration.clutterPerScan / area;
  look.count = 0;
}
