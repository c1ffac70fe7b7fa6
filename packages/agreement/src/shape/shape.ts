/**
 * Shapes: JSON Schema (2020-12) pieces that carry their TypeScript type, so that what the loader checks, what the compiler
 * knows and what is published are one thing.
 */

/** The part of JSON Schema that mission files use. */
export interface JsonSchema {
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly minProperties?: number;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly JsonSchema[];
}

/** A schema and, for the compiler only, the type of the values that it lets through. */
export interface Shape<T> {
  readonly schema: JsonSchema;
  readonly type?: T;
}

/** The type that a shape lets through. */
export type ShapeType<S> = S extends Shape<infer T> ? T : never;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Values<F extends Fields> = { readonly [K in keyof F]: ShapeType<F[K]> };
type Flat<T> = { readonly [K in keyof T]: T[K] };

/** A text of at least one character, or one that matches a pattern. */
export function text(description: string, pattern?: string): Shape<string> {
  return { schema: { type: "string", description, ...(pattern ? { pattern } : { minLength: 1 }) } };
}

/** One word of a list. */
export function word<const W extends readonly string[]>(words: W, description?: string): Shape<W[number]> {
  return { schema: { type: "string", enum: words, ...(description ? { description } : {}) } };
}

/** Exactly this text. */
export function exactly<const W extends string>(value: W): Shape<W> {
  return { schema: { type: "string", const: value } };
}

export function flag(description: string): Shape<boolean> {
  return { schema: { type: "boolean", description } };
}

export function decimal(description: string, minimum?: number, maximum?: number): Shape<number> {
  return { schema: { type: "number", description, ...bounds(minimum, maximum) } };
}

export function whole(description: string, minimum?: number, maximum?: number): Shape<number> {
  return { schema: { type: "integer", description, ...bounds(minimum, maximum) } };
}

export function list<T>(item: Shape<T>, description?: string, minItems = 0): Shape<readonly T[]> {
  return { schema: { type: "array", ...(description ? { description } : {}), items: item.schema, minItems } };
}

/** A map from free keys to values of one shape. */
export function table<T>(item: Shape<T>, description: string): Shape<Readonly<Record<string, T>>> {
  return { schema: { type: "object", description, additionalProperties: item.schema, minProperties: 1 } };
}

/** An object with required and optional fields and no others. */
export function record<R extends Fields, O extends Fields = Record<never, never>>(
  description: string,
  required: R,
  optional?: O,
): Shape<Flat<Values<R> & Partial<Values<O>>>> {
  const all = { ...required, ...optional };
  return {
    schema: {
      type: "object",
      description,
      properties: Object.fromEntries(Object.entries(all).map(([key, shape]) => [key, shape.schema])),
      required: Object.keys(required),
      additionalProperties: false,
    },
  };
}

/** One of several shapes. */
export function either<const S extends readonly Shape<unknown>[]>(
  description: string,
  ...shapes: S
): Shape<ShapeType<S[number]>> {
  return { schema: { description, anyOf: shapes.map((shape) => shape.schema) } };
}

function bounds(minimum?: number, maximum?: number): JsonSchema {
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}
