/** The store over any engine that speaks the SQL which SQLite and PostgreSQL share. */
import { createHash } from "node:crypto";
import { FaultError, type Instant, type TrackPoint, type ViewName } from "@openjmc/model";
import type { Kysely } from "kysely";
import { encodeCursor } from "./cursor.ts";
import { queryBuilder, type SqlEngine, type Statement } from "./engine.ts";
import { isWorded, rowWordStatements, WORDED_VIEWS, wordsQuery } from "./row-words.ts";
import { createStatements, dropStatements, STORE_SCHEMA } from "./schema.ts";
import type {
  PageRequest,
  RowFilter,
  Store,
  StoreBatch,
  StoredRow,
  StorePage,
  StorePosition,
  StoreReader,
  StoreTable,
  ViewChange,
} from "./store.ts";
import type { MetaTable, ProjectionTables, TrackPointTable, ViewTable } from "./tables.ts";
import { type TextIndex, textIndexOf } from "./text-index.ts";
import { forgetQuery, pictureQuery, pointOf, scanPointsQuery, trackPointsQuery } from "./track-point-queries.ts";
import { Upserts } from "./upserts.ts";
import { countQuery, getQuery, histogramQuery, pageQuery, scanQuery } from "./view-queries.ts";

const SCAN_ROWS = 2000;
const DEFAULT_LIMIT = 100;
const MAXIMUM_LIMIT = 1000;
const EMPTY: StorePosition = { logIndex: -1, picturePosition: 0 };

/**
 * Makes a store of an engine: creates the tables where there are none or where they are of another schema.
 * @param viewSchema number of the views' own shapes; a store of another number is made anew too
 */
export async function storeOf(engine: SqlEngine, viewSchema: number): Promise<Store> {
  const wanted = `${STORE_SCHEMA}.${viewSchema}`;
  const found = await readSchema(engine);
  const store = new SqlStore(engine, wanted, found !== wanted);
  if (store.fresh) await store.reset();
  return store;
}

/** A store over an engine that only reads: another has made its tables. */
export function readerOf(engine: SqlEngine): StoreReader {
  return new SqlStore(engine, "", false);
}

async function readSchema(engine: SqlEngine): Promise<string | undefined> {
  const there = await engine.read<{ number: number }>(TABLE_EXISTS[engine.name]);
  if (Number(there[0]?.number) === 0) return undefined;
  const rows = await engine.read<{ value: string }>(plain("select value from meta where name = 'schema'"));
  return rows[0]?.value;
}

const TABLE_EXISTS: Readonly<Record<SqlEngine["name"], Statement>> = {
  sqlite: plain("select count(*) as number from sqlite_master where type = 'table' and name = 'meta'"),
  postgres: plain(
    "select count(*) as number from information_schema.tables where table_name = 'meta' and table_schema = current_schema()",
  ),
};

function plain(sql: string): Statement {
  return { sql, parameters: [] };
}

class SqlStore implements Store {
  readonly fresh: boolean;
  readonly texts: TextIndex;
  readonly #engine: SqlEngine;
  readonly #schema: string;
  readonly #builder: Kysely<ProjectionTables>;
  readonly #upserts: Upserts;

  constructor(engine: SqlEngine, schema: string, fresh: boolean) {
    this.#engine = engine;
    this.#schema = schema;
    this.fresh = fresh;
    this.#builder = queryBuilder<ProjectionTables>(engine.name);
    this.#upserts = new Upserts(this.#builder);
    this.texts = textIndexOf(engine);
  }

  get engine(): "sqlite" | "postgres" {
    return this.#engine.name;
  }

  async apply(changes: readonly ViewChange[] | StoreBatch): Promise<void> {
    const batch: StoreBatch = isList(changes) ? { changes } : changes;
    const statements = [
      ...this.#upserts.changes(batch.changes ?? []),
      ...rowWordStatements(this.#engine.name, lastOfEach(batch.changes ?? [])),
      ...this.#upserts.trackPoints(batch.trackPoints ?? []),
      ...this.#upserts.meta(metaOf(batch.position ?? {})),
    ];
    if (statements.length > 0) await this.#engine.write(statements);
  }

  async position(): Promise<StorePosition> {
    const rows = await this.#engine.read<MetaTable>(this.#builder.selectFrom("meta").selectAll().compile());
    const values = new Map(rows.map((row) => [row.name, Number(row.value)]));
    return {
      logIndex: values.get("logIndex") ?? EMPTY.logIndex,
      picturePosition: values.get("picturePosition") ?? EMPTY.picturePosition,
    };
  }

  async reset(): Promise<void> {
    const statements = [...dropStatements(), ...createStatements(this.#engine.name)].map(plain);
    await this.#engine.write([...statements, ...this.#upserts.meta({ schema: this.#schema })]);
  }

  async get<Row>(view: ViewName, key: string): Promise<StoredRow<Row> | undefined> {
    const rows = await this.#engine.read<ViewTable>(getQuery(this.#builder, view, key));
    return rows[0] === undefined ? undefined : storedRowOf<Row>(rows[0]);
  }

  async page<Row>(request: PageRequest): Promise<StorePage<Row>> {
    const limit = requireLimit(request.limit ?? DEFAULT_LIMIT);
    if (request.words !== undefined && request.words.length > 0) return this.#found<Row>(request, request.words, limit);
    const found = await this.#engine.read<ViewTable>(pageQuery(this.#builder, request, limit));
    const rows = found.slice(0, limit).map((row) => storedRowOf<Row>(row));
    const last = rows.at(-1);
    return found.length > limit && last !== undefined ? { rows, next: encodeCursor(last) } : { rows };
  }

  async #found<Row>(
    request: PageRequest,
    words: NonNullable<PageRequest["words"]>,
    limit: number,
  ): Promise<StorePage<Row>> {
    if (!isWorded(request.view))
      throw new FaultError({ code: "page.words-unknown", what: "search", expected: WORDED_VIEWS.join(", ") });
    const query = wordsQuery(this.#engine.name, { ...request, words }, limit);
    const found = await this.#engine.read<ViewTable & { number: number }>(query);
    const rows = found.slice(0, limit).map((row) => storedRowOf<Row>(row));
    const last = found[limit - 1];
    return found.length > limit && last !== undefined
      ? { rows, next: encodeCursor({ at: Number(last.number), key: last.key }) }
      : { rows };
  }

  async *scan<Row>(view: ViewName): AsyncGenerator<StoredRow<Row>> {
    for await (const row of this.#scanTable(view)) yield storedRowOf<Row>(row);
  }

  async *#scanTable(view: ViewName): AsyncGenerator<ViewTable> {
    let after: string | undefined;
    for (;;) {
      const rows = await this.#engine.read<ViewTable>(scanQuery(this.#builder, view, after, SCAN_ROWS));
      yield* rows;
      if (rows.length < SCAN_ROWS) return;
      after = rows.at(-1)?.key;
      await breath();
    }
  }

  async count(filter: RowFilter): Promise<number> {
    const rows = await this.#engine.read<{ number: number }>(countQuery(this.#builder, filter));
    return Number(rows[0]?.number ?? 0);
  }

  async histogram(
    filter: RowFilter & { readonly from: Instant; readonly until: Instant },
    bins: number,
  ): Promise<number[]> {
    const counts = new Array<number>(bins).fill(0);
    const width = Math.max(1, Math.ceil((filter.until - filter.from) / bins));
    const rows = await this.#engine.read<{ bin: number; number: number }>(histogramQuery(this.#builder, filter, width));
    for (const row of rows) counts[Number(row.bin)] = Number(row.number);
    return counts;
  }

  async trackPoints(track: string, from: Instant, until: Instant, limit = 100_000): Promise<TrackPoint[]> {
    return (await this.#engine.read<TrackPointTable>(trackPointsQuery(this.#builder, track, from, until, limit))).map(
      pointOf,
    );
  }

  async pictureAt(at: Instant, window: number): Promise<TrackPoint[]> {
    return (await this.#engine.read<TrackPointTable>(pictureQuery(this.#builder, at, window))).map(pointOf);
  }

  async forgetTrackPoints(before: Instant): Promise<void> {
    await this.#engine.write([forgetQuery(this.#builder, before)]);
  }

  async hash(table: StoreTable): Promise<string> {
    const hash = createHash("sha256");
    if (table === "track-points")
      for await (const point of this.#scanPoints()) hash.update(`${canonicalPoint(point)}\n`);
    else for await (const row of this.#scanTable(table)) hash.update(`${canonicalRow(row)}\n`);
    return hash.digest("hex");
  }

  async *#scanPoints(): AsyncGenerator<TrackPoint> {
    let after: TrackPoint | undefined;
    for (;;) {
      const rows = await this.#engine.read<TrackPointTable>(scanPointsQuery(this.#builder, after, SCAN_ROWS));
      const points = rows.map(pointOf);
      yield* points;
      if (points.length < SCAN_ROWS) return;
      after = points.at(-1);
      await breath();
    }
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}

/** Words are only kept of what a row has become. */
function lastOfEach(changes: readonly ViewChange[]): readonly ViewChange[] {
  return [...new Map(changes.map((change) => [`${change.view} ${change.key}`, change])).values()];
}

function isList(changes: readonly ViewChange[] | StoreBatch): changes is readonly ViewChange[] {
  return Array.isArray(changes);
}

function metaOf(position: Partial<StorePosition>): Record<string, string> {
  return Object.fromEntries(Object.entries(position).map(([name, value]) => [name, String(value)]));
}

function requireLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAXIMUM_LIMIT) return limit;
  throw new FaultError({
    code: "page.limit-out-of-range",
    what: "limit of a page",
    expected: `1 to ${MAXIMUM_LIMIT}`,
    got: String(limit),
  });
}

function storedRowOf<Row>(row: ViewTable): StoredRow<Row> {
  return {
    key: row.key,
    at: row.at,
    ...(row.until === null ? {} : { until: row.until }),
    ...(row.cell === null ? {} : { cell: row.cell }),
    ...(row.tag === null ? {} : { tag: row.tag }),
    logIndex: row.log_index,
    row: JSON.parse(row.data) as Row,
  };
}

/** `data` is canonical since it was put in. */
function canonicalRow(row: ViewTable): string {
  return `${JSON.stringify([row.key, row.at, row.until, row.cell, row.tag, row.log_index])} ${row.data}`;
}

function canonicalPoint(point: TrackPoint): string {
  const { track, at, lon, lat, altitudeMetres, velocityEast, velocityNorth } = point;
  return JSON.stringify([track, at, lon, lat, altitudeMetres ?? null, velocityEast, velocityNorth]);
}

/** Lets other work of the event loop pass between two pieces of a long read. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
