/** Turns changes into few statements: rows of one table go together, and statements of a few fixed sizes are compiled once. */
import { FaultError, type TrackPoint } from "@openjmc/model";
import type { Kysely } from "kysely";
import { canonicalJson } from "./canonical.ts";
import type { Statement } from "./engine.ts";
import type { StoredRow, ViewChange } from "./store.ts";
import { type ProjectionTables, tableOf } from "./tables.ts";

const VIEW_COLUMNS = ["key", "at", "until", "cell", "tag", "log_index", "data"] as const;
const POINT_COLUMNS = ["track", "at", "lon", "lat", "altitude", "velocity_east", "velocity_north"] as const;
const META_COLUMNS = ["name", "value"] as const;
const SIZES = [64, 8, 1] as const;

/** Compiles upserts and deletions for one engine. */
export class Upserts {
  readonly #builder: Kysely<ProjectionTables>;
  readonly #compiled = new Map<string, string>();

  constructor(builder: Kysely<ProjectionTables>) {
    this.#builder = builder;
  }

  /** Statements for changes of views: of several changes of one row the last counts. Throws `row.*` for what cannot be kept. */
  changes(changes: readonly ViewChange[]): Statement[] {
    const last = new Map<string, Map<string, ViewChange>>();
    for (const change of changes) {
      const table = tableOf(change.view);
      if (!last.has(table)) last.set(table, new Map());
      last.get(table)!.set(requireKey(change.key), change);
    }
    return [...last].flatMap(([table, byKey]) => this.#table(table, [...byKey.values()]));
  }

  #table(table: string, changes: readonly ViewChange[]): Statement[] {
    const puts = changes.filter((change) => change.change === "put").map(parametersOf);
    const gone = changes.filter((change) => change.change === "delete");
    return [
      ...gone.map((change) => this.#deletion(table, change.key)),
      ...this.#upserts(table, VIEW_COLUMNS, ["key"], puts),
    ];
  }

  #deletion(table: string, key: string): Statement {
    const sql = this.#once(`delete ${table}`, () =>
      this.#builder
        .deleteFrom(table as "view_any")
        .where("key", "=", key)
        .compile(),
    );
    return { sql, parameters: [key] };
  }

  trackPoints(points: readonly TrackPoint[]): Statement[] {
    const last = new Map(points.map((point) => [`${point.track} ${point.at}`, point]));
    const rows = [...last.values()].map((point) => [
      point.track,
      point.at,
      point.lon,
      point.lat,
      point.altitudeMetres ?? null,
      point.velocityEast,
      point.velocityNorth,
    ]);
    return this.#upserts("track_points", POINT_COLUMNS, ["track", "at"], rows);
  }

  meta(values: Readonly<Record<string, string>>): Statement[] {
    return this.#upserts("meta", META_COLUMNS, ["name"], Object.entries(values));
  }

  #upserts(
    table: string,
    columns: readonly string[],
    key: readonly string[],
    rows: readonly (readonly unknown[])[],
  ): Statement[] {
    const statements: Statement[] = [];
    let done = 0;
    for (const size of SIZES)
      for (; rows.length - done >= size; done += size) {
        const sql = this.#once(`put ${table} ${size}`, () => this.#compileUpsert(table, columns, key, size));
        statements.push({ sql, parameters: rows.slice(done, done + size).flat() });
      }
    return statements;
  }

  #compileUpsert(table: string, columns: readonly string[], key: readonly string[], size: number): { sql: string } {
    const blank = Object.fromEntries(columns.map((column) => [column, ""]));
    const changed = columns.filter((column) => !key.includes(column));
    return this.#builder
      .insertInto(table as "meta")
      .values(Array.from({ length: size }, () => blank as { name: string; value: string }))
      .onConflict((conflict) =>
        conflict
          .columns(key as ["name"])
          .doUpdateSet((set) =>
            Object.fromEntries(changed.map((column) => [column, set.ref(`excluded.${column}` as "excluded.value")])),
          ),
      )
      .compile();
  }

  #once(name: string, compile: () => { readonly sql: string }): string {
    const known = this.#compiled.get(name);
    if (known !== undefined) return known;
    const { sql } = compile();
    this.#compiled.set(name, sql);
    return sql;
  }
}

function parametersOf(change: StoredRow): readonly unknown[] {
  return [
    change.key,
    requireInteger(change.at, "at", change.key),
    change.until === undefined ? null : requireInteger(change.until, "until", change.key),
    change.cell ?? null,
    change.tag === undefined ? null : requireKey(change.tag),
    requireInteger(change.logIndex, "logIndex", change.key),
    canonicalJson(change.row),
  ];
}

/** Texts that both engines compare alike: well-formed and without NUL, which PostgreSQL cannot hold. */
function requireKey(key: string): string {
  if (key.isWellFormed() && !key.includes("\0")) return key;
  throw new FaultError({ code: "row.key-malformed", what: "key of a row", expected: "well-formed text without NUL" });
}

function requireInteger(value: number, field: string, key: string): number {
  if (Number.isSafeInteger(value)) return value;
  throw new FaultError({ code: "row.not-integer", what: `row ${key}`, where: { field }, got: String(value) });
}
