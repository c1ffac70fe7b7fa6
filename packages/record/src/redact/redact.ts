/** Concealing members of an object before it is signed, and putting back those that are disclosed. */
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import type { Primitives } from "../primitives.ts";
import {
  ALGORITHM,
  DIGESTS,
  type Disclosure,
  disclosureDigest,
  type JsonObject,
  makeDisclosure,
  readDisclosure,
} from "./disclosure.ts";

export interface Concealed {
  /** The object to sign: digests in the place of the members. */
  readonly body: JsonObject;
  /** Texts of the disclosures, in the order of the names given. */
  readonly disclosures: readonly string[];
}

/**
 * Conceals members of an object. `salt` gives 16 fresh random bytes at each call; `decoys` are digests of nothing, which
 * hide how many members there are. Errors: `disclosure.*`, `redact.no-member`.
 */
export function conceal(
  sha256: Primitives["sha256"],
  body: JsonObject,
  names: readonly string[],
  salt: () => Uint8Array,
  decoys: readonly string[] = [],
): Result<Concealed> {
  return attempt(() => {
    const made = names.map((name) => {
      if (!Object.hasOwn(body, name)) refuse("redact.no-member", "concealment", { expected: "a member", got: name });
      return unwrap(makeDisclosure(salt(), name, body[name]!));
    });
    const kept = Object.entries(body).filter(([name]) => !names.includes(name));
    // Sorted, so that the order tells nothing about which member is which.
    const digests = [...made.map(({ text }) => disclosureDigest(sha256, text)), ...decoys].sort();
    const concealed = { ...Object.fromEntries(kept), [DIGESTS]: digests, [ALGORITHM]: "sha-256" };
    return { body: concealed, disclosures: made.map(({ text }) => text) };
  });
}

/**
 * Puts the disclosed members back, at any depth. Each disclosure must be called for by exactly one digest, and no member
 * may appear twice. What is not disclosed is left out. Errors: `disclosure.*`, `redact.*`, `json.*`.
 */
export function reveal(
  sha256: Primitives["sha256"],
  body: JsonObject,
  disclosures: readonly string[],
): Result<JsonObject> {
  return attempt(() => {
    const open = new Map<string, Disclosure>();
    for (const text of disclosures) {
      const digest = disclosureDigest(sha256, text);
      if (open.has(digest)) refuse("redact.disclosed-twice", "disclosure", { got: digest });
      open.set(digest, unwrap(readDisclosure(text)));
    }
    const revealed = revealObject(body, open, new Set());
    const [left] = open.keys();
    if (left !== undefined) refuse("redact.not-called-for", "disclosure", { expected: "a digest", got: left });
    return revealed;
  });
}

function revealValue(value: Json, open: Map<string, Disclosure>, seen: Set<string>): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((member) => revealValue(member as Json, open, seen));
  return revealObject(value as JsonObject, open, seen);
}

function revealObject(value: JsonObject, open: Map<string, Disclosure>, seen: Set<string>): JsonObject {
  const members = new Map<string, Json>();
  for (const [name, member] of Object.entries(value)) {
    if (name === ALGORITHM && member !== "sha-256") refuse("redact.algorithm", "digests", { expected: "sha-256" });
    if (name !== DIGESTS && name !== ALGORITHM) members.set(name, revealValue(member, open, seen));
  }
  for (const digest of digestsOf(value)) {
    if (seen.has(digest)) refuse("redact.digest-twice", "digests", { got: digest });
    seen.add(digest);
    const disclosure = open.get(digest);
    if (!disclosure) continue;
    open.delete(digest);
    if (members.has(disclosure.name)) refuse("redact.member-twice", "disclosure", { got: disclosure.name });
    members.set(disclosure.name, revealValue(disclosure.value, open, seen));
  }
  return Object.fromEntries(members);
}

function digestsOf(value: JsonObject): readonly string[] {
  const digests = Object.hasOwn(value, DIGESTS) ? value[DIGESTS] : [];
  const fits = Array.isArray(digests) && digests.every((digest) => typeof digest === "string");
  return fits ? digests : refuse("redact.digests", "digests", { expected: "a list of texts" });
}
