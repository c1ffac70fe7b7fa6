import { beforeAll, describe, expect, test } from "vitest";
import { bytesToHex } from "../bytes/hex.ts";
import { inclusionProof } from "../merkle/subtree.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { formatNote } from "../note/note.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_NOTE, type NoteKey, noteKey } from "../note/vkey.ts";
import type { Signer } from "../primitives.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { ORIGIN, type Scenario, scenario } from "../testing/scenario.ts";
import { changesKeys, type LogKeyProof, logKeysOfProof } from "./log-key-proof.ts";

const [LOG, FRESH] = [signerOf("log"), signerOf("fresh log")];
const keyOf = (signer: Signer): NoteKey => noteKey(sha256, ORIGIN, ED25519_NOTE, signer.publicKey);

/** The log's keys are replaced by as many roots as are given; acts stand before and behind. */
async function rekeyed(roots: (log: Scenario) => readonly Signer[]): Promise<Scenario> {
  const log = await scenario({ logKey: bytesToHex(LOG.publicKey) });
  for (let act = 0; act < 9; act++) log.add(await log.sign(log.machine, { kind: "alert.raised", subject: `s-${act}` }));
  const fresh = await log.keyBody(FRESH, "centre", "log");
  const body = {
    ...(await log.keyBody(signerOf("fresh machine"), "centre", "centre")),
    ...{ logKey: fresh.key, logPossession: fresh.possession },
  };
  const [first, ...others] = roots(log);
  const leaf = await log.sign(first!, { kind: "log.rekeyed", component: "centre", role: "root", body });
  log.add(leaf);
  for (const root of others) log.add(await log.countersign(root, leaf));
  return log;
}

const four = (log: Scenario): readonly Signer[] => ["A", "B"].flatMap((component) => log.roots(component).slice(0, 2));

async function proofOf(log: Scenario, signer = FRESH): Promise<LogKeyProof> {
  const { size } = log.state.history;
  const text = formatCheckpoint({ origin: ORIGIN, size, root: log.state.history.root() });
  const entries = log.leaves.flatMap((leaf, index) =>
    changesKeys(sha256, leaf)
      ? [{ index, leaf, path: inclusionProof(sha256, log.state.history.node, index, size) }]
      : [],
  );
  return { checkpoint: formatNote({ text, signatures: [await signNote(keyOf(signer), signer, text)] }), entries };
}

const codeOf = (proof: LogKeyProof): string => {
  const keys = logKeysOfProof(primitives, proof);
  return keys.ok ? "accepted" : keys.fault.code;
};

describe("a proof of a log's key", () => {
  let log: Scenario;
  let good: LogKeyProof;
  beforeAll(async () => {
    log = await rekeyed(four);
    good = await proofOf(log);
  });

  test("gives the log's keys by the entries alone that changed keys", () => {
    const keys = logKeysOfProof(primitives, good);
    expect(keys).toMatchObject({ ok: true, value: [{ id: keyOf(LOG).id }, { id: keyOf(FRESH).id }] });
    expect(good.entries.length).toBeLessThan(log.leaves.length - 8);
  });

  test.each<[string, (proof: LogKeyProof) => LogKeyProof, string]>([
    ["without the founding", ({ entries, ...rest }) => ({ ...rest, entries: entries.slice(1) }), "log-key.no-founding"],
    ["with nothing in it", (proof) => ({ ...proof, entries: [] }), "log-key.no-founding"],
    ["in another order", ({ entries, ...rest }) => ({ ...rest, entries: swapped(entries) }), "log-key.order"],
    ["lacking a root", ({ entries, ...rest }) => ({ ...rest, entries: entries.slice(0, -1) }), "log-key.not-in-force"],
    ["at another place", ({ entries, ...rest }) => ({ ...rest, entries: moved(entries) }), "proof.mismatch"],
    ["of a note that is none", (proof) => ({ ...proof, checkpoint: Uint8Array.of(1) }), "note.malformed"],
  ])("is refused %s", (_, change, code) => {
    expect(codeOf(change(good))).toBe(code);
  });

  test("is refused under the key of before, or a thief's", async () => {
    expect(codeOf(await proofOf(log, signerOf("thief")))).toBe("log-key.not-in-force");
    log.add(await log.sign(signerOf("fresh machine"), { kind: "alert.raised" }));
    expect(codeOf(await proofOf(log, LOG))).toBe("log-key.not-in-force");
  });

  test("is refused where the roots of one component alone have signed", async () => {
    const alone = await rekeyed((one) => one.roots("A").slice(0, 2));
    expect(codeOf(await proofOf(alone))).toBe("log-key.not-in-force");
    expect(logKeysOfProof(primitives, await proofOf(alone, LOG))).toMatchObject({ value: [{ id: keyOf(LOG).id }] });
  });
});

const swapped = ([first, second, third, ...rest]: LogKeyProof["entries"]) => [first!, third!, second!, ...rest];
const moved = (entries: LogKeyProof["entries"]) => entries.map((one, at) => (at === 1 ? { ...one, index: 2 } : one));
