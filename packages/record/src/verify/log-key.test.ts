import { describe, expect, test } from "vitest";
import { bytesToHex } from "../bytes/hex.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { formatNote } from "../note/note.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_NOTE, formatVkey, noteKey } from "../note/vkey.ts";
import type { Signer } from "../primitives.ts";
import { type Files, readerOf, recordOf, verifyMany } from "../testing/memory-record.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { ORIGIN, type Scenario, scenario } from "../testing/scenario.ts";
import { verifyRecord } from "./record.ts";

const LOG = signerOf("log");
const FRESH = signerOf("fresh log");

async function head(log: Scenario, signer: Signer, size = log.state.history.size): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: ORIGIN, size, root: log.state.history.rootAt(size)! });
  const key = noteKey(sha256, ORIGIN, ED25519_NOTE, signer.publicKey);
  return formatNote({ text, signatures: [await signNote(key, signer, text)] });
}

/** The record's files with a head signed by this key, which `log.vkey` names. */
async function signedBy(log: Scenario, signer: Signer): Promise<Files> {
  const files = await recordOf(log.leaves);
  files.set("checkpoint", await head(log, signer));
  const vkey = formatVkey(noteKey(sha256, ORIGIN, ED25519_NOTE, signer.publicKey));
  return files.set("log.vkey", new TextEncoder().encode(`${vkey}\n`));
}

async function verify(log: Scenario, signer: Signer, seen: readonly Uint8Array[] = []) {
  return verifyRecord(readerOf(await signedBy(log, signer)), { sha256, verifyMany, seen });
}

async function rekeyed(): Promise<{ log: Scenario; at: number }> {
  const log = await scenario({ logKey: bytesToHex(LOG.publicKey) });
  const fresh = await log.keyBody(FRESH, "centre", "log");
  const body = {
    ...(await log.keyBody(signerOf("fresh machine"), "centre", "centre")),
    ...{ logKey: fresh.key, logPossession: fresh.possession },
  };
  const [a1, a2] = log.roots("A");
  const leaf = await log.sign(a1!, { kind: "log.rekeyed", component: "centre", role: "root", body });
  log.add(leaf);
  for (const root of [a2!, ...log.roots("B").slice(0, 2)]) log.add(await log.countersign(root, leaf));
  const at = log.state.history.size;
  log.add(await log.sign(signerOf("fresh machine"), { kind: "alert.raised" }));
  return { log, at };
}

describe("the key under a checkpoint", () => {
  test("must be the founding's", async () => {
    const log = await scenario({ logKey: bytesToHex(LOG.publicKey) });
    expect((await verify(log, LOG)).findings).toEqual([]);
    expect((await verify(log, signerOf("thief"))).findings).toMatchObject([{ code: "log-key.not-in-force" }]);
  });

  test("must be the new one after re-keying; what the old one signed before still counts", async () => {
    const { log, at } = await rekeyed();
    expect((await verify(log, FRESH, [await head(log, LOG, at), await head(log, FRESH, at)])).findings).toEqual([]);
    expect((await verify(log, LOG)).findings).toMatchObject([{ code: "log-key.not-in-force" }]);
  });

  test("betrays a thief who goes on signing with the old one", async () => {
    const { log } = await rekeyed();
    const { findings } = await verify(log, FRESH, [await head(log, LOG)]);
    expect(findings).toMatchObject([{ code: "log-key.not-in-force", values: { size: log.state.history.size } }]);
    expect((await verify(log, FRESH, [await head(log, signerOf("thief"))])).findings).toMatchObject([
      { code: "seen.refused" },
    ]);
  });
});
