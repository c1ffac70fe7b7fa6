/** Cosigners named later, by the joint act of both components: one side's word names nobody, an operator's file neither. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CosigningView } from "@openjmc/model";
import { canonicalize, countersign, type Json, unwrap, utf8 } from "@openjmc/record";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { perform, postStatement } from "./support/acts.ts";
import { bearer, metric, tokenOf } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre, officerKey } from "./support/centre.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { type RunningNode, startNode } from "./support/nodes.ts";
import { ask } from "./support/officer.ts";
import { steadyPort } from "./support/port.ts";
import { until } from "./support/wait.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-naming-"));
const path = (name: string): string => join(root, name);
let founded: FoundedCentre;
let centre: ServedCentre;
/** Where it is to be found again after a stop. */
let port: readonly string[];
const running: RunningNode[] = [];

beforeAll(async () => {
  founded = await foundTestCentre({ root });
  port = ["--port", `${await steadyPort()}`];
  centre = await serveCentre(founded.folder, port);
});
afterAll(async () => {
  for (const node of running) await node.kill();
  await centre?.kill();
  rmSync(root, { recursive: true, force: true });
});

const logKey = (): string => join(founded.folder, "record", "log.vkey");

async function init(role: "mirror" | "witness", name: string): Promise<void> {
  const made = await jmc([role, "init", path(name), "--name", name, "--origin", "centre.test", "--log-key", logKey()]);
  expect(made.code, made.stderr).toBe(0);
  writeFileSync(path(`${name}.policy`), made.stdout);
}

it("nodes make their own keys and print their lines; a second init over them is refused", async () => {
  await init("mirror", "A");
  await init("mirror", "B");
  await init("witness", "N");
  expect(readFileSync(path("A.policy"), "utf8")).toMatch(
    /^witness A centre\.test\/A\+[0-9a-f]{8}\+B.*\nwitness A-pq centre\.test\/A\+[0-9a-f]{8}\+B/,
  );
  const again = await jmc(["mirror", "init", path("A"), "--name", "A", "--origin", "centre.test"]);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("node.exists")]);
});

it("both components name them; with one signature nobody counts", async () => {
  const nodes = ["--component", path("A.policy"), "--component", path("B.policy"), "--neutral", path("N.policy")];
  const made = await jmc(["cosigners", "--log-key", logKey(), ...nodes, "--silence", "60"]);
  expect(made.code, made.stderr).toBe(0);
  const { kind, subject, body } = JSON.parse(made.stdout) as { kind: string; subject: string; body: object };
  const [a, b] = [officerKey(founded, "A-Head"), officerKey(founded, "B-Head")];
  const tokens = { a: await tokenOf(centre.url, "A-Head", a), b: await tokenOf(centre.url, "B-Head", b) };
  const mirror = await startNode("mirror", path("A"), ["--pull", centre.url, "--recordings", "none"]);
  running.push(mirror);
  const { index } = await perform(centre.url, tokens.a, a, { kind, subject, body, officer: "A-Head" });
  const view = () => ask<CosigningView>(centre.url, founded, "A-Head", "/api/v1/cosigning");
  expect(await view()).toMatchObject({ isNamed: false, cosigners: [] });
  expect((await fetch(`${centre.url}/record/policy`)).status).toBe(404);

  const entry = await fetch(`${centre.url}/api/v1/entries/${index}`, { headers: bearer(tokens.b) });
  const { payload, payloadType, signatures } = (await entry.json()) as { readonly [name: string]: Json };
  const leaf = utf8(unwrap(canonicalize({ payload: payload!, payloadType: payloadType!, signatures: signatures! })));
  const second = await countersign(nodePrimitives.sha256, b, leaf);
  const answer = await postStatement(centre.url, tokens.b, Buffer.from(second).toString());
  expect([answer.status, await answer.text()]).toMatchObject([201, expect.any(String)]);
  expect((await view()).cosigners.map(({ name }) => name)).toEqual(["A", "A-pq", "B", "B-pq", "N", "N-pq"]);
  await until("the policy is published", async () => (await fetch(`${centre.url}/record/policy`)).ok);
});

it("then they cosign", async () => {
  const witness = await startNode("witness", path("N"), ["--listen", "127.0.0.1:0"]);
  running.push(witness, await startNode("mirror", path("B"), ["--pull", centre.url, "--recordings", "none"]));
  await centre.stop();
  writeFileSync(join(founded.folder, "keys", "cosigners.json"), JSON.stringify({ N: { url: witness.url } }));
  centre = await serveCentre(founded.folder, port);
  await until("it is sealed", async () => (await metric(centre.url, "jmc_sealed_size")) > 0);
});

it("a cosigner whose clock is an hour off is shown as such", async () => {
  expect(await running.at(-1)!.stop()).toBe(0);
  const wall = Date.now() * 1000;
  const clock = `${wall + 3_600_000_000},${wall},1`;
  running.push(await startNode("mirror", path("B"), ["--pull", centre.url, "--recordings", "none", "--clock", clock]));
  const offset = async () => {
    const view = await ask<CosigningView>(centre.url, founded, "A-Head", "/api/v1/cosigning");
    return view.cosigners.find(({ name }) => name === "B")?.clockOffsetSeconds ?? 0;
  };
  await until("it is shown", async () => (await offset()) > 3_500);
});
