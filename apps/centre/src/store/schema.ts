/** The projection's tables: one of the same shape per view, one of track points, one of positions. */
import { VIEW_NAMES } from "@openjmc/model";
import type { EngineName } from "./engine.ts";
import { ROW_WORD_TABLES, rowWordTables } from "./row-words.ts";
import { tableOf } from "./tables.ts";
import { TEXT_TABLES, textTables } from "./text-index.ts";

/** Raise it when the tables change: a store of another number is made anew. */
export const STORE_SCHEMA = 5;

/** Statements that make the tables. The engines share them but for the collation (bytewise on both) and clustering. */
export function createStatements(engine: EngineName): readonly string[] {
  const text = engine === "sqlite" ? "text" : 'text collate "C"';
  const clustered = engine === "sqlite" ? " without rowid" : "";
  return [
    `create table meta (name ${text} primary key, value text not null)`,
    `create table track_points (track ${text} not null, at bigint not null, lon double precision not null,
      lat double precision not null, altitude double precision, velocity_east double precision not null,
      velocity_north double precision not null, primary key (track, at))${clustered}`,
    "create index track_points_at on track_points (at, track)",
    ...VIEW_NAMES.flatMap((view) => createView(tableOf(view), text)),
    ...textTables(engine),
    ...rowWordTables(engine),
  ];
}

function createView(table: string, text: string): readonly string[] {
  return [
    `create table ${table} (key ${text} primary key, at bigint not null, until bigint, cell integer,
      tag ${text}, log_index bigint not null, data text not null)`,
    `create index ${table}_at on ${table} (at, key)`,
    `create index ${table}_until on ${table} (until)`,
    `create index ${table}_cell on ${table} (cell, at, key)`,
    `create index ${table}_tag on ${table} (tag, at, key)`,
  ];
}

/** Statements that remove every table that an earlier schema may have made. */
export function dropStatements(): readonly string[] {
  return ["meta", "track_points", ...VIEW_NAMES.map(tableOf), ...TEXT_TABLES, ...ROW_WORD_TABLES].map(
    (table) => `drop table if exists ${table}`,
  );
}
