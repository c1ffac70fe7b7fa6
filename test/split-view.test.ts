/** Split views, forks, roll-backs and withholding by a malicious centre: refused by mirrors and witnesses, and proven to others. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { formatInstant } from "@openjmc/model";
import {
  bytesToHex,
  formatAddCheckpoint,
  formatTlogProof,
  inclusionProof,
  leafHash,
  openCheckpoint,
  signStatement,
  TreeHistory,
  unwrap,
} from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMachineKeys } from "../apps/centre/src/founding/machine-keys.ts";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { openKeeper, readLeaves } from "../apps/centre/src/record/index.ts";
import { type FoundedCentre, foundTestCentre } from "./support/centre.ts";
import { type FalseCentre, startFalseCentre } from "./support/false-centre.ts";
import { jmc, serveCentre } from "./support/jmc.ts";
import { makeNodes, type RunningNode, startNode, type TestNodes } from "./support/nodes.ts";
import { sightMany } from "./support/officer.ts";
import { steadyPort } from "./support/port.ts";
import { until } from "./support/wait.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-split-"));
const ORIGIN = "exercise.test";
const { sha256 } = nodePrimitives;
let founded: FoundedCentre;
let nodes: TestNodes;
let centre: FalseCentre;
const running: { kill(): Promise<void> }[] = [];
/** The same centre's folder, as it went on in different ways: nothing, one history, a longer fork, a shorter one. */
const HISTORIES = { nothing: "", first: "", longer: "", shorter: "" };

beforeAll(async () => {
  nodes = makeNodes(root, ORIGIN);
  const cosigners = { policy: nodes.policy, mergeSeconds: 1 };
  founded = await foundTestCentre({ exercise: true, root, terms: { cosigners } });
  HISTORIES.nothing = copyOf("nothing");
  for (const [name, acts] of [
    ["first", 6],
    ["longer", 9],
    ["shorter", 2],
  ] as const) {
    rmSync(founded.folder, { recursive: true });
    cpSync(HISTORIES.nothing, founded.folder, { recursive: true });
    const serving = await serveCentre(founded.folder);
    await sightMany(serving.url, founded, "A-Duty-1", acts);
    await serving.stop();
    HISTORIES[name] = copyOf(name);
  }
  centre = await startFalseCentre(HISTORIES.first, ORIGIN);
});
afterAll(async () => {
  for (const node of running) await node.kill();
  await centre?.close();
  rmSync(root, { recursive: true, force: true });
});

function copyOf(name: string): string {
  const target = join(root, `history-${name}`);
  cpSync(founded.folder, target, { recursive: true });
  return target;
}

const logKeyFile = (): string => join(HISTORIES.nothing, "record", "log.vkey");
const noteOf = (folder: string): Uint8Array => new Uint8Array(readFileSync(join(folder, "record", "checkpoint")));
const keysOf = () => openMachineKeys(join(HISTORIES.nothing, "keys"), ORIGIN);
const headOf = (folder: string) => unwrap(openCheckpoint(nodePrimitives, noteOf(folder), keysOf().logKey));

async function mirror(name: "A" | "B", more: readonly string[] = []): Promise<RunningNode> {
  const args = ["--pull", centre.url, "--log-key", logKeyFile(), "--recordings", "none", ...more];
  const node = await startNode("mirror", nodes.folders[name], args);
  running.push(node);
  return node;
}

const told = (node: RunningNode, words: string): Promise<void> => until(words, () => node.told().includes(words));
const headFileOf = (name: "A" | "B"): string => readFileSync(join(nodes.folders[name], "keeper", "head"), "utf8");
/** The checkpoint that it stands at; its own cosignature is made anew now and then. */
const heldBy = (name: "A" | "B"): string => headFileOf(name).split("\n\n")[0]!;
const proofs = (folder: string): readonly string[] =>
  readdirSync(join(folder, "misbehaviour")).map((file) => join(folder, "misbehaviour", file));

describe("a mirror that has followed one history", () => {
  let node: RunningNode;

  it("cosigns it", async () => {
    node = await mirror("A");
    await told(node, "cosigned: ");
    expect(centre.brought.at(-1)).toContain(`— ${ORIGIN}/A `);
  });

  it("does not go back with a log that is rolled back, and brings it what it signed", async () => {
    const before = heldBy("A");
    centre.show(HISTORIES.nothing);
    await told(node, "ROLLED BACK: the log shows");
    expect(heldBy("A")).toBe(before);
    await until("it brings the longer checkpoint", () => centre.brought.at(-1) === headFileOf("A"));
  });

  it.each(["longer", "shorter"] as const)("refuses a fork that is %s, and proves it to anyone", async (name) => {
    const before = heldBy("A");
    centre.show(HISTORIES[name]);
    const size = headOf(HISTORIES[name]).size;
    const has = () =>
      readdirSync(nodes.folders.A).includes("misbehaviour") &&
      proofs(nodes.folders.A).some((path) => path.includes(`${size}-`));
    await until("a proof", has);
    const path = proofs(nodes.folders.A).find((file) => file.includes(`${size}-`))!;
    await told(node, `FORK: proof in ${path}`);
    expect(heldBy("A")).toBe(before);
    const verified = await jmc(["verify", path, "--log-key", logKeyFile(), "--json"]);
    expect([verified.code, JSON.parse(verified.stdout)], verified.stderr).toMatchObject([
      0,
      { holds: true, kind: "fork" },
    ]);
    const spoiled = join(root, "spoiled.fork");
    writeFileSync(spoiled, readFileSync(path, "utf8").replace(/\n[A-Za-z0-9+/]{4}/, "\nAAAA"));
    const refused = await jmc(["verify", spoiled, "--log-key", logKeyFile(), "--json"]);
    expect([refused.code, JSON.parse(refused.stdout).holds]).toEqual([1, false]);
    await until("everybody at the centre is told", () => JSON.stringify(centre.objections.at(-1)).includes("true"));
    expect(centre.objections.at(-1)).toMatchObject({ isForked: true });
    expect(centre.brought.at(-1)).toBe(headFileOf("A"));
    expect((await jmc(["mirror", "status", nodes.folders.A])).code).toBe(1);
  });

  it("is found out by a verifier with another's checkpoint, too", async () => {
    const verified = await jmc([
      "verify",
      HISTORIES.longer,
      "--seen",
      join(nodes.folders.A, "keeper", "head"),
      "--json",
    ]);
    expect(verified.code).toBe(1);
    expect(JSON.parse(verified.stdout).findings.map((one: { code: string }) => one.code)).toContain(
      "history.split-view",
    );
  });

  it("goes on with the first history when that is shown again", async () => {
    const before = centre.brought.length;
    centre.show(HISTORIES.first);
    await until("it cosigns", () => centre.brought.slice(before).some((note) => note.includes(`— ${ORIGIN}/A `)));
    expect(await node.stop(), node.told()).toBe(0);
  });
});

describe("a mirror that is not given everything", () => {
  it("does not cosign what is kept back or changed on the way", async () => {
    centre.show(HISTORIES.first, { withheld: /^tile\/entries/ });
    const node = await mirror("B");
    await told(node, "WITHHELD by the log: tile/entries/");
    centre.show(HISTORIES.first, {
      alter: (path, bytes) =>
        path.startsWith("tile/entries/")
          ? Buffer.from(bytes.map((byte, place) => (place === 90 ? byte ^ 1 : byte)))
          : bytes,
    });
    await told(node, "REFUSED: mirror.entries-differ");
    centre.show(HISTORIES.first, {
      alter: (path, bytes) =>
        path === "checkpoint" ? Buffer.from(bytes.toString().replace(/\n(\d+)\n/, "\n1$1\n")) : bytes,
    });
    await told(node, "REFUSED: note.");
    expect(centre.brought.some((note) => note.includes(`— ${ORIGIN}/B `))).toBe(false);
    await node.stop();
  });

  it("misses what the signer holds a receipt for, and says so after the agreed delay", async () => {
    const receipts = join(founded.signers.B, "receipts");
    keepReceipt(receipts, HISTORIES.first);
    centre.show(HISTORIES.nothing);
    const node = await mirror("B", ["--receipts", receipts]);
    await told(node, "RECEIPT: receipt.withheld entry");
    await until("everybody at the centre is told", () =>
      JSON.stringify(centre.objections).includes("receipt.withheld"),
    );
    const status = await jmc(["mirror", "status", nodes.folders.B, "--json"]);
    expect([status.code, JSON.parse(status.stdout).objections[0].code]).toEqual([1, "receipt.withheld"]);
    centre.show(HISTORIES.first);
    await until("the entry came late", async () => (await jmc(["mirror", "status", nodes.folders.B])).code === 0);
    await node.stop();
  });

  it("holds a receipt of another history against the log", async () => {
    const receipts = join(root, "receipts-of-a-fork");
    keepReceipt(receipts, HISTORIES.longer);
    centre.show(HISTORIES.first);
    rmSync(join(nodes.folders.A, "misbehaviour"), { recursive: true });
    const node = await mirror("A", ["--receipts", receipts]);
    await told(node, "cosigned: ");
    centre.show(await extend(HISTORIES.first, "more", 5, false));
    await told(node, "RECEIPT: receipt.other-history");
    expect(proofs(nodes.folders.A).length).toBe(1);
    await node.stop();
  });
});

describe("two mirrors that ask each other", () => {
  it("find out without the centre's help what is kept from one, and that they were shown two histories", async () => {
    const { folders } = makeNodes(join(root, "peers"), ORIGIN);
    const other = await startFalseCentre(HISTORIES.nothing, ORIGIN);
    running.push({ kill: () => other.close() });
    centre.show(HISTORIES.first);
    const [here, there] = [await steadyPort(), await steadyPort()];
    const start = async (name: "A" | "B", url: string, listen: number, peer: number): Promise<RunningNode> => {
      const pulls = ["--pull", url, "--log-key", logKeyFile(), "--recordings", "none"];
      const asks = ["--listen", `127.0.0.1:${listen}`, "--peer", `http://127.0.0.1:${peer}`];
      const node = await startNode("mirror", folders[name], [...pulls, ...asks]);
      running.push(node);
      return node;
    };
    const [a, b] = [await start("A", centre.url, here, there), await start("B", other.url, there, here)];
    await told(b, "PEER: peer.ahead");
    await until("everybody there is told", () => JSON.stringify(other.objections).includes("peer.ahead"));
    expect(existsSync(join(folders.B, "misbehaviour"))).toBe(false);
    other.show(HISTORIES.longer);
    for (const node of [a, b]) await told(node, "PEER: peer.other-history");
    const kept = ["A", "B"].flatMap((name) => proofs(folders[name as "A" | "B"]));
    expect(new Set(kept.map((path) => basename(path))).size).toBe(1);
    expect((await jmc(["verify", kept[0]!, "--log-key", logKeyFile()])).code).toBe(0);
    expect(JSON.stringify(centre.objections.at(-1))).toContain('"isForked":true');
    for (const node of [a, b]) await node.stop();
  });
});

describe("a mirror that replays", () => {
  it("stores an entry that breaks the signing rules, says so and does not cosign it until its operator knows", async () => {
    const broken = await extend(HISTORIES.first, "broken", 0, true);
    centre.show(broken);
    const node = await mirror("B");
    await told(node, "NOT COSIGNED: entry");
    const { size } = headOf(broken);
    expect(node.told()).toContain(`entry ${size - 1} tier.binding-under-machine`);
    expect(headFileOf("B")).toContain(`\n${size}\n`);
    expect(headFileOf("B")).not.toContain(`— ${ORIGIN}/B `);
    await node.stop();
    expect((await jmc(["mirror", "accept", nodes.folders.B, String(size - 1)])).code).toBe(0);
    const again = await mirror("B");
    await told(again, "cosigned: ");
    await again.stop();
  });
});

describe("a witness", () => {
  let witness: RunningNode;
  const add = (folder: string, oldSize: number) =>
    fetch(`${witness.url}/add-checkpoint`, {
      method: "POST",
      body: Buffer.from(formatAddCheckpoint({ oldSize, proof: [], checkpoint: noteOf(folder) })),
    });

  it("signs no second history, and keeps the proof", async () => {
    centre.show(HISTORIES.longer);
    const args = ["--listen", "127.0.0.1:0", "--log-key", logKeyFile(), "--log", `${centre.url}/record`];
    witness = await startNode("witness", nodes.folders.N, args);
    running.push(witness);
    const { size } = headOf(HISTORIES.first);
    expect((await add(HISTORIES.first, 0)).status).toBe(200);
    const conflict = await add(HISTORIES.longer, 0);
    expect([conflict.status, await conflict.text()]).toEqual([409, `${size}\n`]);
    expect((await add(HISTORIES.longer, size)).status).toBe(422);
    await until("a proof", () => witness.told().includes("proof in "));
    const [path] = proofs(nodes.folders.N);
    expect((await jmc(["verify", path!, "--log-key", logKeyFile()])).code).toBe(0);
  });

  it("remembers after a kill", async () => {
    await witness.kill();
    witness = await startNode("witness", nodes.folders.N, ["--listen", "127.0.0.1:0"]);
    running.push(witness);
    const { size } = headOf(HISTORIES.first);
    expect((await add(HISTORIES.longer, 0)).status).toBe(409);
    expect((await add(HISTORIES.shorter, size)).status).toBe(400);
    expect((await add(HISTORIES.first, size)).status).toBe(200);
  });

  it("keeps a keeper whose folder was rolled back from signing", async () => {
    const folder = serveable(HISTORIES.nothing, witness.url);
    await expect(serveCentre(folder)).rejects.toThrow(/record\.rolled-back.*a history of at least/);
    const forked = serveable(HISTORIES.longer, witness.url);
    await expect(serveCentre(forked)).rejects.toThrow(/record\.forked/);
  });
});

describe("a keeper whose folder was rolled back, with no cosigner in reach", () => {
  /** A mirror may come before the keeper has signed anything else, after, or when that is as long as what it holds. */
  it.each([
    ["before it signed another history", 0, "record.rolled-back"],
    ["after it signed another history", 1, "record.rolled-back"],
    ["when its other history is the longer one", 40, "record.forked"],
  ])("stops as soon as a mirror brings what it signed, %s", async (_when, acts, code) => {
    const folder = serveable(HISTORIES.nothing);
    const serving = await serveCentre(folder);
    running.push(serving);
    if (acts > 0) await sightMany(serving.url, founded, "A-Duty-2", acts);
    const shown = async (): Promise<number> =>
      Number((await (await fetch(`${serving.url}/api/v1/cosigning/checkpoint`)).text()).split("\n")[1]);
    const signed = headOf(folder).size;
    await until("cosigners are shown it", async () => (await shown()) >= signed);
    const args = ["--pull", serving.url, "--recordings", "none"];
    const node = await startNode("mirror", nodes.folders.A, args);
    running.push(node);
    expect(await serving.ended).toBe(1);
    expect(serving.told()).toContain(code);
    expect(await node.stop(), node.told()).toBe(0);
  });
});

/** A folder to serve, apart from the history it is a copy of. */
function serveable(history: string, witnessUrl?: string): string {
  rmSync(founded.folder, { recursive: true });
  cpSync(history, founded.folder, { recursive: true });
  if (witnessUrl !== undefined)
    writeFileSync(join(founded.folder, "keys", "cosigners.json"), JSON.stringify({ N: { url: witnessUrl } }));
  return founded.folder;
}

/** The receipt of a history's last entry, as its centre gave it to a signer. */
function keepReceipt(folder: string, history: string): void {
  const { size } = headOf(history);
  const leaves = [...readLeaves(join(history, "record"), size)];
  const tree = new TreeHistory(sha256);
  for (const leaf of leaves) tree.append(leafHash(sha256, leaf));
  mkdirSync(folder, { recursive: true });
  const path = inclusionProof(sha256, tree.node, size - 1, size);
  const receipt = formatTlogProof({ index: size - 1, path, checkpoint: noteOf(history) });
  writeFileSync(join(folder, `${size - 1}.tlog-proof`), receipt);
  writeFileSync(join(folder, `${size - 1}.leaf`), leaves.at(-1)!);
}

/** A history that its centre's own key went on with: good entries, and one that no centre may sign. */
async function extend(history: string, name: string, good: number, isBroken: boolean): Promise<string> {
  const folder = join(root, `history-${name}`);
  cpSync(history, folder, { recursive: true });
  const { log, logKey, machine } = keysOf();
  const keeper = await openKeeper({
    ...{ recordFolder: join(folder, "record"), keeperFolder: join(folder, "keeper"), logKey, signer: log },
    primitives: nodePrimitives,
  });
  const { size, root: at } = keeper.head;
  const statement = (number: number, kind: string) =>
    signStatement(sha256, machine, {
      ...{ origin: ORIGIN, kind, component: "centre", role: "centre", subject: `made-${number}`, revision: 0 },
      ...{ at: formatInstant(Date.now() * 1000), refs: [], anchor: { size, root: bytesToHex(at) }, body: {} },
    });
  for (let number = 0; number < good; number++) await keeper.append([await statement(number, "input.refused")]);
  if (isBroken) await keeper.append([await statement(good, "finding.proposed")]);
  await keeper.close();
  return folder;
}
