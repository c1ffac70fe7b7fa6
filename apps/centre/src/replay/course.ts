/** The smoothed course of one track for a report: the journal fused again, and the track's plots weighed all together. */
import type { TrackHistoryPoint } from "@openjmc/fusion";
import { FaultError, type Instant } from "@openjmc/model";
import { openJournalReader } from "../journal/index.ts";
import type { FollowedTrack } from "../lane/followed-track.ts";
import type { Lane } from "../lane/lane.ts";
import type { ReplaySpan } from "./check.ts";
import { startBefore } from "./find-start.ts";
import { replayRuns } from "./runs.ts";

/** After its end has been told nothing more comes for a track. */
interface Following {
  readonly lane: Lane;
  readonly track: FollowedTrack;
}

/**
 * Reads the journal from the run that holds `from` on; a track lives in one run. Its older plots under another name, before two
 * tracks were found to be one, are not among them. Throws `track.not-found`.
 */
export async function courseOf(
  journalFolder: string,
  track: string,
  { from, until }: ReplaySpan,
): Promise<readonly TrackHistoryPoint[]> {
  const start = from === undefined ? 1 : await startBefore(journalFolder, from);
  let following: Following | undefined;
  const onLane = (lane: Lane): void => {
    following = { lane, track: lane.follow(track) };
  };
  for await (const event of replayRuns(openJournalReader(journalFolder), start, onLane)) {
    if (event.what === "line" && event.line.at >= (until ?? Number.POSITIVE_INFINITY)) break;
    const isOver = event.what === "line" ? endsTrack(event.line.text, track) : event.what === "ended";
    if (isOver && following && following.track.plots.length > 0) break;
  }
  const plots = following?.track.plots ?? [];
  if (!following || plots.length === 0)
    throw new FaultError({ code: "track.not-found", what: "track", expected: "one in the journal's span", got: track });
  return within(following.track.course(following.lane.trackerConfiguration), from, until);
}

function endsTrack(text: string, track: string): boolean {
  if (!text.startsWith('{"t":"track"') || !text.includes(track)) return false;
  const { row } = JSON.parse(text) as { readonly row: { readonly id: string; readonly status: string } };
  return row.id === track && row.status === "ended";
}

function within(
  points: readonly TrackHistoryPoint[],
  from: Instant = Number.NEGATIVE_INFINITY,
  until: Instant = Number.POSITIVE_INFINITY,
): readonly TrackHistoryPoint[] {
  return points.filter(({ at }) => at >= from && at < until);
}
