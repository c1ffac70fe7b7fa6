import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { decodeEnvelope, encodeEnvelope } from "../envelope/envelope.ts";
import { unwrap } from "../fault.ts";
import { leafHash } from "../merkle/hash.ts";
import { TreeHistory } from "../merkle/history.ts";
import { formatNote, parseNote } from "../note/note.ts";
import { parseVkey } from "../note/vkey.ts";
import { type Files, readerOf, recordOf, signedHead, verifyMany } from "../testing/memory-record.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { type Scenario, scenario } from "../testing/scenario.ts";
import { vectorBytes, vectorFiles, vectorsPresent } from "../testing/shared.ts";
import { type VerifyOptions, verifyRecord } from "./record.ts";

const OPTIONS: VerifyOptions = { sha256, verifyMany };
const A1 = signerOf("A-Duty-1");
const SIZES = [40, 256, 270];

let log: Scenario;
let files: Files;

beforeAll(async () => {
  log = await scenario();
  const session = await log.openSession("A", "A-Duty-1");
  while (log.leaves.length < 300) {
    const draft = { kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: `${log.leaves.length}` } };
    log.add(await log.sign(session, draft));
  }
  files = await recordOf(log.leaves, SIZES);
});

async function codesAfter(change: (files: Files) => void | Promise<void>, options: Partial<VerifyOptions> = {}) {
  const copy: Files = new Map([...files].map(([path, bytes]) => [path, bytes.slice()]));
  await change(copy);
  const result = await verifyRecord(readerOf(copy), { ...OPTIONS, ...options });
  expect(result.holds).toBe(result.findings.length === 0);
  return [...new Set(result.findings.map((found) => found.values.reason ?? found.code))];
}

function flip(bytes: Uint8Array, place: number): void {
  bytes[place] = bytes[place]! ^ 1;
}

/** The record rewritten with other leaves, and sealed again by the log's own key: what a dishonest keeper could do. */
function rewritten(leaves: readonly Uint8Array[]) {
  return async (copy: Files) => {
    copy.clear();
    for (const [path, bytes] of await recordOf(leaves)) copy.set(path, bytes);
  };
}

describe("a sound record", () => {
  test("holds, and gives the state its statements establish", async () => {
    const result = await verifyRecord(readerOf(files), OPTIONS);
    expect(result).toMatchObject({ holds: true, findings: [] });
    expect(result.checkpoint).toMatchObject({ size: 300, cosignatures: [{ name: "witness.test" }] });
    expect(result.state!.officers.size).toBe(4);
  });

  test("holds where files cannot be listed", async () => {
    const reader = { read: (path: string) => files.get(path), list: () => undefined };
    expect((await verifyRecord(reader, OPTIONS)).holds).toBe(true);
  });

  test("holds while the log grows and takes narrower tiles away under the reader's hands", async () => {
    const grown = await recordOf([...log.leaves, ...log.leaves, ...log.leaves], [300]);
    const kept = [...grown].filter(([path]) => !grown.has(path.replace(/\.p\/\d+$/, "")) || !path.includes(".p/"));
    const under = new Map([...kept, ["checkpoint", files.get("checkpoint")!] as const]);
    expect([...under.keys()]).not.toContain("tile/0/001.p/44");
    const reader = { read: (path: string) => under.get(path), list: () => undefined };
    expect((await verifyRecord(reader, OPTIONS)).findings).toEqual([]);
    expect((await verifyRecord(readerOf(under), OPTIONS)).findings[0]!.code).toBe("tile.beyond-size");
  });

  test("tells how far it has come", async () => {
    const seen: number[] = [];
    await verifyRecord(readerOf(files), { ...OPTIONS, onProgress: (done) => seen.push(done) });
    expect(seen).toEqual([256, 300]);
  });

  test("of no entries holds", async () => {
    expect((await verifyRecord(readerOf(await recordOf([])), OPTIONS)).holds).toBe(true);
  });
});

describe("tampering with the files", () => {
  test.each<[string, (copy: Files) => void, string[]]>([
    [
      "a flipped byte in an entry",
      (copy) => flip(copy.get("tile/entries/000")!, 5000),
      ["tile.differs", "base64.malformed", "root.differs"],
    ],
    ["a flipped length in a bundle", (copy) => flip(copy.get("tile/entries/000")!, 0), ["bundle.broken"]],
    ["a flipped byte in a leaf tile", (copy) => flip(copy.get("tile/0/000")!, 77), ["tile.differs"]],
    ["a flipped byte in an upper tile", (copy) => flip(copy.get("tile/1/000.p/1")!, 0), ["tile.differs"]],
    ["a flipped byte in a superseded tile", (copy) => flip(copy.get("tile/0/000.p/40")!, 0), ["tile.differs"]],
    ["a flipped byte in a superseded bundle", (copy) => flip(copy.get("tile/entries/001.p/14")!, 9), ["tile.differs"]],
    ["a missing bundle", (copy) => copy.delete("tile/entries/001.p/44"), ["bundle.missing"]],
    [
      "a truncated bundle",
      (copy) => copy.set("tile/entries/001.p/44", files.get("tile/entries/001.p/44")!.slice(0, -1)),
      ["bundle.broken"],
    ],
    [
      "a bundle with more behind it",
      (copy) => copy.set("tile/entries/001.p/44", new Uint8Array([...files.get("tile/entries/001.p/44")!, 0])),
      ["bundle.broken"],
    ],
    ["a missing tile", (copy) => copy.delete("tile/1/000.p/1"), ["tile.missing"]],
    ["a tile too many", (copy) => copy.set("tile/0/001.p/45", new Uint8Array(45 * 32)), ["tile.beyond-size"]],
    ["a stray file", (copy) => copy.set("tile/0/readme", utf8("x")), ["file.stray"]],
    ["a stray file at the top", (copy) => copy.set("notes.txt", utf8("x")), ["file.stray"]],
    ["no checkpoint", (copy) => copy.delete("checkpoint"), ["checkpoint.refused"]],
    ["no key", (copy) => copy.delete("log.vkey"), ["checkpoint.refused"]],
    ["a flipped byte in the checkpoint", (copy) => flip(copy.get("checkpoint")!, 40), ["checkpoint.refused"]],
    ["another log's key", (copy) => copy.set("log.vkey", utf8("x+00000000+AAAA\n")), ["checkpoint.refused"]],
  ])("%s", async (_, change, codes) => {
    expect((await codesAfter(change)).sort()).toEqual(expect.arrayContaining(codes.sort()));
  });

  test("a cosignature altered is refused; one dropped is absent, which a policy sees", async () => {
    const note = unwrap(parseNote(files.get("checkpoint")!));
    const dropped = formatNote({ ...note, signatures: note.signatures.slice(0, 1) });
    const result = await verifyRecord(readerOf(new Map([...files, ["checkpoint", dropped]])), OPTIONS);
    expect([result.holds, result.checkpoint!.cosignatures.length]).toEqual([true, 0]);
    const [own, witness] = note.signatures as [(typeof note.signatures)[0], (typeof note.signatures)[0]];
    const bytes = witness.bytes.slice();
    flip(bytes, 7);
    const altered = formatNote({ ...note, signatures: [own, { ...witness, bytes }] });
    expect(await codesAfter((copy) => void copy.set("checkpoint", altered))).toEqual(["checkpoint.refused"]);
  });

  test("any single flipped byte anywhere is noticed", async () => {
    const paths = [...files.keys()].filter((path) => path !== "cosigners.vkey");
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), async (path, place) => {
        const copy: Files = new Map([...files, [path, files.get(path)!.slice()]]);
        flip(copy.get(path)!, place % copy.get(path)!.length);
        const result = await verifyRecord(readerOf(copy), { ...OPTIONS, statements: false });
        // A cosigner's name or key id that is changed is a cosigner that nobody knows: its cosignature is gone.
        const cosignatures = result.checkpoint?.cosignatures.length;
        expect([result.holds, cosignatures]).not.toEqual([true, 1]);
      }),
      { numRuns: runs(60) },
    );
  });
});

describe("what the log's own key can sign and still is found", () => {
  test("an older checkpoint, beside files of a later one", async () => {
    const root = log.state.history.rootAt(270)!;
    expect(await codesAfter(async (copy) => void copy.set("checkpoint", await signedHead(270, root)))).toContain(
      "tile.beyond-size",
    );
  });

  test("another root", async () => {
    const other = sha256(utf8("other"));
    expect(await codesAfter(async (copy) => void copy.set("checkpoint", await signedHead(300, other)))).toEqual([
      "root.differs",
    ]);
  });

  test("a history rewritten, rolled back or forked, by anyone who kept a checkpoint", async () => {
    const seen = [await signedHead(280, log.state.history.rootAt(280)!)];
    expect(await codesAfter(() => {}, { seen })).toEqual([]);
    expect(await codesAfter(rewritten(log.leaves.slice(0, 270)), { seen })).toEqual(["history.longer-elsewhere"]);
    const fork = [
      ...log.leaves.slice(0, 279),
      await log.sign(log.machine, { kind: "alert.raised" }),
      ...log.leaves.slice(280),
    ];
    expect(await codesAfter(rewritten(fork), { seen, statements: false })).toEqual(["history.split-view"]);
    expect(await codesAfter(() => {}, { seen: [utf8("no note")] })).toEqual(["seen.refused"]);
  });

  test("leaves left out, doubled, put in another order", async () => {
    expect(await codesAfter(rewritten(log.leaves.toSpliced(20, 1)))).toContain("anchor.future");
    expect(await codesAfter(rewritten([...log.leaves, log.leaves[299]!]))).toEqual(["leaf.duplicate"]);
    const swapped = log.leaves.slice();
    [swapped[298], swapped[299]] = [swapped[299]!, swapped[298]!];
    expect(await codesAfter(rewritten(swapped))).toContain("anchor.future");
  });

  test("leaves signed by a stranger, by the wrong tier, or with a bad signature; all others are judged all the same", async () => {
    const note = { kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: "x" } };
    const stranger = await log.sign(signerOf("stranger"), note);
    const machine = await log.sign(log.machine, note);
    const envelope = unwrap(decodeEnvelope(await log.sign(A1, note)));
    const forged = unwrap(
      encodeEnvelope({ ...envelope, signature: envelope.signature.map((byte, at) => (at === 40 ? byte ^ 2 : byte)) }),
    );
    const good = await log.sign(A1, { ...note, body: { text: "y" } });
    const copy = await recordOf([...log.leaves, stranger, machine, forged, utf8("{}"), good]);
    const result = await verifyRecord(readerOf(copy), OPTIONS);
    expect(result.findings.map(({ values }) => [values.index, values.reason])).toEqual([
      [300, "key.unenrolled"],
      [301, "tier.session-under-machine"],
      [302, "signature.bad"],
      [303, "envelope.malformed"],
    ]);
    expect(result.state!.history.size).toBe(305);
  });
});

test("it never throws on hostile files", async () => {
  const names = fc.constantFrom(
    "checkpoint",
    "log.vkey",
    "cosigners.vkey",
    "tile/entries/000",
    "tile/entries/000.p/1",
    "x",
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, fc.uint8Array({ maxLength: 80 })), async (hostile) => {
      expect((await verifyRecord(readerOf(new Map(Object.entries(hostile))), OPTIONS)).holds).toBe(false);
      const mixed = new Map([...files, ...Object.entries(hostile)]);
      await verifyRecord(readerOf(mixed), OPTIONS);
    }),
    { numRuns: runs(20) },
  );
});

describe.skipIf(!vectorsPresent)("logs that others wrote (data/record)", () => {
  const load = (folder: string): Files =>
    new Map(vectorFiles(folder).map((path) => [path, vectorBytes(`${folder}/${path}`)]));
  const others = /^(history|policy|sample|checkpoint\.)/;

  test("the 600-entry sample with its eleven checkpoints", async () => {
    const all = load("go-sample-600");
    const seen = [...all].filter(([path]) => path.startsWith("history/")).map(([, bytes]) => bytes);
    const own = new Map([...all].filter(([path]) => !others.test(path)));
    const result = await verifyRecord(readerOf(own), { ...OPTIONS, statements: false, seen });
    expect(result).toMatchObject({ holds: true, findings: [] });
  });

  test("Tessera's fifteen entries with sixteen checkpoints", async () => {
    const vkey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    const all = load("tessera-log15/testdata/log");
    const seen = [...all].filter(([path]) => path.startsWith("checkpoint.")).map(([, bytes]) => bytes);
    const own = new Map([...all].filter(([path]) => !others.test(path)));
    const logKey = unwrap(parseVkey(sha256, vkey));
    const result = await verifyRecord(readerOf(own), { ...OPTIONS, statements: false, seen, logKey });
    expect(seen).toHaveLength(16);
    expect(result).toMatchObject({ holds: true, findings: [] });
  });
});

test("a tree of the same leaves has the signed root", async () => {
  const tree = new TreeHistory(sha256);
  for (const leaf of log.leaves) tree.append(leafHash(sha256, leaf));
  expect((await verifyRecord(readerOf(files), OPTIONS)).checkpoint!.root).toEqual(tree.root());
});
