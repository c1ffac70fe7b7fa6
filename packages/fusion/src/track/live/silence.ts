/** What silence means: looks of radars that should have shown a target, and tracks that are not heard any more. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { TrackerConfiguration } from "../configuration.ts";
import type { Forest } from "../forest.ts";
import { LEAVES } from "../track-table.ts";
import type { PlacedSensor } from "./conversion.ts";
import { isAboveHorizon, isBehindLand, noteMiss } from "./findings/contradiction.ts";
import type { Neighbourhood } from "./neighbours.ts";
import type { News } from "./news.ts";
import type { TrackRecord } from "./record.ts";
import type { Roster } from "./roster.ts";

/** Turns of a radar: after so many without a plot it is silent itself; a report is held against so fresh a look; a track coasts for so many. */
const SILENT_TURNS = 3;
const FRESH_TURNS = 3;
const COAST_TURNS = 2.5;

export class Silence {
  readonly #configuration: TrackerConfiguration;
  readonly #forest: Forest;
  readonly #roster: Roster;
  readonly #sensors: ReadonlyMap<string, PlacedSensor>;
  readonly #neighbourhood: Neighbourhood;
  readonly #news: News;
  /** Seconds for which an untold track lives without a plot. */
  readonly #untoldPatience: number;

  constructor(
    configuration: TrackerConfiguration,
    forest: Forest,
    roster: Roster,
    sensors: ReadonlyMap<string, PlacedSensor>,
    neighbourhood: Neighbourhood,
    news: News,
  ) {
    this.#configuration = configuration;
    this.#forest = forest;
    this.#roster = roster;
    this.#sensors = sensors;
    this.#neighbourhood = neighbourhood;
    this.#news = news;
    const periods = configuration.sensors.map(({ periodSeconds }) => COAST_TURNS * periodSeconds);
    this.#untoldPatience = Math.max(configuration.coastAfterSeconds, ...periods);
  }

  /** Counts the looks of all turning radars that showed nothing. `lastHeard`: when each radar last told of a plot. */
  countMisses(now: Instant, lastHeard: ReadonlyMap<string, Instant>): void {
    for (const sensor of this.#sensors.values()) {
      const { kind, source, periodSeconds } = sensor.configuration;
      const last = lastHeard.get(source);
      const patience = SILENT_TURNS * periodSeconds * MICROSECONDS_PER_SECOND;
      // A radar that has told nothing for so long is taken for silent, not for seeing nothing.
      if (kind === "radar" && last !== undefined && now - last < patience) this.#countFor(sensor, now);
    }
  }

  #countFor(sensor: PlacedSensor, now: Instant): void {
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
    const visible = (slot: number): boolean => this.#isVisible(slot, sensor, now);
    this.#forest.overdue.count(rotation, now / MICROSECONDS_PER_SECOND, visible, (slot) => {
      const record = this.#recordAt(slot);
      const fresh = FRESH_TURNS * c.periodSeconds * MICROSECONDS_PER_SECOND;
      if (!record?.fix || now - record.fix.at >= fresh) return;
      if (!this.#neighbourhood.isToldBeside(record, c.source)) this.#news.find(noteMiss(record, c, now));
    });
  }

  /** Whether a radar can see a track: it has, or the target is above its horizon; and no land stands between them. */
  #isVisible(slot: number, sensor: PlacedSensor, now: Instant): boolean {
    const record = this.#recordAt(slot);
    const { configuration } = sensor;
    const isKnown = !record || record.sources[configuration.source] !== undefined;
    if (!record || (isKnown && configuration.skyline === undefined)) return true;
    const { tracks, pool, bank } = this.#forest.parts;
    const e = tracks.leaves[slot * LEAVES]! * bank.estimateStride;
    const [east, north] = [pool.estimate[e + 1]! - sensor.x, pool.estimate[e + 2]! - sensor.y];
    const distance = Math.hypot(east, north);
    if (isBehindLand(record, configuration, Math.atan2(east, north), distance, now)) return false;
    return isKnown || isAboveHorizon(record, configuration, distance, now);
  }

  #recordAt(slot: number): TrackRecord | undefined {
    return this.#roster.records.get(this.#forest.parts.tracks.id[slot]!);
  }

  /** Lets tracks coast that are not heard any more, and ends those that have not been for long. */
  coastAndEnd(now: Instant): void {
    const { endAfterSeconds } = this.#configuration;
    const { tracks } = this.#forest.parts;
    for (const record of this.#roster.records.values()) {
      const silence = (now - record.at) / MICROSECONDS_PER_SECOND;
      const coastAfterSeconds = this.#coastAfter(record);
      const patience = record.status === "tentative" ? coastAfterSeconds : endAfterSeconds;
      if (silence > patience) tracks.existence[this.#roster.slotOf(record)] = 0;
      else if (silence > coastAfterSeconds && record.status === "confirmed") {
        record.status = "coasted";
        this.#news.touch(record);
      }
    }
    this.#endUntold(now);
    this.#forest.endTracks();
    this.#news.reap();
  }

  /** What was never sure enough to be told ends as a tentative track does: no look may ever come by where it is. */
  #endUntold(now: Instant): void {
    const { tracks, pool } = this.#forest.parts;
    const seconds = now / MICROSECONDS_PER_SECOND;
    for (let index = 0; index < tracks.aliveCount; index++) {
      const slot = tracks.alive[index]!;
      if (this.#roster.records.has(tracks.id[slot]!)) continue;
      if (seconds - pool.time[tracks.leaves[slot * LEAVES]!]! > this.#untoldPatience) tracks.existence[slot] = 0;
    }
  }

  /** A slow radar's tracks are given more time. */
  #coastAfter(record: TrackRecord): number {
    let seconds = this.#configuration.coastAfterSeconds;
    for (const source in record.sources)
      seconds = Math.max(seconds, COAST_TURNS * (this.#sensors.get(source)?.configuration.periodSeconds ?? 0));
    return seconds;
  }
}
