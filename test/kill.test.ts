/** Killed at random under fifty acts a second: whatever was acknowledged is there afterwards, in the record and in the views. */
import { rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { SightingRow } from "@openjmc/model";
import { readLeaf, type Signer } from "@openjmc/record";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pathsOf } from "../apps/centre/src/folder/index.ts";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { readLeaves } from "../apps/centre/src/record/index.ts";
import { readHeadOf } from "../apps/centre/src/record/replay-record.ts";
import { type Anchor, anchorOf, now, postStatement, sightingBody, signAct, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre, officerKey } from "./support/centre.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { IS_TORTURE, seeded } from "./support/random.ts";
import { openSocket, write } from "./support/sockets.ts";
import { beastOf } from "./support/traffic.ts";

const KILLS = IS_TORTURE ? 200 : 20;
const ACTS_PER_SECOND = 50;
const OFFICERS = ["A-Duty-1", "A-Duty-2", "B-Duty-1", "B-Duty-2"];
const SEED = IS_TORTURE ? Date.now() >>> 0 : 20;

/** What the client's own journal holds of an act. */
interface Sent {
  readonly officer: string;
  readonly subject: string;
  readonly envelope: string;
  /** Answer to the act; absent where the kill came first. */
  acknowledged?: { readonly statement: string; readonly index: number };
}

interface Client {
  readonly officer: string;
  readonly signer: Signer;
  readonly token: string;
  readonly anchor: Anchor;
}

let founded: FoundedCentre;
let serving: ServedCentre | undefined;
const sent: Sent[] = [];
const random = seeded(SEED);

beforeAll(async () => {
  founded = await foundTestCentre({ exercise: true });
});
afterAll(async () => {
  await serving?.kill();
  rmSync(founded.root, { recursive: true, force: true });
});

async function signIn(url: string): Promise<readonly Client[]> {
  return Promise.all(
    OFFICERS.map(async (officer) => {
      const signer = officerKey(founded, officer);
      const token = await tokenOf(url, officer, signer);
      return { officer, signer, token, anchor: await anchorOf(url, token) };
    }),
  );
}

async function act(url: string, client: Client): Promise<void> {
  const subject = ulid();
  const body = sightingBody({ lon: 46 + random(), lat: 39 + random() }, now());
  const { officer, signer, anchor, token } = client;
  const envelope = await signAct(signer, anchor, { kind: "sighting.reported", officer, subject, body });
  const entry: Sent = { officer, subject, envelope };
  sent.push(entry);
  const response = await postStatement(url, token, envelope);
  if (response.status === 201) entry.acknowledged = (await response.json()) as NonNullable<Sent["acknowledged"]>;
}

/** Acts without waiting for answers, as many officers do, until told to stop. */
async function actUntil(url: string, clients: readonly Client[], stop: AbortSignal): Promise<void> {
  const open: Promise<void>[] = [];
  for (let number = 0; !stop.aborted; number++) {
    // A kill leaves requests without an answer: that is what the test is about.
    open.push(act(url, clients[number % clients.length]!).catch(() => undefined));
    await pause(1000 / ACTS_PER_SECOND);
  }
  await Promise.all(open);
}

/** Sensors speak meanwhile, so that journal, picture and views are killed at work too. */
async function flyUntil(centre: ServedCentre, stop: AbortSignal): Promise<void> {
  const socket = await openSocket(centre.feeds.get("rx-n2")!);
  const aircraft = { icao: 0xabc777, callsign: "KILL1", lon: 47, lat: 40, altitudeMetres: 3000 };
  for (let second = 0; !stop.aborted; second++) {
    for (const frame of beastOf({ ...aircraft, velocityEast: 90, velocityNorth: 0 }, second, 1))
      await write(socket, frame);
    await pause(100);
  }
  socket.destroy();
}

/** What was not answered is sent again as it was: it is taken now, or it was taken then. */
async function sendAgain(url: string, clients: readonly Client[]): Promise<void> {
  for (const entry of sent.filter((one) => one.acknowledged === undefined)) {
    const { token } = clients.find((client) => client.officer === entry.officer)!;
    const response = await postStatement(url, token, entry.envelope);
    const answer = (await response.json()) as { code?: string } & NonNullable<Sent["acknowledged"]>;
    if (response.status === 201) entry.acknowledged = answer;
    else expect(answer.code).toBe("leaf.duplicate");
  }
}

async function runAndKill(): Promise<void> {
  serving = await serveCentre(founded.folder);
  const { url } = serving;
  const clients = await signIn(url);
  await sendAgain(url, clients);
  const stop = new AbortController();
  const working = [actUntil(url, clients, stop.signal), flyUntil(serving, stop.signal)];
  await pause(200 + random() * 800);
  await serving.kill();
  stop.abort();
  await Promise.all(working);
}

/** Every sighting of the record, by its subject. */
function recorded(): Map<string, { readonly statement: string; readonly index: number }> {
  const paths = pathsOf(founded.folder);
  const found = new Map<string, { statement: string; index: number }>();
  let index = 0;
  for (const bytes of readLeaves(paths.record, readHeadOf(paths).size)) {
    const leaf = readLeaf(nodePrimitives.sha256, bytes);
    if (!leaf.ok) throw new Error(`entry ${index}: ${leaf.fault.code}`);
    const { statement, statementId } = leaf.value;
    if (statement.kind === "sighting.reported") found.set(statement.subject, { statement: statementId, index });
    index += 1;
  }
  return found;
}

async function viewed(url: string, token: string): Promise<Map<string, SightingRow>> {
  const rows = new Map<string, SightingRow>();
  for (let next = ""; ; ) {
    const response = await fetch(`${url}/api/v1/views/sightings?limit=1000${next}`, { headers: bearer(token) });
    const page = (await response.json()) as { rows: SightingRow[]; next?: string };
    for (const row of page.rows) rows.set(row.id, row);
    if (page.next === undefined) return rows;
    next = `&after=${page.next}`;
  }
}

it(`${KILLS} kills under ${ACTS_PER_SECOND} acts a second lose nothing that was acknowledged (seed ${SEED})`, async () => {
  for (let kill = 0; kill < KILLS; kill++) await runAndKill();
  serving = await serveCentre(founded.folder);
  const clients = await signIn(serving.url);
  await sendAgain(serving.url, clients);
  const views = await viewed(serving.url, clients[0]!.token);
  expect(await serving.stop(), serving.told()).toBe(0);

  const record = recorded();
  const acknowledged = sent.filter((entry) => entry.acknowledged !== undefined);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  for (const { subject, acknowledged: answer } of acknowledged) {
    expect(record.get(subject)).toEqual({ statement: answer!.statement, index: answer!.index });
    expect(views.get(subject)?.mark).toMatchObject({ statement: answer!.statement, index: answer!.index });
  }
  // Sent again, everything is there once, and nothing is there that nobody sent.
  expect(new Set(record.keys())).toEqual(new Set(sent.map((entry) => entry.subject)));
  expect(views.size).toBe(record.size);

  const verified = await jmc(["verify", founded.folder, "--json"]);
  expect(verified.code, verified.stdout + verified.stderr).toBe(0);
  const rebuilt = await jmc(["rebuild", founded.folder, "--check", "--json"]);
  expect(JSON.parse(rebuilt.stdout), rebuilt.stderr).toMatchObject({ equal: true });
  expect((await jmc(["doctor", founded.folder, "--deep", "--json"])).stdout).not.toContain('"wrong"');
  console.log(`${KILLS} kills, ${sent.length} acts sent, ${acknowledged.length} acknowledged, all found`);
}, 3_600_000);
