/** The live tracker: what each kind of plot does to the picture. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { TrackerConfiguration } from "../configuration.ts";
import { Forest } from "../forest.ts";
import { Look } from "../look.ts";
import { codeOf, NO_CODE } from "../marks.ts";
import { createParts } from "../parts.ts";
import { LEAVES } from "../track-table.ts";
import { Allies } from "./allies.ts";
import { updateAltitude } from "./altitude.ts";
import { Bearings } from "./bearings.ts";
import { Comparison } from "./comparison.ts";
import { type PlacedSensor, type PlanePlot, placeSensor, planePolar, planePosition } from "./conversion.ts";
import { Impostors } from "./findings/impostors.ts";
import { JammingWatch } from "./findings/jamming.ts";
import { uniqueName } from "./identity.ts";
import { aimAtPlot, aimAtSector } from "./looks.ts";
import { CONFIRM_HITS, Naming } from "./naming.ts";
import { Neighbourhood } from "./neighbours.ts";
import { News } from "./news.ts";
import type { TrackFinding, TrackState } from "./picture.ts";
import { createPlane, type Plane } from "./plane.ts";
import type { BearingPlot, Plot, PolarPlot, PositionPlot } from "./plot.ts";
import { notePlot, PLOTS_PER_FRAME, type TrackRecord } from "./record.ts";
import type { Registration } from "./registration.ts";
import { Roster } from "./roster.ts";
import { SameName } from "./same-name.ts";
import { fillLook, type Sector, Sectors, sectorSpan } from "./sectors.ts";
import { Silence } from "./silence.ts";
import { Telling } from "./telling.ts";
import type { Tracker, TrackerSnapshot, TrackerStatistics } from "./tracker.ts";

/** Plots later than this are not used. */
const LATE = 20 * MICROSECONDS_PER_SECOND;

/** See `Tracker`. */
export class LiveTracker implements Tracker {
  readonly #configuration: TrackerConfiguration;
  readonly #plane: Plane;
  readonly #forest: Forest;
  readonly #sensors = new Map<string, PlacedSensor>();
  readonly #otherSensor: number;
  readonly #roster: Roster;
  readonly #neighbourhood: Neighbourhood;
  readonly #allies: Allies;
  readonly #sectors = new Sectors();
  readonly #sectorAt = new Map<string, Instant>();
  readonly #impostors = new Impostors();
  readonly #jamming: JammingWatch;
  readonly #look = new Look();
  readonly #place: PlanePlot = { x: 0, y: 0, xx: 0, xy: 0, yy: 0, convergence: 0, scale: 1 };
  readonly #news: News;
  readonly #naming: Naming;
  readonly #bearings: Bearings;
  readonly #comparison: Comparison;
  readonly #silence: Silence;
  #now: Instant = 0;
  #lastFrame = -1;
  #ordinal = 0;
  onFed: ((key: number, plot: Plot) => void) | undefined;
  #statistics = { plots: 0, late: 0, unknownSource: 0, unusedBearings: 0 };

  constructor(configuration: TrackerConfiguration) {
    const { motion, existence, formation, sensors } = configuration;
    this.#configuration = configuration;
    this.#plane = createPlane(configuration.centreLon, configuration.centreLat);
    this.#forest = new Forest(createParts(motion, existence, formation, sensors.length + 1));
    this.#forest.keepsEnded = true;
    this.#otherSensor = sensors.length;
    for (const [index, sensor] of sensors.entries())
      this.#sensors.set(sensor.source, placeSensor(sensor, index, this.#plane));
    this.#roster = new Roster(this.#forest);
    this.#news = new News(this.#forest, this.#roster, new Telling(this.#forest, this.#plane));
    const sameName = new SameName(this.#forest, configuration.sameNameMetres, motion.maximumSpeed);
    this.#naming = new Naming(this.#forest, this.#roster, sameName, this.#impostors, this.#news, this.#look);
    this.#bearings = new Bearings(this.#forest, this.#roster, this.#look, this.#place);
    this.#allies = new Allies(this.#forest, this.#roster);
    const comparison = new Comparison(this.#forest, this.#roster, this.#sensors);
    this.#comparison = comparison;
    const near = new Neighbourhood(this.#forest, this.#roster, (record) => comparison.unsureMetres(record));
    this.#neighbourhood = near;
    this.#silence = new Silence(configuration, this.#forest, this.#roster, this.#sensors, near, this.#news);
    this.#jamming = new JammingWatch(configuration.suspicion);
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
    const slot = this.#naming.slotFor(plot, name);
    this.#absorbVelocity(plot, slot);
    const touched = this.#touch(slot, plot);
    this.#roster.enter(touched);
    this.#noteFix(touched, plot);
    const record = this.#naming.meetOthers(plot, name, touched);
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
    if (fell) this.#news.find(this.#accuracyDrop(record, plot, category, from));
    this.#news.find(finding);
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
    const [tooFar, tooClockwise, tooLate] = this.#comparison.registrations.of(plot.source) ?? [0, 0, 0];
    const timed = { ...plot, at: plot.at - Math.round(tooLate! * MICROSECONDS_PER_SECOND) };
    planePolar(timed, sensor, this.#place, tooFar, tooClockwise);
    const name = uniqueName(plot.identity);
    if (name === undefined) {
      const span = sectorSpan(sensor.configuration.periodSeconds);
      this.#sectors.add(plot.source, span, { plot: timed, key: this.#key(plot), place: { ...this.#place } });
      return;
    }
    aimAtPlot(this.#look, sensor.index, timed, this.#place, this.#key(plot));
    const touched = this.#touch(this.#naming.slotFor(timed, name), timed);
    this.#roster.enter(touched);
    const record = this.#naming.meetOthers(timed, name, touched);
    this.#news.find(this.#comparison.compare(record, timed, sensor, this.#place));
  }

  /** A bearing updates the one track that it fits; where it fits none it may cross others that do not, and begin one. */
  #reportBearing(plot: BearingPlot): void {
    const sensor = this.#sensors.get(plot.source);
    if (!sensor) {
      this.#statistics.unknownSource++;
      return;
    }
    const { slot, crossing } = this.#bearings.take(plot, sensor, this.#key(plot));
    if (slot !== undefined) this.#touch(slot, plot);
    else this.#statistics.unusedBearings++;
    if (!crossing) return;
    this.#statistics.unusedBearings -= crossing.bearings.length;
    const record = this.#touch(this.#forest.begin(this.#look, 0, 1), plot);
    for (const { source, at } of crossing.bearings) record.sources[source] = at;
    this.#roster.enter(record);
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
      if (!record) continue;
      const reporter = record.fix ? record : this.#neighbourhood.companionOf(record);
      this.#news.find(this.#comparison.compare(reporter, plot, sensor, place));
    }
  }

  /** Lets the forest weigh the look, and notes what its plots say besides. */
  #takeLook(plots: ReadonlyMap<number, Plot>): void {
    this.#forest.take(this.#look);
    this.#news.reap();
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
    this.onFed?.(record.key, plot.kind === "polar" ? this.#comparison.registrations.corrected(plot) : plot);
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
    this.#news.touch(record);
  }

  tick(at: Instant): void {
    this.#now = Math.max(this.#now, at);
    this.#closeSectors(this.#now, this.#now);
    this.#silence.countMisses(this.#now, this.#sectorAt);
    this.#forest.endTracks();
    this.#news.reap();
    this.#silence.coastAndEnd(this.#now);
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
      this.#roster.ally(this.#news.join(kept, gone), offsets);
    }
  }

  #variance(record: TrackRecord): number {
    const { pool, bank, tracks } = this.#forest.parts;
    const e = tracks.leaves[this.#roster.slotOf(record) * LEAVES]! * bank.estimateStride;
    return pool.estimate[e + 5]! + pool.estimate[e + 9]!;
  }

  changes(): TrackState[] {
    return this.#news.changes(this.#now);
  }

  tracks(): TrackState[] {
    return this.#news.tracks(this.#now);
  }

  findings(): TrackFinding[] {
    return this.#news.findings();
  }

  registrations(): Registration[] {
    return this.#comparison.registrations.list();
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
      ...this.#news.snapshot(),
      sectors: this.#sectors.snapshot(),
      sectorAt: [...this.#sectorAt],
      registrations: this.#comparison.registrations.snapshot(),
      neighbours: this.#neighbourhood.snapshot(),
      impostors: this.#impostors.snapshot(),
      triangulation: this.#bearings.triangulation.snapshot(),
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
    this.#news.restore(copy);
    this.#sectors.restore(copy.sectors);
    this.#sectorAt.clear();
    for (const [source, at] of copy.sectorAt) this.#sectorAt.set(source, at);
    this.#comparison.registrations.restore(copy.registrations);
    this.#neighbourhood.restore(copy.neighbours);
    this.#impostors.restore(copy.impostors);
    this.#bearings.triangulation.restore(copy.triangulation);
    this.#jamming.restore(copy.jamming);
    this.#statistics = { ...copy.statistics };
  }
}
