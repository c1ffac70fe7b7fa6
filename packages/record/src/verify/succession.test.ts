import { describe, expect, test } from "vitest";
import { bytesToBase64 } from "../bytes/base64.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { formatNote } from "../note/note.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, formatVkey, type NoteKey, noteKey } from "../note/vkey.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { ORIGIN, Scenario, scenario } from "../testing/scenario.ts";
import { comparePredecessor, foundingAcceptance } from "./succession.ts";

const HEIR = "exercise.heir.example/log";
const LOG = noteKey(sha256, ORIGIN, ED25519_NOTE, signerOf("log").publicKey);
const TERMS = { logKey: bytesToHex(signerOf("log").publicKey) };

/** A log founded anew over the last checkpoint of another. */
async function heirOf(
  former: Scenario,
  size: number,
  change: { root?: Uint8Array; body?: object; cosigner?: NoteKey } = {},
) {
  const root = change.root ?? former.state.history.rootAt(size)!;
  const text = formatCheckpoint({ origin: ORIGIN, size, root });
  const signatures = [await signNote(LOG, signerOf("log"), text)];
  const cosigners = change.cosigner ? [change.cosigner] : [];
  for (const key of cosigners) signatures.push(await signNote(key, signerOf(key.name), text, 7));
  const note = formatNote({ text, signatures });
  const succeeds = {
    ...{ origin: ORIGIN, size, root: bytesToHex(root), founding: former.state.founding!.statementId },
    ...{
      checkpoint: bytesToBase64(note),
      logKey: formatVkey(LOG),
      cosigners: cosigners.map(formatVkey),
      reason: "the site was lost",
    },
  };
  const heir = new Scenario();
  const body = { ...heir.foundingBody(), machineKey: bytesToHex(signerOf("heir").publicKey), succeeds, ...change.body };
  heir.add(await heir.sign(signerOf("heir"), { kind: "log.founded", origin: HEIR, body }));
  return heir;
}

const codes = (findings: readonly { code: string }[]) => findings.map((finding) => finding.code);

describe("a successor beside its predecessor", () => {
  test("goes on from a point of its history, under the same roots", async () => {
    const former = await scenario(TERMS);
    const heir = await heirOf(former, former.state.history.size - 2);
    expect(comparePredecessor(heir.state, former.state)).toEqual([]);
  });

  test("is told of when it does not", async () => {
    const former = await scenario(TERMS);
    const size = former.state.history.size;
    expect(codes(comparePredecessor(former.state, former.state))).toEqual(["succession.none"]);
    const other = await scenario({ ...TERMS, watchSeconds: 3600 });
    const heir = await heirOf(former, size);
    expect(codes(comparePredecessor(heir.state, other.state))).toEqual(["succession.other-log"]);
    const forked = await heirOf(former, size, { root: sha256(new Uint8Array([1])) });
    expect(codes(comparePredecessor(forked.state, former.state))).toEqual(["succession.forked"]);
    const longer = await heirOf(former, size + 1, { root: sha256(new Uint8Array([1])) });
    expect(codes(comparePredecessor(longer.state, former.state))).toEqual(["succession.shorter"]);
  });

  test("cannot bring root keys of its own for a side that is absent", async () => {
    const former = await scenario(TERMS);
    const roots = (name: string) => [1, 2, 3].map((n) => bytesToHex(signerOf(`${name} ${n}`).publicKey));
    const components = [
      { id: "A", roots: roots("root A") },
      { id: "B", roots: roots("made by A") },
    ];
    const heir = await heirOf(former, former.state.history.size, { body: { components } });
    expect(comparePredecessor(heir.state, former.state)).toMatchObject([
      { code: "succession.other-roots", values: { component: "B" } },
    ]);
  });

  test("cannot go on from a checkpoint of a key that was not the log's", async () => {
    const former = await scenario({ logKey: bytesToHex(signerOf("another log key").publicKey) });
    const heir = await heirOf(former, former.state.history.size);
    expect(codes(comparePredecessor(heir.state, former.state))).toEqual(["succession.log-key"]);
  });

  test("cannot bring cosigners of its own", async () => {
    const former = await scenario(TERMS);
    const size = former.state.history.size;
    const mirror = noteKey(sha256, "mirror-b", ED25519_COSIGNATURE, signerOf("mirror-b").publicKey);
    const heir = await heirOf(former, size, { cosigner: mirror });
    expect(codes(comparePredecessor(heir.state, former.state))).toEqual(["succession.cosigner"]);
  });

  test("says which side has accepted it, also when one comes later", async () => {
    const former = await scenario(TERMS);
    const heir = await heirOf(former, 5);
    for (const root of heir.roots("A").slice(0, 2)) heir.add(await heir.countersign(root, heir.leaves[0]!));
    const accepted = () => foundingAcceptance(heir.state).map(({ component, accepted }) => [component, accepted]);
    expect(accepted()).toEqual([
      ["A", true],
      ["B", false],
    ]);
    for (const root of heir.roots("B").slice(1)) heir.add(await heir.countersign(root, heir.leaves[0]!));
    expect(accepted()).toEqual([
      ["A", true],
      ["B", true],
    ]);
    expect(foundingAcceptance(new Scenario().state)).toEqual([]);
  });
});
