/** The live tracker: plots in, in journal order; tracks and findings out. Nothing in it reads a clock. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { TrackerConfiguration } from "../configuration.ts";
import { Forest, type ForestSnapshot } from "../forest.ts";
import { Look } from "../look.ts";
import { codeOf, NO_CODE } from "../marks.ts";
import { createParts } from "../parts.ts";
import { LEAVES } from "../trackTable.ts";
import { Allies } from "./allies.ts";
import { updateAltitude } from "./altitude.ts";
import {
  type PlacedSensor,
  type PlanePlot,
  placeSensor,
  planeBearing,
  planePolar,
  planePosition,
} from "./conversion.ts";
import { displacementOf, isAboveHorizon, noteDisplacement, noteMiss } from "./findings/contradiction.ts";
import { Impostors } from "./findings/impostors.ts";
import { JammingWatch } from "./findings/jamming.ts";
import { uniqueName } from "./identity.ts";
import { aimAtPlot, aimAtSector } from "./looks.ts";
import { Neighbourhood } from "./neighbours.ts";
import type { TrackFinding, TrackState } from "./picture.ts";
import { createPlane, type Plane } from "./plane.ts";
import type { BearingPlot, Plot, PolarPlot, PositionPlot } from "./plot.ts";
import { type NameClaim, notePlot, PLOTS_PER_FRAME, type TrackRecord } from "./record.ts";
import { type Registration, Registrations } from "./registration.ts";
import { Roster } from "./roster.ts";
import { SameName } from "./sameName.ts";
import { fillLook, type Sector, Sectors } from "./sectors.ts";
import { Telling } from "./telling.ts";
import { Triangulation } from "./triangulation.ts";

/** Everything a tracker knows, as plain data. */
export interface TrackerSnapshot {
  readonly version: 4;
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
  readonly neighbours: ReturnType<Neighbourhood["snapshot"]>;
  readonly impostors: ReturnType<Impostors["snapshot"]>;
  readonly triangulation: ReturnType<Triangulation["snapshot"]>;
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
/** Squared distance (one degree of freedom) within which a bearing updates a track. */
const BEARING_GATE = 9;
const CONFIRM_HITS = 3;
/** What a target's own report, and a sensor that nobody has compared with such reports, may be off besides what they say, metres. */
const REPORTED_METRES = 10;
const UNREGISTERED_METRES = 100;
/** Answers about a bearing's track that are no slot. */
const NO_TRACK = -1;
const SEVERAL = -2;

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
  readonly #roster: Roster;
  readonly #sameName: SameName;
  readonly #neighbourhood: Neighbourhood;
  readonly #allies: Allies;
  readonly #triangulation = new Triangulation();
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
    this.#roster = new Roster(this.#forest);
    this.#sameName = new SameName(this.#forest, configuration.sameNameMetres, motion.maximumSpeed);
    this.#allies = new Allies(this.#forest, this.#roster);
    this.#neighbourhood = new Neighbourhood(this.#forest, this.#roster, (record) => this.#unsureMetres(record));
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
      this.#takeNameless(plot);
      return;
    }
    const slot = this.#slotFor(plot, name);
    this.#absorbVelocity(plot, slot);
    const touched = this.#touch(slot, plot);
    this.#roster.enter(touched);
    this.#noteFix(touched, plot);
    const record = this.#meetOthers(plot, name, touched);
    this.#watchAccuracy(record, plot, name);
  }

  #takeNameless(plot: PositionPlot): void {
    const { x, y } = this.#place;
    const ally = this.#allies.claim(plot.source, this.#look.at, this.#place);
    if (!ally) {
      this.#takeLook(new Map([[0, plot]]));
      return;
    }
    aimAtPlot(this.#look, this.#look.sensor, plot, this.#place, this.#key(plot));
    const slot = this.#roster.slotOf(ally);
    this.#forest.direct.absorb(slot, this.#look);
    this.#touch(slot, plot);
    this.#allies.learn(ally, plot.source, this.#look.at, x, y);
  }

  /** The slot of the track that a named plot belongs to, updated with it; a new one where no bearer of the name can be. */
  #slotFor(plot: Plot, name: string): number {
    const look = this.#look;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const id of this.#roster.names.bearers(name)) {
      const slot = this.#roster.slots.get(id)!;
      if (!this.#sameName.canReach(slot, look)) continue;
      const distance = this.#forest.direct.distance(slot, look);
      if (distance >= least) continue;
      least = distance;
      best = slot;
    }
    if (best < 0) best = this.#nameless();
    if (best < 0) return this.#beginNamed(plot, name);
    this.#forest.direct.absorb(best, look);
    return best;
  }

  /** The one told track without a unique name that the look's plot fits; −1 if there is none or more than one. */
  #nameless(): number {
    let best = -1;
    let least = ADOPT;
    let second = Number.POSITIVE_INFINITY;
    for (const record of this.#roster.records.values()) {
      if (uniqueName(record.identity) !== undefined) continue;
      const slot = this.#roster.slots.get(record.id)!;
      if (!this.#sameName.canReach(slot, this.#look)) continue;
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
    const older = this.#latestBearer(name);
    const slot = this.#forest.begin(this.#look, 0, 1);
    const record = this.#roster.recordAt(slot);
    if (older) record.claim = this.#claimAgainst(older, plot);
    return slot;
  }

  #latestBearer(name: string): TrackRecord | undefined {
    let latest: TrackRecord | undefined;
    for (const id of this.#roster.names.bearers(name)) {
      const record = this.#roster.records.get(id)!;
      if (!latest || record.at > latest.at) latest = record;
    }
    return latest;
  }

  #claimAgainst(older: TrackRecord, plot: Plot): NameClaim {
    const { id, key, lastFrame: frame, at } = older;
    const seconds = Math.abs(plot.at - at) / MICROSECONDS_PER_SECOND;
    return { id, key, frame, at: plot.at, distanceMetres: this.#distanceFrom(older), seconds };
  }

  /** From where a track was last to the look's plot, metres. */
  #distanceFrom(record: TrackRecord): number {
    const { pool, bank, tracks } = this.#forest.parts;
    const e = tracks.leaves[this.#roster.slotOf(record) * LEAVES]! * bank.estimateStride;
    return Math.hypot(this.#look.x[0]! - pool.estimate[e + 1]!, this.#look.y[0]! - pool.estimate[e + 2]!);
  }

  /** A name with several tracks has been heard: those that are one target after all are joined, others told of. */
  #meetOthers(plot: Plot, name: string, own: TrackRecord): TrackRecord {
    let record = own;
    for (const id of [...this.#roster.names.bearers(name)]) {
      const other = this.#roster.records.get(id);
      if (!other || id === record.id) continue;
      if (this.#sameName.areOne(this.#roster.slotOf(record), this.#roster.slotOf(other), this.#look.at))
        record = this.#join(record, other);
      else if (other.hits >= CONFIRM_HITS && record.hits >= CONFIRM_HITS)
        this.#find(
          this.#impostors.both({
            older: other,
            newer: record,
            source: plot.source,
            at: plot.at,
            distanceMetres: this.#distanceFrom(other),
            seconds: Math.abs(plot.at - other.at) / MICROSECONDS_PER_SECOND,
          }),
        );
    }
    this.#judgeClaim(plot, record);
    return record;
  }

  /** A track that took over a name from far away has been heard often enough to be no garbled report. */
  #judgeClaim(plot: Plot, record: TrackRecord): void {
    const { claim } = record;
    if (!claim || record.hits < CONFIRM_HITS) return;
    record.claim = undefined;
    const older = this.#roster.records.get(claim.id);
    if (!older || older.at <= claim.at) this.#find(this.#impostors.jump(claim, older, record, plot));
  }

  /** Makes two tracks one; what was told under the younger's key ends. */
  #join(kept: TrackRecord, gone: TrackRecord): TrackRecord {
    const younger = kept.key < gone.key ? gone : kept;
    if (younger.told) this.#endedStates.push({ ...younger.told, status: "ended" });
    const joined = this.#roster.join(kept, gone);
    this.#changed.delete(gone.id);
    this.#changed.add(joined.id);
    this.#forest.endTracks();
    this.#reapEnded();
    return joined;
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
    const { fell, from, finding } = this.#jamming.note(plot.source, name, category, plot.at, plot.frame);
    if (fell) this.#find(this.#accuracyDrop(record, plot, category, from));
    this.#find(finding);
  }

  #accuracyDrop(record: TrackRecord, plot: PositionPlot, category: number, from: number): TrackFinding {
    record.suspicions["accuracy-drop"] = plot.at;
    return {
      kind: "accuracy-drop",
      at: plot.at,
      tracks: [record.key],
      source: plot.source,
      frames: [plot.frame],
      evidence: { category, bestCategory: from, deviationMetres: plot.positionDeviation ?? 0 },
    };
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
    if (name === undefined) {
      this.#sectors.add(plot.source, { plot: timed, key: this.#key(plot), place: { ...this.#place } });
      return;
    }
    aimAtPlot(this.#look, sensor.index, timed, this.#place, this.#key(plot));
    const touched = this.#touch(this.#slotFor(timed, name), timed);
    this.#roster.enter(touched);
    this.#register(this.#meetOthers(timed, name, touched), timed, sensor);
  }

  /** Compares a radar's plot with the target's own report. `#place` holds the corrected plot. */
  #register(
    record: TrackRecord | undefined,
    plot: PolarPlot,
    sensor: PlacedSensor,
    place: Readonly<PlanePlot> = this.#place,
  ): void {
    if (!record?.fix || record.suspicions["identity-clone"] !== undefined) return;
    const displacement = displacementOf(record.fix, plot, sensor, place, this.#registrations.deviations(plot.source));
    if (displacement) this.#find(noteDisplacement(record, plot.source, displacement, plot.at));
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

  /** A bearing updates the one track that it fits; where it fits none it may cross others that do not, and begin one. */
  #reportBearing(plot: BearingPlot): void {
    const sensor = this.#sensors.get(plot.source);
    if (!sensor) {
      this.#statistics.unknownSource++;
      return;
    }
    const slot = this.#bearingSlot(plot, sensor);
    if (slot < 0) {
      this.#statistics.unusedBearings++;
      if (slot === NO_TRACK) this.#triangulate(plot, sensor);
      return;
    }
    this.#aimBearing(plot, sensor, slot);
    this.#forest.direct.absorb(slot, this.#look);
    this.#touch(slot, plot);
  }

  #triangulate(plot: BearingPlot, sensor: PlacedSensor): void {
    const crossing = this.#triangulation.add({
      source: plot.source,
      at: plot.at,
      frame: plot.frame,
      x: sensor.x,
      y: sensor.y,
      azimuth: plot.azimuth - sensor.convergence,
      deviation: plot.azimuthDeviation ?? sensor.configuration.azimuthDeviation,
      maximumRange: sensor.configuration.maximumRangeMetres * sensor.scale,
      name: uniqueName(plot.identity),
    });
    if (!crossing) return;
    this.#statistics.unusedBearings -= crossing.bearings.length;
    Object.assign(this.#place, crossing.place);
    aimAtPlot(this.#look, sensor.index, plot, this.#place, this.#key(plot));
    const record = this.#touch(this.#forest.begin(this.#look, 0, 1), plot);
    for (const { source, at } of crossing.bearings) record.sources[source] = at;
    this.#roster.enter(record);
  }

  /** The track on the bearing: by name, or the only one within the gate; `NO_TRACK`, or `SEVERAL`. */
  #bearingSlot(plot: BearingPlot, sensor: PlacedSensor): number {
    const name = uniqueName(plot.identity);
    const candidates = name === undefined ? this.#roster.records.keys() : this.#roster.names.bearers(name);
    let found = NO_TRACK;
    for (const id of candidates) {
      const slot = this.#roster.slots.get(id)!;
      this.#aimBearing(plot, sensor, slot);
      const { x, y } = this.#place;
      const distance = Math.hypot(x - sensor.x, y - sensor.y);
      if (distance > sensor.configuration.maximumRangeMetres) continue;
      if (this.#forest.direct.distance(slot, this.#look) > BEARING_GATE) continue;
      if (found >= 0) return SEVERAL;
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
      const record = slot < 0 ? undefined : this.#roster.records.get(this.#forest.parts.tracks.id[slot]!);
      if (record) this.#register(record.fix ? record : this.#neighbourhood.companionOf(record), plot, sensor, place);
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
      this.#touch(slot, plot);
    }
  }

  /** Notes a plot of a track, making its record if it had none. */
  #touch(slot: number, plot: Plot): TrackRecord {
    const record = this.#roster.recordAt(slot);
    notePlot(record, plot);
    updateAltitude(record, plot);
    this.#noteMarks(record, slot, plot);
    this.#settle(record, slot);
    return record;
  }

  /** What later plots are held against: its code, and its height as long as it is told over the pressure surface. */
  #noteMarks(record: TrackRecord, slot: number, plot: Plot): void {
    const { tracks } = this.#forest.parts;
    const code = codeOf(plot.identity?.modeA);
    if (code !== NO_CODE) tracks.code[slot] = code;
    if (record.altitudeReference === "pressure") tracks.height[slot] = record.altitudeMetres ?? Number.NaN;
    else tracks.height[slot] = Number.NaN;
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
    this.#joinNeighbours();
    this.#impostors.forget(this.#now);
  }

  /** Tracks that different sensors have told side by side for long enough are one target's. */
  #joinNeighbours(): void {
    for (const { low, high } of this.#neighbourhood.compare(this.#now)) {
      const one = this.#roster.records.get(low);
      const other = this.#roster.records.get(high);
      if (!one || !other) continue;
      const isSurer = this.#variance(one) <= this.#variance(other);
      const [kept, gone] = isSurer ? [one, other] : [other, one];
      const offsets = this.#allies.between(kept, gone, this.#now / MICROSECONDS_PER_SECOND);
      this.#roster.ally(this.#join(kept, gone), offsets);
    }
  }

  /** How far a track's sensors may be off: little where the target tells of itself, else by what is known of each radar. */
  #unsureMetres(record: TrackRecord): number {
    if (record.fix) return REPORTED_METRES;
    const { pool, bank, tracks } = this.#forest.parts;
    const e = tracks.leaves[this.#roster.slotOf(record) * LEAVES]! * bank.estimateStride;
    let metres = 0;
    for (const source in record.sources) {
      const sensor = this.#sensors.get(source);
      const [range, azimuth] = this.#registrations.deviations(source);
      const isRadar = sensor?.configuration.kind === "radar";
      const distance = isRadar ? Math.hypot(pool.estimate[e + 1]! - sensor.x, pool.estimate[e + 2]! - sensor.y) : 0;
      metres = Math.max(metres, isRadar ? Math.hypot(range, azimuth * distance) : UNREGISTERED_METRES);
    }
    return metres;
  }

  #variance(record: TrackRecord): number {
    const { pool, bank, tracks } = this.#forest.parts;
    const e = tracks.leaves[this.#roster.slotOf(record) * LEAVES]! * bank.estimateStride;
    return pool.estimate[e + 5]! + pool.estimate[e + 9]!;
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
      const record = this.#roster.records.get(tracks.id[slot]!);
      if (!record || record.sources[c.source] !== undefined) return true;
      const e = tracks.leaves[slot * LEAVES]! * bank.estimateStride;
      const distance = Math.hypot(pool.estimate[e + 1]! - sensor.x, pool.estimate[e + 2]! - sensor.y);
      return isAboveHorizon(record, c, distance, this.#now);
    };
    this.#forest.overdue.count(rotation, this.#now / MICROSECONDS_PER_SECOND, visible, (slot) => {
      const record = this.#roster.records.get(tracks.id[slot]!);
      const fresh = 3 * c.periodSeconds * MICROSECONDS_PER_SECOND;
      if (!record?.fix || this.#now - record.fix.at >= fresh) return;
      if (!this.#neighbourhood.isToldBeside(record, c.source)) this.#find(noteMiss(record, c, this.#now));
    });
  }

  #coastAndEnd(): void {
    const { endAfterSeconds } = this.#configuration;
    const { tracks } = this.#forest.parts;
    for (const record of this.#roster.records.values()) {
      const silence = (this.#now - record.at) / MICROSECONDS_PER_SECOND;
      const coastAfterSeconds = this.#coastAfter(record);
      const patience = record.status === "tentative" ? coastAfterSeconds : endAfterSeconds;
      if (silence > patience) tracks.existence[this.#roster.slots.get(record.id)!] = 0;
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
      const record = this.#roster.records.get(id);
      if (!record) continue;
      this.#roster.remove(record);
      this.#changed.delete(id);
      if (record.told) this.#endedStates.push({ ...record.told, status: "ended" });
    }
    this.#forest.ended.length = 0;
  }

  changes(): TrackState[] {
    const states = this.#endedStates;
    this.#endedStates = [];
    for (const id of this.#changed) {
      const record = this.#roster.records.get(id);
      if (!record) continue;
      record.told = this.#telling.state(record, this.#roster.slots.get(id)!, this.#now);
      states.push(record.told);
    }
    this.#changed.clear();
    return states.sort((left, right) => left.key - right.key);
  }

  tracks(): TrackState[] {
    const states = [...this.#roster.records.values()].map((record) =>
      this.#telling.state(record, this.#roster.slots.get(record.id)!, this.#now),
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
      version: 4,
      now: this.#now,
      lastFrame: this.#lastFrame,
      ordinal: this.#ordinal,
      forest: this.#forest.snapshot(),
      records: [...this.#roster.records.values()],
      changed: [...this.#changed],
      endedStates: this.#endedStates,
      findings: this.#findings,
      sectors: this.#sectors.snapshot(),
      sectorAt: [...this.#sectorAt],
      registrations: this.#registrations.snapshot(),
      neighbours: this.#neighbourhood.snapshot(),
      impostors: this.#impostors.snapshot(),
      triangulation: this.#triangulation.snapshot(),
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
    this.#roster.restore(copy.records);
    this.#changed.clear();
    for (const id of copy.changed) this.#changed.add(id);
    this.#endedStates = [...copy.endedStates];
    this.#findings = [...copy.findings];
    this.#sectors.restore(copy.sectors);
    this.#sectorAt.clear();
    for (const [source, at] of copy.sectorAt) this.#sectorAt.set(source, at);
    this.#registrations.restore(copy.registrations);
    this.#neighbourhood.restore(copy.neighbours);
    this.#impostors.restore(copy.impostors);
    this.#triangulation.restore(copy.triangulation);
    this.#jamming.restore(copy.jamming);
    this.#statistics = { ...copy.statistics };
  }
}
