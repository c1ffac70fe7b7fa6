import type { Edition } from "./edition.ts";
import type { FieldInfo, Node, Shape } from "./program.ts";
import type { Tape } from "./tape.ts";

/** A value of a record: number in the standard's unit, text, a group by names, or the repeats of one. */
export type AsterixValue = number | string | readonly AsterixValue[] | { readonly [name: string]: AsterixValue };

/** A record as plain data: items by name, as `{"010": {SAC: 25, SIC: 201}, "140": 27354.6015625}`. */
export type AsterixItems = { readonly [item: string]: AsterixValue };

/** Turns the stretch `[from, to)` of a tape back into the nesting of the standard. */
export function recordObject(edition: Edition, tape: Tape, from: number, to: number): AsterixItems {
  const items: Record<string, AsterixValue> = {};
  const builder = new ObjectBuilder(edition.fields, tape, from, to);
  while (builder.position < to) {
    const id = tape.ids[builder.position]!;
    const name = edition.fields[id]!.item;
    items[name] = builder.node(edition.items.get(name)!);
  }
  return items;
}

class ObjectBuilder {
  position: number;
  readonly #to: number;
  readonly #fields: readonly FieldInfo[];
  readonly #tape: Tape;

  constructor(fields: readonly FieldInfo[], tape: Tape, from: number, to: number) {
    this.#fields = fields;
    this.#tape = tape;
    this.position = from;
    this.#to = to;
  }

  node(node: Node): AsterixValue {
    switch (node.kind) {
      case "fixed":
        return this.#shape(node.shape);
      case "extended":
        return this.#named(node.parts, () => "");
      case "repeat":
        return this.#repeats(node.inner);
      case "compound":
        return this.#named(node.items, (index) => node.names[index]!);
      default:
        return this.#tape.ids[this.position] === node.first || !node.expansion
          ? this.#value()
          : this.node(node.expansion);
    }
  }

  /** The nodes of which entries follow, one after the other, under their names; nameless ones are merged. */
  #named(nodes: readonly (Node | undefined)[], nameOf: (index: number) => string): AsterixValue {
    const found: Record<string, AsterixValue> = {};
    nodes.forEach((node, index) => {
      if (node === undefined || !this.#stands(node)) return;
      const name = nameOf(index);
      if (name === "") Object.assign(found, this.node(node));
      else found[name] = this.node(node);
    });
    return found;
  }

  /** Whether the next entry belongs to a node. */
  #stands(node: Node): boolean {
    const id = this.#tape.ids[this.position]!;
    return this.position < this.#to && id >= node.first && id < node.end;
  }

  #repeats(inner: Node): AsterixValue[] {
    const count = this.#tape.values[this.position]!;
    this.position += 1;
    return Array.from({ length: count }, () => this.node(inner));
  }

  #shape(shape: Shape): AsterixValue {
    if (shape.kind === "value") return this.#value();
    return Object.fromEntries(shape.fields.map(({ name, shape: under }) => [name, this.#shape(under)]));
  }

  #value(): AsterixValue {
    const field = this.#fields[this.#tape.ids[this.position]!]!;
    const value = this.#tape.values[this.position]!;
    this.position += 1;
    if (field.kind === "text" || field.kind === "hex") return this.#tape.texts[value]!;
    if (field.kind === "octal") return value.toString(8).padStart(field.bits / 3, "0");
    return value;
  }
}
