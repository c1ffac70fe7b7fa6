import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { unwrap } from "../fault.ts";
import { leafHash } from "../merkle/hash.ts";
import { TreeHistory } from "../merkle/history.ts";
import { edgeRoot } from "../merkle/range.ts";
import { consistencyProof, inclusionProof, treeRoot } from "../merkle/subtree.ts";
import { sha256 } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { vectorBytes, vectorJson, vectorsPresent } from "../testing/shared.ts";
import { decodeBundle, encodeBundle } from "./bundle.ts";
import { levelCount, tileBelongs, tilesForGrowth, tilesForSize } from "./list.ts";
import { parseTilePath, type TileName, tilePath } from "./path.ts";
import { readBundle, readEdge, tileNodes } from "./source.ts";
import { EMPTY_LOG, type LogEdge, planAppend } from "./writer.ts";

const tileNames: fc.Arbitrary<TileName> = fc.record({
  level: fc.oneof(fc.nat(63), fc.constant("entries" as const)),
  index: fc.oneof(fc.nat(3000), fc.nat(2 ** 40)),
  width: fc.integer({ min: 1, max: 256 }),
});

describe("tile paths", () => {
  test("are read back as they were written", () => {
    fc.assert(
      fc.property(tileNames, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual({ ok: true, value: tile });
      }),
    );
  });

  test("have one spelling: whatever is read is written the same", () => {
    const parts = fc.constantFrom(
      "tile",
      "entries",
      "0",
      "1",
      "63",
      "000",
      "001",
      "x001",
      "x000",
      ".p",
      "256",
      "8",
      "..",
    );
    const paths = fc.array(parts, { minLength: 2, maxLength: 6 }).map((names) => names.join("/").replace("/.p", ".p"));
    fc.assert(
      fc.property(fc.oneof(paths, fc.string()), (path) => {
        const tile = parseTilePath(path);
        if (tile.ok) expect(tilePath(tile.value)).toBe(path);
      }),
      { numRuns: runs(3000) },
    );
  });

  test.each(["tile/0/000/", "/tile/0/000", "tile/0/0000", "tile/0/000.p/", "tile/0/X001/000", "tile/0/x001/x000"])(
    "%s is none",
    (path) => {
      expect(parseTilePath(path)).toMatchObject({ ok: false, fault: { code: "tile.path" } });
    },
  );

  test("an index beyond the safe integers is none", () => {
    expect(parseTilePath(`tile/0/${"x999/".repeat(6)}999`).ok).toBe(false);
  });
});

describe.skipIf(!vectorsPresent)("tile vectors (data/record/c2sp)", () => {
  const vectors = vectorsPresent ? vectorJson("c2sp/tile-paths.json") : {};

  test("paths", () => {
    for (const [index, text] of vectors.index) expect(tilePath({ level: 3, index, width: 256 })).toBe(`tile/3/${text}`);
    for (const path of vectors.bad_paths) expect([path, parseTilePath(path).ok]).toEqual([path, false]);
  });

  test("how many tiles a size has", () => {
    const hashTiles = (size: number) => [...tilesForSize(size)].filter((tile) => tile.level !== "entries");
    expect(hashTiles(70_000)).toHaveLength(277);
    for (const wanted of vectors.tiles_for_size) {
      for (const level of [0, 1, 2]) {
        const tiles = hashTiles(wanted.size).filter((tile) => tile.level === level);
        expect(tiles.filter((tile) => tile.width === 256)).toHaveLength(wanted[`level${level}_full`] ?? 0);
        const partial = tiles.find((tile) => tile.width < 256);
        expect(partial?.width).toBe(wanted[`level${level}_partial`]);
      }
    }
  });
});

describe("bundles", () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });

  test("there and back", () => {
    fc.assert(
      fc.property(entries, (list) => {
        expect(unwrap(decodeBundle(unwrap(encodeBundle(list)), list.length))).toEqual(list);
      }),
    );
  });

  test("nothing missing, nothing left over, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(6), (bytes, count) => {
        const read = decodeBundle(bytes, count);
        if (read.ok) expect(unwrap(encodeBundle(read.value))).toEqual(bytes);
        else expect(["bundle.truncated", "bundle.trailing-bytes"]).toContain(read.fault.code);
      }),
      { numRuns: runs(2000) },
    );
  });

  test("an entry of 65,535 bytes is the longest", () => {
    expect(encodeBundle([new Uint8Array(65_535)]).ok).toBe(true);
    expect(encodeBundle([new Uint8Array(65_536)])).toMatchObject({ fault: { code: "entry.too-long" } });
  });
});

/** Writes entries in batches, keeping every file. */
function grow(batches: readonly number[]): { files: Map<string, Uint8Array>; edge: LogEdge; size: number } {
  const files = new Map<string, Uint8Array>();
  let edge: LogEdge = EMPTY_LOG;
  let size = 0;
  for (const count of batches) {
    const entries = Array.from({ length: count }, () => utf8(`entry ${size++}`));
    const plan = unwrap(planAppend(sha256, edge, entries));
    for (const file of plan.files) files.set(file.path, file.bytes);
    edge = plan.edge;
  }
  return { files, edge, size };
}

describe("writing tiles", () => {
  const batches = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 });

  test("writes what the size asks for, whatever the batches, and can go on from the files alone", () => {
    fc.assert(
      fc.property(batches, (counts) => {
        const { files, edge, size } = grow(counts);
        const whole = grow([size]);
        for (const tile of tilesForSize(size)) {
          expect(files.get(tilePath(tile))).toEqual(whole.files.get(tilePath(tile)));
        }
        for (const path of files.keys()) expect(tileBelongs(unwrap(parseTilePath(path)), size)).toBe(true);
        const read = (path: string) => files.get(path);
        expect(unwrap(readEdge(sha256, read, size))).toEqual(edge);
      }),
      { numRuns: runs(25) },
    );
  });

  test("names the files of a growth, bundles first", () => {
    fc.assert(
      fc.property(fc.nat(70_000), fc.integer({ min: 1, max: 2000 }), (oldSize, count) => {
        const names = [...tilesForGrowth(oldSize, oldSize + count)].map(tilePath);
        const before = new Set([...tilesForSize(oldSize)].map(tilePath));
        const after = [...tilesForSize(oldSize + count)].map(tilePath);
        expect(new Set(names)).toEqual(new Set(after.filter((path) => !before.has(path))));
      }),
      { numRuns: runs(20) },
    );
    const plan = unwrap(
      planAppend(
        sha256,
        EMPTY_LOG,
        Array.from({ length: 300 }, (_, index) => utf8(`${index}`)),
      ),
    );
    expect(plan.files.map((file) => file.path)).toEqual([...tilesForGrowth(0, 300)].map(tilePath));
    expect(plan.superseded).toEqual(["tile/entries/000.p", "tile/0/000.p"]);
  });

  test("roots and proofs from tiles are those of the tree", () => {
    const { files, edge, size } = grow([700]);
    const tree = new TreeHistory(sha256);
    for (let index = 0; index < size; index++) tree.append(leafHash(sha256, utf8(`entry ${index}`)));
    const nodes = tileNodes(sha256, (path) => files.get(path), size);
    expect(edgeRoot(sha256, edge.tree)).toEqual(tree.root());
    for (const at of [1, 2, 255, 256, 257, 511, 512, 699, 700]) {
      expect(treeRoot(sha256, nodes, at)).toEqual(tree.rootAt(at));
      expect(consistencyProof(sha256, nodes, at, size)).toEqual(consistencyProof(sha256, tree.node, at, size));
      expect(inclusionProof(sha256, nodes, at - 1, size)).toEqual(inclusionProof(sha256, tree.node, at - 1, size));
    }
    expect(unwrap(readBundle((path) => files.get(path), 2, size))[3]).toEqual(utf8("entry 515"));
  });

  test("a missing or short tile is told, not guessed", () => {
    const { files, size } = grow([300]);
    expect(readEdge(sha256, () => undefined, size)).toMatchObject({ fault: { code: "tile.missing" } });
    const short = (path: string) => files.get(path)?.slice(1);
    expect(readEdge(sha256, short, size)).toMatchObject({ fault: { code: "tile.length" } });
  });

  test("level counts of large logs", () => {
    expect([0, 1, 255, 256, 65_535, 65_536, 2 ** 53 - 1].map(levelCount)).toEqual([0, 1, 1, 2, 2, 3, 7]);
  });
});

test.skipIf(!vectorsPresent)("real hash tiles of 300 entries (data/record/sunlight-skylight)", () => {
  const base =
    "sunlight-skylight/cmd/skylight/testdata/witness/mirror/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706";
  const entries = Array.from({ length: 300 }, (_, index) => utf8(`record ${index}`));
  const { files } = unwrap(planAppend(sha256, EMPTY_LOG, entries));
  for (const file of files.filter((one) => !one.path.startsWith("tile/entries"))) {
    expect(bytesToHex(file.bytes)).toBe(bytesToHex(vectorBytes(`${base}/${file.path}`)));
  }
});
