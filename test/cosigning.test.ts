/** Both components' mirrors and a neutral witness beside a real centre, in processes of their own. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CosigningView } from "@openjmc/model";
import { openCheckpoint, parseVkeys, unwrap } from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { readLeaves } from "../apps/centre/src/record/index.ts";
import { metric } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre } from "./support/centre.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { makeNodes, type RunningNode, startNode, type TestNodes } from "./support/nodes.ts";
import { ask, sight, sightMany } from "./support/officer.ts";
import { until } from "./support/wait.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-cosigning-"));
const ORIGIN = "exercise.test";
const SILENCE_SECONDS = 6;
let founded: FoundedCentre;
let nodes: TestNodes;
let centre: ServedCentre;
const running = new Map<string, RunningNode>();

beforeAll(async () => {
  nodes = makeNodes(root, ORIGIN);
  const cosigners = { policy: nodes.policy, silenceSeconds: SILENCE_SECONDS };
  founded = await foundTestCentre({ exercise: true, root, terms: { cosigners } });
  await startWitness();
  centre = await serveCentre(founded.folder);
});
afterAll(async () => {
  for (const node of running.values()) await node.kill();
  await centre?.kill();
  rmSync(root, { recursive: true, force: true });
});

const logKeyFile = (): string => join(founded.folder, "record", "log.vkey");

async function startMirror(name: "A" | "B"): Promise<RunningNode> {
  const node = await startNode("mirror", nodes.folders[name], ["--pull", centre.url, "--log-key", logKeyFile()]);
  running.set(name, node);
  return node;
}

async function startWitness(listen = "127.0.0.1:0"): Promise<void> {
  const witness = await startNode("witness", nodes.folders.N, ["--listen", listen, "--log-key", logKeyFile()]);
  running.set("N", witness);
  writeFileSync(join(founded.folder, "keys", "cosigners.json"), JSON.stringify({ N: { url: witness.url } }));
}

async function stop(name: string): Promise<void> {
  expect(await running.get(name)!.stop(), running.get(name)!.told()).toBe(0);
  running.delete(name);
}

const sealedSize = (): Promise<number> => metric(centre.url, "jmc_sealed_size");
const recordSize = (): Promise<number> => metric(centre.url, "jmc_record_size");
const allSealed = async (): Promise<boolean> => (await sealedSize()) === (await recordSize());

/** Grade of the anchor of a sighting made now. */
async function gradeNow(officer: string): Promise<string> {
  const { index } = await sight(centre.url, founded, officer);
  return (await ask<{ anchorGrade: string }>(centre.url, founded, officer, `/api/v1/entries/${index}`)).anchorGrade;
}

describe("a record that is cosigned", () => {
  it("is sealed once both mirrors and the witness have signed, and not before", async () => {
    await startMirror("A");
    await sight(centre.url, founded, "A-Duty-1");
    await until("mirror A holds the record", () => running.get("A")!.told().includes("cosigned"));
    expect(await sealedSize()).toBe(0);
    // How far it is anchored by then depends on how long the other component has been silent.
    expect(await gradeNow("A-Duty-1")).not.toBe("joint");
    await startMirror("B");
    await until("all is sealed", allSealed);
    expect(await sealedSize()).toBeGreaterThan(10);

    const note = new Uint8Array(await (await fetch(`${centre.url}/record/sealed`)).arrayBuffer());
    const [log] = unwrap(parseVkeys(nodePrimitives.sha256, readFileSync(logKeyFile(), "utf8")));
    const vkeys = await (await fetch(`${centre.url}/record/cosigners.vkey`)).text();
    const opened = unwrap(openCheckpoint(nodePrimitives, note, log!, unwrap(parseVkeys(nodePrimitives.sha256, vkeys))));
    expect(opened.note.verified[0]!.key).toBe(log);
    expect(opened.cosignatures.map(({ key }) => `${key.name} ${key.type}`).sort()).toEqual(
      ["A", "B", "N"].flatMap((name) => [4, 6].map((type) => `${ORIGIN}/${name} ${type}`)),
    );
  });

  it("anchors what people say to what all have cosigned", async () => {
    await until("the log tells of a jointly cosigned point", async () => (await gradeNow("B-Duty-1")) === "joint");
    const viewed = () => ask<CosigningView>(centre.url, founded, "B-Duty-1", "/api/v1/cosigning");
    await until("nobody is silent", async () => {
      const { anchorGrade, cosigners } = await viewed();
      return anchorGrade === "joint" && cosigners.every(({ isSilent }) => !isSilent);
    });
    const view = await viewed();
    expect(view).toMatchObject({ isNamed: true, silenceSeconds: SILENCE_SECONDS });
    expect(view.cosigners.map(({ name }) => name)).toEqual(["A", "A-pq", "B", "B-pq", "N", "N-pq"]);
  });

  it("gives receipts that verify without the centre, and forged ones do not", async () => {
    const { index } = await sight(centre.url, founded, "A-Duty-2");
    await until("it is sealed", async () => (await sealedSize()) > index);
    const receipt = new Uint8Array(await (await fetch(`${centre.url}/api/v1/record/proof/${index}`)).arrayBuffer());
    const leaf = [...readLeaves(join(founded.folder, "record"), index + 1, index)][0]!;
    const folder = mkdtempSync(join(root, "receipt-"));
    const path = join(folder, `${index}.tlog-proof`);
    writeFileSync(path, receipt);
    writeFileSync(join(folder, `${index}.leaf`), leaf);
    cpSync(join(founded.folder, "record", "policy"), join(folder, "policy"));
    const good = await jmc(["verify", path, "--json"]);
    expect([good.code, JSON.parse(good.stdout)]).toMatchObject([
      0,
      { holds: true, index, policyMet: true, cosigners: ["A", "A-pq", "B", "B-pq", "N", "N-pq"] },
    ]);
    writeFileSync(
      join(folder, `${index}.leaf`),
      leaf.map((byte, place) => (place === 40 ? byte ^ 1 : byte)),
    );
    const otherLeaf = await jmc(["verify", path, "--json"]);
    expect([otherLeaf.code, JSON.parse(otherLeaf.stdout).fault.code]).toEqual([1, "proof.mismatch"]);
    writeFileSync(join(folder, `${index}.leaf`), leaf);
    const text = Buffer.from(receipt).toString();
    const withoutB = text.split("\n").filter((line) => !line.startsWith(`— ${ORIGIN}/B `));
    writeFileSync(path, withoutB.join("\n"));
    const unmet = await jmc(["verify", path, "--json"]);
    expect([unmet.code, JSON.parse(unmet.stdout)]).toMatchObject([1, { policyMet: false, absent: ["B", "B-pq"] }]);
    expect((await fetch(`${centre.url}/api/v1/record/proof/999999`)).status).toBe(404);
    expect((await fetch(`${centre.url}/api/v1/record/proof/01`)).status).toBe(404);
  });
});

/** Size of an archive made now, as the command tells it. */
async function exported(name: string, ...flags: string[]): Promise<number> {
  const made = await jmc([
    "export",
    founded.folder,
    "--out",
    join(root, name),
    "--recordings",
    "none",
    "--json",
    ...flags,
  ]);
  expect(made.code, made.stderr).toBe(0);
  return JSON.parse(made.stdout).size;
}

/** What a verifier says of an archive. */
async function verifiedSize(name: string): Promise<number> {
  const { code, stdout } = await jmc(["verify", join(root, name), "--json"]);
  const { holds, findings, size } = JSON.parse(stdout);
  expect([code, holds, findings]).toEqual([0, true, []]);
  return size;
}

describe("archives", () => {
  it("are made beside the centre at work, one right after the other, each with all cosignatures", async () => {
    const before = await recordSize();
    const first = await exported("first.zip");
    expect(await exported("second.zip")).toBeGreaterThanOrEqual(first);
    expect(await verifiedSize("second.zip")).toBeGreaterThanOrEqual(first);
    expect(await recordSize()).toBeGreaterThanOrEqual(before + 2);
    expect(centre.told()).not.toContain("stopped");
  });
});

describe("when cosigners fall silent", () => {
  it("nothing waits: acts are recorded, the anchor's grade falls and says so, the seal stands still", async () => {
    await running.get("B")!.kill();
    running.delete("B");
    const sealed = await sealedSize();
    await until("anchors of the lower grade", async () => (await gradeNow("A-Duty-1")) === "one-and-neutral");
    expect(await sealedSize()).toBeLessThan(await recordSize());
    expect(await sealedSize()).toBeGreaterThanOrEqual(sealed);
    await stop("A");
    await stop("N");
    await until("anchors that nobody stands behind", async () => (await gradeNow("A-Duty-1")) === "none");
    await until("all show as silent", async () => {
      const view = await ask<CosigningView>(centre.url, founded, "A-Duty-1", "/api/v1/cosigning");
      return view.cosigners.every(({ isSilent }) => isSilent);
    });
  });

  it("a node that was away catches up with nothing lost, killed on the way as it may be", async () => {
    await sightMany(centre.url, founded, "A-Duty-1", 600);
    for (let kill = 0; kill < 3; kill++) {
      const mirror = await startMirror("A");
      await new Promise((resolve) => setTimeout(resolve, 150 + kill * 250));
      await mirror.kill();
    }
    await startMirror("A");
    await startMirror("B");
    const size = await recordSize();
    await until("both hold it", () => ["A", "B"].every((name) => heldBy(name as "A" | "B") >= size));
    for (const name of ["A", "B"] as const) {
      const [theirs, own] = [join(nodes.folders[name], "record"), join(founded.folder, "record")];
      expect([...readLeaves(theirs, size)]).toEqual([...readLeaves(own, size)]);
      const verified = await jmc(["verify", theirs, "--json"]);
      expect([verified.code, JSON.parse(verified.stdout).holds], verified.stdout).toEqual([0, true]);
    }
    await startWitness(new URL(witnessUrl()).host);
    await until("all is sealed again", allSealed);
    await until("and anchored to", async () => (await gradeNow("B-Duty-2")) === "joint");
  });
});

describe("a centre that stops", () => {
  it("has its last entries cosigned, and starts again with what was sealed", async () => {
    await sight(centre.url, founded, "B-Duty-1");
    expect(await centre.stop(), centre.told()).toBe(0);
    const note = readFileSync(join(founded.folder, "record", "checkpoint"), "utf8");
    expect(note.split("\n").filter((line) => line.startsWith("— ")).length).toBe(7);
    const verified = await jmc(["verify", founded.folder, "--json"]);
    expect(verified.code, verified.stdout).toBe(0);
    const sealed = Number(note.split("\n")[1]);
    expect(await exported("stopped.zip")).toBe(sealed);
    expect(await exported("stopped-again.zip")).toBe(sealed);
    expect(await verifiedSize("stopped-again.zip")).toBe(sealed);
    expect(await exported("bare.zip", "--unsealed")).toBe(sealed + 2);
    centre = await serveCentre(founded.folder);
    expect(await sealedSize()).toBeGreaterThan(600);
  });
});

function heldBy(name: "A" | "B"): number {
  const note = readFileSync(join(nodes.folders[name], "keeper", "head"), "utf8");
  return Number(note.split("\n")[1]);
}

function witnessUrl(): string {
  return (JSON.parse(readFileSync(join(founded.folder, "keys", "cosigners.json"), "utf8")) as { N: { url: string } }).N
    .url;
}
