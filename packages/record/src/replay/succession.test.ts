import { describe, expect, test } from "vitest";
import { bytesToBase64 } from "../bytes/base64.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { unwrap } from "../fault.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { formatNote } from "../note/note.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, formatVkey, noteKey } from "../note/vkey.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { ORIGIN, Scenario, scenario } from "../testing/scenario.ts";

const FORMER = "exercise.former.example/log";
const LOG = noteKey(sha256, FORMER, ED25519_NOTE, signerOf("former log").publicKey);
const MIRRORS = ["mirror-a", "mirror-b"].map((name) =>
  noteKey(sha256, name, ED25519_COSIGNATURE, signerOf(name).publicKey),
);
const ROOT = sha256(new Uint8Array([7]));

async function checkpoint(cosigners = MIRRORS, size = 480, origin = FORMER): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin, size, root: ROOT });
  const signatures = [await signNote(LOG, signerOf("former log"), text)];
  for (const key of cosigners) signatures.push(await signNote(key, signerOf(key.name), text, 1_600_000_000));
  return formatNote({ text, signatures });
}

async function terms(more: object = {}): Promise<object> {
  const note = bytesToBase64(await checkpoint());
  return {
    ...{ origin: FORMER, size: 480, root: bytesToHex(ROOT), founding: "f".repeat(64), checkpoint: note },
    ...{ logKey: formatVkey(LOG), cosigners: MIRRORS.map(formatVkey), reason: "the site was lost" },
    ...more,
  };
}

async function foundWith(more: object = {}): Promise<string> {
  const log = new Scenario();
  const body = { ...log.foundingBody(), succeeds: await terms(more) };
  const result = log.try(await log.sign(log.machine, { kind: "log.founded", body }));
  return result.ok ? "accepted" : result.fault.code;
}

describe("a successor", () => {
  test("commits to its predecessor's last checkpoint and to who had cosigned it", async () => {
    const log = await scenario({ succeeds: await terms() });
    expect(log.state.founding?.succeeds).toMatchObject({
      ...{ origin: FORMER, size: 480, root: bytesToHex(ROOT), founding: "f".repeat(64), reason: "the site was lost" },
      cosignatures: MIRRORS.map((key) => ({ key: { name: key.name }, timestamp: 1_600_000_000 })),
    });
  });

  test("may rest on cosignatures alone, and says so", async () => {
    const text = formatCheckpoint({ origin: FORMER, size: 480, root: ROOT });
    const signatures = await Promise.all(MIRRORS.map((key) => signNote(key, signerOf(key.name), text, 7)));
    const log = await scenario({
      succeeds: await terms({ checkpoint: bytesToBase64(formatNote({ text, signatures })) }),
    });
    expect(log.state.founding?.succeeds).toMatchObject({ logSigned: false, cosignatures: [{ timestamp: 7 }, {}] });
  });

  test("may say that fewer had cosigned than had", async () => {
    expect(await foundWith({ cosigners: [] })).toBe("accepted");
  });

  test.each<[string, object, string]>([
    ["another size", { size: 481 }, "succession.checkpoint"],
    ["another root", { root: "0".repeat(64) }, "succession.checkpoint"],
    ["another origin", { origin: "exercise.other/log" }, "succession.checkpoint"],
    ["a list that is none", { cosigners: "mirror-a" }, "statement.body"],
    ["a founding that is no hash", { founding: "the first" }, "statement.body"],
    ["no reason", { reason: "" }, "statement.body"],
    [
      "a key that did not sign",
      { logKey: formatVkey(noteKey(sha256, FORMER, ED25519_NOTE, signerOf("x").publicKey)), cosigners: [] },
      "note.unverified",
    ],
    ["nothing at all", { checkpoint: "" }, "statement.body"],
  ])("cannot name %s", async (_, more, code) => {
    expect(await foundWith(more)).toBe(code);
  });

  test("cannot claim a cosignature that is not there", async () => {
    const note = bytesToBase64(await checkpoint(MIRRORS.slice(0, 1)));
    expect(await foundWith({ checkpoint: note })).toBe("succession.cosigner");
  });

  test("cannot succeed an empty log", async () => {
    const note = bytesToBase64(await checkpoint(MIRRORS, 0));
    expect(await foundWith({ checkpoint: note, size: 0 })).toBe("succession.empty");
  });

  test("has a name of its own, and is an exercise only after an exercise", async () => {
    for (const [origin, code] of [
      [ORIGIN, "succession.same-origin"],
      ["centre.example/log", "succession.exercise"],
    ] as const) {
      const key = noteKey(sha256, origin, ED25519_NOTE, signerOf("former log").publicKey);
      const text = formatCheckpoint({ origin, size: 480, root: ROOT });
      const note = formatNote({ text, signatures: [await signNote(key, signerOf("former log"), text)] });
      const more = { origin, logKey: formatVkey(key), cosigners: [], checkpoint: bytesToBase64(note) };
      expect(await foundWith(more)).toBe(code);
    }
  });

  test("reads the same again from its leaves", async () => {
    const log = await scenario({ succeeds: await terms() });
    const again = new Scenario();
    for (const leaf of log.leaves) unwrap(again.try(leaf));
    expect(again.state.founding).toEqual(log.state.founding);
  });
});
