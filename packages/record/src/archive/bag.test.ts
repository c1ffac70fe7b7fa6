import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import "../testing/runs.ts";
import { utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { readerOf } from "../testing/memory-record.ts";
import { BAG_ALGORITHMS, BAG_DECLARATION, formatBagInfo, formatManifest, parseManifest, payloadOxum } from "./bag.ts";
import { type BagHash, checkBag } from "./check.ts";
import { checkBagPath } from "./path.ts";

const { createHash } = process.getBuiltinModule("node:crypto");
const hash: BagHash = (algorithm, bytes) => createHash(algorithm).update(bytes).digest("hex");

function digestsOf(files: Map<string, Uint8Array>, algorithm: "sha256" | "sha512", wanted: (path: string) => boolean) {
  const paths = [...files.keys()].filter(wanted);
  return new Map(paths.map((path) => [path, createHash(algorithm).update(files.get(path)!).digest("hex")]));
}

let bag: Map<string, Uint8Array>;

beforeEach(() => {
  bag = new Map([
    ["data/log/checkpoint", utf8("a checkpoint")],
    ["data/log/tile/0/000.p/1", new Uint8Array(32)],
    ["data/attachments/aa", utf8("words")],
    ["bagit.txt", utf8(BAG_DECLARATION)],
  ]);
  const lengths = new Map([...bag].map(([path, bytes]) => [path, bytes.length]));
  bag.set(
    "bag-info.txt",
    formatBagInfo({ "Payload-Oxum": payloadOxum(lengths), "External-Description": "two\nlines" }),
  );
  for (const algorithm of BAG_ALGORITHMS) {
    bag.set(`manifest-${algorithm}.txt`, formatManifest(digestsOf(bag, algorithm, (path) => path.startsWith("data/"))));
  }
  for (const algorithm of BAG_ALGORITHMS) {
    const isTag = (path: string) => !path.startsWith("data/") && !path.startsWith("tagmanifest-");
    bag.set(`tagmanifest-${algorithm}.txt`, formatManifest(digestsOf(bag, algorithm, isTag)));
  }
});

describe("a bag", () => {
  test("that was made here is complete and valid", async () => {
    expect(await checkBag(readerOf(bag), hash)).toEqual([]);
    expect(new TextDecoder().decode(bag.get("bag-info.txt"))).toBe(
      "Payload-Oxum: 49.3\nExternal-Description: two lines\n",
    );
  });

  test.each<[string, (files: Map<string, Uint8Array>) => void, string]>([
    ["a changed file", (files) => files.set("data/attachments/aa", utf8("other")), "bag.file-differs"],
    ["a changed tag file", (files) => files.set("bag-info.txt", utf8("x: y\n")), "bag.file-differs"],
    ["a missing file", (files) => files.delete("data/attachments/aa"), "bag.file-missing"],
    ["a file too many", (files) => files.set("data/more", utf8("x")), "bag.file-not-listed"],
    ["a tag file too many", (files) => files.set("readme.txt", utf8("x")), "bag.file-not-listed"],
    ["a missing manifest", (files) => files.delete("manifest-sha512.txt"), "bag.manifest-missing"],
    ["a broken manifest", (files) => files.set("manifest-sha256.txt", utf8("x")), "bag.manifest-broken"],
    ["files to be fetched", (files) => files.set("fetch.txt", utf8("")), "bag.fetch"],
    ["another version", (files) => files.set("bagit.txt", utf8("BagIt-Version: 0.97\n")), "bag.declaration"],
    ["a name that leads out", (files) => files.set("data/../../x", utf8("")), "bag.path"],
  ])("%s is found", async (_, change, code) => {
    change(bag);
    expect((await checkBag(readerOf(bag), hash)).map((found) => found.code)).toContain(code);
  });

  test("whose files cannot be listed cannot be checked", async () => {
    const reader = { read: () => undefined, list: () => undefined };
    expect(await checkBag(reader, hash)).toMatchObject([{ code: "bag.not-listed" }]);
  });
});

describe("manifests", () => {
  test("there and back, and one spelling only", () => {
    const paths = fc
      .stringMatching(/^data\/[a-z0-9]{1,8}(\/[a-z0-9]{1,8})?$/)
      // Names of devices are among them, and are none of a file.
      .filter((path) => checkBagPath(path).ok);
    const digests = fc
      .dictionary(paths, fc.stringMatching(/^[0-9a-f]{64}$/))
      .map((object) => new Map(Object.entries(object)));
    fc.assert(
      fc.property(digests, (map) => {
        expect(unwrap(parseManifest("sha256", formatManifest(map)))).toEqual(new Map([...map].sort()));
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("0", "a", " ", "/", "\n", "%", "2", "5"), maxLength: 80 }),
        (text) => {
          const read = parseManifest("sha256", utf8(text));
          if (read.ok) expect(formatManifest(read.value)).toEqual(utf8(text));
        },
      ),
    );
  });

  const digest = "0".repeat(64);
  test.each([
    `${digest} data/a\n`,
    `${digest}  data/a`,
    `${digest}  data/b\n${digest}  data/a\n`,
    `${digest}  data/a\n${digest}  data/a\n`,
    `${digest.slice(1)}  data/a\n`,
    `${digest}  /data/a\n`,
    `${digest.toUpperCase().replace("0", "A")}  data/a\n`,
  ])("%j is refused", (text) => expect(parseManifest("sha256", utf8(text)).ok).toBe(false));
});

test("names in an archive", () => {
  for (const path of [
    "data/a",
    "data/log/tile/0/x001/067.p/1",
    "manifest-sha256.txt",
    "data/proofs/7.tlog-proof",
    "data/_x",
  ]) {
    expect([path, checkBagPath(path).ok]).toEqual([path, true]);
  }
  for (const path of [
    "",
    "/a",
    "a/",
    "a//b",
    "..",
    "a/../b",
    "./a",
    "a\\b",
    "c:/x",
    ".hidden",
    "a/.x",
    "a b",
    "é",
    "con",
    "data/NUL.txt",
    "a.",
    "a\n",
    "a".repeat(513),
    "-x",
  ]) {
    expect([path, checkBagPath(path).ok]).toEqual([path, false]);
  }
});
