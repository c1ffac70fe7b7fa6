import { createHash } from "node:crypto";
import {
  ED25519_COSIGNATURE,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  leafHash,
  noteKey,
  openCheckpoint,
  signNote,
  TreeHistory,
  unwrap,
} from "@openjmc/record";
import { expect, onTestFinished, test } from "vitest";
import { serveNode } from "../nodes/http.ts";
import { witnessHandler } from "../nodes/witness-server.ts";
import { WitnessState } from "../nodes/witness-state.ts";
import { ed25519Signer, nodePrimitives } from "../primitives.ts";
import { MemoryFiles } from "../record/testing/memory-files.ts";
import { testLeaf, testOptions } from "../record/testing/options.ts";
import { Push } from "./push.ts";
import type { Candidate } from "./rounds.ts";

const { sha256 } = nodePrimitives;
const { logKey, signer: logSigner } = testOptions("/log");
const signer = ed25519Signer(createHash("sha256").update("a witness for tests").digest());
const key = noteKey(sha256, "witness.test", ED25519_COSIGNATURE, signer.publicKey);

/** A history of so many leaves, another one than others from leaf `forkedAt` on. */
function historyOf(size: number, forkedAt = size): TreeHistory {
  const history = new TreeHistory(sha256);
  for (let number = 0; number < size; number++)
    history.append(leafHash(sha256, testLeaf(number < forkedAt ? number : -number)));
  return history;
}

async function candidateOf(history: TreeHistory): Promise<Candidate> {
  const checkpoint = { origin: logKey.name, size: history.size, root: history.root() };
  const text = formatCheckpoint(checkpoint);
  const note = formatNote({ text, signatures: [await signNote(logKey, logSigner, text)] });
  return { ...checkpoint, note, shownAt: 0, cosignatures: new Map() };
}

/** Address of a witness that has cosigned a history. */
async function witnessOf(history: TreeHistory): Promise<string> {
  const logs = new Map([[logKey.name, logKey]]);
  const files = new MemoryFiles();
  const state = new WitnessState({ folder: "/witness", keys: [{ key, signer }], logs, now: () => 1, files });
  const { note } = await candidateOf(history);
  expect((await state.add(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: note }))).status).toBe(200);
  const server = await serveNode("127.0.0.1:0", witnessHandler(state, logs));
  onTestFinished(() => server.close());
  return server.url;
}

/** Brings a history to a witness; sizes and cosignatures of the notes that came back, and how it ended. */
async function bring(history: TreeHistory, url: string) {
  const taken: Uint8Array[] = [];
  const push = new Push({
    ...{ address: { url }, nodes: history.node, entries: () => [], attachment: async () => undefined },
    take: async (note) => taken.push(note),
  });
  const ended = await push.bring(await candidateOf(history)).then(
    () => "brought",
    (error: Error) => error.message,
  );
  const opened = taken.map((note) => unwrap(openCheckpoint(nodePrimitives, note, logKey, [key])));
  return { ended, taken: opened.map(({ size, cosignatures }) => [size, cosignatures.length]) };
}

test("what a witness cosigns is taken", async () => {
  const url = await witnessOf(historyOf(5));
  expect(await bring(historyOf(9), url)).toEqual({ ended: "brought", taken: [[9, 1]] });
});

test("what a witness holds is taken where the history is behind it", async () => {
  const url = await witnessOf(historyOf(9));
  expect(await bring(historyOf(5), url)).toEqual({ ended: "brought", taken: [[9, 1]] });
});

test("and where the history is another one, as long as it may be by now", async () => {
  const url = await witnessOf(historyOf(5));
  const { ended, taken } = await bring(historyOf(9, 3), url);
  expect(taken).toEqual([[5, 1]]);
  expect(ended).toContain("422");
});
