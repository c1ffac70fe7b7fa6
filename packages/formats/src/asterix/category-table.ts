/**
 * Bit layouts of one ASTERIX category in all editions known here. Editions are written as in EUROCONTROL's documents
 * and listed with blanks between; a layout that several editions share is written once.
 */
export interface CategoryTable {
  readonly category: number;
  /** Editions, order of the items in a record. */
  readonly profiles: readonly (readonly [editions: string, order: string])[];
  /** Item, editions, layout in the form that `parseLayout` reads. */
  readonly items: readonly (readonly [item: string, editions: string, layout: string])[];
  /** Layouts of the reserved expansion field, by its own editions. */
  readonly expansions: readonly (readonly [edition: string, layout: string])[];
}
