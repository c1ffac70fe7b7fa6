/** Infrasound of far sources on its way to events: bearings and times of arrays that stand hundreds of kilometres apart. */
import { DEFAULT_MODELS, type LongRangeChange, LongRangeWatch, type PlaneArrival } from "@openjmc/fusion";
import type { LonLat } from "@openjmc/model";
import type { EventLine } from "./event-book.ts";

export class FarBook {
  readonly #places: readonly LonLat[];
  readonly #watch = new LongRangeWatch();
  readonly #events = new Map<number, LongRangeChange>();

  /** `places`: of the stations, in the order of the header. */
  constructor(places: readonly LonLat[]) {
    this.#places = places;
  }

  /** Takes an arrival that has a bearing: times alone, over ways of which nobody knows the speed, place nothing. */
  add({ frame, station, time, backAzimuth, bearingError }: PlaneArrival): void {
    this.#watch.add({
      frame,
      station: String(station),
      ...this.#places[station]!,
      at: Math.round(time * 1e6),
      backAzimuth,
      backAzimuthError: Number.isNaN(bearingError) ? DEFAULT_MODELS.bearingError : bearingError,
    });
  }

  /** Works on what came in; `now` in seconds of the arrivals' time. */
  advance(now: number): void {
    this.#watch.tick(Math.round(now * 1e6));
    for (const change of this.#watch.takeChanges()) {
      if (change.status === "withdrawn") this.#events.delete(change.key);
      else this.#events.set(change.key, change);
    }
  }

  lines(): EventLine[] {
    return [...this.#events.values()].map(({ event }) => ({ time: event.at / 1e6, line: lineOf(event) }));
  }
}

function lineOf({ at, lon, lat, members, covariance }: LongRangeChange["event"]): string {
  return JSON.stringify({
    t: rounded(at / 1e6, 10),
    lon: rounded(lon, 1e4),
    lat: rounded(lat, 1e4),
    n: members.length,
    picks: members.map(({ frame }) => frame).sort((one, other) => one - other),
    cov: covariance.map((value) => Math.round(value)),
    cls: "undetermined",
  });
}

function rounded(value: number, scale: number): number {
  return Math.round(value * scale) / scale;
}
