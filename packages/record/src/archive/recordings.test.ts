import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { concat, utf8 } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { unwrap } from "../fault.ts";
import { sha256 } from "../testing/primitives.ts";
import { type Scenario, scenario } from "../testing/scenario.ts";
import { encodeBundle } from "../tiles/bundle.ts";
import { encodeReleased, releasedPath } from "../tiles/released.ts";
import { ARCHIVE } from "./layout.ts";
import { decodeRecordedFile, encodeRecorded, type RecordedBody } from "./recorded.ts";
import { checkRecording, recordingPath } from "./recordings.ts";

const FRAMES: readonly RecordedBody[] = [
  { link: "rx-1", body: utf8("first") },
  { link: "centre", body: utf8("tick") },
  { link: "rx-1", body: utf8("second") },
];
const fileOf = (frames: readonly RecordedBody[]): Uint8Array => concat(...frames.map(encodeRecorded));

let log: Scenario;
let index: number;
beforeAll(async () => {
  log = await scenario();
  index = log.leaves.length;
  const segments = ["centre", "rx-1"].map((source) => {
    const bodies = FRAMES.filter(({ link }) => link === source).map(({ body }) => body);
    return { source, bytes: 0, frames: bodies.length, sha256: bytesToHex(sha256(concat(...bodies))) };
  });
  log.add(await log.sign(log.machine, { kind: "recordings.sealed", body: { segments } }));
});

/** What is found of a file in an archive of the log. `entries`: its bundle; whole without it. */
async function codeOf(path: string, file: Uint8Array, entries?: readonly [string, Uint8Array]): Promise<string> {
  const width = log.leaves.length;
  const whole = [`${ARCHIVE.log}tile/entries/000.p/${width}`, unwrap(encodeBundle(log.leaves))] as const;
  const files = new Map<string, Uint8Array>([entries ?? whole, [path, file]]);
  const reader = { read: (name: string) => files.get(name), list: () => files.keys() };
  const hash = (_algorithm: string, bytes: Uint8Array) => bytesToHex(sha256(bytes));
  const found = await checkRecording({ reader, hash, sha256, history: log.state.history }, path);
  return found?.code ?? "holds";
}

describe("recordings in an archive", () => {
  test("hold as they were sealed, all links or some of them", async () => {
    expect(await codeOf(recordingPath(index), fileOf(FRAMES))).toBe("holds");
    expect(await codeOf(recordingPath(index), fileOf(FRAMES.filter(({ link }) => link === "rx-1")))).toBe("holds");
    const released = log.leaves.map((leaf, place) => (place === 0 ? undefined : leaf));
    const path = `${ARCHIVE.log}${releasedPath(0, log.leaves.length)}`;
    expect(await codeOf(recordingPath(index), fileOf(FRAMES), [path, unwrap(encodeReleased(released))])).toBe("holds");
  });

  test.each<[string, () => RecordedBody[]]>([
    ["a body altered", () => [{ link: "rx-1", body: utf8("First") }, ...FRAMES.slice(1)]],
    ["a body left out", () => FRAMES.slice(0, 2)],
    ["bodies in another order", () => [FRAMES[2]!, FRAMES[1]!, FRAMES[0]!]],
    ["a body more", () => [...FRAMES, FRAMES[0]!]],
    ["a link that was not sealed", () => [...FRAMES, { link: "rx-2", body: utf8("x") }]],
    ["a link under another's name", () => FRAMES.map(({ body }) => ({ link: "centre", body }))],
  ])("do not hold with %s", async (_what, frames) => {
    expect(await codeOf(recordingPath(index), fileOf(frames()))).toBe("recording.differs");
  });

  test("are told apart from what is none", async () => {
    expect(await codeOf(`${ARCHIVE.recordings}notes.txt`, new Uint8Array(3))).toBe("recording.name");
    expect(await codeOf(recordingPath(0), fileOf(FRAMES))).toBe("recording.unsealed");
    expect(await codeOf(recordingPath(999), fileOf(FRAMES))).toBe("recording.unsealed");
    expect(await codeOf(recordingPath(index), fileOf(FRAMES).slice(0, -1))).toBe("recording.broken");
    const altered = log.leaves.map((leaf, place) =>
      place === index ? utf8(`${new TextDecoder().decode(leaf)} `) : leaf,
    );
    const path = `${ARCHIVE.log}tile/entries/000.p/${log.leaves.length}`;
    const entries = [path, unwrap(encodeBundle(altered))] as const;
    expect(await codeOf(recordingPath(index), fileOf(FRAMES), entries)).toBe("recording.unsealed");
  });

  test("are read without an exception, whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = decodeRecordedFile(bytes);
        if (read.ok) expect(fileOf(read.value)).toEqual(bytes);
      }),
    );
  });
});
