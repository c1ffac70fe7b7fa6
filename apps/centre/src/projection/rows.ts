/** Rows of the desk and lines of the picture → changes of the store. One place says how a row is indexed. */
import type { RowChange } from "@openjmc/desk";
import type {
  CoverageRow,
  CueRow,
  EventRow,
  SourceRow,
  TrackPoint,
  TrackRow,
  ViewName,
  WeatherRow,
} from "@openjmc/model";
import type { MachineAct } from "../registrar/registrar.ts";
import { cellOf, type ViewChange } from "../store/index.ts";
import { wordsOfRow } from "./row-terms.ts";

/** Raise it when the shape of any row changes: every centre then rebuilds its views at the next start. */
export const VIEW_SCHEMA = 7;

/** One line of the picture: what fusion put out, sealed with the recordings, so that a rebuild need not fuse again. */
export type PictureLine =
  | { readonly t: "track"; readonly row: TrackRow }
  | { readonly t: "event"; readonly row: EventRow }
  | { readonly t: "cue"; readonly row: CueRow }
  | { readonly t: "weather"; readonly row: WeatherRow }
  | { readonly t: "source"; readonly row: SourceRow }
  | { readonly t: "coverage"; readonly row: CoverageRow }
  /** What the record is to hold: kept here first, so that a crash before the entry is durable loses no alert. */
  | { readonly t: "act"; readonly row: MachineAct };

/** A row of the record lane as the store keeps it. */
export function changeOfRow(change: RowChange, logIndex: number): ViewChange {
  if (change.row === undefined) return { view: change.view, change: "delete", key: change.key };
  return put(change.view, change.key, change.at, change.row, logIndex, change.tag);
}

/** What a picture line changes: the current row, and for tracks and events their history. */
export function changesOfLine(line: PictureLine): {
  readonly changes: readonly ViewChange[];
  readonly point?: TrackPoint;
} {
  switch (line.t) {
    case "track":
      return {
        changes: [put("tracks", line.row.id, line.row.at, line.row, -1, line.row.status)],
        point: pointOf(line.row),
      };
    case "event": {
      const { row } = line;
      return {
        changes: [
          put("events", row.id, row.originTime, row, -1, row.status),
          put("event-versions", `${row.id}.${String(row.version).padStart(6, "0")}`, row.originTime, row, -1, row.id),
        ],
      };
    }
    case "cue":
      return { changes: [put("cues", line.row.id, line.row.at, line.row, -1, line.row.source)] };
    case "weather":
      return { changes: [put("weather", line.row.id, line.row.at, line.row, -1, line.row.source)] };
    case "act":
      return { changes: [] };
    case "source":
      return { changes: [put("sources", line.row.id, line.row.lastMessageAt ?? 0, line.row, -1, line.row.state)] };
    case "coverage":
      return {
        changes: [
          { ...put("coverage", line.row.key, line.row.from, line.row, -1, line.row.source), until: line.row.until },
        ],
      };
  }
}

function pointOf(row: TrackRow): TrackPoint {
  return {
    track: row.id,
    at: row.at,
    lon: row.lon,
    lat: row.lat,
    ...(row.altitudeMetres === undefined ? {} : { altitudeMetres: row.altitudeMetres }),
    velocityEast: row.velocityEast,
    velocityNorth: row.velocityNorth,
  };
}

function put(
  view: ViewName,
  key: string,
  at: number,
  row: object,
  logIndex: number,
  tag?: string,
): ViewChange & { readonly change: "put" } {
  const { lon, lat } = row as { lon?: unknown; lat?: unknown };
  const isPlaced = typeof lon === "number" && typeof lat === "number";
  const words = wordsOfRow(view, row);
  return {
    view,
    change: "put",
    key,
    at,
    logIndex,
    row,
    ...(isPlaced ? { cell: cellOf(lon, lat) } : {}),
    ...(tag === undefined ? {} : { tag }),
    ...(words === undefined ? {} : { words }),
  };
}
