/** Where a selected thing is, as far as it has a place. */
import type { LonLat } from "@openjmc/model";
import { useFreshRows } from "../../rows/use-rows.ts";
import type { Selection } from "../../url/view-state.ts";
import type { PictureRows } from "./use-picture-rows.ts";

export function usePlaceOf(selection: Selection | undefined, picture: PictureRows): LonLat | undefined {
  const alerts = useFreshRows("alerts").rows;
  const sources = useFreshRows("sources").rows;
  const sightings = useFreshRows("sightings").rows;
  const allegations = useFreshRows("allegations").rows;
  const cues = useFreshRows("cues").rows;
  if (selection === undefined) return undefined;
  const { kind, id } = selection;
  const withId = <Row extends { readonly id: string }>(rows: readonly Row[]): Row | undefined =>
    rows.find((row) => row.id === id);
  switch (kind) {
    case "track":
      return picture.tracks.find((row) => row.id.startsWith(id));
    case "event":
      return withId(picture.events);
    case "source":
      return withId(sources);
    case "alert":
      return placed(withId(alerts));
    case "sighting":
      return placed(withId(sightings));
    case "cue":
      return withId(cues);
    case "allegation": {
      const place = withId(allegations)?.body.place;
      return place === undefined ? undefined : { lon: Number(place.lon), lat: Number(place.lat) };
    }
    default:
      return undefined;
  }
}

function placed(row: { readonly lon?: number; readonly lat?: number } | undefined): LonLat | undefined {
  return row?.lon === undefined || row.lat === undefined ? undefined : { lon: row.lon, lat: row.lat };
}
