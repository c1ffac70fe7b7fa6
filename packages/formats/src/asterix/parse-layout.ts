import type { Content, ElementLayout, Field, Layout, Quantity, RepeatLayout } from "./layout.ts";

const TOKEN = /[{}|,]|"[^"]*"|[^\s{}|,]+/g;

/**
 * Reads a layout of a category table:
 *
 *     24                              24 bits, a bare code
 *     3 ?0-5;7                        with the codes that have a meaning
 *     16 u360/65536 "°" >=0 <360      quantity: u(nsigned) or s(igned), step, unit, limits
 *     12 octal   48 icao   56 ascii   text
 *     15 case IM 0:u1/16384 "NM/s" 1:u1/1000 "Mach"    quantity that depends on a flag beside it
 *     { SAC 8, _ 4, SIC 8 }           group; _ is spare
 *     extended { A 7 | B 7 | }        a bar is the extension bit
 *     repeat 1 { … }   repeat fx { … }   compound { A 8, -, B … }   explicit re
 *
 * @throws Error where the text is not such a layout: tables are part of the program.
 */
export function parseLayout(text: string): Layout {
  const parser = new LayoutParser(text.match(TOKEN) ?? []);
  const layout = parser.layout();
  parser.expectEnd();
  return layout;
}

class LayoutParser {
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  layout(): Layout {
    const token = this.#peek();
    if (token === "{") return this.#group();
    if (token === "extended") return this.#extended();
    if (token === "repeat") return this.#repeat();
    if (token === "compound") return this.#compound();
    if (token === "explicit") return this.#explicit();
    return this.#element();
  }

  expectEnd(): void {
    if (this.#position < this.#tokens.length) throw new Error(`layout goes on with ${this.#peek()}`);
  }

  #peek(): string | undefined {
    return this.#tokens[this.#position];
  }

  #next(): string {
    const token = this.#tokens[this.#position];
    if (token === undefined) throw new Error("layout ends early");
    this.#position += 1;
    return token;
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#position += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new Error(`${token} expected, not ${this.#peek()}`);
  }

  /** A group of one unnamed element, as repetitions have it, is that element. */
  #group(): Layout {
    this.#expect("{");
    if (/^\d+$/.test(this.#peek() ?? "")) {
      const element = this.#element();
      this.#expect("}");
      return element;
    }
    return { kind: "group", fields: this.#fields("}") };
  }

  #fields(end: "}"): Field[] {
    const fields: Field[] = [];
    do fields.push(this.#field());
    while (this.#take(","));
    this.#expect(end);
    return fields;
  }

  #field(): Field {
    const name = this.#next();
    if (name === "_") return { kind: "spare", bits: this.#number() };
    return { kind: "named", name, layout: this.layout() };
  }

  #number(): number {
    const value = Number(this.#next());
    if (!Number.isInteger(value)) throw new Error("a number of bits expected");
    return value;
  }

  #extended(): Layout {
    this.#next();
    this.#expect("{");
    const parts: Field[][] = [];
    let part: Field[] = [];
    while (!this.#take("}")) {
      if (this.#take("|")) {
        parts.push(part);
        part = [];
      } else {
        part.push(this.#field());
        this.#take(",");
      }
    }
    const closed = part.length > 0;
    if (closed) parts.push(part);
    return { kind: "extended", parts, closed };
  }

  #repeat(): RepeatLayout {
    this.#next();
    const count = this.#next();
    return { kind: "repeat", count: count === "fx" ? "fx" : count === "2" ? 2 : 1, layout: this.layout() };
  }

  #compound(): Layout {
    this.#next();
    const octets = this.#peek() === "{" ? {} : { octets: this.#number() };
    this.#expect("{");
    const items: ({ name: string; layout: Layout } | undefined)[] = [];
    do items.push(this.#take("-") ? undefined : { name: this.#next(), layout: this.layout() });
    while (this.#take(","));
    this.#expect("}");
    return { kind: "compound", ...octets, items };
  }

  #explicit(): Layout {
    this.#next();
    if (this.#take("re")) return { kind: "explicit", purpose: "expansion" };
    return { kind: "explicit", purpose: this.#take("sp") ? "special" : "other" };
  }

  #element(): ElementLayout {
    return { kind: "element", bits: this.#number(), content: this.#content() };
  }

  #content(): Content {
    const token = this.#peek();
    if (token === "octal" || token === "ascii" || token === "icao") {
      this.#next();
      return { type: token };
    }
    if (token?.startsWith("?")) return { type: "code", codes: codes(this.#next().slice(1)) };
    if (token === "case") return this.#case();
    return token !== undefined && /^[us](\d|$)/.test(token) ? this.#quantity(this.#next()) : { type: "code" };
  }

  #case(): Content {
    this.#next();
    const flag = this.#next();
    const choices: [number, Quantity][] = [];
    while (/^\d+:/.test(this.#peek() ?? "")) {
      const [value, step] = this.#next().split(":") as [string, string];
      choices.push([Number(value), this.#quantity(step)]);
    }
    return { type: "case", flag, choices };
  }

  #quantity(step: string): Quantity {
    const [numerator, denominator] = step.slice(1).split("/");
    const unit = this.#peek()?.startsWith('"') ? this.#next().slice(1, -1) : "";
    const limits: { low?: number; high?: number; openLow?: boolean; openHigh?: boolean } = {};
    for (
      let limit = /^([<>])(=?)(.+)$/.exec(this.#peek() ?? "");
      limit;
      limit = /^([<>])(=?)(.+)$/.exec(this.#peek() ?? "")
    ) {
      this.#next();
      if (limit[1] === "<") Object.assign(limits, { high: Number(limit[3]), openHigh: limit[2] === "" });
      else Object.assign(limits, { low: Number(limit[3]), openLow: limit[2] === "" });
    }
    return {
      type: "quantity",
      signed: step.startsWith("s"),
      numerator: Number(numerator || 1),
      denominator: Number(denominator ?? 1),
      unit,
      ...limits,
    };
  }
}

function codes(text: string): [number, number][] {
  return text.split(";").map((range) => {
    const [low, high] = range.split("-").map(Number) as [number, number | undefined];
    return [low, high ?? low];
  });
}
