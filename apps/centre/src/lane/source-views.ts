/** What is shown of the sources: their health, the ground that cameras show, whether they are jammed, and what they watched. */
import type { LocatorConfiguration, Plot, Registration, TrackFinding } from "@openjmc/fusion";
import {
  type CollectionTask,
  type CoverageRow,
  type Instant,
  MICROSECONDS_PER_SECOND,
  type SourceDescription,
  type SourceRow,
} from "@openjmc/model";
import { Coverage } from "./coverage.ts";
import { hearingOf } from "./hearing.ts";
import { JammingWatch } from "./jamming.ts";
import { SourceHealth } from "./source-health.ts";
import { Tasking } from "./tasking.ts";
import type { WeatherBook } from "./weather-book.ts";

/** Sources are told at most this often, and coverage is extended as often. */
const HEALTH_PERIOD = 5 * MICROSECONDS_PER_SECOND;
const SHOWN_GROUND_PERIOD = MICROSECONDS_PER_SECOND;
const COVERAGE_PERIOD = 60 * MICROSECONDS_PER_SECOND;
/** A receiver that the tracker calls jammed counts as jammed this long after the last sign of it. */
const JAMMING_MEMORY = 60 * MICROSECONDS_PER_SECOND;

/** Of a radar's plots with the targets' own reports, before what is found of its errors is told. */
const LEAST_COMPARED = 30;
const DEGREE = Math.PI / 180;

export class SourceViews {
  readonly #health = new Map<string, SourceHealth>();
  readonly #jamming = new Map<string, JammingWatch>();
  readonly #coverage: Coverage;
  readonly #tasking = new Tasking();
  #nextHealth = 0;
  #nextCoverage = 0;
  #nextShown = 0;

  /** `air`: what was said of the weather. */
  constructor(sources: readonly SourceDescription[], locator: LocatorConfiguration, air: WeatherBook) {
    for (const source of sources) this.#health.set(source.id, new SourceHealth(source));
    this.#coverage = new Coverage((row, now) => hearingOf(row, locator, air.at(row, now)));
  }

  find(id: string): SourceHealth | undefined {
    return this.#health.get(id);
  }

  /** Those of the sources that are known, in the order asked. */
  findAll(ids: readonly string[]): SourceHealth[] {
    return ids.flatMap((id) => this.#health.get(id) ?? []);
  }

  descriptionOf(id: string): SourceDescription | undefined {
    return this.#health.get(id)?.description;
  }

  rows(now: Instant): SourceRow[] {
    return [...this.#health.values()].map((health) => this.#tasking.mark(health.row(now), now));
  }

  /** The collection plan, in place of the one before. */
  setTasks(tasks: readonly CollectionTask[]): void {
    this.#tasking.setTasks(tasks);
  }

  /** Whether rows of all sources are to be told. */
  isDue(at: Instant): boolean {
    return at >= this.#nextHealth;
  }

  /** What the tracker has found of radars' errors, once enough plots bear it. */
  noteErrors(registrations: readonly Registration[]): void {
    for (const { source, plots, ...found } of registrations) {
      if (plots < LEAST_COMPARED) continue;
      this.#health.get(source)?.isOffBy({
        metres: rounded(found.rangeMetres, 10),
        degrees: rounded(found.azimuth / DEGREE, 1000),
        seconds: rounded(found.seconds, 1000),
        metresDeviation: rounded(found.rangeDeviation, 10),
        degreesDeviation: rounded(found.azimuthDeviation / DEGREE, 1000),
        secondsDeviation: rounded(found.timeDeviation, 1000),
        plots,
      });
    }
  }

  /** Every source's row where they are due to be told; nothing between. */
  dueRows(at: Instant): SourceRow[] {
    if (!this.isDue(at)) return [];
    const rows = this.rows(at);
    if (rows.length > 0) this.#nextHealth = at + HEALTH_PERIOD;
    return rows;
  }

  /** Cameras move faster than states of health: what they show now is told by itself. */
  shownGround(at: Instant): SourceRow[] {
    if (at < this.#nextShown) return [];
    const rows = [...this.#health.values()]
      .filter((health) => health.takeShown())
      .map((health) => this.#tasking.mark(health.row(at), at));
    if (rows.length > 0) this.#nextShown = at + SHOWN_GROUND_PERIOD;
    return rows;
  }

  /** Coverage that changed with these rows, and from time to time that which goes on. */
  coverageOf(rows: readonly SourceRow[], at: Instant): CoverageRow[] {
    const changed = rows.flatMap((row) => [
      ...this.#coverage.observe(row, at),
      ...this.#coverage.held(row, this.#health.get(row.id)?.held.take() ?? [], at),
    ]);
    const extended = at >= this.#nextCoverage && rows.length > 0 ? this.#coverage.extend(rows, at) : [];
    if (extended.length > 0) this.#nextCoverage = at + COVERAGE_PERIOD;
    return [...changed, ...extended];
  }

  /** What an aircraft says of its own accuracy tells of the receiver's surroundings. */
  noteAccuracy(plot: Plot): void {
    if (plot.kind !== "position" || plot.nacp === undefined || plot.identity?.icao === undefined) return;
    const known = this.#jamming.get(plot.source) ?? new JammingWatch();
    this.#jamming.set(plot.source, known);
    known.note(plot.identity.icao, plot.nacp, plot.at);
  }

  /** Marks the receivers that are jammed now, by their own aircraft or by what the tracker found. */
  noteJamming(findings: readonly TrackFinding[], at: Instant): void {
    for (const [source, watch] of this.#jamming)
      if (watch.isJammed(at)) this.#health.get(source)?.jammed(at + JAMMING_MEMORY);
    for (const finding of findings)
      if (finding.kind === "jamming-suspected") this.#health.get(finding.source)?.jammed(at + JAMMING_MEMORY);
  }
}

const rounded = (value: number, parts: number): number => Math.round(value * parts) / parts;
