/** Both components' mirrors and a neutral witness beside a real centre, in processes of their own. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpoint, parseVkey, parseVkeys, unwrap } from "@openjmc/record";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { now, perform, sightingBody, ulid } from "./support/acts.ts";
import { bearer, metric, tokenOf } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre, officerKey } from "./support/centre.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { makeNodes, type RunningNode, startNode, type TestNodes } from "./support/nodes.ts";
import { until } from "./support/wait.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-cosigning-"));
const ORIGIN = "exercise.test";
let founded: FoundedCentre;
let nodes: TestNodes;
let centre: ServedCentre;
const running = new Map<string, RunningNode>();

beforeAll(async () => {
  nodes = makeNodes(root, ORIGIN);
  founded = await foundTestCentre({ exercise: true, root, terms: { cosigners: { policy: nodes.policy } } });
  const witness = await startNode("witness", nodes.folders.N, ["--listen", "127.0.0.1:0", "--log-key", logKeyFile()]);
  running.set("N", witness);
  writeFileSync(join(founded.folder, "keys", "cosigners.json"), JSON.stringify({ N: { url: witness.url } }));
  centre = await serveCentre(founded.folder);
}, 120_000);
afterAll(async () => {
  for (const node of running.values()) await node.kill();
  await centre?.kill();
  rmSync(root, { recursive: true, force: true });
});

const logKeyFile = (): string => join(founded.folder, "record", "log.vkey");

async function startMirror(name: "A" | "B"): Promise<RunningNode> {
  const args = ["--pull", centre.url, "--log-key", logKeyFile(), "--receipts", join(founded.signers[name], "receipts")];
  const node = await startNode("mirror", nodes.folders[name], args);
  running.set(name, node);
  return node;
}

async function act(officer: string): Promise<number> {
  const signer = officerKey(founded, officer);
  const token = await tokenOf(centre.url, officer, signer);
  const body = sightingBody({ lon: 46.7, lat: 39.8 }, now());
  return (await perform(centre.url, token, signer, { kind: "sighting.reported", officer, subject: ulid(), body }))
    .index;
}

const sealedSize = (): Promise<number> => metric(centre.url, "jmc_sealed_size");
const recordSize = (): Promise<number> => metric(centre.url, "jmc_record_size");

it("seals the record once both mirrors and the witness have signed, and not before", async () => {
  await startMirror("A");
  await act("A-Duty-1");
  await until("mirror A holds the record", () => running.get("A")!.told().includes("cosigned"));
  expect(await sealedSize()).toBe(0);
  await startMirror("B");
  await until("all is sealed", async () => (await sealedSize()) === (await recordSize()));
  expect(await sealedSize()).toBeGreaterThan(10);

  // Quiet for a while: what everybody is shown bears the log's line first, then six of the cosigners.
  const note = new Uint8Array(await (await fetch(`${centre.url}/record/sealed`)).arrayBuffer());
  const [log] = unwrap(parseVkeys(nodePrimitives.sha256, await (await fetch(`${centre.url}/record/log.vkey`)).text()));
  const vkeys = await (await fetch(`${centre.url}/record/cosigners.vkey`)).text();
  const opened = unwrap(openCheckpoint(nodePrimitives, note, log!, unwrap(parseVkeys(nodePrimitives.sha256, vkeys))));
  expect(opened.note.verified[0]!.name).toBe(ORIGIN);
  expect(opened.cosignatures.map(({ key }) => `${key.name} ${key.type}`).sort()).toEqual(
    ["A", "B", "N"].flatMap((name) => [4, 6].map((type) => `${ORIGIN}/${name} ${type}`)),
  );
}, 60_000);
