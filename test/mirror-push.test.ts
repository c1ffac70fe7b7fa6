/** A mirror that is sent things, as a component with an open address runs it; and what each mirror keeps of the recordings. */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CosigningView, RecordingsSealedBody } from "@openjmc/model";
import { bytesToHex, monitoringPath, readLeaf, unwrap, utf8 } from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeRecorded } from "../apps/centre/src/nodes/recordings-wire.ts";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { readLeaves } from "../apps/centre/src/record/index.ts";
import { perform, ulid } from "./support/acts.ts";
import { bearer, metric, tokenOf } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre, officerKey } from "./support/centre.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { makeNodes, type RunningNode, startNode, type TestNodes } from "./support/nodes.ts";
import { ask, sightMany } from "./support/officer.ts";
import { end, openSocket, write } from "./support/sockets.ts";
import { beastOf } from "./support/traffic.ts";
import { until } from "./support/wait.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-push-"));
const ORIGIN = "exercise.test";
const READER = "a token that only the component and its centre have";
let founded: FoundedCentre;
let nodes: TestNodes;
let centre: ServedCentre;
let pushed: RunningNode;
const running: RunningNode[] = [];

beforeAll(async () => {
  nodes = makeNodes(root, ORIGIN);
  founded = await foundTestCentre({ exercise: true, root, terms: { cosigners: { policy: nodes.policy } } });
  writeFileSync(join(root, "token"), READER);
  const listen = ["--listen", "127.0.0.1:0", "--log-key", join(founded.folder, "record", "log.vkey")];
  pushed = await startNode("mirror", nodes.folders.A, [...listen, "--reader-token", join(root, "token")]);
  const witness = await startNode("witness", nodes.folders.N, listen);
  running.push(pushed, witness);
  const addresses = { A: { url: pushed.url, token: READER }, N: { url: witness.url } };
  writeFileSync(join(founded.folder, "keys", "cosigners.json"), JSON.stringify(addresses));
  centre = await serveCentre(founded.folder);
  await fly();
});
afterAll(async () => {
  for (const node of running) await node.kill();
  await centre?.kill();
  rmSync(root, { recursive: true, force: true });
});

/** What the minute's seal is about: its time runs while entries are mirrored. */
async function fly(): Promise<void> {
  const socket = await openSocket(centre.feeds.get("rx-n2")!);
  const aircraft = { icao: 0xabc777, callsign: "MIRROR1", lon: 47, lat: 40, altitudeMetres: 3000 };
  for (let second = 0; second < 5; second++)
    for (const frame of beastOf({ ...aircraft, velocityEast: 90, velocityNorth: 0 }, second, 1))
      await write(socket, frame);
  await end(socket);
}

/** Entries that a mirror stands at; 0 before its first. */
function held(folder: string): number {
  const head = join(folder, "keeper", "head");
  return existsSync(head) ? Number(readFileSync(head, "utf8").split("\n")[1]) : 0;
}

const recordSize = (): Promise<number> => metric(centre.url, "jmc_record_size");
const leavesOf = (folder: string, size: number) => [...readLeaves(join(folder, "record"), size)];

describe("a mirror that is sent entries", () => {
  it("holds what the centre holds, over more than one bundle and request, and cosigns it", async () => {
    await sightMany(centre.url, founded, "A-Duty-1", 300);
    const size = await recordSize();
    await until("it holds them", () => held(nodes.folders.A) >= size);
    expect(leavesOf(nodes.folders.A, size)).toEqual(leavesOf(founded.folder, size));
    expect((await jmc(["verify", join(nodes.folders.A, "record")])).code).toBe(0);
    const view = await ask<CosigningView>(centre.url, founded, "A-Duty-1", "/api/v1/cosigning");
    expect(view.cosigners.find(({ name }) => name === "A")!.size).toBeGreaterThanOrEqual(size);
  });

  it("goes on where it was after a kill", async () => {
    await pushed.kill();
    await sightMany(centre.url, founded, "A-Duty-2", 280);
    const size = await recordSize();
    const args = ["--listen", new URL(pushed.url).host, "--reader-token", join(root, "token")];
    pushed = await startNode("mirror", nodes.folders.A, args);
    running.push(pushed);
    await until("it holds them", () => held(nodes.folders.A) >= size);
    expect(leavesOf(nodes.folders.A, size)).toEqual(leavesOf(founded.folder, size));
  });

  it("gives entries to readers with the token only, hashes and checkpoint to all", async () => {
    const base = `${pushed.url}/${monitoringPath(nodePrimitives.sha256, ORIGIN).split("/")[0]}`;
    const status = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
      (await fetch(`${base}/${path}`, { headers })).status;
    expect([await status("checkpoint"), await status("tile/0/000"), await status("tile/entries/000")]).toEqual([
      200, 200, 401,
    ]);
    expect([
      await status("tile/entries/000", bearer(READER)),
      await status("tile/entries/000", bearer("other")),
    ]).toEqual([200, 401]);
    expect([await status("tile/0/../../keys/ed25519.seed"), await status("keys/ed25519.seed")]).toEqual([404, 404]);
    const other = await fetch(`${pushed.url}/${bytesToHex(nodePrimitives.sha256(utf8("other")))}/checkpoint`);
    expect(other.status).toBe(404);
    const garbage = await fetch(`${pushed.url}/add-entries`, { method: "POST", body: "garbage" });
    expect(garbage.status).toBe(400);
    const foreign = await fetch(`${pushed.url}/add-checkpoint`, {
      method: "POST",
      body: "old 0\n\nother\n1\nAAAA\n\n— x AAAAAAAA\n",
    });
    expect([400, 404]).toContain(foreign.status);
  });

  it("asks for the files that entries name before it cosigns them", async () => {
    const signer = officerKey(founded, "A-Duty-1");
    const token = await tokenOf(centre.url, "A-Duty-1", signer);
    const bytes = Buffer.from("a photograph");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const headers = { ...bearer(token), "content-type": "image/jpeg" };
    const incident = ulid();
    const body = { title: "Two bursts", occurredAt: new Date().toISOString().replace("Z", "000Z") };
    await perform(centre.url, token, signer, { kind: "incident.opened", officer: "A-Duty-1", subject: incident, body });
    const attach = () =>
      perform(centre.url, token, signer, {
        ...{ kind: "evidence.attached", officer: "A-Duty-1", subject: ulid(), refs: [{ rel: "attachment", sha256 }] },
        body: {
          incident,
          kind: "file",
          target: sha256,
          title: "photograph",
          mediaType: "image/jpeg",
          bytes: bytes.length,
        },
      });
    await expect(attach()).rejects.toThrow(/attachment\.not-stored/);
    expect((await fetch(`${centre.url}/api/v1/attachments`, { method: "POST", headers, body: bytes })).status).toBe(
      201,
    );
    const { index } = await attach();
    await until("it holds the entry", () => held(nodes.folders.A) > index);
    expect(readFileSync(join(nodes.folders.A, "attachments", sha256.slice(0, 2), sha256))).toEqual(bytes);
  });
});

describe("recordings", () => {
  it("are kept by each component's mirror as the markings say, under the hashes of the seals", async () => {
    await until("a minute is sealed", async () => (await sealsOf()).length > 0);
    const args = ["--pull", centre.url, "--log-key", join(founded.folder, "record", "log.vkey")];
    const mirror = await startNode("mirror", nodes.folders.B, args);
    running.push(mirror);
    const [seal] = await sealsOf();
    const name = `${seal!.firstSequence}-${seal!.lastSequence}.recorded`;
    const folder = join(nodes.folders.B, "recordings");
    await until(
      "it is copied",
      () => readdirSync(nodes.folders.B).includes("recordings") && readdirSync(folder).includes(name),
    );
    const hashes = await hashesOf(join(folder, name));
    for (const [link, sha256] of hashes)
      expect(seal!.segments.find(({ source }) => source === link)?.sha256).toBe(sha256);
    expect(hashes.has("rx-n2")).toBe(true);
    expect(mirror.told()).not.toContain("RECORDINGS");
  });

  it("are given to nobody but a component's node", async () => {
    const [seal] = await sealsOf();
    const address = `${centre.url}/api/v1/recordings/${seal!.firstSequence}/${seal!.lastSequence}`;
    expect((await fetch(address)).status).toBe(401);
    const token = await tokenOf(centre.url, "B-Duty-1", officerKey(founded, "B-Duty-1"));
    const asOfficer = await fetch(address, { headers: bearer(token) });
    expect([asOfficer.status, ((await asOfficer.json()) as { code: string }).code]).toEqual([403, "access.node"]);
  });
});

async function sealsOf(): Promise<readonly RecordingsSealedBody[]> {
  const size = await recordSize();
  return leavesOf(founded.folder, size)
    .map((leaf) => unwrap(readLeaf(nodePrimitives.sha256, leaf)).statement)
    .filter(({ kind }) => kind === "recordings.sealed")
    .map(({ body }) => body as unknown as RecordingsSealedBody)
    .filter(({ segments }) => segments.some(({ source }) => source === "rx-n2"));
}

async function hashesOf(path: string): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, ReturnType<typeof createHash>>();
  async function* chunks() {
    yield new Uint8Array(readFileSync(path));
  }
  for await (const { link, body } of decodeRecorded(chunks()))
    hashes.set(link, (hashes.get(link) ?? createHash("sha256")).update(body));
  return new Map([...hashes].map(([link, hash]) => [link, hash.digest("hex")]));
}
