import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  ED25519_COSIGNATURE,
  formatStatementTime,
  noteKey,
  openCheckpoint,
  signStatement,
  unwrap,
} from "@openjmc/record";
import { expect, test } from "vitest";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../primitives.ts";
import { foundRecord, openKeeper } from "../record/index.ts";
import { testOptions } from "../record/testing/options.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { Mirror } from "./mirror.ts";
import type { RecordSource } from "./record-source.ts";

const IS_TORTURE = process.env.OPENJMC_TORTURE === "1";
/** Of a busy centre's day; all of it under torture. */
const ENTRIES = IS_TORTURE ? 20_000 : 3_000;

function sourceOf(folder: string, asked: string[]): RecordSource {
  return {
    file: async (path, from = 0) => {
      asked.push(path);
      return existsSync(join(folder, path))
        ? new Uint8Array(readFileSync(join(folder, path))).subarray(from)
        : undefined;
    },
    attachment: async () => undefined,
  };
}

test(`a day of ${ENTRIES} entries away is caught up in bundles, and only the end of the last one is fetched again`, async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, "mirror"));
  const options = testOptions(join(root, "log"));
  await foundRecord(options);
  const keeper = await openKeeper(options);
  const machine = ed25519Signer(newEd25519Seed());
  const statement = (number: number) =>
    signStatement(nodePrimitives.sha256, machine, {
      ...{ origin: options.logKey.name, kind: "input.refused", component: "centre", role: "centre" },
      ...{ subject: `refused-${number}`, revision: 0, at: formatStatementTime(number * 1_000_000), refs: [] },
      anchor: { size: 0, root: "0".repeat(64) },
      body: {},
    });
  const append = async (from: number, until: number): Promise<void> => {
    const leaves = Array.from({ length: until - from }, (_, place) => statement(from + place));
    await keeper.append(await Promise.all(leaves));
  };
  const signer = ed25519Signer(newEd25519Seed());
  const key = noteKey(nodePrimitives.sha256, "mirror.test", ED25519_COSIGNATURE, signer.publicKey);
  const mirror = await Mirror.open({
    root: join(root, "mirror"),
    logKey: options.logKey,
    keys: [{ key, signer }],
    now: () => 7,
  });

  await append(0, ENTRIES);
  const asked: string[] = [];
  // The log has no founding, so the mirror objects to it: everything is stored, and nothing is cosigned.
  const first = await mirror.follow(keeper.head.note, sourceOf(options.recordFolder, asked));
  expect([first.kind, mirror.files.size, asked.length]).toEqual(["objected", ENTRIES, Math.ceil(ENTRIES / 256)]);
  expect(unwrap(openCheckpoint(nodePrimitives, mirror.files.head!, options.logKey)).size).toBe(ENTRIES);

  asked.length = 0;
  await append(ENTRIES, ENTRIES + 1);
  await mirror.follow(keeper.head.note, sourceOf(options.recordFolder, asked));
  expect([mirror.files.size, asked.length]).toEqual([ENTRIES + 1, 1]);
  const again = await Mirror.open({
    root: join(root, "mirror"),
    logKey: options.logKey,
    keys: [{ key, signer }],
    now: () => 7,
  });
  expect([again.files.size, again.state.history.size]).toEqual([ENTRIES + 1, ENTRIES + 1]);
  await keeper.close();
});

const leaves = (count: number, letter: string, length: number): Uint8Array[] =>
  Array.from({ length: count }, (_, number) => Buffer.from(`${number} ${letter.repeat(length)}`));

/** A log of its own under the key that all of these have, and an empty mirror beside it. */
async function logAndMirror(root: string, entries: readonly Uint8Array[]) {
  const options = testOptions(root);
  await foundRecord(options);
  const keeper = await openKeeper(options);
  await keeper.append(entries);
  mkdirSync(join(root, "mirror"));
  const signer = ed25519Signer(newEd25519Seed());
  const key = noteKey(nodePrimitives.sha256, "mirror.test", ED25519_COSIGNATURE, signer.publicKey);
  const mirror = await Mirror.open({
    ...{ root: join(root, "mirror"), logKey: options.logKey, keys: [{ key, signer }], now: () => 7 },
  });
  return { keeper, mirror, source: sourceOf(options.recordFolder, []) };
}

test("a checkpoint whose partial bundle was filled since is followed by the full one", async () => {
  const { keeper, mirror, source } = await logAndMirror(temporaryFolder(), leaves(100, "a", 50));
  const { note } = keeper.head;
  await keeper.append(leaves(200, "b", 50));
  expect(await source.file("tile/entries/000.p/100")).toBeUndefined();
  expect((await mirror.follow(note, source)).kind).toBe("objected");
  expect(mirror.files.size).toBe(100);
  expect((await mirror.follow(keeper.head.note, source)).kind).toBe("objected");
  expect(mirror.files.size).toBe(300);
});

test("a fork whose bundle is shorter in bytes than what is held is found out", async () => {
  const [held, forked] = [temporaryFolder(), temporaryFolder()];
  const { keeper, mirror, source } = await logAndMirror(held, leaves(40, "a", 200));
  await mirror.follow(keeper.head.note, source);
  const other = await logAndMirror(forked, leaves(41, "b", 10));
  expect(await mirror.follow(other.keeper.head.note, other.source)).toMatchObject({
    kind: "forked",
    misbehaviour: { kind: "fork", firstSize: 40, secondSize: 41 },
  });
});
