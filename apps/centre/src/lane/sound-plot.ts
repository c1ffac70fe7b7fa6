/**
 * What a sensor says, as far as it can be told on: into the tracker, and in the end into a signed statement. What it calls itself
 * and the numbers it gives are anybody's, who can send to a link without proof.
 */
import type { Plot, PlotIdentity } from "@openjmc/fusion";

/** Far beyond anything that flies and any error that is of use. */
const HIGHEST_METRES = 100_000;
const FASTEST_METRES_PER_SECOND = 20_000;
const LARGEST_DEVIATION = 1_000_000;
const FARTHEST_METRES = 10_000_000;
const LONGEST_NAME = 32;

const PLAIN = /^[\x20-\x7e]{0,32}$/;
/** Controls, marks that reorder or hide, halves of characters and what no letter is. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\ufffd]/gu;

const DEVIATIONS = ["timeDeviation", "positionDeviation", "velocityDeviation", "rangeDeviation", "azimuthDeviation"];
const VELOCITIES = ["velocityEast", "velocityNorth", "velocityUp"];

/** The plot itself where nothing is wrong with it; without the parts that cannot be; undefined without a place or direction. */
export function soundPlot(plot: Plot): Plot | undefined {
  if (!Number.isFinite(plot.at) || !isPlaced(plot)) return undefined;
  const numbers = plot as unknown as Readonly<Record<string, number | undefined>>;
  const left: string[] = [];
  const leave = (name: string, limit: number, least = -limit): void => {
    const value = numbers[name];
    if (value !== undefined && !(value >= least && value <= limit)) left.push(name);
  };
  for (const name of DEVIATIONS) leave(name, LARGEST_DEVIATION, 0);
  for (const name of VELOCITIES) leave(name, FASTEST_METRES_PER_SECOND);
  leave("altitudeMetres", HIGHEST_METRES);
  const identity = plot.identity && soundIdentity(plot.identity);
  if (left.length === 0 && identity === plot.identity) return plot;
  if (left.some((name) => VELOCITIES.includes(name))) left.push(...VELOCITIES);
  const kept = Object.entries(plot).filter(([name]) => name !== "identity" && !left.includes(name));
  return { ...Object.fromEntries(kept), ...(identity === undefined ? {} : { identity }) } as unknown as Plot;
}

function isPlaced(plot: Plot): boolean {
  if (plot.kind === "position") return Math.abs(plot.lon) <= 180 && Math.abs(plot.lat) <= 90;
  if (plot.kind === "polar" && !(plot.rangeMetres >= 0 && plot.rangeMetres <= FARTHEST_METRES)) return false;
  return Number.isFinite(plot.azimuth);
}

function soundIdentity(identity: PlotIdentity): PlotIdentity {
  if (Object.values(identity).every((name) => PLAIN.test(name))) return identity;
  const names = Object.entries(identity).map(([kind, name]) => [kind, plainName(name)]);
  return Object.fromEntries(names.filter(([, name]) => name !== ""));
}

/** A name as the record takes it: NFC, nothing in it that hides, reorders or is no character. */
export function plainName(name: string): string {
  const seen = name.replace(UNSEEN, "").normalize("NFC");
  return [...seen].slice(0, LONGEST_NAME).join("").trim();
}
