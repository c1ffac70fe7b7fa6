/** Entry bundles: up to 256 entries, each behind its length in two bytes (c2sp.org/tlog-tiles). */
import { concat } from "../bytes/bytes.ts";
import { attempt, type Result, refuse } from "../fault.ts";

export const MAXIMUM_ENTRY_BYTES = 65_535;

/** Errors: `entry.too-long`. */
export function encodeBundle(entries: readonly Uint8Array[]): Result<Uint8Array> {
  return attempt(() => concat(...entries.flatMap((entry) => [lengthOf(entry), entry])));
}

/** Reads exactly `count` entries with nothing left over. Errors: `bundle.truncated`, `bundle.trailing-bytes`. */
export function decodeBundle(bytes: Uint8Array, count: number): Result<Uint8Array[]> {
  return attempt(() => {
    const entries: Uint8Array[] = [];
    let offset = 0;
    while (entries.length < count) {
      const start = offset + 2;
      const end = start + (bytes[offset] ?? 0) * 256 + (bytes[offset + 1] ?? 0);
      if (start > bytes.length || end > bytes.length) {
        refuse("bundle.truncated", "entry bundle", {
          where: { offset },
          expected: `${count} entries`,
          got: `${entries.length}`,
        });
      }
      entries.push(bytes.subarray(start, end));
      offset = end;
    }
    if (offset !== bytes.length) refuse("bundle.trailing-bytes", "entry bundle", { where: { offset } });
    return entries;
  });
}

function lengthOf(entry: Uint8Array): Uint8Array {
  if (entry.length > MAXIMUM_ENTRY_BYTES) {
    refuse("entry.too-long", "entry", { expected: `at most ${MAXIMUM_ENTRY_BYTES} bytes`, got: `${entry.length}` });
  }
  return Uint8Array.of(entry.length >> 8, entry.length & 0xff);
}
