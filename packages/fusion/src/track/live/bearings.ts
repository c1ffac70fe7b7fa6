/** What a bearing says: it updates the one track that it fits; where it fits none it may cross others that do not. */
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { Forest } from "../forest.ts";
import type { Look } from "../look.ts";
import { LEAVES } from "../track-table.ts";
import { type PlacedSensor, type PlanePlot, planeBearing } from "./conversion.ts";
import { uniqueName } from "./identity.ts";
import { aimAtPlot } from "./looks.ts";
import type { BearingPlot } from "./plot.ts";
import type { Roster } from "./roster.ts";
import { type Crossing, Triangulation } from "./triangulation.ts";

/** Squared distance (one degree of freedom) within which a bearing updates a track. */
const BEARING_GATE = 9;
/** Answers about a bearing's track that are no slot. */
const NO_TRACK = -1;
const SEVERAL = -2;

/** What became of a bearing: the slot of the track updated with it, the crossing that it completed, or neither. */
export interface BearingUse {
  readonly slot?: number;
  readonly crossing?: Crossing;
}

export class Bearings {
  readonly triangulation = new Triangulation();
  readonly #forest: Forest;
  readonly #roster: Roster;
  readonly #look: Look;
  readonly #place: PlanePlot;

  constructor(forest: Forest, roster: Roster, look: Look, place: PlanePlot) {
    this.#forest = forest;
    this.#roster = roster;
    this.#look = look;
    this.#place = place;
  }

  /** Takes a bearing. Where it completes a crossing the look and the place are made that crossing. */
  take(plot: BearingPlot, sensor: PlacedSensor, key: number): BearingUse {
    const slot = this.#slotOf(plot, sensor, key);
    if (slot >= 0) {
      this.#aim(plot, sensor, slot, key);
      this.#forest.direct.absorb(slot, this.#look);
      return { slot };
    }
    const crossing = slot === NO_TRACK ? this.#cross(plot, sensor) : undefined;
    if (!crossing) return {};
    Object.assign(this.#place, crossing.place);
    aimAtPlot(this.#look, sensor.index, plot, this.#place, key);
    return { crossing };
  }

  #cross(plot: BearingPlot, sensor: PlacedSensor): Crossing | undefined {
    return this.triangulation.add({
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
  }

  /** The track on the bearing: by name, or the only one within the gate; `NO_TRACK`, or `SEVERAL`. */
  #slotOf(plot: BearingPlot, sensor: PlacedSensor, key: number): number {
    const name = uniqueName(plot.identity);
    const candidates = name === undefined ? this.#roster.records.keys() : this.#roster.names.bearers(name);
    let found = NO_TRACK;
    for (const id of candidates) {
      const slot = this.#roster.slots.get(id)!;
      this.#aim(plot, sensor, slot, key);
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
  #aim(plot: BearingPlot, sensor: PlacedSensor, slot: number, key: number): void {
    const { pool, bank, tracks } = this.#forest.parts;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    const e = hypothesis * bank.estimateStride;
    const seconds = plot.at / MICROSECONDS_PER_SECOND - pool.time[hypothesis]!;
    const x = pool.estimate[e + 1]! + seconds * pool.estimate[e + 3]!;
    const y = pool.estimate[e + 2]! + seconds * pool.estimate[e + 4]!;
    planeBearing(plot, sensor, x, y, this.#place);
    aimAtPlot(this.#look, sensor.index, plot, this.#place, key);
  }
}
