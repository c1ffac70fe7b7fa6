/**
 * Checking one entry in this browser, from the record's own files: the leaf's bytes, its signature, and its place under
 * the checkpoint's root. The centre is asked for files only; what they prove is worked out here.
 */
import { FaultError, type Result } from "@openjmc/model";
import {
  bytesToHex,
  checkSignatureForm,
  decodeBundle,
  inclusionProof,
  type Leaf,
  leafHash,
  parseCheckpoint,
  plainSha256,
  readLeaf,
  TILE_WIDTH,
  tileNodes,
  tilePath,
  utf8ToText,
  verifyInclusion,
} from "@openjmc/record";
import { readRecordFile } from "../../api/endpoints.ts";

export interface VerifiedEntry {
  readonly leafBytes: Uint8Array;
  readonly leaf: Leaf;
  readonly leafHash: string;
  readonly size: number;
  readonly root: string;
  readonly proof: readonly string[];
  readonly isIncluded: boolean;
  /** Undefined where the signing key is not known here (its entry lies further back than the loaded rows). */
  readonly isSigned: boolean | undefined;
  readonly bundlePath: string;
}

/** Reads and checks an entry. `publicKey`: the signer's raw key, where known. Throws `FaultError` when files are missing or malformed. */
export async function verifyEntry(index: number, publicKey: Uint8Array | undefined): Promise<VerifiedEntry> {
  const { size, root } = await readCheckpoint();
  if (index >= size)
    throw new FaultError({ code: "entry.not-sealed", what: `entry ${index}`, expected: `below ${size}` });
  const { path: bundlePath, width } = bundleAt(index, size);
  const bundle = must(decodeBundle(await readRecordFile(bundlePath), width));
  const leafBytes = bundle[index % TILE_WIDTH]!;
  const leaf = must(readLeaf(plainSha256, leafBytes));
  const tiles = await readTiles(index, size);
  const proof = inclusionProof(
    plainSha256,
    tileNodes(plainSha256, (path) => tiles.get(path), size),
    index,
    size,
  );
  const hash = leafHash(plainSha256, leafBytes);
  return {
    leafBytes,
    leaf,
    leafHash: bytesToHex(hash),
    size,
    root: bytesToHex(root),
    proof: proof.map(bytesToHex),
    isIncluded: verifyInclusion(plainSha256, { leafHash: hash, index, size, proof, root }).ok,
    isSigned: publicKey === undefined ? undefined : await isSignedBy(leaf, publicKey),
    bundlePath,
  };
}

/** Where the newest bundle with an entry lies, and how many entries it holds. */
export async function bundleOf(index: number): Promise<{ readonly path: string; readonly width: number }> {
  return bundleAt(index, (await readCheckpoint()).size);
}

function bundleAt(index: number, size: number): { readonly path: string; readonly width: number } {
  const tile = Math.floor(index / TILE_WIDTH);
  return { path: pathOf("entries", tile, size), width: widthOf(tile, size) };
}

async function readCheckpoint(): Promise<{ readonly size: number; readonly root: Uint8Array }> {
  const text = must(utf8ToText(await readRecordFile("checkpoint")));
  return must(parseCheckpoint(text.slice(0, text.lastIndexOf("\n\n") + 1)));
}

async function isSignedBy(leaf: Leaf, publicKey: Uint8Array): Promise<boolean> {
  if (!checkSignatureForm(leaf.envelope.signature).ok) return false;
  const key = await crypto.subtle.importKey("raw", publicKey as Uint8Array<ArrayBuffer>, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify(
    "Ed25519",
    key,
    leaf.envelope.signature as Uint8Array<ArrayBuffer>,
    leaf.signed as Uint8Array<ArrayBuffer>,
  );
}

/** The hash tiles that an inclusion proof needs: on each level the entry's own tile and the last one (the right edge). */
async function readTiles(index: number, size: number): Promise<ReadonlyMap<string, Uint8Array>> {
  const paths = new Set<string>();
  let at = index;
  let count = size;
  for (let level = 0; count > 0; level++) {
    const own = Math.floor(at / TILE_WIDTH);
    const last = Math.floor((count - 1) / TILE_WIDTH);
    for (const tile of new Set([own, last])) if (tile * TILE_WIDTH < count) paths.add(pathOf(level, tile, count));
    at = own;
    count = Math.floor(count / TILE_WIDTH);
  }
  return new Map(await Promise.all([...paths].map(async (path) => [path, await readRecordFile(path)] as const)));
}

function widthOf(tile: number, count: number): number {
  return Math.min(TILE_WIDTH, count - tile * TILE_WIDTH);
}

function pathOf(level: number | "entries", tile: number, count: number): string {
  return tilePath({ level, index: tile, width: widthOf(tile, count) });
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new FaultError(result.fault);
}
