/** One text for one value: members in the order of their names, numbers and strings as JSON writes them (as RFC 8785 does). */
import { FaultError } from "@openjmc/model";

/**
 * Canonical JSON of a plain value. Members whose value is undefined are left out.
 * Throws `row.not-json` for what JSON cannot hold (NaN, infinities, functions, big integers).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value === "object") return canonicalObject(value as Readonly<Record<string, unknown>>);
  throw new FaultError({ code: "row.not-json", what: "value of a row", expected: "plain JSON", got: String(value) });
}

function canonicalObject(object: Readonly<Record<string, unknown>>): string {
  const members: string[] = [];
  for (const name of Object.keys(object).sort()) {
    const value = object[name];
    if (value !== undefined) members.push(`${JSON.stringify(name)}:${canonicalJson(value)}`);
  }
  return `{${members.join(",")}}`;
}
