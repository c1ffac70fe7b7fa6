/** Holds radars' plots against what targets report of themselves, and tells how far a track's sensors may be off. */
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { Forest } from "../forest.ts";
import { LEAVES } from "../track-table.ts";
import type { PlacedSensor, PlanePlot } from "./conversion.ts";
import { displacementOf, noteDisplacement } from "./findings/contradiction.ts";
import type { TrackFinding } from "./picture.ts";
import type { PolarPlot } from "./plot.ts";
import type { TrackRecord } from "./record.ts";
import { Registrations } from "./registration.ts";
import type { Roster } from "./roster.ts";

/** What a target's own report, and a sensor that nobody has compared with such reports, may be off besides what they say, metres. */
const REPORTED_METRES = 10;
/** A report that is less sure than this, one standard deviation, leaves a track where its other sensors see it, metres. */
const SURE_FIX_METRES = 30;
/** So long after its last report of its own a track is where its other sensors say, as well or badly as they stand; µs. */
const FIX_LASTS = 10 * MICROSECONDS_PER_SECOND;
const UNREGISTERED_METRES = 100;

/** Whether a track is where its target says: it says so still, and surely enough to outweigh what others measure. */
function isAsReported({ at, fix }: TrackRecord): boolean {
  return fix !== undefined && at - fix.at < FIX_LASTS && fix.deviation < SURE_FIX_METRES;
}

export class Comparison {
  readonly registrations = new Registrations();
  readonly #forest: Forest;
  readonly #roster: Roster;
  readonly #sensors: ReadonlyMap<string, PlacedSensor>;

  constructor(forest: Forest, roster: Roster, sensors: ReadonlyMap<string, PlacedSensor>) {
    this.#forest = forest;
    this.#roster = roster;
    this.#sensors = sensors;
  }

  /** Compares a radar's plot, corrected and in the plane, with the target's own report; a finding if it belies it. */
  compare(
    record: TrackRecord | undefined,
    plot: PolarPlot,
    sensor: PlacedSensor,
    place: Readonly<PlanePlot>,
  ): TrackFinding | undefined {
    if (!record?.fix || record.suspicions["identity-clone"] !== undefined) return undefined;
    const displacement = displacementOf(record.fix, plot, sensor, place, this.registrations.deviations(plot.source));
    const finding = displacement ? noteDisplacement(record, plot.source, displacement, plot.at) : undefined;
    const [tooFar, tooClockwise, tooLate] = this.registrations.of(plot.source) ?? [0, 0, 0];
    const dx = place.x - sensor.x;
    const dy = place.y - sensor.y;
    this.registrations.compare(
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
    return finding;
  }

  /** How far a track's sensors may be off: little where the target tells of itself, else by what is known of each radar; metres. */
  unsureMetres(record: TrackRecord): number {
    if (isAsReported(record)) return REPORTED_METRES;
    const { pool, bank, tracks } = this.#forest.parts;
    const e = tracks.leaves[this.#roster.slotOf(record) * LEAVES]! * bank.estimateStride;
    let metres = 0;
    for (const source in record.sources) {
      const sensor = this.#sensors.get(source);
      const [range, azimuth] = this.registrations.deviations(source);
      const isRadar = sensor?.configuration.kind === "radar";
      const distance = isRadar ? Math.hypot(pool.estimate[e + 1]! - sensor.x, pool.estimate[e + 2]! - sensor.y) : 0;
      metres = Math.max(metres, isRadar ? Math.hypot(range, azimuth * distance) : UNREGISTERED_METRES);
    }
    return metres;
  }
}
