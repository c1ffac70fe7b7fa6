/** Finding the public key that signed an entry: in the founding entry, or in the entry that enrolled the officer or the session. */
import type { EntryRow } from "@openjmc/model";
import { bytesToHex, decodeBundle, hexToBytes, type Json, plainSha256, readLeaf, TILE_WIDTH } from "@openjmc/record";
import { readRecordFile, readView } from "../../api/endpoints.ts";
import { bundleOf } from "./verify-entry.ts";

/** Entries of the signer's own enrolments that are looked into, newest first. */
const MOST_LOOKED_AT = 12;

const ENROLMENTS: Readonly<Record<EntryRow["tier"], readonly string[]>> = {
  machine: ["log.rekeyed"],
  root: ["root.replaced"],
  session: ["session.enrolled"],
  binding: ["officer.enrolled", "officer.rotated"],
};

/** The raw public key whose hash is the entry's key id; undefined if its enrolment was not found. */
export async function findPublicKey(row: EntryRow | undefined): Promise<Uint8Array | undefined> {
  if (row === undefined) return undefined;
  for (const index of await candidates(row)) {
    const key = (await keysIn(index)).find((one) => bytesToHex(plainSha256(one)) === row.keyid);
    if (key !== undefined) return key;
  }
  return undefined;
}

async function candidates(row: EntryRow): Promise<readonly number[]> {
  const pages = await Promise.all(
    ENROLMENTS[row.tier].map((tag) => readView<EntryRow>("entries", { tag, limit: 500 })),
  );
  const near = pages.flatMap((page) => page.rows).filter((one) => one.index < row.index || one.index === row.index);
  const own = near.filter((one) => row.tier === "machine" || row.tier === "root" || one.component === row.component);
  return [
    ...own
      .map((one) => one.index)
      .sort((left, right) => right - left)
      .slice(0, MOST_LOOKED_AT),
    0,
  ];
}

/** Every raw public key that an entry's body brings in. */
export async function keysIn(index: number): Promise<Uint8Array[]> {
  const { path, width } = await bundleOf(index);
  const bundle = decodeBundle(await readRecordFile(path), width);
  const bytes = bundle.ok ? bundle.value[index % TILE_WIDTH] : undefined;
  const leaf = bytes === undefined ? undefined : readLeaf(plainSha256, bytes);
  return leaf?.ok ? textsIn(leaf.value.statement.body).flatMap((text) => keyOf(text)) : [];
}

function keyOf(text: string): Uint8Array[] {
  const bytes = hexToBytes(text, 32);
  return bytes.ok ? [bytes.value] : [];
}

function textsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap((inner) => textsIn(inner as Json));
}
