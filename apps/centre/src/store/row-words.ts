/**
 * Rows by their words: beside each view that people search stands a table of terms, SQLite's full-text form or a `tsvector` of
 * PostgreSQL, written in the same transaction as the rows. A row's number there follows its time, so that the newest are found first.
 */
import type { ViewName } from "@openjmc/model";
import type { WantedTerm } from "@openjmc/press";
import { decodeCursor } from "./cursor.ts";
import type { EngineName, Statement } from "./engine.ts";
import type { PageRequest, StoredRow, ViewChange } from "./store.ts";
import { tableOf } from "./tables.ts";
import { matchOf } from "./text-index.ts";

/** Views whose rows are found by words. */
export const WORDED_VIEWS = ["sightings", "incidents", "allegations"] as const satisfies readonly ViewName[];

const ENTRIES_OF_A_SECOND = 1_000_000;
const MICROSECONDS = 1_000_000;

export function isWorded(view: ViewName): boolean {
  return (WORDED_VIEWS as readonly ViewName[]).includes(view);
}

const wordsOf = (view: ViewName): string => `words_of_${view}`;
const keysOf = (view: ViewName): string => `keys_of_${view}`;

/** Statements that make the tables. */
export function rowWordTables(engine: EngineName): readonly string[] {
  return WORDED_VIEWS.flatMap((view) =>
    engine === "sqlite"
      ? [
          `create table ${keysOf(view)} (number integer primary key, key text not null unique)`,
          `create virtual table ${wordsOf(view)} using fts5(terms, content='', contentless_delete=1, detail=none, prefix='4 6',
            tokenize='unicode61 remove_diacritics 0')`,
        ]
      : [
          `create table ${keysOf(view)} (number bigint primary key, key text collate "C" not null unique, terms tsvector not null)`,
          `create index ${keysOf(view)}_terms on ${keysOf(view)} using gin (terms)`,
        ],
  );
}

/** Names of the tables on either engine. */
export const ROW_WORD_TABLES: readonly string[] = WORDED_VIEWS.flatMap((view) => [wordsOf(view), keysOf(view)]);

/** Statements that keep the words of changed rows; a row without terms is found by none. */
export function rowWordStatements(engine: EngineName, changes: readonly ViewChange[]): Statement[] {
  return changes
    .filter(({ view }) => isWorded(view))
    .flatMap((change) => [
      ...forget(engine, change.view, change.key),
      ...(change.change === "put" && change.words !== undefined ? remember(engine, change, change.words) : []),
    ]);
}

function forget(engine: EngineName, view: ViewName, key: string): Statement[] {
  const [words, keys] = [wordsOf(view), keysOf(view)];
  if (engine === "postgres") return [{ sql: `delete from ${keys} where key = $1`, parameters: [key] }];
  return [
    { sql: `delete from ${words} where rowid = (select number from ${keys} where key = ?)`, parameters: [key] },
    { sql: `delete from ${keys} where key = ?`, parameters: [key] },
  ];
}

function remember(
  engine: EngineName,
  { view, key, at }: { readonly view: ViewName } & StoredRow,
  { terms, entry }: NonNullable<StoredRow["words"]>,
): Statement[] {
  const number = secondOf(at) * ENTRIES_OF_A_SECOND + (entry % ENTRIES_OF_A_SECOND);
  const [words, keys] = [wordsOf(view), keysOf(view)];
  if (engine === "postgres") {
    const sql = `insert into ${keys} (number, key, terms) values ($1, $2, array_to_tsvector($3::text[]))
      on conflict (number) do update set key = excluded.key, terms = excluded.terms`;
    return [{ sql, parameters: [number, key, terms] }];
  }
  return [
    { sql: `insert or replace into ${keys} (number, key) values (?, ?)`, parameters: [number, key] },
    { sql: `delete from ${words} where rowid = ?`, parameters: [number] },
    { sql: `insert into ${words} (rowid, terms) values (?, ?)`, parameters: [number, terms.join(" ")] },
  ];
}

/** Rows of a page that have one term of each group, with one more than asked for. The rows come with their `number`. */
export function wordsQuery(
  engine: EngineName,
  request: PageRequest & { readonly words: readonly (readonly WantedTerm[])[] },
  limit: number,
): Statement {
  const parameters: unknown[] = [];
  const put = (value: unknown): string => {
    parameters.push(value);
    return engine === "sqlite" ? "?" : `$${parameters.length}`;
  };
  const { view, words } = request;
  const [isNewestFirst, number] = [request.newestFirst !== false, engine === "sqlite" ? "w.rowid" : "k.number"];
  const [table, keys] = [tableOf(view), keysOf(view)];
  const from =
    engine === "sqlite"
      ? `${wordsOf(view)} w cross join ${keys} k on k.number = w.rowid cross join ${table} v on v.key = k.key`
      : `${keys} k join ${table} v on v.key = k.key`;
  const match =
    engine === "sqlite"
      ? `${wordsOf(view)} match ${put(matchOf(words, "*", " OR ", " AND "))}`
      : `k.terms @@ to_tsquery('simple', ${put(matchOf(words, ":*", " | ", " & "))})`;
  const bounds = boundsOf(request, isNewestFirst, number, put);
  const sql = `select v.*, ${number} as number from ${from} where ${[match, ...bounds].join(" and ")}
    order by ${number} ${isNewestFirst ? "desc" : "asc"} limit ${put(limit + 1)}`;
  return { sql, parameters };
}

function boundsOf(
  { from, until, after, tag, cells }: PageRequest,
  isNewestFirst: boolean,
  number: string,
  put: (value: unknown) => string,
): string[] {
  const among = (column: string, values: readonly (string | number)[]): string =>
    values.length === 0 ? "1 = 0" : `${column} in (${values.map(put).join(", ")})`;
  return [
    ...(from === undefined
      ? []
      : [`${number} >= ${put(secondOf(from) * ENTRIES_OF_A_SECOND)}`, `v.at >= ${put(from)}`]),
    ...(until === undefined
      ? []
      : [`${number} < ${put((secondOf(until) + 1) * ENTRIES_OF_A_SECOND)}`, `v.at < ${put(until)}`]),
    ...(after === undefined ? [] : [`${number} ${isNewestFirst ? "<" : ">"} ${put(decodeCursor(after).at)}`]),
    ...(tag === undefined ? [] : [among("v.tag", typeof tag === "string" ? [tag] : tag)]),
    ...(cells === undefined ? [] : [among("v.cell", cells)]),
  ];
}

/** Seconds since 1970 as far as they fit into a number beside an entry's index. */
function secondOf(at: number): number {
  return Math.max(0, Math.min(Math.floor(at / MICROSECONDS), 9_000_000_000));
}
