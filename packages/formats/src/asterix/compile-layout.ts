import type { Content, ElementLayout, Field, Layout, Quantity } from "./layout.ts";
import {
  ASCII,
  CASE,
  CODE,
  type FieldInfo,
  type FieldOperation,
  type FixedNode,
  HEX,
  ICAO,
  type Node,
  type Shape,
  SIGNED,
  SMALL_CODE,
  SPARE,
  UNSIGNED,
} from "./program.ts";

/** Turns layouts into what the reader and the writer run, giving each field of an edition its id. */
export class LayoutCompiler {
  readonly fields: FieldInfo[] = [];

  /** @param path where the layout stands, as `020`. @param expansion layout read inside an expansion field. */
  compile(layout: Layout, path: string, expansion: Layout | undefined): Node {
    switch (layout.kind) {
      case "element":
      case "group":
        return this.#fixed([{ kind: "named", name: "", layout }], path, 0);
      case "extended":
        return this.#ranged((first) => {
          const last = layout.parts.length - 1;
          const parts = layout.parts.map((part, index) =>
            this.#fixed(part, path, layout.closed && index === last ? 0 : 1),
          );
          return { kind: "extended", first, end: this.fields.length, parts, closed: layout.closed };
        });
      case "repeat":
        return this.#repeat(layout.layout, layout.count, path);
      case "compound":
        return this.#ranged((first) => {
          const items = layout.items.map(
            (item) => item && this.compile(item.layout, `${path}/${item.name}`, undefined),
          );
          const names = layout.items.map((item) => item?.name ?? "");
          return { kind: "compound", first, end: this.fields.length, octets: layout.octets ?? 0, names, items };
        });
      default:
        return this.#ranged((first) => {
          this.#add({ item: itemOf(path), path, kind: "hex", bits: 0, unit: "" });
          const inner =
            layout.purpose === "expansion" && expansion ? this.compile(expansion, path, undefined) : undefined;
          return { kind: "explicit", first, end: this.fields.length, expansion: inner };
        });
    }
  }

  #ranged<Made extends Node>(make: (first: number) => Made): Made {
    return make(this.fields.length);
  }

  #repeat(layout: Layout, count: 1 | 2 | "fx", path: string): Node {
    return this.#ranged((first) => {
      this.#add({ item: itemOf(path), path: `${path}/*`, kind: "marker", bits: 0, unit: "" });
      const inner =
        count === "fx"
          ? this.#fixed([{ kind: "named", name: "", layout }], path, 1)
          : this.compile(layout, path, undefined);
      return { kind: "repeat", first, end: this.fields.length, count, inner };
    });
  }

  #add(field: FieldInfo): number {
    this.fields.push(field);
    return this.fields.length - 1;
  }

  /** @param extensionBits bits behind the fields that say whether more follows. */
  #fixed(fields: readonly Field[], path: string, extensionBits: number): FixedNode {
    const first = this.fields.length;
    const operations: FieldOperation[] = [];
    const run = new FixedRun(operations, (field) => this.#add(field));
    const shape = run.group(fields, path);
    const bits = run.bits + extensionBits;
    if (bits % 8 !== 0) throw new Error(`${path} has ${bits} bits, which are not whole octets`);
    const [only] = shape.fields;
    return {
      kind: "fixed",
      first,
      end: this.fields.length,
      octets: bits / 8,
      operations,
      shape: shape.fields.length === 1 && only!.name === "" ? only!.shape : shape,
    };
  }
}

/** Lays fields one behind the other. */
class FixedRun {
  bits = 0;
  readonly #operations: FieldOperation[];
  readonly #add: (field: FieldInfo) => number;

  constructor(operations: FieldOperation[], add: (field: FieldInfo) => number) {
    this.#operations = operations;
    this.#add = add;
  }

  group(fields: readonly Field[], path: string): Shape & { kind: "group" } {
    const ids = new Map<string, number>();
    const named: { name: string; shape: Shape }[] = [];
    for (const field of fields) {
      if (field.kind === "spare") this.#place(-1, field.bits, { kind: SPARE });
      else named.push({ name: field.name, shape: this.#named(field.name, field.layout, path, ids) });
    }
    return { kind: "group", fields: named };
  }

  #named(name: string, layout: Layout, path: string, siblings: Map<string, number>): Shape {
    const under = name === "" ? path : `${path}/${name}`;
    if (layout.kind === "group") return this.group(layout.fields, under);
    if (layout.kind !== "element") throw new Error(`${under}: a ${layout.kind} cannot stand among bits`);
    const id = this.#add(fieldInfo(under, layout));
    siblings.set(name, id);
    this.#place(id, layout.bits, operationOf(layout.bits, layout.content, siblings));
    return { kind: "value", id };
  }

  #place(id: number, bits: number, operation: Partial<FieldOperation> & { kind: number }): void {
    const octet = this.bits >> 3;
    const last = (this.bits + bits - 1) >> 3;
    const isSmall = operation.kind === CODE && operation.allowed === undefined && last === octet;
    this.#operations.push({
      id,
      bits,
      octet,
      span: last - octet + 1,
      shift: 7 - ((this.bits + bits - 1) & 7),
      mask: bits > 32 ? 0 : bits === 32 ? -1 : 2 ** bits - 1,
      half: 2 ** (bits - 1),
      scale: 1,
      divisor: 1,
      isExact: (operation.divisor ?? 1) === 1,
      isLimited: operation.low !== undefined && (Number.isFinite(operation.low) || Number.isFinite(operation.high)),
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      allowed: undefined,
      flag: -1,
      choices: [],
      ...operation,
      ...(isSmall ? { kind: SMALL_CODE } : {}),
    });
    this.bits += bits;
  }
}

function fieldInfo(path: string, layout: ElementLayout): FieldInfo {
  const { bits, content } = layout;
  const common = { item: itemOf(path), path, bits, unit: content.type === "quantity" ? content.unit : "" };
  if (content.type === "octal") return { ...common, kind: "octal" };
  if (content.type === "ascii" || content.type === "icao") return { ...common, kind: "text" };
  return { ...common, kind: content.type === "code" && bits > 32 ? "hex" : "number" };
}

function itemOf(path: string): string {
  return path.split("/")[0]!;
}

function operationOf(bits: number, content: Content, siblings: ReadonlyMap<string, number>) {
  switch (content.type) {
    case "ascii":
      return { kind: ASCII };
    case "icao":
      return { kind: ICAO };
    case "octal":
      return { kind: CODE };
    case "quantity":
      return { kind: content.signed ? SIGNED : UNSIGNED, ...scaleOf(content), ...limitsOf(content) };
    case "case":
      return {
        kind: CASE,
        flag: siblings.get(content.flag) ?? -1,
        choices: content.choices.map(([, quantity]) => quantity),
      };
    default:
      return bits > 32 ? { kind: HEX } : { kind: CODE, allowed: allowedOf(bits, content.codes) };
  }
}

/** A step over a power of two is exact as one factor; any other is divided, so that a tenth stays a tenth. */
export function scaleOf(quantity: Quantity): { scale: number; divisor: number } {
  const { numerator, denominator } = quantity;
  const exact = Number.isInteger(Math.log2(denominator));
  return exact ? { scale: numerator / denominator, divisor: 1 } : { scale: numerator, divisor: denominator };
}

function limitsOf(quantity: Quantity): { low: number; high: number } {
  const tiny = quantity.numerator / quantity.denominator / 2;
  return {
    low: quantity.low === undefined ? Number.NEGATIVE_INFINITY : quantity.low + (quantity.openLow ? tiny : 0),
    high: quantity.high === undefined ? Number.POSITIVE_INFINITY : quantity.high - (quantity.openHigh ? tiny : 0),
  };
}

function allowedOf(bits: number, codes: readonly (readonly [number, number])[] | undefined): Uint8Array | undefined {
  if (codes === undefined || bits > 16) return undefined;
  const allowed = new Uint8Array(2 ** bits);
  for (const [low, high] of codes) allowed.fill(1, low, high + 1);
  return allowed;
}
