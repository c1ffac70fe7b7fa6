/** The questions that are asked of views, written once for both engines. */
import type { Instant, ViewName } from "@openjmc/model";
import { type CompiledQuery, type Kysely, type SelectQueryBuilder, sql } from "kysely";
import { requireFewCells } from "./cell.ts";
import { decodeCursor } from "./cursor.ts";
import { type PageRequest, type RowFilter, SPAN_VIEWS } from "./store.ts";
import { type ProjectionTables, tableOf, type ViewTable } from "./tables.ts";

type Builder = Kysely<ProjectionTables>;
type Select<Output> = SelectQueryBuilder<ProjectionTables, "view_any", Output>;

export function getQuery(builder: Builder, view: ViewName, key: string): CompiledQuery<ViewTable> {
  return builder.selectFrom(tableOf(view)).selectAll().where("key", "=", key).compile();
}

/** One row more than asked for, so that the last page is known. */
export function pageQuery(builder: Builder, request: PageRequest, limit: number): CompiledQuery<ViewTable> {
  const table = tableOf(request.view);
  const ordered = <Output>(query: Select<Output>): Select<Output> => {
    const direction = request.newestFirst !== false ? "desc" : "asc";
    return query.orderBy("at", direction).orderBy("key", direction);
  };
  const narrowed = <Output>(start: Select<Output>): Select<Output> => {
    const query = filtered(start, request);
    if (request.after === undefined) return query;
    return behind(query, request.after, request.newestFirst !== false ? "<" : ">");
  };
  const all = builder.selectFrom(table).selectAll();
  if (request.cells === undefined)
    return ordered(narrowed(all))
      .limit(limit + 1)
      .compile();
  // A place of much fire holds tens of thousands of rows: their keys are put in order by the index alone, and few rows are read.
  const keys = ordered(narrowed(builder.selectFrom(table).select("key"))).limit(limit + 1);
  return ordered(all.where("key", "in", keys)).compile();
}

function behind<Output>(query: Select<Output>, after: string, comparison: "<" | ">"): Select<Output> {
  const { at, key } = decodeCursor(after);
  // A comparison of pairs begins at that place of the index; with `or` every row before it would be walked over.
  return query.where(sql<boolean>`(at, key) ${sql.raw(comparison)} (cast(${at} as bigint), ${key})`);
}

export function scanQuery(
  builder: Builder,
  view: ViewName,
  after: string | undefined,
  limit: number,
): CompiledQuery<ViewTable> {
  let query = builder.selectFrom(tableOf(view)).selectAll();
  if (after !== undefined) query = query.where("key", ">", after);
  return query.orderBy("key").limit(limit).compile();
}

export function countQuery(builder: Builder, filter: RowFilter): CompiledQuery<{ number: number }> {
  const query = builder.selectFrom(tableOf(filter.view)).select((select) => select.fn.countAll<number>().as("number"));
  return filtered(query, filter).compile();
}

/** Casts, because one engine binds every number as a real and the other guesses types from their surroundings. */
export function histogramQuery(
  builder: Builder,
  filter: RowFilter & { readonly from: Instant },
  width: number,
): CompiledQuery<{ bin: number; number: number }> {
  const bin = sql<number>`(at - cast(${filter.from} as bigint)) / cast(${width} as bigint)`;
  const query = builder
    .selectFrom(tableOf(filter.view))
    .select((select) => [bin.as("bin"), select.fn.countAll<number>().as("number")])
    .where("at", ">=", filter.from);
  return filtered(query, filter).groupBy(sql`1`).compile();
}

function filtered<Output>(start: Select<Output>, filter: RowFilter): Select<Output> {
  const { from, until, cells, tag } = filter;
  let query = start;
  if (until !== undefined) query = query.where("at", "<", until);
  if (from !== undefined)
    query = SPAN_VIEWS.has(filter.view)
      ? query.where((where) => where.or([where("at", ">=", from), where("until", ">=", from)]))
      : query.where("at", ">=", from);
  if (tag !== undefined) query = among(query, "tag", typeof tag === "string" ? [tag] : tag);
  if (cells !== undefined) requireFewCells(cells.length);
  return cells === undefined ? query : among(query, "cell", cells);
}

/** An empty list holds nothing; PostgreSQL has no way to write one. */
function among<Output>(
  query: Select<Output>,
  column: "tag" | "cell",
  values: readonly (string | number)[],
): Select<Output> {
  return values.length === 0 ? query.where(sql<boolean>`1 = 0`) : query.where(column, "in", [...values] as string[]);
}
