import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { leafHash } from "../merkle/hash.ts";
import { TreeHistory } from "../merkle/history.ts";
import { sha256 } from "../testing/primitives.ts";
import {
  formatAddEntriesHead,
  formatMirrorInfo,
  formatPackage,
  packageBounds,
  parseAddEntries,
  parseMirrorInfo,
  verifyPackage,
} from "./add-entries.ts";

const leaves = Array.from({ length: 700 }, (_, index) => utf8(`leaf ${index}`));
const tree = new TreeHistory(sha256);
for (const leaf of leaves) tree.append(leafHash(sha256, leaf));

function bodyOf(start: number, end: number): Uint8Array {
  const head = formatAddEntriesHead({ origin: "exercise.test", start, end, ticket: utf8("ticket") });
  const packages = [...packageBounds(start, end)].map(({ from, until }) =>
    unwrap(formatPackage(sha256, tree.node, end, from, leaves.slice(from, until))),
  );
  return concat(head, ...packages);
}

const before = (start: number) => leaves.slice(start - (start % 256), start).map((leaf) => leafHash(sha256, leaf));
const spans = fc.tuple(fc.nat(700), fc.nat(700)).map(([one, other]) => [Math.min(one, other), Math.max(one, other)]);

describe("entries for a mirror", () => {
  test("are read as they were sent, and each package is proven by itself", () => {
    fc.assert(
      fc.property(spans, ([start, end]) => {
        const { head, packages, isWhole } = unwrap(parseAddEntries(bodyOf(start!, end!)));
        expect([head.origin, head.start, head.end, isWhole]).toEqual(["exercise.test", start, end, true]);
        expect(packages.flatMap((one) => one.entries)).toEqual(leaves.slice(start, end));
        const root = tree.rootAt(end!)!;
        for (const one of packages) {
          expect(verifyPackage(sha256, one, before(one.start), { size: end!, root }).ok).toBe(true);
          const forged = { ...one, entries: [utf8("forged"), ...one.entries.slice(1)] };
          expect(verifyPackage(sha256, forged, before(one.start), { size: end!, root }).ok).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("a connection that breaks leaves whole packages behind", () => {
    const whole = bodyOf(100, 700);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        const read = parseAddEntries(whole.subarray(0, length));
        if (!read.ok) expect(read.fault.code).toBe("mirror.malformed");
        else expect([0, 156, 412, 600]).toContain(read.value.packages.flatMap((one) => one.entries).length);
      }),
    );
  });

  test("reading never throws", () => {
    const whole = bodyOf(3, 300);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (place, byte) => {
        const changed = whole.slice();
        changed[place] = byte;
        parseAddEntries(changed);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void parseAddEntries(bytes)));
  });

  test("a span without end is not walked before its entries are there", () => {
    const head = formatAddEntriesHead({
      origin: "o",
      start: 0,
      end: Number.MAX_SAFE_INTEGER,
      ticket: new Uint8Array(0),
    });
    expect(unwrap(parseAddEntries(head)).packages).toEqual([]);
    expect(unwrap(parseAddEntries(concat(head, new Uint8Array(7)))).packages).toEqual([]);
  });

  test("a mirror says where it stands", () => {
    const info = { size: 700, next: 256, ticket: utf8("x") };
    expect(unwrap(parseMirrorInfo(formatMirrorInfo(info)))).toEqual(info);
    for (const text of ["", "1\n2\n", "1\n2\n=\n", "01\n2\n\n", "1\n2\n\n\n"])
      expect(parseMirrorInfo(text).ok).toBe(false);
  });
});
