import type { Fault } from "../result.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads the fields of one JSON object, keeping every fault instead of stopping at the first. */
export class FieldReader {
  readonly faults: Fault[] = [];
  readonly #object: JsonObject;
  readonly #prefix: string;
  readonly #line: number | undefined;
  readonly #read = new Set<string>();

  constructor(object: JsonObject, line: number | undefined, prefix = "") {
    this.#object = object;
    this.#line = line;
    this.#prefix = prefix;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  /** A number in [low, high]. */
  number(name: string, low: number, high: number): number {
    const value = this.#take(name);
    if (typeof value === "number" && value >= low && value <= high) return value;
    return this.#bad(name, `a number from ${low} to ${high}`, value, Number.NaN);
  }

  optionalNumber(name: string, low: number, high: number): number | undefined {
    return this.has(name) ? this.number(name, low, high) : undefined;
  }

  whole(name: string, low: number, high: number): number {
    const value = this.#take(name);
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= low && value <= high) return value;
    return this.#bad(name, `a whole number from ${low} to ${high}`, value, 0);
  }

  oneOf<Choice extends string | number | boolean>(name: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const value = this.#take(name);
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    return this.#bad(name, choices.map((candidate) => JSON.stringify(candidate)).join(" or "), value, choices[0]);
  }

  text(name: string, form: RegExp, expected: string): string {
    const value = this.#take(name);
    if (typeof value === "string" && form.test(value)) return value;
    return this.#bad(name, expected, value, "");
  }

  /** Text that `read` understands. */
  parsed<Value>(name: string, read: (text: string) => Value | undefined, expected: string, fallback: Value): Value {
    const value = this.#take(name);
    const result = typeof value === "string" ? read(value) : undefined;
    return result ?? this.#bad(name, expected, value, fallback);
  }

  /** An object inside; its faults join this reader's. */
  object<Value>(name: string, read: (fields: FieldReader) => Value, fallback: Value): Value {
    const value = this.#take(name);
    if (!isObject(value)) return this.#bad(name, "an object", value, fallback);
    const fields = new FieldReader(value, this.#line, `${this.#prefix}${name}.`);
    const result = read(fields);
    fields.refuseOthers();
    this.faults.push(...fields.faults);
    return result;
  }

  /** Fields that nobody asked for are faults: a misspelt name must not pass as an absent value. */
  refuseOthers(): void {
    for (const name of Object.keys(this.#object)) {
      if (!this.#read.has(name)) this.#bad(name.slice(0, 64), "no such field", this.#object[name], undefined);
    }
  }

  #take(name: string): unknown {
    this.#read.add(name);
    return this.has(name) ? this.#object[name] : undefined;
  }

  #bad<Value>(name: string, expected: string, value: unknown, fallback: Value): Value {
    const field = `${this.#prefix}${name}`;
    this.faults.push({
      code: "arrivals.field-malformed",
      what: "read a station's line",
      where: this.#line === undefined ? { field } : { line: this.#line, field },
      expected,
      got: value === undefined ? "nothing" : (JSON.stringify(value) ?? "nothing").slice(0, 64),
    });
    return fallback;
  }
}
