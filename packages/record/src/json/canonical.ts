/** JSON Canonicalization Scheme (RFC 8785): one spelling for every JSON value. */
import { attempt, type Result, refuse } from "../fault.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * The canonical text of a value: names sorted by UTF-16 code units, numbers as ECMAScript writes them, no whitespace.
 * Members that are undefined are left out. Errors: `json.not-json` (NaN, infinities, lone surrogates, functions, ...).
 */
export function canonicalize(value: unknown): Result<string> {
  return attempt(() => write(value));
}

function write(value: unknown): string {
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "string") return writeString(value);
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (typeof value === "object") return writeObject(value as Record<string, unknown>);
  return refuse("json.not-json", "value", { expected: "what JSON can hold", got: typeof value });
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) refuse("json.not-json", "number", { expected: "a finite number", got: String(value) });
  return String(value === 0 ? 0 : value);
}

function writeString(value: string): string {
  if (!value.isWellFormed()) refuse("json.not-json", "string", { expected: "no lone surrogates" });
  return JSON.stringify(value);
}

function writeObject(value: Record<string, unknown>): string {
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  // The default order of sort() is by UTF-16 code units, which is the order that RFC 8785 section 3.2.3 asks for.
  const members = names.sort().map((name) => `${writeString(name)}:${write(value[name])}`);
  return `{${members.join(",")}}`;
}
