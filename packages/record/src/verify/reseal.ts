/**
 * Entries sealed once more, with SHA-512, against the day on which SHA-256 falls: `record.resealed` holds a digest over every entry
 * before a size. The centre signs it (Ed25519 hashes with SHA-512 itself), cosigners sign it with ML-DSA-44 beside Ed25519, mirrors
 * keep it. Who then finds other entries that hash to the same tiles has to fit them to this digest too.
 */
import { concat, utf8 } from "../bytes/bytes.ts";
import { hexToBytes } from "../bytes/hex.ts";
import { unwrap } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import { decodeBundle, encodeBundle } from "../tiles/bundle.ts";
import { TILE_WIDTH } from "../tiles/path.ts";
import { finding, type RecordFinding } from "./finding.ts";
import { readTile, widestAt } from "./tiles.ts";
import type { WalkedRecord } from "./walk.ts";

/** Body of `record.resealed`. */
export interface ResealedBody {
  /** Entries before it are sealed. */
  readonly size: number;
  /** Hexadecimal; see `resealDigest`. */
  readonly sha512: string;
}

/** SHA-512 of bytes, hexadecimal. */
export type Sha512 = (bytes: Uint8Array) => string | Promise<string>;

/** What an entry of the record claims to have sealed once more. */
export interface Resealing {
  readonly index: number;
  readonly at: string;
  readonly body: { readonly [name: string]: Json };
}

export interface Reseals {
  /** Entries whose digest came out the same, with how far each reaches. */
  readonly good: readonly (Resealing & { readonly size: number })[];
  /** Entries that could not be checked here: some that they are about are withheld, or there is no SHA-512. */
  readonly unchecked: number;
  readonly findings: readonly RecordFinding[];
}

/**
 * A chain over bundles of 256 entries as tlog-tiles lays them out, the last one cut at `size`: SHA-512(`openjmc reseal v1`, LF,
 * origin, LF), then for each bundle SHA-512(what came before || bundle). `bundle` gives the first `width` entries of one; undefined
 * where some are not to be had, and so is the digest then.
 */
export async function resealDigest(
  sha512: Sha512,
  origin: string,
  size: number,
  bundle: (index: number, width: number) => Promise<readonly Uint8Array[] | undefined>,
): Promise<string | undefined> {
  let digest = await sha512(utf8(`openjmc reseal v1\n${origin}\n`));
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const entries = await bundle(index, Math.min(TILE_WIDTH, size - index * TILE_WIDTH));
    if (!entries) return undefined;
    digest = await sha512(concat(unwrap(hexToBytes(digest)), unwrap(encodeBundle(entries))));
  }
  return digest;
}

/** Computes the digests anew. Findings: `reseal.differs`. */
export async function checkReseals(
  record: WalkedRecord,
  origin: string,
  resealings: readonly Resealing[],
  sha512: Sha512 | undefined,
): Promise<Reseals> {
  const good: (Resealing & { readonly size: number })[] = [];
  const findings: RecordFinding[] = [];
  let unchecked = 0;
  for (const resealing of resealings) {
    const { index, body } = resealing;
    const { size } = body;
    const isPlace = typeof size === "number" && Number.isSafeInteger(size) && size >= 0 && size <= index;
    const digest = isPlace && sha512 ? await resealDigest(sha512, origin, size, entriesOf(record)) : undefined;
    if (!isPlace || (digest !== undefined && digest !== body.sha512))
      findings.push(finding("reseal.differs", { index }));
    else if (digest === undefined) unchecked += 1;
    else good.push({ ...resealing, size });
  }
  return { good, unchecked, findings };
}

function entriesOf({ reader, size }: WalkedRecord) {
  return async (index: number, width: number): Promise<readonly Uint8Array[] | undefined> => {
    const widest = widestAt({ level: "entries", index, width: TILE_WIDTH }, size);
    const bytes = await readTile(reader, { level: "entries", index, width: widest });
    const entries = bytes && decodeBundle(bytes, widest);
    return entries?.ok ? entries.value.slice(0, width) : undefined;
  };
}
