/** Square cells of the plane with the tracks in each: who is near costs the same however many tracks there are. */

const CELL_METRES = 8_000;
const SPAN = 1 << 20;

/** Keys by cell; a key stands in at most one cell. */
export class CellIndex {
  readonly #cells = new Map<number, number[]>();
  readonly #where = new Map<number, number>();

  place(key: number, x: number, y: number): void {
    const cell = cellOf(x, y);
    const before = this.#where.get(key);
    if (before === cell) return;
    if (before !== undefined) this.#take(key, before);
    const list = this.#cells.get(cell);
    if (list) list.push(key);
    else this.#cells.set(cell, [key]);
    this.#where.set(key, cell);
  }

  remove(key: number): void {
    const before = this.#where.get(key);
    if (before === undefined) return;
    this.#take(key, before);
    this.#where.delete(key);
  }

  /** Calls `visit` with every key whose cell touches the square of half-width `reach` about the place. */
  near(x: number, y: number, reach: number, visit: (key: number) => void): void {
    const fromX = Math.floor((x - reach) / CELL_METRES);
    const untilX = Math.floor((x + reach) / CELL_METRES);
    const untilY = Math.floor((y + reach) / CELL_METRES);
    for (let cellY = Math.floor((y - reach) / CELL_METRES); cellY <= untilY; cellY++)
      for (let cellX = fromX; cellX <= untilX; cellX++) {
        const list = this.#cells.get(cellY * SPAN + cellX);
        if (list) for (let index = 0; index < list.length; index++) visit(list[index]!);
      }
  }

  #take(key: number, cell: number): void {
    const list = this.#cells.get(cell)!;
    const index = list.indexOf(key);
    list[index] = list[list.length - 1]!;
    list.pop();
    if (list.length === 0) this.#cells.delete(cell);
  }
}

function cellOf(x: number, y: number): number {
  return Math.floor(y / CELL_METRES) * SPAN + Math.floor(x / CELL_METRES);
}
