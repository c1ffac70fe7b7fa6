import type { Edition, Variant } from "./edition.ts";
import type { Node } from "./program.ts";
import { BAD_LENGTH, presenceOctets, readNode, TOO_SHORT, UNDEFINED_BIT } from "./read-node.ts";
import type { Tape } from "./tape.ts";

/**
 * Reads one record at `bytes[at]` onto the tape. Answers the offset behind it, or one of the readers' negative
 * answers. A record of which nothing is present, or whose presence bits are not all known, is refused.
 */
export function readRecord(edition: Edition, bytes: Uint8Array, at: number, end: number, tape: Tape): number {
  const octets = presenceOctets(bytes, at, end);
  if (octets < 0) return TOO_SHORT;
  const from = tape.length;
  let variant = edition.variants[0]!;
  let next = at + octets;
  for (let octet = 0; octet < octets; octet += 1) {
    const present = bytes[at + octet]!;
    for (let bit = 0; bit < 7; bit += 1) {
      if ((present & (0x80 >> bit)) === 0) continue;
      const index = octet * 7 + bit;
      const node = variant.nodes[index];
      if (node !== undefined) next = readNode(node, bytes, next, end, tape);
      else if (variant.places[index] === "random") next = readRandom(variant.nodes, bytes, next, end, tape);
      else return UNDEFINED_BIT;
      if (next < 0) return next;
      // The variants agree up to and with the item that chooses between them.
      if (edition.choice !== undefined) variant = variantFor(edition, tape, from);
    }
  }
  return tape.length > from || next > at + octets ? next : BAD_LENGTH;
}

function variantFor(edition: Edition, tape: Tape, from: number): Variant {
  const { field, variantOf } = edition.choice!;
  return edition.variants[variantOf.get(tape.latest(field, from)) ?? 0]!;
}

/** Random field sequencing: a count, and for each field its place in the order and the field. */
function readRandom(
  nodes: readonly (Node | undefined)[],
  bytes: Uint8Array,
  at: number,
  end: number,
  tape: Tape,
): number {
  if (at >= end) return TOO_SHORT;
  let next = at + 1;
  for (let left = bytes[at]!; left > 0; left -= 1) {
    if (next >= end) return TOO_SHORT;
    const node = nodes[bytes[next]! - 1];
    if (node === undefined) return UNDEFINED_BIT;
    next = readNode(node, bytes, next + 1, end, tape);
    if (next < 0) return next;
  }
  return next;
}
