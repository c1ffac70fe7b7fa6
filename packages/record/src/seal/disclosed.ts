/** From a disclosure to what it opens: the sealed entry, its ciphertext and its key, brought together. */
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import type { SealedPlace } from "./opened.ts";
import { type DisclosedBody, disclosedKey, type Room, type SealedBody } from "./room.ts";

/** All that opening needs. */
export interface Disclosure {
  readonly place: SealedPlace;
  readonly room: Room;
  readonly sealed: SealedBody;
  readonly ciphertext: Uint8Array;
  readonly key: Uint8Array;
}

/**
 * What a disclosure speaks of. `place`: the sealed entry of that id, if the log has one; `ciphertext`: its attachment.
 * Errors: `disclosed.unknown`, `sealed.missing` (its ciphertext is not here), `base64.malformed`, `sealed.key`,
 * `sealed.commitment` (it names no room).
 */
export function gatherDisclosure(
  body: DisclosedBody,
  place: SealedPlace | undefined,
  ciphertext: Uint8Array | undefined,
): Result<Disclosure> {
  return attempt(() => {
    if (!place) {
      return refuse("disclosed.unknown", "disclosure", { expected: "a sealed entry", got: shown(body.sealed) });
    }
    const { origin, body: outer } = place.leaf.statement;
    const sealed = outer as unknown as SealedBody;
    const key = unwrap(disclosedKey(body));
    if (typeof sealed.room !== "string" || typeof sealed.epoch !== "number")
      refuse("sealed.commitment", "sealed entry", { expected: "a room and its epoch", got: shown(sealed.room) });
    if (!ciphertext) return refuse("sealed.missing", "sealed entry", { expected: shown(sealed.ciphertext) });
    return { place, room: { origin, room: sealed.room, epoch: sealed.epoch }, sealed, ciphertext, key };
  });
}
