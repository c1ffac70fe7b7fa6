import type { CategoryTable } from "./category-table.ts";
import { compileEdition, type Edition, editionNames } from "./edition.ts";
import { categoryTables } from "./tables/index.ts";

/** Which editions a source sends, by category. Where nothing is said, the newest known is expected. */
export interface SourceEditions {
  /** As `{ 48: "1.27" }`. */
  readonly editions?: Readonly<Record<number, string>>;
  /** Editions of the reserved expansion fields, likewise. */
  readonly expansions?: Readonly<Record<number, string>>;
}

/** Compiled editions, each made once. */
export class EditionCatalogue {
  readonly #tables: ReadonlyMap<number, CategoryTable>;
  readonly #compiled = new Map<string, Edition>();

  constructor(tables: readonly CategoryTable[] = categoryTables) {
    this.#tables = new Map(tables.map((table) => [table.category, table]));
  }

  categories(): number[] {
    return [...this.#tables.keys()];
  }

  knows(category: number): boolean {
    return this.#tables.has(category);
  }

  /** Oldest first. */
  names(category: number): string[] {
    const table = this.#tables.get(category);
    return table === undefined ? [] : editionNames(table);
  }

  /** @throws RangeError for a category, edition or expansion that is not known. */
  edition(category: number, source: SourceEditions = {}): Edition {
    const table = this.#tables.get(category);
    if (table === undefined) throw new RangeError(`category ${category} is not known here`);
    const name = source.editions?.[category] ?? editionNames(table).at(-1)!;
    const expansion = source.expansions?.[category];
    const key = `${category} ${name} ${expansion ?? ""}`;
    const compiled = this.#compiled.get(key) ?? compileEdition(table, name, expansion);
    this.#compiled.set(key, compiled);
    return compiled;
  }
}
