/** The live tracker: plots in, in journal order; tracks and findings out. Nothing in it reads a clock. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { altitudeAt, updateAltitude } from "./altitude.ts";
import { CellIndex } from "./cells.ts";
import type { TrackerConfiguration } from "./configuration.ts";
import { type PlacedSensor, type PlanePlot, placeSensor, planePolar, planePosition } from "./conversion.ts";
import { IdentityIndex, mergeIdentity, uniqueName } from "./identity.ts";
import { ESTIMATE_STRIDE, MixtureFilter, MOMENT_STRIDE } from "./mixture.ts";
import type { TrackFinding, TrackState } from "./picture.ts";
import { createPlane, type Plane } from "./plane.ts";
import type { Plot, PolarPlot, PositionPlot } from "./plot.ts";
import type { TrackRecord } from "./track.ts";

/** Everything a tracker knows, as plain data. */
export interface TrackerSnapshot {
  readonly version: 1;
  readonly now: Instant;
  readonly lastFrame: number;
  readonly ordinal: number;
  readonly tracks: readonly (Omit<TrackRecord, "slot"> & { readonly estimate: readonly number[] })[];
}

/** A tracker. The same calls in the same order give the same answers, byte for byte. */
export interface Tracker {
  report(plot: Plot): void;
  /** Says that time has reached `at`: tracks without plots are coasted and ended. */
  tick(at: Instant): void;
  /** Tracks that changed since the last call, in the order of their keys; ended ones appear once. */
  changes(): TrackState[];
  /** All living tracks, in the order of their keys. */
  tracks(): TrackState[];
  /** Findings since the last call. */
  findings(): TrackFinding[];
  snapshot(): TrackerSnapshot;
  restore(snapshot: TrackerSnapshot): void;
}

/** A frame may hold many plots (an ASTERIX block): keys stay apart by the plot's ordinal in its frame. */
const PLOTS_PER_FRAME = 4096;
const GATE = 25;
const LATE_SECONDS = 20;

export function createTracker(configuration: TrackerConfiguration): Tracker {
  return new LiveTracker(configuration);
}

class LiveTracker implements Tracker {
  readonly #configuration: TrackerConfiguration;
  readonly #plane: Plane;
  readonly #filter: MixtureFilter;
  readonly #sensors = new Map<string, PlacedSensor>();
  readonly #tracks = new Map<number, TrackRecord>();
  readonly #cells = new CellIndex();
  readonly #names = new IdentityIndex();
  readonly #changed = new Set<number>();
  readonly #ended: TrackRecord[] = [];
  readonly #plot: PlanePlot = { x: 0, y: 0, xx: 0, xy: 0, yy: 0, convergence: 0, scale: 1 };
  readonly #trial = new Float64Array(ESTIMATE_STRIDE);
  readonly #moments = new Float64Array(MOMENT_STRIDE + 4);
  #findings: TrackFinding[] = [];
  #estimates = new Float64Array(ESTIMATE_STRIDE * 256);
  #free: number[] = [];
  #slots = 0;
  #now: Instant = 0;
  #lastFrame = -1;
  #ordinal = 0;

  constructor(configuration: TrackerConfiguration) {
    this.#configuration = configuration;
    this.#plane = createPlane(configuration.centreLon, configuration.centreLat);
    this.#filter = new MixtureFilter(configuration.motion);
    for (const sensor of configuration.sensors) this.#sensors.set(sensor.source, placeSensor(sensor, this.#plane));
  }

  report(plot: Plot): void {
    this.#ordinal = plot.frame === this.#lastFrame ? this.#ordinal + 1 : 0;
    this.#lastFrame = plot.frame;
    this.#now = Math.max(this.#now, plot.at);
    if (this.#now - plot.at > LATE_SECONDS * MICROSECONDS_PER_SECOND) return;
    if (plot.kind === "position") this.#reportPosition(plot);
    else if (plot.kind === "polar") this.#reportPolar(plot);
  }

  #reportPosition(plot: PositionPlot): void {
    planePosition(plot, this.#plane, this.#plot);
    const name = uniqueName(plot.identity);
    const bearers = name === undefined ? [] : this.#names.bearers(name);
    const bearer = this.#best(plot, bearers, GATE * 4) ?? this.#nearBearer(plot, bearers);
    const track = bearer ?? this.#nearest(plot, name) ?? this.#begin(plot);
    if (name !== undefined) this.#names.add(name, track.key);
    this.#absorb(track, plot, 1);
    if (bearers.length > 1) this.#mergeBearers(track, bearers);
  }

  /**
   * The nearest track of the same name outside its gate, yet too near to be another target: its clock or its first velocity
   * was wrong. The plot is taken with as much doubt as the miss suggests.
   */
  #nearBearer(plot: Plot, keys: readonly number[]): TrackRecord | undefined {
    let nearest: TrackRecord | undefined;
    let least = this.#configuration.sameNameMetres;
    for (const key of keys) {
      const track = this.#tracks.get(key)!;
      this.#distance(track, plot.at);
      const miss = Math.hypot(this.#plot.x - this.#moments[0]!, this.#plot.y - this.#moments[1]!);
      if (miss >= least) continue;
      least = miss;
      nearest = track;
    }
    if (nearest) {
      this.#plot.xx += least * least;
      this.#plot.yy += least * least;
    }
    return nearest;
  }

  /** Ends younger tracks of the same name that have come as near as one target would be. */
  #mergeBearers(track: TrackRecord, keys: readonly number[]): void {
    this.#filter.collapse(this.#estimates, track.slot * ESTIMATE_STRIDE, this.#moments, 0);
    const x = this.#moments[0]!;
    const y = this.#moments[1]!;
    for (const key of [...keys]) {
      const other = this.#tracks.get(key);
      if (!other || other.key <= track.key) continue;
      this.#filter.collapse(this.#estimates, other.slot * ESTIMATE_STRIDE, this.#moments, 0);
      const apart = Math.hypot(x - this.#moments[0]!, y - this.#moments[1]!);
      if (apart < this.#configuration.sameNameMetres) this.#end(other);
    }
  }

  #reportPolar(plot: PolarPlot): void {
    const sensor = this.#sensors.get(plot.source);
    if (!sensor) return;
    planePolar(plot, sensor, this.#plot);
    const track = this.#nearest(plot, uniqueName(plot.identity)) ?? this.#begin(plot);
    this.#absorb(track, plot, 0.9);
  }

  /** The best of the given tracks whose gate holds the plot. */
  #best(plot: Plot, keys: readonly number[], gate: number): TrackRecord | undefined {
    let best: TrackRecord | undefined;
    let least = gate;
    for (const key of keys) {
      const track = this.#tracks.get(key)!;
      const distance = this.#distance(track, plot.at);
      if (distance >= least) continue;
      least = distance;
      best = track;
    }
    return best;
  }

  /** The nearest track that could have given the plot: within the gate, not named otherwise, not just seen by the same source. */
  #nearest(plot: Plot, name: string | undefined): TrackRecord | undefined {
    const keys: number[] = [];
    this.#cells.near(this.#plot.x, this.#plot.y, 6000, (key) => {
      const track = this.#tracks.get(key)!;
      const own = uniqueName(track.identity);
      if (name !== undefined && own !== undefined && own !== name) return;
      const before = track.sources[plot.source];
      if (before !== undefined && Math.abs(plot.at - before) < 400_000) return;
      keys.push(key);
    });
    keys.sort((left, right) => left - right);
    return this.#best(plot, keys, GATE);
  }

  /** Squared Mahalanobis distance of the current plot from a track at the plot's time. */
  #distance(track: TrackRecord, at: Instant): number {
    const seconds = (at - track.at) / MICROSECONDS_PER_SECOND;
    const plot = this.#plot;
    const m = this.#moments;
    if (seconds > 0) {
      this.#filter.predict(this.#estimates, track.slot * ESTIMATE_STRIDE, this.#trial, 0, seconds);
      this.#filter.collapse(this.#trial, 0, m, 0);
    } else this.#filter.collapse(this.#estimates, track.slot * ESTIMATE_STRIDE, m, 0);
    const late = Math.min(0, seconds);
    const s00 = m[4]! + plot.xx + late * (2 * m[6]! + late * m[11]!);
    const s01 = m[5]! + plot.xy + late * (m[7]! + m[9]! + late * m[12]!);
    const s11 = m[8]! + plot.yy + late * (2 * m[10]! + late * m[13]!);
    const dx = plot.x - m[0]! - late * m[2]!;
    const dy = plot.y - m[1]! - late * m[3]!;
    return (dx * dx * s11 - 2 * dx * dy * s01 + dy * dy * s00) / (s00 * s11 - s01 * s01);
  }

  #begin(plot: Plot): TrackRecord {
    const slot = this.#free.pop() ?? this.#slots++;
    if ((slot + 1) * ESTIMATE_STRIDE > this.#estimates.length) this.#grow();
    const track: TrackRecord = {
      key: plot.frame * PLOTS_PER_FRAME + this.#ordinal,
      firstFrame: plot.frame,
      firstAt: plot.at,
      slot,
      at: plot.at,
      status: "tentative",
      existence: plot.kind === "position" ? 0.95 : 0.05,
      hits: 0,
      nis: 2,
      identity: {},
      altitudeMetres: undefined,
      altitudeReference: undefined,
      altitudeAt: 0,
      velocityUp: 0,
      onGround: undefined,
      sources: {},
      suspicions: {},
      lastFrame: plot.frame,
    };
    const { x, y, xx, xy, yy } = this.#plot;
    this.#filter.start(
      this.#estimates,
      slot * ESTIMATE_STRIDE,
      [x, y, xx, xy, yy],
      [0, 0, this.#configuration.motion.speedDeviation],
    );
    this.#tracks.set(track.key, track);
    return track;
  }

  #grow(): void {
    const grown = new Float64Array(this.#estimates.length * 2);
    grown.set(this.#estimates);
    this.#estimates = grown;
  }

  /** Updates a track with the current plot. */
  #absorb(track: TrackRecord, plot: Plot, certainty: number): void {
    const offset = track.slot * ESTIMATE_STRIDE;
    const seconds = (plot.at - track.at) / MICROSECONDS_PER_SECOND;
    const place = this.#plot;
    if (seconds > 0) {
      this.#filter.predict(this.#estimates, offset, this.#estimates, offset, seconds);
      track.at = plot.at;
    }
    if (track.hits > 0) {
      const late = Math.min(0, seconds);
      const nis = this.#filter.update(this.#estimates, offset, place.x, place.y, place.xx, place.xy, place.yy, late);
      track.nis += 0.1 * (nis - track.nis);
    }
    this.#absorbVelocity(plot, offset, seconds);
    track.hits++;
    track.existence = 1 - (1 - track.existence) * (1 - certainty) * 0.5;
    track.identity = mergeIdentity(track.identity, plot.identity);
    track.sources[plot.source] = Math.max(track.sources[plot.source] ?? 0, plot.at);
    track.lastFrame = plot.frame;
    if (plot.onGround !== undefined) track.onGround = plot.onGround;
    updateAltitude(track, plot);
    this.#settle(track);
    this.#filter.collapse(this.#estimates, offset, this.#moments, 0);
    this.#cells.place(track.key, this.#moments[0]!, this.#moments[1]!);
  }

  #absorbVelocity(plot: Plot, offset: number, seconds: number): void {
    if (plot.kind !== "position" || seconds < 0) return;
    if (plot.velocityEast === undefined || plot.velocityNorth === undefined) return;
    const { convergence, scale } = this.#plot;
    const cosine = Math.cos(convergence) * scale;
    const sine = Math.sin(convergence) * scale;
    const vx = plot.velocityEast * cosine - plot.velocityNorth * sine;
    const vy = plot.velocityEast * sine + plot.velocityNorth * cosine;
    this.#filter.updateVelocity(this.#estimates, offset, vx, vy, plot.velocityDeviation ?? 2);
  }

  #settle(track: TrackRecord): void {
    const confirmed = track.existence >= this.#configuration.existence.confirmAt && track.hits >= 3;
    track.status = confirmed ? "confirmed" : track.status === "coasted" ? "confirmed" : track.status;
    this.#changed.add(track.key);
  }

  tick(at: Instant): void {
    this.#now = Math.max(this.#now, at);
    const { coastAfterSeconds, endAfterSeconds } = this.#configuration;
    for (const track of this.#tracks.values()) {
      const silence = (this.#now - track.at) / MICROSECONDS_PER_SECOND;
      const patience = track.status === "tentative" ? coastAfterSeconds : endAfterSeconds;
      if (silence > patience) this.#end(track);
      else if (silence > coastAfterSeconds && track.status === "confirmed") {
        track.status = "coasted";
        this.#changed.add(track.key);
      }
    }
  }

  #end(track: TrackRecord): void {
    track.status = "ended";
    this.#tracks.delete(track.key);
    this.#cells.remove(track.key);
    const name = uniqueName(track.identity);
    if (name !== undefined) this.#names.remove(name, track.key);
    this.#changed.add(track.key);
    this.#ended.push(track);
  }

  changes(): TrackState[] {
    const states: TrackState[] = [];
    const ended = new Map(this.#ended.map((track) => [track.key, track]));
    for (const key of [...this.#changed].sort((left, right) => left - right)) {
      const track = this.#tracks.get(key) ?? ended.get(key);
      if (track) states.push(this.#state(track));
    }
    for (const track of this.#ended) this.#free.push(track.slot);
    this.#ended.length = 0;
    this.#changed.clear();
    return states;
  }

  tracks(): TrackState[] {
    return [...this.#tracks.values()].sort((left, right) => left.key - right.key).map((track) => this.#state(track));
  }

  findings(): TrackFinding[] {
    const findings = this.#findings;
    this.#findings = [];
    return findings;
  }

  #state(track: TrackRecord): TrackState {
    const m = this.#moments;
    this.#filter.collapse(this.#estimates, track.slot * ESTIMATE_STRIDE, m, 0);
    this.#plane.unproject(m[0]!, m[1]!, m, MOMENT_STRIDE);
    const scale = m[MOMENT_STRIDE + 3]!;
    const cosine = Math.cos(m[MOMENT_STRIDE + 2]!) / scale;
    const sine = Math.sin(m[MOMENT_STRIDE + 2]!) / scale;
    const altitude = altitudeAt(track, track.at);
    return {
      key: track.key,
      firstFrame: track.firstFrame,
      at: track.at,
      firstAt: track.firstAt,
      status: track.status,
      lon: m[MOMENT_STRIDE]!,
      lat: m[MOMENT_STRIDE + 1]!,
      ...(altitude === undefined ? {} : { altitudeMetres: altitude, altitudeReference: track.altitudeReference! }),
      velocityEast: cosine * m[2]! + sine * m[3]!,
      velocityNorth: cosine * m[3]! - sine * m[2]!,
      velocityUp: track.velocityUp,
      positionCovariance: turned(m[4]!, m[5]!, m[8]!, cosine, sine),
      velocityCovariance: turned(m[11]!, m[12]!, m[13]!, cosine, sine),
      existence: track.existence,
      identity: track.identity,
      ...(track.onGround === undefined ? {} : { onGround: track.onGround }),
      sources: Object.keys(track.sources)
        .filter((source) => track.at - track.sources[source]! < 60 * MICROSECONDS_PER_SECOND)
        .sort(),
      nis: track.nis,
      manoeuvring: 1 - this.#estimates[track.slot * ESTIMATE_STRIDE]!,
      suspicious: (Object.keys(track.suspicions) as (keyof typeof track.suspicions)[]).sort(),
    };
  }

  snapshot(): TrackerSnapshot {
    const tracks = [...this.#tracks.values()].map(({ slot, ...rest }) => ({
      ...structuredClone(rest),
      estimate: [...this.#estimates.subarray(slot * ESTIMATE_STRIDE, (slot + 1) * ESTIMATE_STRIDE)],
    }));
    return { version: 1, now: this.#now, lastFrame: this.#lastFrame, ordinal: this.#ordinal, tracks };
  }

  restore(snapshot: TrackerSnapshot): void {
    for (const track of [...this.#tracks.values()]) this.#end(track);
    this.changes();
    this.#now = snapshot.now;
    this.#lastFrame = snapshot.lastFrame;
    this.#ordinal = snapshot.ordinal;
    for (const { estimate, ...rest } of snapshot.tracks) {
      const slot = this.#free.pop() ?? this.#slots++;
      while ((slot + 1) * ESTIMATE_STRIDE > this.#estimates.length) this.#grow();
      this.#estimates.set(estimate, slot * ESTIMATE_STRIDE);
      const track = { ...structuredClone(rest), slot } as TrackRecord;
      this.#tracks.set(track.key, track);
      this.#cells.place(track.key, estimate[1]!, estimate[2]!);
      const name = uniqueName(track.identity);
      if (name !== undefined) this.#names.add(name, track.key);
    }
  }
}

/** A plane covariance turned and scaled into the local east-north frame. */
function turned(xx: number, xy: number, yy: number, c: number, s: number): readonly [number, number, number] {
  return [
    c * c * xx + 2 * c * s * xy + s * s * yy,
    c * c * xy - c * s * xx + c * s * yy - s * s * xy,
    s * s * xx - 2 * c * s * xy + c * c * yy,
  ];
}
