/**
 * A component's part in the founding: which root keys it has, which officers with which keys, by which key its room
 * begins. Made on the component's machine; nothing in it is secret.
 */
import { FaultError } from "@openjmc/model";
import {
  bytesToHex,
  canonicalize,
  isIdentifier,
  isSha256Hex,
  type Json,
  ROOT_KEYS,
  unwrap,
  utf8,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { RoomKeyedBody } from "../room/found-room.ts";
import { readExchanged, writeExchanged } from "../signer/files/exchanged-file.ts";

export const PART_FORMAT = "openjmc founding part v1";

export interface PartOfficer {
  readonly id: string;
  readonly roles: readonly string[];
  /** Raw public key, hexadecimal. */
  readonly key: string;
}

export interface FoundingPart {
  readonly component: string;
  readonly origin: string;
  readonly mission: { readonly id: string; readonly sha256: string };
  /** Raw public keys, hexadecimal. */
  readonly roots: readonly string[];
  readonly officers: readonly PartOfficer[];
  readonly room?: RoomKeyedBody;
}

/** A holder's public key, as the part needs it. */
interface Holder {
  readonly publicKey: Uint8Array;
}

/** The part of a component whose keys are there. */
export function makePart(
  plan: Pick<FoundingPart, "origin" | "mission"> & { readonly room?: RoomKeyedBody },
  keys: {
    readonly component: string;
    readonly roots: readonly Holder[];
    readonly officers: readonly (Omit<PartOfficer, "key"> & { readonly signer: Holder })[];
  },
): FoundingPart {
  return {
    component: keys.component,
    origin: plan.origin,
    mission: plan.mission,
    roots: keys.roots.map((root) => bytesToHex(root.publicKey)),
    officers: keys.officers.map(({ id, roles, signer }) => ({ id, roles, key: bytesToHex(signer.publicKey) })),
    ...(plan.room === undefined ? {} : { room: plan.room }),
  };
}

/** SHA-256 of a part, to be read aloud and compared before it is founded upon. */
export function partDigest(part: FoundingPart): string {
  return bytesToHex(nodePrimitives.sha256(utf8(unwrap(canonicalize(part as unknown as Json)))));
}

export function writePart(path: string, part: FoundingPart): void {
  writeExchanged(path, PART_FORMAT, part);
}

/** Errors: those of `readExchanged`, `part.malformed`. */
export function readPart(path: string): FoundingPart {
  const { format: _format, ...part } = readExchanged<FoundingPart>(path, PART_FORMAT);
  return checkPart(part, path);
}

/** A part whose members are what they should be. Error: `part.malformed` with the member. */
export function checkPart(part: FoundingPart, file: string): FoundingPart {
  const isKey = (key: unknown): boolean => typeof key === "string" && /^[0-9a-f]{64}$/.test(key);
  const isOfficer = ({ id, roles, key }: PartOfficer): boolean =>
    isIdentifier(id) && Array.isArray(roles) && roles.every(isIdentifier) && isKey(key);
  const holds: Readonly<Record<keyof FoundingPart, boolean>> = {
    component: isIdentifier(part.component),
    origin: isIdentifier(part.origin),
    mission: isIdentifier(part.mission?.id) && isSha256Hex(String(part.mission?.sha256)),
    roots: Array.isArray(part.roots) && part.roots.length === ROOT_KEYS && part.roots.every(isKey),
    officers: Array.isArray(part.officers) && part.officers.every(isOfficer),
    room: part.room === undefined || part.room.room === part.component,
  };
  const wrong = Object.entries(holds).find(([, good]) => !good);
  if (!wrong) return part;
  throw new FaultError({
    ...{ code: "part.malformed", what: "part of the founding", where: { file, field: wrong[0] } },
    ...{ expected: "a part made by `jmc init --component`" },
  });
}
