/** The live tracker: plots in, in journal order; tracks and findings out. Nothing in it reads a clock. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { TrackerConfiguration } from "../configuration.ts";
import { Forest, type ForestSnapshot } from "../forest.ts";
import { Look } from "../look.ts";
import { createParts } from "../parts.ts";
import { LEAVES } from "../trackTable.ts";
import { updateAltitude } from "./altitude.ts";
import {
  type PlacedSensor,
  type PlanePlot,
  placeSensor,
  planeBearing,
  planePolar,
  planePosition,
} from "./conversion.ts";
import { isAboveHorizon, noteMiss } from "./findings/contradiction.ts";
import { Impostors } from "./findings/impostors.ts";
import { JammingWatch } from "./findings/jamming.ts";
import { IdentityIndex, uniqueName } from "./identity.ts";
import { aimAtPlot, aimAtSector } from "./looks.ts";
import type { TrackFinding, TrackState } from "./picture.ts";
import { createPlane, type Plane } from "./plane.ts";
import type { BearingPlot, Plot, PolarPlot, PositionPlot } from "./plot.ts";
import { createRecord, notePlot, PLOTS_PER_FRAME, type TrackRecord } from "./record.ts";
import { type Registration, Registrations } from "./registration.ts";
import { fillLook, type Sector, Sectors } from "./sectors.ts";
import { Telling } from "./telling.ts";

/** Everything a tracker knows, as plain data. */
export interface TrackerSnapshot {
  readonly version: 2;
  readonly now: Instant;
  readonly lastFrame: number;
  readonly ordinal: number;
  readonly forest: ForestSnapshot;
  readonly records: readonly TrackRecord[];
  readonly changed: readonly number[];
  readonly endedStates: readonly TrackState[];
  readonly findings: readonly TrackFinding[];
  readonly sectors: readonly Sector[];
  readonly sectorAt: readonly (readonly [string, Instant])[];
  readonly registrations: ReturnType<Registrations["snapshot"]>;
  readonly impostors: ReturnType<Impostors["snapshot"]>;
  readonly jamming: unknown;
  readonly statistics: TrackerStatistics;
}

/** What became of the plots: none is lost without being counted. */
export interface TrackerStatistics {
  /** Plots told. */
  readonly plots: number;
  /** Of them: too late to be used; from a radar or direction finder that nobody configured; bearings that fit no track. */
  readonly late: number;
  readonly unknownSource: number;
  readonly unusedBearings: number;
}

/** A tracker. The same calls in the same order give the same answers, byte for byte. */
export interface Tracker {
  report(plot: Plot): void;
  /** Says that time has reached `at`: sectors are closed, misses counted, tracks coasted and ended. */
  tick(at: Instant): void;
  /** Tracks that changed since the last call, in the order of their keys; ended ones appear once. */
  changes(): TrackState[];
  /** All living tracks that are likely enough to be told, in the order of their keys. */
  tracks(): TrackState[];
  /** Findings since the last call. */
  findings(): TrackFinding[];
  /** What is known of each radar's errors. */
  registrations(): Registration[];
  statistics(): TrackerStatistics;
  snapshot(): TrackerSnapshot;
  restore(snapshot: TrackerSnapshot): void;
}

/** Plots later than this are not used. */
const LATE = 20 * MICROSECONDS_PER_SECOND;
/** Squared distance within which a named plot may adopt a nameless track, and the margin before the second best. */
const ADOPT = 16;
const ADOPT_MARGIN = 6;
/** What a named plot may be off besides what its target can have flown, metres. */
const SLACK = 1500;
/** Squared distance (one degree of freedom) within which a bearing updates a track. */
const BEARING_GATE = 9;
const CONFIRM_HITS = 3;

export function createTracker(configuration: TrackerConfiguration): Tracker {
  return new LiveTracker(configuration);
}

class LiveTracker implements Tracker {
  readonly #configuration: TrackerConfiguration;
  readonly #plane: Plane;
  readonly #forest: Forest;
  readonly #telling: Telling;
  readonly #sensors = new Map<string, PlacedSensor>();
  readonly #otherSensor: number;
  readonly #records = new Map<number, TrackRecord>();
  readonly #slots = new Map<number, number>();
  readonly #names = new IdentityIndex();
  readonly #sectors = new Sectors();
  readonly #sectorAt = new Map<string, Instant>();
  readonly #registrations = new Registrations();
  readonly #impostors = new Impostors();
  readonly #jamming: JammingWatch;
  readonly #look = new Look();
  readonly #place: PlanePlot = { x: 0, y: 0, xx: 0, xy: 0, yy: 0, convergence: 0, scale: 1 };
  readonly #changed = new Set<number>();
  #endedStates: TrackState[] = [];
  #findings: TrackFinding[] = [];
  #now: Instant = 0;
  #lastFrame = -1;
  #ordinal = 0;
  #statistics = { plots: 0, late: 0, unknownSource: 0, unusedBearings: 0 };

  constructor(configuration: TrackerConfiguration) {
    const { motion, existence, formation, sensors } = configuration;
    this.#configuration = configuration;
    this.#plane = createPlane(configuration.centreLon, configuration.centreLat);
    this.#forest = new Forest(createParts(motion, existence, formation, sensors.length + 1));
    this.#forest.keepsEnded = true;
    this.#telling = new Telling(this.#forest, this.#plane);
    this.#jamming = new JammingWatch(configuration.suspicion);
    this.#otherSensor = sensors.length;
    for (const [index, sensor] of sensors.entries())
      this.#sensors.set(sensor.source, placeSensor(sensor, index, this.#plane));
  }

  report(plot: Plot): void {
    this.#ordinal = plot.frame === this.#lastFrame ? this.#ordinal + 1 : 0;
    this.#lastFrame = plot.frame;
    this.#statistics.plots++;
    this.#now = Math.max(this.#now, plot.at);
    this.#closeSectors(this.#now, plot.at, plot.source);
    if (this.#now - plot.at > LATE) {
      this.#statistics.late++;
      return;
    }
    if (plot.kind === "position") this.#reportPosition(plot);
    else if (plot.kind === "polar") this.#reportPolar(plot);
    else this.#reportBearing(plot);
  }

  #key(plot: Plot): number {
    return plot.frame * PLOTS_PER_FRAME + this.#ordinal;
  }

  #reportPosition(plot: PositionPlot): void {
    planePosition(plot, this.#plane, this.#place);
    const sensor = this.#sensors.get(plot.source)?.index ?? this.#otherSensor;
    const name = uniqueName(plot.identity);
    aimAtPlot(this.#look, sensor, plot, this.#place, this.#key(plot));
    if (name === undefined) {
      this.#takeLook(new Map([[0, plot]]));
      return;
    }
    const slot = this.#slotFor(plot, name);
    this.#absorbVelocity(plot, slot);
    const record = this.#touch(slot, plot);
    this.#name(record, name);
    this.#noteFix(record, plot);
    this.#watchAccuracy(record, plot, name);
  }

  /** The slot of the track that a named plot belongs to, updated with it; a new one where no bearer of the name can be. */
  #slotFor(plot: Plot, name: string): number {
    const look = this.#look;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const id of this.#names.bearers(name)) {
      const slot = this.#slots.get(id)!;
      if (!this.#canBe(slot)) continue;
      const distance = this.#forest.direct.distance(slot, look);
      if (distance >= least) continue;
      least = distance;
      best = slot;
    }
    if (best < 0) best = this.#nameless();
    if (best < 0) return this.#beginNamed(plot, name);
    this.#forest.direct.absorb(best, look);
    this.#meetOthers(plot, name, best);
    return best;
  }

  /** Whether a track's target can have come to the look's plot. */
  #canBe(slot: number): boolean {
    const { pool, bank, tracks } = this.#forest.parts;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    const e = hypothesis * bank.estimateStride;
    const look = this.#look;
    const flown = this.#configuration.motion.maximumSpeed * Math.abs(look.at - pool.time[hypothesis]!);
    const distance = Math.hypot(look.x[0]! - pool.estimate[e + 1]!, look.y[0]! - pool.estimate[e + 2]!);
    return distance < flown + SLACK + 4 * Math.sqrt(look.xx + look.yy + pool.estimate[e + 5]! + pool.estimate[e + 9]!);
  }

  /** The one told track without a unique name that the look's plot fits; −1 if there is none or more than one. */
  #nameless(): number {
    let best = -1;
    let least = ADOPT;
    let second = Number.POSITIVE_INFINITY;
    for (const record of this.#records.values()) {
      if (uniqueName(record.identity) !== undefined) continue;
      const slot = this.#slots.get(record.id)!;
      if (!this.#canBe(slot)) continue;
      const distance = this.#forest.direct.distance(slot, this.#look);
      if (distance < least) {
        second = least;
        least = distance;
        best = slot;
      } else second = Math.min(second, distance);
    }
    return second < least + ADOPT_MARGIN && second < ADOPT ? -1 : best;
  }

  #beginNamed(plot: Plot, name: string): number {
    const slot = this.#forest.begin(this.#look, 0, 1);
    const record = this.#record(slot);
    const older = this.#latestBearer(name);
    if (older) this.#find(this.#impostors.jump(this.#meeting(older, record, plot)));
    return slot;
  }

  #latestBearer(name: string): TrackRecord | undefined {
    let latest: TrackRecord | undefined;
    for (const id of this.#names.bearers(name)) {
      const record = this.#records.get(id)!;
      if (!latest || record.at > latest.at) latest = record;
    }
    return latest;
  }

  /** A name with several tracks is heard again: both go on. */
  #meetOthers(plot: Plot, name: string, slot: number): void {
    const bearers = this.#names.bearers(name);
    if (bearers.length < 2) return;
    const own = this.#forest.parts.tracks.id[slot]!;
    const record = this.#records.get(own);
    for (const id of bearers) {
      const other = this.#records.get(id);
      if (id === own || !other || !record || other.hits < 2 || record.hits < 2) continue;
      this.#find(this.#impostors.both(this.#meeting(other, record, plot)));
    }
  }

  #meeting(older: TrackRecord, newer: TrackRecord, plot: Plot) {
    const { pool, bank, tracks } = this.#forest.parts;
    const e = tracks.leaves[this.#slots.get(older.id)! * LEAVES]! * bank.estimateStride;
    const dx = this.#look.x[0]! - pool.estimate[e + 1]!;
    const dy = this.#look.y[0]! - pool.estimate[e + 2]!;
    return {
      older,
      newer,
      source: plot.source,
      at: plot.at,
      distanceMetres: Math.hypot(dx, dy),
      seconds: Math.abs(plot.at - older.at) / MICROSECONDS_PER_SECOND,
    };
  }

  #absorbVelocity(plot: PositionPlot, slot: number): void {
    if (plot.velocityEast === undefined || plot.velocityNorth === undefined) return;
    const { tracks, pool } = this.#forest.parts;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    if (pool.time[hypothesis]! > this.#look.at) return;
    const [u, v] = this.#planeVelocity(plot.velocityEast, plot.velocityNorth);
    const deviation = plot.velocityDeviation ?? 2;
    if (pool.hits[hypothesis] === 1) this.#forest.direct.startVelocity(slot, u, v, deviation);
    else this.#forest.direct.absorbVelocity(slot, u, v, deviation);
  }

  #planeVelocity(east: number, north: number): readonly [number, number] {
    const { convergence, scale } = this.#place;
    const cosine = Math.cos(convergence) * scale;
    const sine = Math.sin(convergence) * scale;
    return [east * cosine - north * sine, east * sine + north * cosine];
  }

  #noteFix(record: TrackRecord, plot: PositionPlot): void {
    if (record.fix && record.fix.at > plot.at) return;
    const known = plot.velocityEast !== undefined && plot.velocityNorth !== undefined;
    const velocity = known ? this.#planeVelocity(plot.velocityEast!, plot.velocityNorth!) : undefined;
    record.fix = {
      at: plot.at,
      x: this.#place.x,
      y: this.#place.y,
      u: velocity?.[0],
      v: velocity?.[1],
      deviation: Math.sqrt(this.#place.xx),
    };
  }

  #watchAccuracy(record: TrackRecord, plot: PositionPlot, name: string): void {
    const category = plot.nacp ?? plot.nic;
    if (category === undefined) return;
    const { fell, finding } = this.#jamming.note(plot.source, name, category, plot.at, plot.frame);
    if (fell) record.suspicions["accuracy-drop"] = plot.at;
    this.#find(finding);
  }

  #reportPolar(plot: PolarPlot): void {
    const sensor = this.#sensors.get(plot.source);
    if (!sensor) {
      this.#statistics.unknownSource++;
      return;
    }
    const [tooFar, tooClockwise, tooLate] = this.#registrations.of(plot.source) ?? [0, 0, 0];
    const timed = { ...plot, at: plot.at - Math.round(tooLate! * MICROSECONDS_PER_SECOND) };
    planePolar(timed, sensor, this.#place, tooFar, tooClockwise);
    const name = uniqueName(plot.identity);
    if (name === undefined || this.#names.bearers(name).length === 0) {
      this.#sectors.add(plot.source, { plot: timed, key: this.#key(plot), place: { ...this.#place } });
      return;
    }
    aimAtPlot(this.#look, sensor.index, timed, this.#place, this.#key(plot));
    const slot = this.#slotFor(timed, name);
    const record = this.#touch(slot, timed);
    this.#name(record, name);
    this.#register(record, timed, sensor);
  }

  /** Compares a radar's plot with the target's own report. `#place` holds the corrected plot. */
  #register(
    record: TrackRecord,
    plot: PolarPlot,
    sensor: PlacedSensor,
    place: Readonly<PlanePlot> = this.#place,
  ): void {
    if (!record.fix || record.suspicions["identity-clone"] !== undefined) return;
    const [tooFar, tooClockwise, tooLate] = this.#registrations.of(plot.source) ?? [0, 0, 0];
    const dx = place.x - sensor.x;
    const dy = place.y - sensor.y;
    this.#registrations.compare(
      plot.source,
      plot.at + Math.round(tooLate! * MICROSECONDS_PER_SECOND),
      record.fix,
      sensor,
      { distance: Math.hypot(dx, dy) + tooFar! * sensor.scale, bearing: Math.atan2(dx, dy) + tooClockwise! },
      {
        range: plot.rangeDeviation ?? sensor.configuration.rangeDeviation,
        azimuth: plot.azimuthDeviation ?? sensor.configuration.azimuthDeviation,
      },
    );
  }

  /** A bearing updates the one track it fits. GAP: bearings that cross begin no track; a triangulating initiator would close it. */
  #reportBearing(plot: BearingPlot): void {
    const sensor = this.#sensors.get(plot.source);
    if (!sensor) {
      this.#statistics.unknownSource++;
      return;
    }
    const slot = this.#bearingSlot(plot, sensor);
    if (slot < 0) {
      this.#statistics.unusedBearings++;
      return;
    }
    this.#aimBearing(plot, sensor, slot);
    this.#forest.direct.absorb(slot, this.#look);
    this.#touch(slot, plot);
  }

  /** The track on the bearing: by name, or the only one within the gate. */
  #bearingSlot(plot: BearingPlot, sensor: PlacedSensor): number {
    const name = uniqueName(plot.identity);
    const candidates = name === undefined ? this.#records.keys() : this.#names.bearers(name);
    let found = -1;
    for (const id of candidates) {
      const slot = this.#slots.get(id)!;
      this.#aimBearing(plot, sensor, slot);
      const { x, y } = this.#place;
      const distance = Math.hypot(x - sensor.x, y - sensor.y);
      if (distance > sensor.configuration.maximumRangeMetres) continue;
      if (this.#forest.direct.distance(slot, this.#look) > BEARING_GATE) continue;
      if (found >= 0) return -1;
      found = slot;
    }
    return found;
  }

  /** Makes the look the bearing at a track's own distance, with no say about that distance. */
  #aimBearing(plot: BearingPlot, sensor: PlacedSensor, slot: number): void {
    const { pool, bank, tracks } = this.#forest.parts;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    const e = hypothesis * bank.estimateStride;
    const seconds = plot.at / MICROSECONDS_PER_SECOND - pool.time[hypothesis]!;
    const x = pool.estimate[e + 1]! + seconds * pool.estimate[e + 3]!;
    const y = pool.estimate[e + 2]! + seconds * pool.estimate[e + 4]!;
    planeBearing(plot, sensor, x, y, this.#place);
    aimAtPlot(this.#look, sensor.index, plot, this.#place, this.#key(plot));
  }

  /** Weighs the sectors that are over. */
  #closeSectors(now: Instant, at: Instant, source?: string): void {
    const due = this.#sectors.due(now).concat(source === undefined ? [] : this.#sectors.due(at, source));
    for (const sector of due) this.#takeSector(sector);
  }

  #takeSector(sector: Sector): void {
    const sensor = this.#sensors.get(sector.source)!;
    const elapsed = sector.from - (this.#sectorAt.get(sector.source) ?? sector.from);
    this.#sectorAt.set(sector.source, sector.from);
    const turn = sensor.configuration.periodSeconds * MICROSECONDS_PER_SECOND;
    aimAtSector(this.#look, sensor, Math.max(0, Math.min(1, elapsed / turn)));
    fillLook(this.#look, sector);
    this.#takeLook(new Map(sector.plots.map(({ plot }, index) => [index, plot])));
    for (const [index, { plot, place }] of sector.plots.entries()) {
      const slot = this.#forest.assigned[index]!;
      const record = slot < 0 ? undefined : this.#records.get(this.#forest.parts.tracks.id[slot]!);
      if (record) this.#register(record, plot, sensor, place);
    }
  }

  /** Lets the forest weigh the look, and notes what its plots say besides. */
  #takeLook(plots: ReadonlyMap<number, Plot>): void {
    this.#forest.take(this.#look);
    this.#reapEnded();
    const { tracks } = this.#forest.parts;
    for (const [index, plot] of plots) {
      const slot = this.#forest.assigned[index]!;
      if (slot < 0 || tracks.existence[slot]! < this.#configuration.existence.tellAt) continue;
      const record = this.#touch(slot, plot);
      const name = uniqueName(record.identity);
      if (name !== undefined) this.#name(record, name);
    }
  }

  /** Notes a plot of a track, making its record if it had none. */
  #touch(slot: number, plot: Plot): TrackRecord {
    const record = this.#record(slot);
    notePlot(record, plot);
    updateAltitude(record, plot);
    this.#settle(record, slot);
    return record;
  }

  #record(slot: number): TrackRecord {
    const { tracks } = this.#forest.parts;
    const id = tracks.id[slot]!;
    let record = this.#records.get(id);
    if (!record) {
      record = createRecord(id, tracks.key[slot]!, Math.round(tracks.bornAt[slot]! * MICROSECONDS_PER_SECOND));
      this.#records.set(id, record);
      this.#slots.set(id, slot);
    }
    return record;
  }

  #name(record: TrackRecord, name: string): void {
    this.#names.add(name, record.id);
  }

  #settle(record: TrackRecord, slot: number): void {
    const { tracks, pool } = this.#forest.parts;
    const hits = pool.hits[tracks.leaves[slot * LEAVES]!]!;
    const sure = tracks.existence[slot]! >= this.#configuration.existence.confirmAt;
    if (record.status === "coasted" || (sure && Math.max(hits, record.hits) >= CONFIRM_HITS))
      record.status = "confirmed";
    this.#changed.add(record.id);
  }

  #find(finding: TrackFinding | undefined): void {
    if (finding) this.#findings.push(finding);
  }

  tick(at: Instant): void {
    this.#now = Math.max(this.#now, at);
    this.#closeSectors(this.#now, this.#now);
    for (const sensor of this.#sensors.values())
      if (sensor.configuration.kind === "radar" && this.#isTurning(sensor)) this.#countMisses(sensor);
    this.#forest.endTracks();
    this.#reapEnded();
    this.#coastAndEnd();
    this.#impostors.forget(this.#now);
  }

  /** A radar that has told nothing for three turns is taken for silent, not for seeing nothing. */
  #isTurning(sensor: PlacedSensor): boolean {
    const last = this.#sectorAt.get(sensor.configuration.source);
    const turn = sensor.configuration.periodSeconds * MICROSECONDS_PER_SECOND;
    return last !== undefined && this.#now - last < 3 * turn;
  }

  #countMisses(sensor: PlacedSensor): void {
    const { configuration: c } = sensor;
    const rotation = {
      sensor: sensor.index,
      x: sensor.x,
      y: sensor.y,
      minimumRange: c.minimumRangeMetres,
      maximumRange: c.maximumRangeMetres,
      period: c.periodSeconds,
      detectionProbability: c.detectionProbability,
    };
    const { tracks, pool, bank } = this.#forest.parts;
    const visible = (slot: number): boolean => {
      const record = this.#records.get(tracks.id[slot]!);
      if (!record || record.sources[c.source] !== undefined) return true;
      const e = tracks.leaves[slot * LEAVES]! * bank.estimateStride;
      const distance = Math.hypot(pool.estimate[e + 1]! - sensor.x, pool.estimate[e + 2]! - sensor.y);
      return isAboveHorizon(record, c, distance, this.#now);
    };
    this.#forest.overdue.count(rotation, this.#now / MICROSECONDS_PER_SECOND, visible, (slot) => {
      const record = this.#records.get(tracks.id[slot]!);
      if (record?.fix && this.#now - record.fix.at < 3 * c.periodSeconds * MICROSECONDS_PER_SECOND)
        this.#find(noteMiss(record, c, this.#now));
    });
  }

  #coastAndEnd(): void {
    const { endAfterSeconds } = this.#configuration;
    const { tracks } = this.#forest.parts;
    for (const record of this.#records.values()) {
      const silence = (this.#now - record.at) / MICROSECONDS_PER_SECOND;
      const coastAfterSeconds = this.#coastAfter(record);
      const patience = record.status === "tentative" ? coastAfterSeconds : endAfterSeconds;
      if (silence > patience) tracks.existence[this.#slots.get(record.id)!] = 0;
      else if (silence > coastAfterSeconds && record.status === "confirmed") {
        record.status = "coasted";
        this.#changed.add(record.id);
      }
    }
    this.#forest.endTracks();
    this.#reapEnded();
  }

  /** A slow radar's tracks are given time for two turns and a half. */
  #coastAfter(record: TrackRecord): number {
    let seconds = this.#configuration.coastAfterSeconds;
    for (const source in record.sources)
      seconds = Math.max(seconds, 2.5 * (this.#sensors.get(source)?.configuration.periodSeconds ?? 0));
    return seconds;
  }

  /** Forgets the tracks that the forest has ended; told ones are told as ended. */
  #reapEnded(): void {
    for (const id of this.#forest.ended) {
      const record = this.#records.get(id);
      if (!record) continue;
      const name = uniqueName(record.identity);
      if (name !== undefined) this.#names.remove(name, id);
      this.#records.delete(id);
      this.#slots.delete(id);
      this.#changed.delete(id);
      if (record.told) this.#endedStates.push({ ...record.told, status: "ended" });
    }
    this.#forest.ended.length = 0;
  }

  changes(): TrackState[] {
    const states = this.#endedStates;
    this.#endedStates = [];
    for (const id of this.#changed) {
      const record = this.#records.get(id);
      if (!record) continue;
      record.told = this.#telling.state(record, this.#slots.get(id)!, this.#now);
      states.push(record.told);
    }
    this.#changed.clear();
    return states.sort((left, right) => left.key - right.key);
  }

  tracks(): TrackState[] {
    const states = [...this.#records.values()].map((record) =>
      this.#telling.state(record, this.#slots.get(record.id)!, this.#now),
    );
    return states.sort((left, right) => left.key - right.key);
  }

  findings(): TrackFinding[] {
    const findings = this.#findings;
    this.#findings = [];
    return findings;
  }

  registrations(): Registration[] {
    return this.#registrations.list();
  }

  statistics(): TrackerStatistics {
    return { ...this.#statistics };
  }

  snapshot(): TrackerSnapshot {
    return structuredClone({
      version: 2,
      now: this.#now,
      lastFrame: this.#lastFrame,
      ordinal: this.#ordinal,
      forest: this.#forest.snapshot(),
      records: [...this.#records.values()],
      changed: [...this.#changed],
      endedStates: this.#endedStates,
      findings: this.#findings,
      sectors: this.#sectors.snapshot(),
      sectorAt: [...this.#sectorAt],
      registrations: this.#registrations.snapshot(),
      impostors: this.#impostors.snapshot(),
      jamming: this.#jamming.snapshot(),
      statistics: this.#statistics,
    });
  }

  restore(snapshot: TrackerSnapshot): void {
    const copy = structuredClone(snapshot);
    this.#now = copy.now;
    this.#lastFrame = copy.lastFrame;
    this.#ordinal = copy.ordinal;
    this.#forest.restore(copy.forest);
    this.#restoreRecords(copy.records);
    this.#changed.clear();
    for (const id of copy.changed) this.#changed.add(id);
    this.#endedStates = [...copy.endedStates];
    this.#findings = [...copy.findings];
    this.#sectors.restore(copy.sectors);
    this.#sectorAt.clear();
    for (const [source, at] of copy.sectorAt) this.#sectorAt.set(source, at);
    this.#registrations.restore(copy.registrations);
    this.#impostors.restore(copy.impostors);
    this.#jamming.restore(copy.jamming);
    this.#statistics = { ...copy.statistics };
  }

  #restoreRecords(records: readonly TrackRecord[]): void {
    const { tracks } = this.#forest.parts;
    this.#records.clear();
    this.#slots.clear();
    this.#names.clear();
    for (const slot of tracks.alive.subarray(0, tracks.aliveCount)) this.#slots.set(tracks.id[slot]!, slot);
    for (const record of records) this.#records.set(record.id, record);
    for (const id of this.#slots.keys()) if (!this.#records.has(id)) this.#slots.delete(id);
    for (const record of records) {
      const name = uniqueName(record.identity);
      if (name !== undefined) this.#names.add(name, record.id);
    }
  }
}
