/**
 * Entries on their way to a mirror (c2sp.org/tlog-mirror, add-entries): packages of up to 256 entries, each with the proof
 * that it lies in the tree, so that a mirror can keep one after the other. The transport is somebody else's.
 */
import { base64ToBytes, bytesToBase64 } from "../bytes/base64.ts";
import { concat, readDecimal, readUint64, uint64, utf8, utf8ToText } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import { HASH_BYTES, leafHash, type Sha256 } from "../merkle/hash.ts";
import { appendLeaf, EMPTY_EDGE, edgeRoot } from "../merkle/range.ts";
import { stretchProof, verifyStretch } from "../merkle/stretch.ts";
import type { NodeSource } from "../merkle/subtree.ts";
import { MAXIMUM_PROOF_HASHES } from "../merkle/verify.ts";
import { encodeBundle } from "../tiles/bundle.ts";
import { TILE_WIDTH } from "../tiles/path.ts";

/** What stands before the packages. */
export interface AddEntriesHead {
  readonly origin: string;
  readonly start: number;
  /** Size of a checkpoint that the mirror was given before. */
  readonly end: number;
  /** Opaque, from the mirror's last answer; empty at first. */
  readonly ticket: Uint8Array;
}

export interface EntryPackage {
  readonly start: number;
  readonly entries: readonly Uint8Array[];
  readonly proof: readonly Uint8Array[];
}

export const MIRROR_INFO_CONTENT_TYPE = "text/x.tlog.mirror-info";
/** As many as the format advises for one request. */
export const PACKAGES_PER_REQUEST = 32;

/** The stretches that `start` to `end` are sent in: `[from, until)`, cut at multiples of 256. */
export function* packageBounds(
  start: number,
  end: number,
): Generator<{ readonly from: number; readonly until: number }> {
  for (let from = start; from < end; ) {
    const until = Math.min(end, (Math.floor(from / TILE_WIDTH) + 1) * TILE_WIDTH);
    yield { from, until };
    from = until;
  }
}

export function formatAddEntriesHead({ origin, start, end, ticket }: AddEntriesHead): Uint8Array {
  const name = utf8(origin);
  return concat(uint16(name.length), name, uint64(start), uint64(end), uint16(ticket.length), ticket);
}

/** A package for a tree of `size` leaves, of which `nodes` are. Errors: `entry.too-long`. */
export function formatPackage(
  sha256: Sha256,
  nodes: NodeSource,
  size: number,
  from: number,
  entries: readonly Uint8Array[],
): Result<Uint8Array> {
  return attempt(() => {
    const stretch = { start: from - (from % TILE_WIDTH), end: from + entries.length };
    const proof = stretchProof(sha256, nodes, stretch, size);
    return concat(unwrap(encodeBundle(entries)), Uint8Array.of(proof.length), ...proof);
  });
}

/**
 * Reads a body as far as it is whole: a connection that broke leaves whole packages behind. Nothing is proven yet.
 * Errors: `mirror.malformed` where not even the head is whole, `utf8.malformed`.
 */
export function parseAddEntries(
  bytes: Uint8Array,
): Result<{ readonly head: AddEntriesHead; readonly packages: readonly EntryPackage[]; readonly isWhole: boolean }> {
  return attempt(() => {
    const reader = new Reader(bytes);
    const origin = unwrap(utf8ToText(reader.prefixed() ?? malformed("an origin")));
    const [start, end] = [reader.number() ?? malformed("a start"), reader.number() ?? malformed("an end")];
    const head = { origin, start, end, ticket: reader.prefixed() ?? malformed("a ticket") };
    if (start > end) malformed("a start not beyond the end");
    const packages: EntryPackage[] = [];
    for (const { from, until } of packageBounds(start, end)) {
      if (reader.rest === 0) break;
      const found = reader.entryPackage(from, until - from);
      if (!found) return { head, packages, isWhole: false };
      packages.push(found);
    }
    return { head, packages, isWhole: reader.rest === 0 };
  });
}

/**
 * Whether a package lies in the tree. `before` are hashes of the leaves from the last multiple of 256 up to its start.
 * Errors: `proof.malformed`, `proof.mismatch`.
 */
export function verifyPackage(
  sha256: Sha256,
  sent: EntryPackage,
  before: readonly Uint8Array[],
  tree: { readonly size: number; readonly root: Uint8Array },
): Result<true> {
  const leaves = [...before, ...sent.entries.map((entry) => leafHash(sha256, entry))];
  const edge = leaves.reduce((grown, leaf) => appendLeaf(sha256, grown, leaf), EMPTY_EDGE);
  const start = sent.start - (sent.start % TILE_WIDTH);
  const claim = { start, end: start + leaves.length, stretchRoot: edgeRoot(sha256, edge), proof: sent.proof };
  return verifyStretch(sha256, { ...claim, ...{ size: tree.size, root: tree.root } });
}

/** Where a mirror stands, as it answers with 202 and 409. */
export interface MirrorInfo {
  readonly size: number;
  /** The first entry that it does not have. */
  readonly next: number;
  readonly ticket: Uint8Array;
}

export function formatMirrorInfo({ size, next, ticket }: MirrorInfo): string {
  return `${size}\n${next}\n${bytesToBase64(ticket)}\n`;
}

/** Errors: `mirror.malformed`. */
export function parseMirrorInfo(text: string): Result<MirrorInfo> {
  return attempt(() => {
    const [sizeText = "", nextText = "", ticketText = "", end, ...more] = text.split("\n");
    const [size, next] = [readDecimal(sizeText), readDecimal(nextText)];
    const ticket = base64ToBytes(ticketText);
    if (size === undefined || next === undefined || !ticket.ok || end !== "" || more.length > 0) {
      return refuse("mirror.malformed", "mirror's answer", { expected: "size, next entry, ticket", got: shown(text) });
    }
    return { size, next, ticket: ticket.value };
  });
}

class Reader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get rest(): number {
    return this.#bytes.length - this.#offset;
  }

  take(length: number): Uint8Array | undefined {
    if (this.rest < length) return undefined;
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  prefixed(): Uint8Array | undefined {
    const length = this.take(2);
    return length && this.take(length[0]! * 256 + length[1]!);
  }

  number(): number | undefined {
    const bytes = this.take(8);
    return bytes && readUint64(bytes);
  }

  entryPackage(start: number, count: number): EntryPackage | undefined {
    const entries: Uint8Array[] = [];
    while (entries.length < count) {
      const entry = this.prefixed();
      if (!entry) return undefined;
      entries.push(entry);
    }
    const hashes = this.take(1)?.[0];
    if (hashes === undefined) return undefined;
    if (hashes > MAXIMUM_PROOF_HASHES) malformed(`at most ${MAXIMUM_PROOF_HASHES} hashes`);
    const bytes = this.take(hashes * HASH_BYTES);
    if (!bytes) return undefined;
    const proof = Array.from({ length: hashes }, (_, place) =>
      bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
    );
    return { start, entries, proof };
  }
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function malformed(expected: string): never {
  return refuse("mirror.malformed", "entries for a mirror", { expected });
}
