/** From what a tick brought to lines of the picture: thinned, in one order, the same for a running centre and for a replay. */
import { type Instant, MICROSECONDS_PER_SECOND, type TrackRow } from "@openjmc/model";
import { actsOf } from "../acts/machine-acts.ts";
import type { PictureLine } from "../projection/rows.ts";
import type { LaneOutput } from "./lane-output.ts";

/** A track is written at most once in this time, unless its status changes. */
const TRACK_PERIOD = MICROSECONDS_PER_SECOND;

/** One run's lines; it remembers which tracks were written when. */
export class OutputLines {
  readonly #written = new Map<string, { readonly at: Instant; readonly status: string }>();

  /** Acts stand last: what they speak of is written before them. */
  of(output: LaneOutput): PictureLine[] {
    return [
      ...output.tracks.filter((row) => this.#isDue(row)).map((row) => ({ t: "track" as const, row })),
      ...output.events.map((row) => ({ t: "event" as const, row })),
      ...output.cues.map((row) => ({ t: "cue" as const, row })),
      ...output.weather.map((row) => ({ t: "weather" as const, row })),
      ...output.sources.map((row) => ({ t: "source" as const, row })),
      ...output.coverage.map((row) => ({ t: "coverage" as const, row })),
      ...actsOf(output).map((row) => ({ t: "act" as const, row })),
    ];
  }

  #isDue(row: TrackRow): boolean {
    const last = this.#written.get(row.id);
    if (last && last.status === row.status && row.at - last.at < TRACK_PERIOD) return false;
    if (row.status === "ended") this.#written.delete(row.id);
    else this.#written.set(row.id, { at: row.at, status: row.status });
    return true;
  }
}
