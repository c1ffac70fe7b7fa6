/** The plots that fed one track, gathered while the lane works: what a smoothed course is made of. */
import { type Plot, smoothTrack, type TrackerConfiguration, type TrackHistoryPoint } from "@openjmc/fusion";

export class FollowedTrack {
  readonly #isIt: (key: number) => boolean;
  readonly #known = new Map<number, boolean>();
  readonly plots: Plot[] = [];

  /** `isIt`: whether a key of the tracker is this track's. */
  constructor(isIt: (key: number) => boolean) {
    this.#isIt = isIt;
  }

  take(key: number, plot: Plot): void {
    const known = this.#known.get(key) ?? this.#isIt(key);
    this.#known.set(key, known);
    if (known) this.plots.push(plot);
  }

  /** Its course, each plot weighed with those before and after it. */
  course(configuration: TrackerConfiguration): TrackHistoryPoint[] {
    return smoothTrack(this.plots, configuration);
  }
}
