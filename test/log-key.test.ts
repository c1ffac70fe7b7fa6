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
  type NoteKey,
  noteKey,
  openCheckpoint,
  parseNote,
  parseVkey,
  type Signer,
  signNote,
  unwrap,
} from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClosedRecord } from "../apps/centre/src/archive/closed-record.ts";
import { pathsOf } from "../apps/centre/src/folder/index.ts";
import { carryOutRekeying, prepareRekeying } from "../apps/centre/src/founding/rekey.ts";
import { Mirror } from "../apps/centre/src/nodes/mirror.ts";
import { openNodeFolder } from "../apps/centre/src/nodes/node-folder.ts";
import type { RecordSource } from "../apps/centre/src/nodes/record-source.ts";
import { withLines } from "../apps/centre/src/nodes/witness-state.ts";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../apps/centre/src/primitives.ts";
import { addSignature } from "../apps/centre/src/signer/files/statement-file.ts";
import { openSigner } from "../apps/centre/src/signer/signer-folder.ts";
import { metric } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre, PASSPHRASE } from "./support/centre.ts";
import { jmc, serveCentre } from "./support/jmc.ts";
import { makeNodes, type TestNodes } from "./support/nodes.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-log-key-"));
const NOW = Date.now() * 1000;
let founded: FoundedCentre;
let oldKey: NoteKey;
let before: Uint8Array;
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

beforeAll(async () => {
  const nodes = makeNodes(root, "centre.test");
  founded = await foundTestCentre({ root, terms: { cosigners: { policy: nodes.policy } } });
  oldKey = keyNow();
  before = noteNow();
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
afterAll(() => rmSync(root, { recursive: true, force: true }));

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
    const centre = await serveCentre(founded.folder);
    expect(await metric(centre.url, "jmc_sealed_size")).toBe(size);
    expect(await centre.stop(), centre.told()).toBe(0);
  });
});
