import type { CategoryTable } from "./category-table.ts";
import { LayoutCompiler } from "./compile-layout.ts";
import { parseLayout } from "./parse-layout.ts";
import type { FieldInfo, Node } from "./program.ts";

/** One place of a record's presence bits: an item, nothing, or the field in which items come in any order. */
export type RecordPlace = { readonly name: string; readonly node: Node } | "unused" | "random";

/** Order of items that hold where an item's field has one of some values. */
export interface Variant {
  readonly name: string;
  readonly places: readonly RecordPlace[];
  /** The nodes of the places; undefined where there is no item. */
  readonly nodes: readonly (Node | undefined)[];
}

/** One edition of a category, ready to read and write. */
export interface Edition {
  readonly category: number;
  readonly name: string;
  readonly fields: readonly FieldInfo[];
  readonly items: ReadonlyMap<string, Node>;
  readonly variants: readonly Variant[];
  /** Where there are several variants: id of the field that tells, and the variant by its value. */
  readonly choice: { readonly field: number; readonly variantOf: ReadonlyMap<number, number> } | undefined;
  /** Id of a field by its path, as `040/RHO`; -1 where this edition has no such field. */
  fieldId(path: string): number;
}

/** Editions of a table, oldest first. */
export function editionNames(table: CategoryTable): string[] {
  const names = table.profiles.flatMap(([editions]) => editions.split(" "));
  return names.sort((a, b) => compareEditions(a, b));
}

export function compareEditions(a: string, b: string): number {
  const [majorA, minorA] = a.split(".").map(Number) as [number, number];
  const [majorB, minorB] = b.split(".").map(Number) as [number, number];
  return majorA - majorB || minorA - minorB;
}

/**
 * Compiles an edition. @param expansion edition of the reserved expansion field; default the newest known.
 * @throws RangeError where the table has no such edition.
 */
export function compileEdition(table: CategoryTable, name: string, expansion?: string): Edition {
  const profile = table.profiles.find(([editions]) => editions.split(" ").includes(name));
  if (profile === undefined) throw new RangeError(`category ${table.category} has no edition ${name} here`);
  const compiler = new LayoutCompiler();
  const reserved =
    expansion === undefined ? table.expansions.at(-1) : table.expansions.find(([own]) => own === expansion);
  const expansionLayout = reserved && parseLayout(reserved[1]);
  const items = new Map<string, Node>();
  for (const [item, editions, layout] of table.items) {
    if (editions.split(" ").includes(name))
      items.set(item, compiler.compile(parseLayout(layout), item, expansionLayout));
  }
  const ids = new Map(compiler.fields.map((field, id) => [field.path, id]));
  const fieldId = (path: string) => ids.get(path) ?? -1;
  const { category } = table;
  return { category, name, fields: compiler.fields, items, fieldId, ...readProfile(profile[1], items, fieldId) };
}

function readProfile(text: string, items: ReadonlyMap<string, Node>, fieldId: (path: string) => number) {
  const tokens = text.split(" ");
  if (tokens[0] !== "by") return { variants: [variant("", tokens, items)], choice: undefined };
  const variants: Variant[] = [];
  for (let index = tokens.indexOf("("); index >= 0; index = tokens.indexOf("(", index + 1)) {
    const end = tokens.indexOf(")", index);
    variants.push(variant(tokens[index - 1]!, tokens.slice(index + 1, end), items));
  }
  const variantOf = new Map(
    tokens
      .filter((token) => token.includes("="))
      .map((token) => token.split("=") as [string, string])
      .map(([value, name]) => [Number(value), variants.findIndex((one) => one.name === name)]),
  );
  return { variants, choice: { field: fieldId(tokens[1]!), variantOf } };
}

function variant(name: string, tokens: readonly string[], items: ReadonlyMap<string, Node>): Variant {
  const places = tokens.map((token) => place(token, items));
  return { name, places, nodes: places.map((one) => (typeof one === "string" ? undefined : one.node)) };
}

function place(token: string, items: ReadonlyMap<string, Node>): RecordPlace {
  if (token === "-") return "unused";
  if (token === "rfs") return "random";
  const node = items.get(token);
  if (node === undefined) throw new Error(`no layout of item ${token}`);
  return { name: token, node };
}
