import { createHash } from "node:crypto";
import {
  ED25519_COSIGNATURE,
  ED25519_NOTE,
  formatCheckpoint,
  formatNote,
  formatVkey,
  noteKey,
  openCheckpoint,
  parsePolicy,
  signNote,
  unwrap,
} from "@openjmc/record";
import { expect, test } from "vitest";
import { ed25519Signer, nodePrimitives } from "../primitives.ts";
import { Rounds } from "./rounds.ts";

const { sha256 } = nodePrimitives;
const signerOf = (name: string) => ed25519Signer(createHash("sha256").update(name).digest());
const logKey = noteKey(sha256, "exercise.test", ED25519_NOTE, signerOf("log").publicKey);
const keyOf = (name: string) => noteKey(sha256, name, ED25519_COSIGNATURE, signerOf(name).publicKey);
const NAMES = ["A", "B", "N"];
const policy = unwrap(
  parsePolicy(
    sha256,
    `log ${formatVkey(logKey)}\n${NAMES.map((name) => `witness ${name} ${formatVkey(keyOf(name))}\n`).join("")}group g all A B N\nquorum g\n`,
  ),
);

async function head(size: number) {
  const checkpoint = { origin: logKey.name, size, root: sha256(Uint8Array.of(size)) };
  const text = formatCheckpoint(checkpoint);
  return {
    ...checkpoint,
    note: formatNote({ text, signatures: [await signNote(logKey, signerOf("log"), text)] }),
    text,
  };
}

async function signedBy(size: number, names: readonly string[], time = 5) {
  const { text } = await head(size);
  const own = await signNote(logKey, signerOf("log"), text);
  const signatures = await Promise.all(names.map((name) => signNote(keyOf(name), signerOf(name), text, time)));
  return unwrap(
    openCheckpoint(nodePrimitives, formatNote({ text, signatures: [own, ...signatures] }), logKey, NAMES.map(keyOf)),
  );
}

test("all are shown one checkpoint until they have signed it, then the head of that moment", async () => {
  const rounds = new Rounds();
  expect(rounds.advance(await head(5), policy, 0)).toBe(true);
  expect(rounds.advance(await head(7), policy, 1_900)).toBe(false);
  expect(rounds.add(await signedBy(5, ["A", "B"]), policy, 1_950)?.satisfied).toBe(false);
  expect(rounds.add(await signedBy(5, ["N"]), policy, 1_990)?.satisfied).toBe(true);
  expect(rounds.candidate!.size).toBe(5);
  expect(rounds.advance(await head(9), policy, 2_000)).toBe(true);
  expect(rounds.candidate!.size).toBe(9);
});

test("a slow one has his time and no more; one long absent is not waited for", async () => {
  const rounds = new Rounds();
  rounds.advance(await head(5), policy, 0);
  rounds.add(await signedBy(5, ["A", "N"]), policy, 100);
  expect(rounds.advance(await head(6), policy, 2_400)).toBe(false);
  expect(rounds.advance(await head(6), policy, 2_500)).toBe(true);
  rounds.add(await signedBy(6, ["A", "N"]), policy, 30_000);
  expect(rounds.advance(await head(8), policy, 30_001)).toBe(true);
  rounds.add(await signedBy(8, ["A", "N"]), policy, 30_100);
  expect(rounds.advance(await head(9), policy, 31_001)).toBe(true);
});

test("what comes late still counts for its round, and a newer signature takes the place of an older", async () => {
  const rounds = new Rounds();
  rounds.advance(await head(5), policy, 0);
  rounds.advance(await head(6), policy, 3_000);
  rounds.add(await signedBy(5, ["A", "B", "N"], 9), policy, 3_100);
  rounds.add(await signedBy(5, ["A"], 3), policy, 3_200);
  const times = [...rounds.recent(5)!.cosignatures.values()].map(({ name, timestamp }) => [name, timestamp]);
  expect(times).toEqual([
    ["A", 9],
    ["B", 9],
    ["N", 9],
  ]);
  expect(rounds.add(await signedBy(4, ["A"]), policy, 3_300)).toBeUndefined();
});

test("the same head is no new round", async () => {
  const rounds = new Rounds();
  rounds.advance(await head(5), policy, 0);
  expect(rounds.advance(await head(5), policy, 60_000)).toBe(false);
});
