/** Heights of a track: an alpha-beta filter per track, in the reference that its plots use. */
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { Plot } from "./plot.ts";
import type { TrackRecord } from "./record.ts";

const ALPHA = 0.6;
const BETA = 0.2;

/** Takes in the plot's height and vertical rate, if it has them and is not late. */
export function updateAltitude(track: TrackRecord, plot: Plot): void {
  const rate = plot.kind === "position" ? plot.velocityUp : undefined;
  if (rate !== undefined) track.velocityUp = rate;
  const height = plot.altitudeMetres;
  if (height === undefined || plot.at < track.altitudeAt) return;
  const reference = plot.altitudeReference ?? "pressure";
  const seconds = (plot.at - track.altitudeAt) / MICROSECONDS_PER_SECOND;
  if (track.altitudeMetres === undefined || track.altitudeReference !== reference || seconds > 30) {
    track.altitudeMetres = height;
    track.altitudeReference = reference;
  } else {
    const predicted = track.altitudeMetres + track.velocityUp * seconds;
    const error = height - predicted;
    track.altitudeMetres = predicted + ALPHA * error;
    if (rate === undefined && seconds > 0) track.velocityUp += (BETA * error) / Math.max(seconds, 1);
  }
  track.altitudeAt = plot.at;
}

/** Height at an instant, metres in the track's reference. */
export function altitudeAt(track: TrackRecord, at: number): number | undefined {
  if (track.altitudeMetres === undefined) return undefined;
  const seconds = Math.max(0, Math.min(20, (at - track.altitudeAt) / MICROSECONDS_PER_SECOND));
  return track.altitudeMetres + track.velocityUp * seconds;
}
