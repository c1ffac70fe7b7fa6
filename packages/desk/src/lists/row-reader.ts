/** Reads the cells of one record by column name and gathers everything that is wrong with it. */
import { type Fault, formatDegrees, type Instant, type PlaceBody, parseInstant } from "@openjmc/model";
import { type CsvRow, csvFault } from "../csv.ts";

export class RowReader {
  readonly faults: Fault[] = [];
  readonly #row: CsvRow;

  constructor(row: CsvRow) {
    this.#row = row;
  }

  get line(): number {
    return this.#row.line;
  }

  /** The cell; empty where the table has no such column. */
  text(name: string, most = 2_000): string {
    const cell = this.#row.fields[name] ?? "";
    if (cell.length > most) this.fail(name, `at most ${most} characters`, `${cell.length}`);
    return cell;
  }

  fail(field: string, expected: string, got: string, code?: string): void {
    const fault = csvFault(this.line, field, expected, got === "" ? "nothing" : got);
    this.faults.push(code === undefined ? fault : { ...fault, code });
  }

  code<Code extends string>(name: string, list: readonly Code[], otherwise?: Code): Code | undefined {
    const cell = this.text(name).toLowerCase();
    const found = list.find((one) => one === cell) ?? (cell === "" ? otherwise : undefined);
    if (found === undefined) this.fail(name, `one of ${list.join(", ")}`, cell);
    return found;
  }

  /** A whole number; undefined where the cell is empty. */
  whole(name: string, least: number, most: number): number | undefined {
    const cell = this.text(name);
    if (cell === "") return undefined;
    const value = Number(cell);
    if (/^[+-]?\d+$/.test(cell) && value >= least && value <= most) return value;
    this.fail(name, `a whole number from ${least} to ${most}`, cell);
    return undefined;
  }

  /** RFC 3339, or a date and time without a zone where the file's zone is known (`+04:00`). */
  instant(name: string, zone?: string): Instant | undefined {
    const cell = this.text(name);
    const isBare = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(cell);
    const parsed = parseInstant(isBare && zone !== undefined ? `${cell}${zone}` : cell);
    if (parsed.ok) return parsed.value;
    this.fail(
      name,
      `a time as 2021-03-01T03:40:00Z${zone === undefined ? "" : ` or in the file's zone ${zone}`}`,
      cell,
    );
    return undefined;
  }

  /** A place in columns `<prefix>lon`, `<prefix>lat`, `<prefix>uncertainty_m`; undefined where both are empty. */
  place(prefix: string, usualMetres: number): PlaceBody | undefined {
    const lon = this.#degrees(`${prefix}lon`, 180);
    const lat = this.#degrees(`${prefix}lat`, 90);
    if (lon === undefined && lat === undefined) return undefined;
    if (lon === undefined || lat === undefined) {
      const lacking = `${prefix}${lon === undefined ? "lon" : "lat"}`;
      if (this.text(lacking) === "") this.fail(lacking, "both coordinates or neither", "one");
      return undefined;
    }
    const uncertaintyMetres = this.whole(`${prefix}uncertainty_m`, 0, 200_000) ?? usualMetres;
    return { lon: formatDegrees(lon), lat: formatDegrees(lat), uncertaintyMetres };
  }

  #degrees(name: string, limit: number): number | undefined {
    const cell = this.text(name).replace(",", ".");
    if (cell === "") return undefined;
    const value = Number(cell);
    if (/^[+-]?\d+(\.\d+)?$/.test(cell) && Math.abs(value) <= limit) return value;
    this.fail(name, `degrees within ±${limit}`, cell);
    return undefined;
  }
}
