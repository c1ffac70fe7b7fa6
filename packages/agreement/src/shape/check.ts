/** Checks a YAML node against a schema and says of each misfit where it stands and what was expected. */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { JsonSchema } from "./shape.ts";

/** One misfit. `path` as in `zones[2].names.en`; `offset` in characters from the file's start. */
export interface Misfit {
  readonly path: string;
  readonly offset: number;
  readonly expected: string;
  readonly got: string;
}

/** Resolves aliases (`*name`) of the document that holds a node. */
export type Resolve = (node: Node) => Node | undefined;

/** All misfits of a node; none means that it fits. */
export function checkNode(node: unknown, schema: JsonSchema, path: string, resolve: Resolve): Misfit[] {
  const target = isAlias(node) ? resolve(node) : node;
  if (schema.anyOf) return checkAny(target, schema, path, resolve);
  if (schema.type === "object") return checkMap(target, schema, path, resolve);
  if (schema.type === "array") return checkList(target, schema, path, resolve);
  return checkScalar(target, schema, path);
}

function checkAny(node: unknown, schema: JsonSchema, path: string, resolve: Resolve): Misfit[] {
  const tried = schema.anyOf!.map((option) => checkNode(node, option, path, resolve));
  if (tried.some((misfits) => misfits.length === 0)) return [];
  // The option that the node names by its fixed words (`type: Polygon`, `kind: mqtt`) explains best.
  const claimed = schema.anyOf!.findIndex((option) => claims(node, option));
  return claimed >= 0 ? tried[claimed]! : [misfit(node, path, schema.anyOf!.map(describe).join(" or "))];
}

/** Whether an option has fixed words and the node has all of them. */
function claims(node: unknown, option: JsonSchema): boolean {
  const fixed = Object.entries(option.properties ?? {}).filter(([, inner]) => inner.const !== undefined);
  return isMap(node) && fixed.length > 0 && fixed.every(([key, inner]) => node.get(key) === inner.const);
}

function checkMap(node: unknown, schema: JsonSchema, path: string, resolve: Resolve): Misfit[] {
  if (!isMap(node)) return [misfit(node, path, describe(schema))];
  const found: Misfit[] = [];
  const seen = new Set<string>();
  for (const pair of node.items as Pair[]) {
    const key = isScalar(pair.key) ? String(pair.key.value) : "";
    seen.add(key);
    const inner = schema.properties?.[key] ?? additional(schema);
    if (inner) found.push(...checkNode(pair.value, inner, join(path, key), resolve));
    else found.push({ ...misfit(pair.key, join(path, key), namesOf(schema)), got: `field ${key}` });
  }
  for (const key of schema.required ?? []) {
    if (!seen.has(key)) found.push({ ...misfit(node, join(path, key), "the field to be there"), got: "nothing" });
  }
  if (seen.size < (schema.minProperties ?? 0)) found.push(misfit(node, path, "at least one field"));
  return found;
}

function additional(schema: JsonSchema): JsonSchema | undefined {
  if (typeof schema.additionalProperties === "object") return schema.additionalProperties;
  return schema.additionalProperties === false ? undefined : {};
}

function checkList(node: unknown, schema: JsonSchema, path: string, resolve: Resolve): Misfit[] {
  if (!isSeq(node)) return [misfit(node, path, describe(schema))];
  const found = node.items.flatMap((item, index) =>
    checkNode(item, schema.prefixItems?.[index] ?? schema.items ?? {}, `${path}[${index}]`, resolve),
  );
  const count = node.items.length;
  if (count < (schema.minItems ?? 0)) found.push(misfit(node, path, `at least ${schema.minItems} items`));
  if (schema.maxItems !== undefined && count > schema.maxItems) {
    found.push(misfit(node, path, `at most ${schema.maxItems} items`));
  }
  return found;
}

function checkScalar(node: unknown, schema: JsonSchema, path: string): Misfit[] {
  if (schema.type === undefined && schema.const === undefined && schema.enum === undefined) return [];
  const value = isScalar(node) ? node.value : undefined;
  return fits(value, schema) ? [] : [misfit(node, path, describe(schema))];
}

function fits(value: unknown, schema: JsonSchema): boolean {
  if (schema.type === "boolean") return typeof value === "boolean";
  if (schema.type === "string") return typeof value === "string" && fitsText(value, schema);
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  if (schema.type === "integer" && !Number.isSafeInteger(value)) return false;
  return value >= (schema.minimum ?? value) && value <= (schema.maximum ?? value);
}

function fitsText(value: string, schema: JsonSchema): boolean {
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  if (schema.pattern) return new RegExp(schema.pattern, "u").test(value);
  return value.length >= (schema.minLength ?? 0);
}

function describe(schema: JsonSchema): string {
  if (schema.const !== undefined) return `"${schema.const}"`;
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  const kind = { object: "a map", array: "a list", string: "a text", number: "a number", integer: "a whole number" };
  const name = schema.type === "boolean" ? "true or false" : kind[schema.type as keyof typeof kind];
  const limits = [
    schema.minimum === undefined ? undefined : `at least ${schema.minimum}`,
    schema.maximum === undefined ? undefined : `at most ${schema.maximum}`,
    schema.pattern === undefined ? undefined : `like ${schema.pattern}`,
  ].filter((limit) => limit !== undefined);
  return [name, ...limits, schema.description ? `(${schema.description})` : ""].filter(Boolean).join(" ");
}

function namesOf(schema: JsonSchema): string {
  return `one of the fields ${Object.keys(schema.properties ?? {}).join(", ")}`;
}

function misfit(node: unknown, path: string, expected: string): Misfit {
  const range = (node as Node | null | undefined)?.range;
  return { path, offset: range?.[0] ?? 0, expected, got: describeNode(node) };
}

function describeNode(node: unknown): string {
  if (isMap(node)) return "a map";
  if (isSeq(node)) return "a list";
  if (isScalar(node)) return node.value === null ? "nothing" : JSON.stringify(node.value).slice(0, 60);
  return "nothing";
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
