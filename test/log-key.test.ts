/** A log whose own key was replaced: its mirrors take the new one from what roots of both components signed, and from nothing else; what was sealed before goes on counting. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ED25519_COSIGNATURE,
  ED25519_NOTE,
  formatCheckpoint,
  formatNote,
  formatSignatureLine,
  formatVkey,
  leafHash,
  monitoringPath,
  type NoteKey,
  noteKey,
  openCheckpoint,
  parseNote,
  parseVkey,
  type Signer,
  signNote,
  TreeHistory,
  unwrap,
} from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClosedRecord } from "../apps/centre/src/archive/closed-record.ts";
import { Push } from "../apps/centre/src/cosigning/push.ts";
import { pathsOf } from "../apps/centre/src/folder/index.ts";
import { carryOutRekeying, prepareRekeying } from "../apps/centre/src/founding/rekey.ts";
import { Mirror } from "../apps/centre/src/nodes/mirror.ts";
import { openNodeFolder, readVkeys } from "../apps/centre/src/nodes/node-folder.ts";
import type { RecordSource } from "../apps/centre/src/nodes/record-source.ts";
import { withLines } from "../apps/centre/src/nodes/witness-state.ts";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../apps/centre/src/primitives.ts";
import { readLeaves } from "../apps/centre/src/record/index.ts";
import { addSignature } from "../apps/centre/src/signer/files/statement-file.ts";
import { openSigner } from "../apps/centre/src/signer/signer-folder.ts";
import { metric } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre, PASSPHRASE } from "./support/centre.ts";
import { jmc, serveCentre } from "./support/jmc.ts";
import { makeNodes, type RunningNode, startNode, type TestNodes } from "./support/nodes.ts";
import { until } from "./support/wait.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-log-key-"));
const NOW = Date.now() * 1000;
let founded: FoundedCentre;
let oldKey: NoteKey;
let before: Uint8Array;
let nodes: TestNodes;
let mirror: RunningNode;
let witness: RunningNode;
const signer = ed25519Signer(newEd25519Seed());
const own = noteKey(nodePrimitives.sha256, "mirror.test", ED25519_COSIGNATURE, signer.publicKey);

const keyNow = (): NoteKey =>
  unwrap(parseVkey(nodePrimitives.sha256, readFileSync(join(record(), "log.vkey"), "utf8").trim()));
const record = (): string => pathsOf(founded.folder).record;
const noteNow = (): Uint8Array => new Uint8Array(readFileSync(join(record(), "checkpoint")));
const source: RecordSource = {
  file: async (path, from = 0) => {
    const file = join(record(), path);
    return existsSync(file) ? new Uint8Array(readFileSync(file)).subarray(from) : undefined;
  },
  attachment: async () => undefined,
};

interface Opened {
  readonly mirror: Mirror;
  readonly taken: readonly string[];
}

async function openMirror(name: string, logKey = oldKey, earlierLogKeys: readonly NoteKey[] = []): Promise<Opened> {
  const taken: string[] = [];
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  const mirror = await Mirror.open({
    ...{ root: folder, logKey, earlierLogKeys, keys: [{ key: own, signer }], now: () => 7 },
    onRekeyed: (key) => taken.push(formatVkey(key)),
  });
  return { mirror, taken };
}

/** An entry of the machine: the log goes on under the key that it has now. */
async function goOn(): Promise<void> {
  await withClosedRecord(founded.folder, "test", ({ registrar }) =>
    registrar.act([{ kind: "input.refused", subject: `refused-${registrar.size}`, body: {} }]),
  );
}

/** The checkpoint of now as somebody with another key would sign it. */
async function forged(by: Signer): Promise<Uint8Array> {
  const { size, root: hash } = unwrap(openCheckpoint(nodePrimitives, noteNow(), keyNow()));
  const key = noteKey(nodePrimitives.sha256, oldKey.name, ED25519_NOTE, by.publicKey);
  const text = formatCheckpoint({ origin: key.name, size, root: hash });
  return formatNote({ text, signatures: [await signNote(key, by, text)] });
}

/** A note with the signatures of all who are named to cosign. */
async function sealed(note: Uint8Array, { folders }: TestNodes): Promise<Uint8Array> {
  const { text } = unwrap(parseNote(note));
  const keys = Object.entries(folders).flatMap(
    ([name, folder]) => openNodeFolder(folder, name === "N" ? "witness" : "mirror").keys,
  );
  const lines = keys.map(async ({ key, signer: by }) =>
    formatSignatureLine(await signNote(key, by, text, Math.floor(NOW / 1e6))),
  );
  return withLines(note, (await Promise.all(lines)).join(""));
}

/** What a centre does with its record as it is: a cosigner that listens is brought the head, and what stands behind it. */
async function bring(url: string): Promise<void> {
  const checkpoint = unwrap(openCheckpoint(nodePrimitives, noteNow(), keyNow()));
  const leaves = [...readLeaves(record(), checkpoint.size)];
  const history = new TreeHistory(nodePrimitives.sha256);
  for (const leaf of leaves) history.append(leafHash(nodePrimitives.sha256, leaf));
  const entries = (from: number, end: number) => leaves.slice(from, end);
  const push = new Push({
    ...{ address: { url }, nodes: history.node, entries, attachment: async () => undefined },
    take: async () => undefined,
  });
  await push.bring({ ...checkpoint, note: noteNow(), shownAt: 0, cosignatures: new Map() });
}

beforeAll(async () => {
  nodes = makeNodes(root, "centre.test");
  founded = await foundTestCentre({ root, terms: { cosigners: { policy: nodes.policy } } });
  oldKey = keyNow();
  before = noteNow();
  const listen = ["--listen", "127.0.0.1:0", "--log-key", formatVkey(oldKey)];
  [mirror, witness] = [
    await startNode("mirror", nodes.folders.A, listen),
    await startNode("witness", nodes.folders.N, listen),
  ];
  for (const { url } of [mirror, witness]) await bring(url);
  const followed = await openMirror("held");
  expect((await followed.mirror.follow(before, source)).kind).toBe("cosigned");
  cpSync(join(root, "held"), join(root, "behind"), { recursive: true });
  writeFileSync(join(pathsOf(founded.folder).keeper, "sealed"), await sealed(before, nodes));
  let carried = await prepareRekeying(founded.folder, { reason: "the machine was open", now: NOW });
  for (const folder of Object.values(founded.signers))
    for (const holder of ["root-1", "root-2"])
      carried = await addSignature(carried, openSigner(folder, holder, PASSPHRASE));
  await carryOutRekeying(founded.folder, [carried], NOW);
});
afterAll(async () => {
  for (const node of [mirror, witness]) await node?.kill();
  rmSync(root, { recursive: true, force: true });
});

describe("a mirror of a log whose key was replaced", () => {
  it("takes the new key from the entries that roots of both signed, tells it, and goes on cosigning", async () => {
    const { mirror, taken } = await openMirror("held");
    expect((await mirror.follow(noteNow(), source)).kind).toBe("cosigned");
    expect(taken).toEqual([formatVkey(keyNow())]);
    expect(keyNow().id).not.toBe(oldKey.id);
    expect(readFileSync(join(root, "held", "record", "log.vkey"), "utf8").trim()).toBe(formatVkey(keyNow()));
    await goOn();
    expect((await mirror.follow(noteNow(), source)).kind).toBe("cosigned");
    expect(mirror.files.size).toBe(unwrap(openCheckpoint(nodePrimitives, noteNow(), keyNow())).size);
    expect(mirror.logKeys.map(({ id }) => id)).toEqual([keyNow().id, oldKey.id]);
  });

  it("opens its copy again with either key in its folder, as a crash may leave it", async () => {
    expect((await openMirror("held", keyNow(), [oldKey])).mirror.files.size).toBeGreaterThan(0);
    const { mirror, taken } = await openMirror("behind", keyNow(), [oldKey]);
    expect((await mirror.follow(noteNow(), source)).kind).toBe("cosigned");
    expect(taken).toEqual([]);
  });

  it("takes no other key, whatever it signs, and not the old one back", async () => {
    const thief = ed25519Signer(newEd25519Seed());
    const { mirror, taken } = await openMirror("stranger");
    expect((await mirror.follow(before, source)).kind).toBe("cosigned");
    const { size } = mirror.files;
    const refused = await mirror.follow(await forged(thief), source);
    expect([refused.kind, mirror.files.size, mirror.files.staged.tree.size, taken]).toEqual([
      "refused",
      size,
      size,
      [],
    ]);
    expect((await mirror.follow(noteNow(), source)).kind).toBe("cosigned");
    expect((await mirror.follow(before, source)).kind).toBe("refused");
  });
});

describe("a centre whose log has another key than the one that was sealed under", () => {
  it("starts with what was sealed, and its archive ends there", async () => {
    const { size } = unwrap(openCheckpoint(nodePrimitives, before, oldKey));
    const out = join(root, "sealed.zip");
    const made = await jmc(["export", founded.folder, "--out", out, "--recordings", "none"]);
    expect(made.code, made.stderr).toBe(0);
    const verified = await jmc(["verify", out, "--json"]);
    expect([verified.code, JSON.parse(verified.stdout)]).toMatchObject([0, { holds: true, size }]);
    const addresses = { A: { url: mirror.url }, N: { url: witness.url } };
    writeFileSync(join(pathsOf(founded.folder).keys, "cosigners.json"), JSON.stringify(addresses));
    const centre = await serveCentre(founded.folder);
    expect(await metric(centre.url, "jmc_sealed_size")).toBe(size);
    await cosignedUnderNewKey(mirror, nodes.folders.A, join("record", "checkpoint"));
    await cosignedUnderNewKey(witness, nodes.folders.N, join("state", shownAt));
    expect(await centre.stop(), centre.told()).toBe(0);
  });

  it("names it in the policy, in the centre's copy and in a mirror's", () => {
    for (const folder of [record(), join(nodes.folders.A, "record")])
      expect(readFileSync(join(folder, "policy"), "utf8").split("\n")[0]).toBe(`log ${formatVkey(keyNow())}`);
  });
});

describe("a cosigner that is sent things", () => {
  const ask = async (url: string, path: string, body: string | Buffer) =>
    (await fetch(`${url}/${path}`, { method: "POST", body })).status;

  it("keeps the key over a restart, and takes nothing under the one before", async () => {
    for (const [role, folder] of [
      ["mirror", nodes.folders.A],
      ["witness", nodes.folders.N],
    ] as const) {
      const { logs, earlierLogKeys } = openNodeFolder(folder, role);
      expect([[...logs.values()].map(formatVkey), earlierLogKeys.map(formatVkey)]).toEqual([
        [formatVkey(keyNow())],
        [formatVkey(oldKey)],
      ]);
      const again = await startNode(role, folder, ["--listen", "127.0.0.1:0"]).catch((error: Error) => error);
      expect(again).toBeInstanceOf(Error); // It is held by the one that runs.
    }
    const stale = Buffer.concat([Buffer.from("old 0\n\n"), before]);
    for (const { url } of [mirror, witness]) expect(await ask(url, "add-checkpoint", stale)).toBe(403);
    await witness.kill();
    witness = await startNode("witness", nodes.folders.N, ["--listen", "127.0.0.1:0"]);
    expect(await ask(witness.url, "add-checkpoint", stale)).toBe(403);
  });

  it("takes no key without the entries that name it", async () => {
    const empty = { old: 0, consistency: [], checkpoint: Buffer.from(before).toString("base64"), entries: [] };
    for (const { url } of [mirror, witness]) {
      expect(await ask(url, "log-key", "no JSON")).toBe(400);
      expect(await ask(url, "log-key", "{}")).toBe(400);
      expect(await ask(url, "log-key", JSON.stringify(empty))).toBe(403);
    }
  });
});

const shownAt = monitoringPath(nodePrimitives.sha256, "centre.test");

/** The node tells of the key, and holds a checkpoint under it that bears its own signature. */
async function cosignedUnderNewKey(node: RunningNode, folder: string, path: string): Promise<void> {
  const [own] = readVkeys(folder).map((vkey) => unwrap(parseVkey(nodePrimitives.sha256, vkey)));
  await until("it is cosigned", () => {
    const opened = openCheckpoint(nodePrimitives, new Uint8Array(readFileSync(join(folder, path))), keyNow(), [own!]);
    return opened.ok && opened.value.cosignatures.length > 0;
  });
  expect(
    node
      .told()
      .split("\n")
      .filter((line) => line.includes("NEW LOG KEY")),
  ).toEqual([expect.stringContaining(formatVkey(keyNow()))]);
}
