/** The fields that every statement has, whatever its kind, and reading and writing them. */
import { utf8 } from "../bytes/bytes.ts";
import { isSha256Hex } from "../bytes/hex.ts";
import { MAXIMUM_PAYLOAD_BYTES } from "../envelope/envelope.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import { canonicalize, type Json } from "../json/canonical.ts";
import { parseCanonical } from "../json/strict.ts";
import { isIdentifier } from "../json/text.ts";
import { parseStatementTime } from "./instant.ts";

/** A named link to an attachment or to an earlier statement, by SHA-256 (hexadecimal). */
export interface Reference {
  readonly rel: string;
  readonly sha256: string;
}

/** A recent size and root of the log (hexadecimal): proof that the statement was not signed before. */
export interface Anchor {
  readonly size: number;
  readonly root: string;
}

export interface StatementBody {
  /** Name of the log the statement is meant for. */
  readonly origin: string;
  readonly kind: string;
  /** The signer's component, or `centre` for machine acts. Of a joint act: the proposer's. */
  readonly component: string;
  /** The signer's role, or `centre`. Of a joint act: the proposer's. */
  readonly role: string;
  /** What the statement is about: a ULID made by a person's client, or a machine's id. */
  readonly subject: string;
  readonly revision: number;
  /** Claimed time, RFC 3339 with six fractional digits. */
  readonly at: string;
  readonly refs: readonly Reference[];
  readonly anchor: Anchor;
  readonly body: { readonly [name: string]: Json };
}

/** A statement about to be written: its body may be any object that JSON can hold. */
export type StatementDraft = Omit<StatementBody, "body"> & { readonly body: object };

/** In the order of the canonical form, as all names here are. */
const FIELDS = ["anchor", "at", "body", "component", "kind", "origin", "refs", "revision", "role", "subject"];
const REFERENCE_FIELDS = ["rel", "sha256"];
const ANCHOR_FIELDS = ["root", "size"];
const MAXIMUM_REFERENCES = 256;

/** The canonical payload of a statement. Errors: as `decodePayload`, so that nothing unreadable is ever signed. */
export function encodePayload(statement: StatementDraft): Result<Uint8Array> {
  return attempt(() => {
    const bytes = utf8(unwrap(canonicalize(statement)));
    unwrap(decodePayload(bytes));
    return bytes;
  });
}

/** Errors: `json.*`, `statement.malformed` with the field, `statement.time`. */
export function decodePayload(payload: Uint8Array): Result<StatementBody> {
  return attempt(() => {
    const value = unwrap(parseCanonical(payload, MAXIMUM_PAYLOAD_BYTES));
    const fields = object(value, "");
    if (!hasExactly(fields, FIELDS)) wrong("", `exactly ${FIELDS.join(", ")}`, Object.keys(fields));
    identifier(fields.component, "component");
    identifier(fields.kind, "kind");
    identifier(fields.origin, "origin");
    identifier(fields.role, "role");
    identifier(fields.subject, "subject");
    if (!isCount(fields.revision)) wrong("revision", "an integer from 0", fields.revision);
    unwrap(parseStatementTime(fields.at));
    checkReferences(fields.refs);
    checkAnchor(object(fields.anchor, "anchor"));
    object(fields.body, "body");
    return value as unknown as StatementBody;
  });
}

function checkReferences(value: Json | undefined): void {
  if (!Array.isArray(value) || value.length > MAXIMUM_REFERENCES) {
    wrong("refs", `a list of at most ${MAXIMUM_REFERENCES}`, value);
  }
  value.forEach((entry: Json, position: number) => {
    const field = `refs.${position}`;
    const reference = object(entry, field);
    if (!hasExactly(reference, REFERENCE_FIELDS)) wrong(field, "exactly rel, sha256", entry);
    identifier(reference.rel, `${field}.rel`);
    sha256(reference.sha256, `${field}.sha256`);
  });
}

function checkAnchor(anchor: { readonly [name: string]: Json }): void {
  if (!hasExactly(anchor, ANCHOR_FIELDS)) wrong("anchor", "exactly root, size", anchor);
  if (!isCount(anchor.size)) wrong("anchor.size", "an integer from 0", anchor.size);
  sha256(anchor.root, "anchor.root");
}

function hasExactly(fields: { readonly [name: string]: Json }, wanted: readonly string[]): boolean {
  const names = Object.keys(fields);
  if (names.length !== wanted.length) return false;
  for (let place = 0; place < wanted.length; place++) if (names[place] !== wanted[place]) return false;
  return true;
}

function object(value: Json | undefined, field: string): { readonly [name: string]: Json } {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    return value as { readonly [name: string]: Json };
  }
  return wrong(field, "an object", value);
}

function identifier(value: Json | undefined, field: string): void {
  if (!isIdentifier(value)) wrong(field, "1 to 128 letters, digits and ._:/-", value);
}

function sha256(value: Json | undefined, field: string): void {
  if (typeof value !== "string" || !isSha256Hex(value)) wrong(field, "64 hexadecimal digits", value);
}

function isCount(value: Json | undefined): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function wrong(field: string, expected: string, got: unknown): never {
  return refuse("statement.malformed", "statement", { where: { field }, expected, got: shown(got) });
}
