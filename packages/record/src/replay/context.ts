/** What every check of a leaf is given. */
import { refuse, shown } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import type { Primitives } from "../primitives.ts";
import type { Leaf } from "../statement/leaf.ts";
import type { Founding, KeyEntry, ReplayState } from "./state.ts";

export interface CheckContext {
  readonly state: ReplayState;
  readonly founding: Founding;
  readonly leaf: Leaf;
  /** The place the leaf has or would have. */
  readonly index: number;
  readonly signer: KeyEntry;
  /** Claimed time, microseconds since 1970. */
  readonly at: number;
  readonly primitives: Primitives;
}

/** A field of the statement's body that must be a string. Errors: `statement.body`. */
export function bodyText(body: { readonly [name: string]: Json }, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  return wrongBody(name, "a text", value);
}

export function wrongBody(name: string, expected: string, got: unknown): never {
  return refuse("statement.body", "statement", { where: { field: `body.${name}` }, expected, got: shown(got) });
}
