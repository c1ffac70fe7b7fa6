/** Tables whose numbers lead to the rows of another table that made them: whoever doubts a number can add them up. */
import type { ReportWords as Words } from "@openjmc/words";
import type { Block, RowsOf } from "./document.ts";

type Table = Block & { readonly kind: "table" };

/** A number of a table, by line and column, and the rows that it was computed from, the first being 1. */
export interface LinkedNumber {
  readonly line: number;
  readonly column: number;
  readonly rows: readonly number[];
}

export interface Linking {
  /** Begins the name of each line: D1, D2 … */
  readonly mark: string;
  /** Name of the table that holds the rows, what begins its rows' anchors, and its heading as people read it. */
  readonly of: string;
  readonly anchor: string;
  readonly title: string;
  /** Rows beyond this one are not in the document. */
  readonly last?: number;
}

/** The table with its lines named and its numbers linked, and behind it which rows each was computed from. */
export function linkedTable(table: Table, numbers: readonly LinkedNumber[], linking: Linking, words: Words): Block[] {
  const made = numbers.filter(({ rows }) => rows.length > 0);
  const nameOf = (line: number): string => `${linking.mark}${line + 1}`;
  const idOf = ({ line, column }: LinkedNumber): string => `${nameOf(line)}.${column}`;
  const rows = table.rows.map(([first = "", ...rest], line) => [`${nameOf(line)} · ${first}`, ...rest]);
  const links = made.map((one) => ({ row: one.line, column: one.column, to: idOf(one) }));
  if (made.length === 0) return [{ ...table, rows }];
  const last = linking.last ?? Number.MAX_SAFE_INTEGER;
  const items = made.map((one): RowsOf => {
    const count = one.rows.filter((row) => row > last).length;
    return {
      id: idOf(one),
      label: words.say("report.rows.label", {
        id: `${nameOf(one.line)}, ${table.columns[one.column] ?? ""}`,
        count: one.rows.length,
      }),
      ...{ rows: one.rows, last, anchor: linking.anchor },
      more: count === 0 ? "" : words.say("report.rows.more", { count }),
    };
  });
  return [
    { ...table, rows, links },
    { kind: "note", text: words.say("report.rows.of-table", { table: linking.title }) },
    { kind: "rows", items, of: linking.of },
  ];
}

/** The table with a number and a name before each row, to be linked to. */
export function namedRows(table: Table, anchor: string, column: string): Table {
  return {
    ...table,
    columns: [column, ...table.columns],
    rows: table.rows.map((row, index) => [`${index + 1}`, ...row]),
    numeric: table.numeric.map((one) => one + 1),
    anchors: table.rows.map((_row, index) => `${anchor}${index + 1}`),
  };
}

/** Without what would lead to a table that the document does not hold, as a thematic one holds its theme alone. */
export function withoutDeadLinks(blocks: readonly Block[]): Block[] {
  const tables = new Set(blocks.flatMap((block) => (block.kind === "table" ? [block.name] : [])));
  const kept = blocks.filter(
    (block, index) => !isDead(block, tables) && !(block.kind === "note" && isDead(blocks[index + 1], tables)),
  );
  const targets = new Set(kept.flatMap((block) => (block.kind === "rows" ? block.items.map(({ id }) => id) : [])));
  return kept.map((block) =>
    block.kind === "table" && block.links
      ? { ...block, links: block.links.filter(({ to }) => targets.has(to)) }
      : block,
  );
}

function isDead(block: Block | undefined, tables: ReadonlySet<string>): boolean {
  return block?.kind === "rows" && block.of !== undefined && !tables.has(block.of);
}
