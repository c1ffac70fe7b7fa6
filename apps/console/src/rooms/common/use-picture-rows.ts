/** Tracks and events as the clock shows them: live from the views, past from the centre's picture of that time. */
import type { EventRow, TrackRow } from "@openjmc/model";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { pictureAt } from "../../api/endpoints.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { showPast } from "../../picture/picture.ts";
import { usePictures } from "../../picture/use-pictures.ts";
import { isStanding } from "../../rows/known-at.ts";
import { useFreshRows, useRows } from "../../rows/use-rows.ts";
import { useView } from "../../url/view-store.ts";

export interface PictureRows {
  readonly tracks: readonly TrackRow[];
  readonly events: readonly EventRow[];
  /** Why the past cannot be shown, if it cannot. */
  readonly error?: unknown;
}

const STEP_MICROSECONDS = 1_000_000;

/** `tracksWanted`: a list or a detail shows tracks; the map itself draws them from the moving picture. */
export function usePictureRows(tracksWanted: boolean): PictureRows {
  const live = useView().clock.mode === "live";
  const now = useLiveRows(live && tracksWanted);
  const past = usePastRows(!live);
  return live ? now : past;
}

function useLiveRows(tracksWanted: boolean): PictureRows {
  const allTracks = useFreshRows("tracks", tracksWanted).rows;
  const allEvents = useFreshRows("events").rows;
  const tracks = useMemo(() => allTracks.filter((track) => track.status !== "ended"), [allTracks]);
  // Tracks change many times a second; events must keep their identity meanwhile, or the map would be fed anew each time.
  const events = useMemo(() => allEvents.filter(isStanding), [allEvents]);
  return useMemo(() => ({ tracks, events }), [tracks, events]);
}

function usePastRows(wanted: boolean): PictureRows {
  const shown = useShownTime(1000);
  const at = Math.floor(shown / STEP_MICROSECONDS) * STEP_MICROSECONDS;
  const pictures = usePictures();
  const known = useRows("events").rows;
  const { data, error } = useQuery({
    queryKey: ["picture-at", at],
    queryFn: ({ signal }) => pictureAt(at, signal),
    enabled: wanted,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  });
  useEffect(() => {
    if (wanted && data !== undefined) showPast(pictures, data.at, data.tracks);
  }, [wanted, data, pictures]);
  return useMemo(() => {
    const standing = new Set(known.map((event) => event.id));
    const events = (data?.events ?? []).filter(
      (event) => isStanding(event) && (standing.has(event.id) || known.length === 0),
    );
    return { tracks: data?.tracks ?? [], events, ...(error === null ? {} : { error }) };
  }, [data, known, error]);
}
