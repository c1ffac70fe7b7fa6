/**
 * Texts by their words, and by what they have in common: terms folded by the press room, in SQLite's full-text table or in a
 * `tsvector` of PostgreSQL. Holds no text. Made again from the record and the files like everything else here.
 */
import type { Instant } from "@openjmc/model";
import type { WantedTerm } from "@openjmc/press";
import type { SqlEngine, Statement } from "./engine.ts";

/** One text as it is found. */
export interface IndexedText {
  readonly key: string;
  /** The newest stand first. */
  readonly at: Instant;
  /** Its entry's index: parts texts of one second. */
  readonly logIndex: number;
  /** Words of `a` to `z` and digits, each once. */
  readonly terms: readonly string[];
  readonly bands: readonly number[];
  readonly shingles: Uint32Array;
}

export interface TextPage {
  readonly keys: readonly string[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
}

export interface TextIndex {
  /** Puts texts in and remembers up to which entry all are in. */
  put(texts: readonly IndexedText[], position: number): Promise<void>;
  /** The entry up to which all texts are in; -1 before the first. */
  position(): Promise<number>;
  /** Texts that have one term of each group; all texts where there is no group. Throws `page.cursor-unknown`. */
  search(groups: readonly (readonly WantedTerm[])[], page: { limit: number; after?: string }): Promise<TextPage>;
  /** Texts that share a band, those with most in common first, with their shingles. */
  alike(bands: readonly number[], limit: number): Promise<{ readonly key: string; readonly shingles: Uint32Array }[]>;
}

const POSITION = "textPosition";
const BANDS_PER_STATEMENT = 24;

export function textTables(engine: SqlEngine["name"]): readonly string[] {
  const words =
    engine === "sqlite"
      ? [
          "create table text_keys (number integer primary key, key text not null unique)",
          `create virtual table text_words using fts5(terms, content='', contentless_delete=1, detail=none, prefix='4 6',
            tokenize='unicode61 remove_diacritics 0')`,
        ]
      : [
          `create table text_keys (number bigint primary key, key text collate "C" not null unique, terms tsvector not null)`,
          "create index text_keys_terms on text_keys using gin (terms)",
        ];
  const clustered = engine === "sqlite" ? " without rowid" : "";
  return [
    ...words,
    `create table text_bands (band bigint not null, number bigint not null, primary key (band, number))${clustered}`,
    `create table text_prints (number bigint primary key, shingles ${engine === "sqlite" ? "blob" : "bytea"} not null)`,
  ];
}

export const TEXT_TABLES = ["text_keys", "text_words", "text_bands", "text_prints"] as const;

export function textIndexOf(engine: SqlEngine): TextIndex {
  const dialect = engine.name === "sqlite" ? SQLITE : POSTGRES;
  return {
    put: (texts, position) =>
      engine.write([...texts.flatMap((text) => putStatements(dialect, text)), dialect.position(position)]),
    position: async () => {
      const sql = `select value from meta where name = '${POSITION}'`;
      const rows = await engine.read<{ value: string }>({ sql, parameters: [] });
      return rows[0] === undefined ? -1 : Number(rows[0].value);
    },
    search: async (groups, { limit, after }) => {
      const before = after === undefined ? Number.MAX_SAFE_INTEGER : numberOf(after);
      const rows = await engine.read<{ key: string; number: number }>(dialect.search(groups, before, limit + 1));
      const keys = rows.slice(0, limit).map(({ key }) => key);
      return rows.length > limit ? { keys, next: String(rows[limit - 1]!.number) } : { keys };
    },
    alike: async (bands, limit) => {
      const rows = await engine.read<{ key: string; shingles: Uint8Array }>(dialect.alike(bands, limit));
      return rows.map(({ key, shingles }) => ({ key, shingles: wordsOf(shingles) }));
    },
  };
}

interface Dialect {
  place(index: number): string;
  put(number: number, text: IndexedText): readonly Statement[];
  position(index: number): Statement;
  search(groups: readonly (readonly WantedTerm[])[], before: number, limit: number): Statement;
  alike(bands: readonly number[], limit: number): Statement;
}

const ENTRIES_OF_A_SECOND = 1_000_000;

/** A number by which texts stand in the order of their time: seconds, then the entry. */
function orderOf({ at, logIndex }: IndexedText): number {
  const seconds = Math.max(0, Math.min(Math.floor(at / 1_000_000), 9_000_000_000));
  return seconds * ENTRIES_OF_A_SECOND + (logIndex % ENTRIES_OF_A_SECOND);
}

function numberOf(cursor: string): number {
  return /^\d{1,16}$/.test(cursor) ? Number(cursor) : 0;
}

function putStatements(dialect: Dialect, text: IndexedText): Statement[] {
  const number = orderOf(text);
  const { place } = dialect;
  const bands = [...new Set(text.bands)].slice(0, BANDS_PER_STATEMENT);
  const rows = bands.map((_band, index) => `(${place(index * 2 + 1)}, ${place(index * 2 + 2)})`).join(", ");
  return [
    ...dialect.put(number, text),
    ...(bands.length === 0
      ? []
      : [
          {
            sql: `insert into text_bands (band, number) values ${rows} on conflict do nothing`,
            parameters: bands.flatMap((band) => [band, number]),
          },
        ]),
    {
      sql: `insert into text_prints (number, shingles) values (${place(1)}, ${place(2)}) on conflict do nothing`,
      parameters: [number, bytesOf(text.shingles)],
    },
  ];
}

const SQLITE: Dialect = {
  place: () => "?",
  put: (number, text) => [
    { sql: "insert or replace into text_keys (number, key) values (?, ?)", parameters: [number, text.key] },
    { sql: "delete from text_words where rowid = ?", parameters: [number] },
    { sql: "insert into text_words (rowid, terms) values (?, ?)", parameters: [number, text.terms.join(" ")] },
  ],
  position: (index) => ({
    sql: "insert or replace into meta (name, value) values (?, ?)",
    parameters: [POSITION, String(index)],
  }),
  search: (groups, before, limit) =>
    groups.length === 0
      ? {
          sql: "select key, number from text_keys where number < ? order by number desc limit ?",
          parameters: [before, limit],
        }
      : {
          sql: `select k.key, k.number from text_words w join text_keys k on k.number = w.rowid
            where text_words match ? and w.rowid < ? order by w.rowid desc limit ?`,
          parameters: [matchOf(groups, "*", " OR ", " AND "), before, limit],
        },
  alike: (bands, limit) => ({
    sql: alikeSql(bands.map(() => "?").join(", "), "?"),
    parameters: [...bands, limit],
  }),
};

const POSTGRES: Dialect = {
  place: (index) => `$${index}`,
  put: (number, text) => [
    {
      sql: `insert into text_keys (number, key, terms) values ($1, $2, array_to_tsvector($3::text[]))
        on conflict (number) do update set key = excluded.key, terms = excluded.terms`,
      parameters: [number, text.key, text.terms],
    },
  ],
  position: (index) => ({
    sql: "insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
    parameters: [POSITION, String(index)],
  }),
  search: (groups, before, limit) =>
    groups.length === 0
      ? {
          sql: "select key, number from text_keys where number < $1 order by number desc limit $2",
          parameters: [before, limit],
        }
      : {
          sql: `select key, number from text_keys where terms @@ to_tsquery('simple', $1) and number < $2
            order by number desc limit $3`,
          parameters: [matchOf(groups, ":*", " | ", " & "), before, limit],
        },
  alike: (bands, limit) => ({
    sql: alikeSql(bands.map((_band, index) => `$${index + 1}`).join(", "), `$${bands.length + 1}`),
    parameters: [...bands, limit],
  }),
};

function alikeSql(bands: string, limit: string): string {
  return `select k.key, p.shingles from
    (select number, count(*) as shared from text_bands where band in (${bands}) group by number
      order by shared desc, number limit ${limit}) b
    join text_keys k on k.number = b.number join text_prints p on p.number = b.number
    order by b.shared desc, b.number`;
}

/** Terms hold nothing but small letters and digits, so that no quoting is needed; what has no term matches nothing. */
export function matchOf(groups: readonly (readonly WantedTerm[])[], prefix: string, or: string, and: string): string {
  const wanted = groups.map((group) =>
    group
      .filter(({ term }) => /^[a-z0-9]+$/.test(term))
      .map(({ term, isPrefix }) => `${term}${isPrefix ? prefix : ""}`)
      .join(or),
  );
  return wanted.map((any) => `(${any === "" ? NO_TERM : any})`).join(and);
}

/** No text has it: no sound is written so. */
const NO_TERM = "w";

function bytesOf(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < words.length; index += 1) view.setUint32(index * 4, words[index]!, true);
  return bytes;
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.byteLength >> 2 }, (_, index) => view.getUint32(index * 4, true));
}
