/** The whole trail of the selected track, as the centre remembers it. */
import type { TrackPoint } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import type { FeatureCollection } from "geojson";
import { useMemo } from "react";
import { trackPoints } from "../../api/endpoints.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { collection } from "../../map/features.ts";
import type { Selection } from "../../url/view-state.ts";
import type { PictureRows } from "./use-picture-rows.ts";

/** Points of a track from its beginning to the clock's time; read again every ten seconds while it is selected. */
export function useTrackPoints(id: string | undefined, firstAt: number | undefined): readonly TrackPoint[] {
  const until = Math.ceil(useShownTime(10_000) / 10e6) * 10e6;
  const { data } = useQuery({
    queryKey: ["track-points", id, until],
    queryFn: () => trackPoints(id!, firstAt ?? 0, until),
    enabled: id !== undefined && firstAt !== undefined,
    placeholderData: (before) => (before?.[0]?.track === id ? before : undefined),
    gcTime: 30_000,
  });
  return data ?? [];
}

export function useHistory(selection: Selection | undefined, picture: PictureRows): FeatureCollection | undefined {
  const track = selection?.kind === "track" ? picture.tracks.find((row) => row.id.startsWith(selection.id)) : undefined;
  const points = useTrackPoints(track?.id, track?.firstAt);
  return useMemo(() => {
    if (points.length < 2) return undefined;
    const coordinates = points.map((point) => [point.lon, point.lat]);
    return collection([{ type: "Feature", geometry: { type: "LineString", coordinates }, properties: {} }]);
  }, [points]);
}
