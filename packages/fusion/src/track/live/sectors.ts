/** Plots of rotating radars, held for a moment so that those of one sector are weighed together. */
import { type Instant, MICROSECONDS_PER_MILLISECOND, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { Look } from "../look.ts";
import type { PlanePlot } from "./conversion.ts";
import { markPlot } from "./looks.ts";
import type { PolarPlot } from "./plot.ts";

/** How long a sector is held open at most: what it adds to the time from plot to picture. */
const LONGEST_SPAN = 100 * MICROSECONDS_PER_MILLISECOND;
/** And what part of its sensor's period: one that tells of everything several times a second is not held back as long as a slow radar. */
const SPAN_SHARE = 0.1;

/** How long sectors of a sensor with this period are held open, microseconds. */
export function sectorSpan(periodSeconds: number): number {
  return Math.min(LONGEST_SPAN, Math.round(SPAN_SHARE * periodSeconds * MICROSECONDS_PER_SECOND));
}

/** A plot on its way: as told, in the plane, and what a track begun with it is called. */
export interface SectorPlot {
  readonly plot: PolarPlot;
  readonly key: number;
  readonly place: Readonly<PlanePlot>;
}

/** An open sector, in the order in which its plots came. */
export interface Sector {
  readonly source: string;
  readonly from: Instant;
  /** How long it is held open, microseconds. */
  readonly span: number;
  readonly plots: SectorPlot[];
}

export class Sectors {
  #open: Sector[] = [];

  /** Adds a plot, opening a sector if its source has none. Call `due` before with the plot's time. */
  add(source: string, span: number, plot: SectorPlot): void {
    const sector = this.#open.find((open) => open.source === source);
    if (sector) sector.plots.push(plot);
    else this.#open.push({ source, from: plot.plot.at, span, plots: [plot] });
  }

  /** Takes out the sectors that are over at an instant, oldest first. A late plot of a source closes its sector, too. */
  due(at: Instant, source?: string): Sector[] {
    if (this.#open.length === 0) return [];
    const isDue = (sector: Sector): boolean =>
      at > sector.from + sector.span || (sector.source === source && at < sector.from - sector.span);
    const due = this.#open.filter(isDue);
    if (due.length > 0) this.#open = this.#open.filter((sector) => !isDue(sector));
    return due.sort((left, right) => left.from - right.from || (left.source < right.source ? -1 : 1));
  }

  snapshot(): Sector[] {
    return structuredClone(this.#open);
  }

  restore(sectors: readonly Sector[]): void {
    this.#open = structuredClone([...sectors]);
  }
}

/** Fills a look with a sector's plots. Its time is that of the middle; each plot keeps its offset from it. */
export function fillLook(look: Look, sector: Sector): void {
  let sum = 0;
  for (const { plot } of sector.plots) sum += plot.at - sector.from;
  const at = sector.from + Math.round(sum / sector.plots.length);
  look.at = at / MICROSECONDS_PER_SECOND;
  look.count = 0;
  for (const { plot, place, key } of sector.plots) {
    const range = Math.hypot(place.x - look.sensorX, place.y - look.sensorY);
    look.add(place.x, place.y, range, (plot.at - at) / MICROSECONDS_PER_SECOND, key);
    markPlot(look, plot);
  }
}
