/** Living tracks by where they are, so that what may be beside one is found without asking all of them. */
import { cellOf, cellsOfBox, metresPerDegree } from "@openjmc/geo";
import type { TrackRow } from "@openjmc/model";

/** Rows less sure of their place than this stand apart: they may be beside anything. */
const SURE_METRES = 1_000;

export class NearbyRows {
  readonly #rows = new Map<string, TrackRow>();
  readonly #cellOfRow = new Map<string, number>();
  readonly #cells = new Map<number, Set<string>>();
  readonly #unsure = new Set<string>();
  readonly #scale = new Float64Array(2);

  get(id: string): TrackRow | undefined {
    return this.#rows.get(id);
  }

  set(row: TrackRow): void {
    const isUnsure = row.ellipse.semiMajorMetres > SURE_METRES;
    const cell = isUnsure ? undefined : cellOf(row);
    this.#rows.set(row.id, row);
    if (isUnsure) this.#unsure.add(row.id);
    else this.#unsure.delete(row.id);
    this.#enter(row.id, cell);
  }

  delete(id: string): void {
    this.#rows.delete(id);
    this.#unsure.delete(id);
    this.#enter(id, undefined);
  }

  /** All rows that may be within some metres of a place, by their own stated errors times `deviations`; and others. */
  *near(row: TrackRow, metres: number, deviations: number): Generator<TrackRow> {
    metresPerDegree(row.lat, this.#scale);
    const reach = metres + deviations * (row.ellipse.semiMajorMetres + SURE_METRES);
    const [east, north] = [reach / this.#scale[0]!, reach / this.#scale[1]!];
    if (east > 90) yield* this.#rows.values();
    else {
      for (const cell of cellsOfBox(row.lon - east, row.lat - north, row.lon + east, row.lat + north))
        for (const id of this.#cells.get(cell) ?? []) yield this.#rows.get(id)!;
      for (const id of this.#unsure) yield this.#rows.get(id)!;
    }
  }

  #enter(id: string, cell: number | undefined): void {
    const before = this.#cellOfRow.get(id);
    if (before === cell) return;
    if (before !== undefined) this.#leave(id, before);
    if (cell === undefined) {
      this.#cellOfRow.delete(id);
      return;
    }
    this.#cellOfRow.set(id, cell);
    const there = this.#cells.get(cell) ?? new Set<string>();
    this.#cells.set(cell, there.add(id));
  }

  #leave(id: string, cell: number): void {
    const there = this.#cells.get(cell);
    there?.delete(id);
    if (there?.size === 0) this.#cells.delete(cell);
  }
}
