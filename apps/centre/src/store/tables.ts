/** The projection's tables as the queries see them. */
import type { ViewName } from "@openjmc/model";

/** A view's table. `data` is canonical JSON. */
export interface ViewTable {
  key: string;
  at: number;
  until: number | null;
  cell: number | null;
  tag: string | null;
  log_index: number;
  data: string;
}

export interface TrackPointTable {
  track: string;
  at: number;
  lon: number;
  lat: number;
  altitude: number | null;
  velocity_east: number;
  velocity_north: number;
}

export interface MetaTable {
  name: string;
  value: string;
}

export type ViewTableName = `view_${string}`;

export interface ProjectionTables {
  /** Stands for every view's table: they differ in nothing but the name. */
  view_any: ViewTable;
  track_points: TrackPointTable;
  meta: MetaTable;
}

/** Name of a view's table. */
export function tableOf(view: ViewName): "view_any" {
  return `view_${view.replaceAll("-", "_")}` as "view_any";
}
