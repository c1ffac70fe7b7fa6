import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { leafHash } from "../merkle/hash.ts";
import { TreeHistory } from "../merkle/history.ts";
import { consistencyProof } from "../merkle/subtree.ts";
import { formatCheckpoint, openCheckpoint } from "../note/checkpoint.ts";
import { formatNote, parseNote } from "../note/note.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, noteKey } from "../note/vkey.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { formatAddCheckpoint, monitoringPath, parseAddCheckpoint, readWitnessReply } from "./messages.ts";
import { cosign, judgeCheckpoint, type WitnessedLog } from "./witness.ts";

const logSigner = signerOf("log");
const logKey = noteKey(sha256, "exercise.test/log", ED25519_NOTE, logSigner.publicKey);
const signer = signerOf("witness");
const key = noteKey(sha256, "witness.test", ED25519_COSIGNATURE, signer.publicKey);

function treeOf(size: number, seed = "leaf"): TreeHistory {
  const tree = new TreeHistory(sha256);
  for (let number = 0; number < size; number++) tree.append(leafHash(sha256, utf8(`${seed} ${number}`)));
  return tree;
}

async function requestOf(tree: TreeHistory, oldSize: number, size = tree.size, origin = logKey.name) {
  const text = formatCheckpoint({ origin, size, root: tree.rootAt(size)! });
  const checkpoint = formatNote({ text, signatures: [await signNote(logKey, logSigner, text)] });
  const proof = oldSize <= size ? consistencyProof(sha256, tree.node, oldSize, size) : [];
  return { oldSize, proof, checkpoint };
}

let held: WitnessedLog | undefined;
beforeEach(() => {
  held = undefined;
});

function judge(request: Uint8Array) {
  return judgeCheckpoint(primitives, request, new Map([[logKey.name, logKey]]), () => held);
}

/** A whole turn: judge, store, answer. */
async function add(tree: TreeHistory, oldSize: number, size = tree.size): Promise<number> {
  const verdict = judge(formatAddCheckpoint(await requestOf(tree, oldSize, size)));
  if (verdict.kind === "answer") return verdict.reply.status;
  held = verdict.log;
  return 200;
}

describe("a witness", () => {
  test("follows one history from nothing on, and signs the same head again", async () => {
    const tree = treeOf(20);
    expect(await add(tree, 0, 0)).toBe(200);
    expect(await add(tree, 0, 7)).toBe(200);
    expect(await add(tree, 7, 7)).toBe(200);
    expect(await add(tree, 7, 20)).toBe(200);
    expect(held!.size).toBe(20);
  });

  test("its answer is a cosignature with the time, which the log can add to its note", async () => {
    const request = await requestOf(treeOf(5), 0);
    const verdict = judge(formatAddCheckpoint(request));
    if (verdict.kind !== "cosign") throw new Error("refused");
    const reply = await cosign([{ key, signer }], verdict.text, 1_700_000_000);
    const answer = unwrap(readWitnessReply(reply.status, reply.contentType, reply.body));
    if (answer.kind !== "cosigned") throw new Error("refused");
    const note = unwrap(parseNote(request.checkpoint));
    const cosigned = formatNote({ ...note, signatures: [...note.signatures, ...answer.signatures] });
    expect(unwrap(openCheckpoint(primitives, cosigned, logKey, [key])).cosignatures).toMatchObject([
      { name: "witness.test", timestamp: 1_700_000_000 },
    ]);
  });

  test("signs no fork, whatever proof comes with it", async () => {
    expect(await add(treeOf(8), 0)).toBe(200);
    const fork = treeOf(12, "other");
    expect(await add(fork, 8)).toBe(422);
    expect(await add(treeOf(8, "other"), 8)).toBe(422);
    expect(held!.size).toBe(8);
  });

  test("tells the size it stands at when the log is wrong about it", async () => {
    await add(treeOf(8), 0);
    for (const oldSize of [0, 5]) {
      const verdict = judge(formatAddCheckpoint(await requestOf(treeOf(9), oldSize)));
      if (verdict.kind !== "answer") throw new Error("cosigned");
      const { status, contentType, body } = verdict.reply;
      expect(unwrap(readWitnessReply(status, contentType, body))).toEqual({ kind: "conflict", size: 8 });
    }
  });

  test("refuses what is older, unsigned, unknown or not to be read", async () => {
    await add(treeOf(8), 0);
    expect(await add(treeOf(8), 8, 5)).toBe(400);
    const request = await requestOf(treeOf(9), 8);
    const note = unwrap(parseNote(request.checkpoint));
    const foreign = await signNote({ ...logKey, id: "00000000" }, logSigner, note.text);
    const statusOf = (bytes: Uint8Array) => {
      const verdict = judge(bytes);
      return verdict.kind === "answer" ? verdict.reply.status : 200;
    };
    expect(
      statusOf(formatAddCheckpoint({ ...request, checkpoint: formatNote({ ...note, signatures: [foreign] }) })),
    ).toBe(403);
    expect(statusOf(formatAddCheckpoint(await requestOf(treeOf(9), 8, 9, "another.test/log")))).toBe(404);
    expect(statusOf(formatAddCheckpoint({ ...request, proof: request.proof.slice(1) }))).toBe(422);
    for (const text of ["", "old\n\n", "old 1", "old 01\n\n", "old 1\nAAAA\n\nnote", "old 1\n\nnote"]) {
      expect([text, statusOf(utf8(text))]).toEqual([text, 400]);
    }
    expect(statusOf(new Uint8Array(1_000_001))).toBe(400);
  });

  test("a proof from size 0 is empty", async () => {
    const request = await requestOf(treeOf(8), 0);
    const verdict = judge(formatAddCheckpoint({ ...request, proof: [sha256(utf8("x"))] }));
    expect(verdict).toMatchObject({ kind: "answer", reply: { status: 422 } });
  });

  test("never throws on any bytes", async () => {
    const whole = formatAddCheckpoint(await requestOf(treeOf(9), 0));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (place, byte) => {
        const changed = whole.slice();
        changed[place] = byte;
        const read = parseAddCheckpoint(changed);
        if (read.ok) expect(formatAddCheckpoint(read.value)).toEqual(changed);
        const verdict = judge(changed);
        if (verdict.kind === "cosign") expect(verdict.log.root).toEqual(treeOf(9).root());
      }),
      { numRuns: runs(300) },
    );
  });
});

describe("reading a witness's answer", () => {
  test.each([
    [200, undefined, ""],
    [200, undefined, "— a AAAAAAAA"],
    [200, undefined, "no line\n"],
    [409, "text/x.tlog.size", "01\n"],
    [409, "text/x.tlog.size", "1"],
  ])("%i %s %j is against the protocol", (status, type, body) => {
    expect(readWitnessReply(status, type, body).ok).toBe(false);
  });

  test("other answers are told as they are", () => {
    expect(unwrap(readWitnessReply(409, "text/plain", "busy"))).toEqual({ kind: "refused", status: 409, body: "busy" });
    expect(unwrap(readWitnessReply(503, undefined, "later"))).toMatchObject({ kind: "refused", status: 503 });
  });

  test("the monitoring path is the hash of the origin", () => {
    expect(monitoringPath(sha256, "")).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/checkpoint",
    );
  });
});
