/**
 * Authentication at the source, over real sockets: a gateway beside a sensor, the centre, both components' own taps, and
 * somebody on the line.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeArrival, finishSignedBatch, prepareSignedBatch } from "@openjmc/formats";
import {
  type AlertRow,
  type EntryRow,
  FaultError,
  type SourceRow,
  type TapComparedBody,
  type ViewPage,
} from "@openjmc/model";
import { canonicalize, countersign, unwrap, utf8 } from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ScenarioClock } from "../apps/centre/src/clock.ts";
import { createGatewayKey, type GatewayKey, openGatewayKey } from "../apps/centre/src/gateway/gateway-key.ts";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { prepareOwnAct, sendAct } from "../apps/centre/src/signer/acts.ts";
import type { CentreClient } from "../apps/centre/src/signer/centre-client.ts";
import { openTap, type TapServer } from "../apps/centre/src/tap/tap-server.ts";
import { TapWatch } from "../apps/centre/src/tap/tap-watch.ts";
import { badFrames, metric } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";
import { leashedClock } from "./support/leashed-clock.ts";
import { openTestRoom, type TestRoom } from "./support/rooms.ts";
import { until } from "./support/wait.ts";

const SOURCE = "ac-02";
/** A minute of the centre's clock takes a second here. */
const SPEED = 60;
const MINUTE = 60_000_000;

let folder: string;
let clock: ScenarioClock;
let test: TestCentre;
let key: GatewayKey;
let thief: GatewayKey;
const taps: { readonly component: "A" | "B"; readonly watch: TapWatch; readonly server: TapServer; room: TestRoom }[] =
  [];
const sockets = new Map<string, Socket>();

let lines = 0;

/** A station's heartbeat, as the station itself would send it. */
function line(): string {
  const common = { kind: "heartbeat", station: SOURCE, sequence: lines++, boot: 1, at: clock.now() } as const;
  return `${encodeArrival({ ...common, noiseDecibels: 40, batteryPercent: 90 })}\n`;
}

function batchOf(
  sequence: number,
  text: string,
  more: { by?: GatewayKey; boot?: number; time?: number } = {},
): Uint8Array {
  const by = more.by ?? key;
  const head = { keyId: by.keyId, boot: more.boot ?? 10, sequence, time: more.time ?? clock.now() };
  const { unsigned, message } = prepareSignedBatch(head, new TextEncoder().encode(text));
  return finishSignedBatch(unsigned, by.signer.sign(message) as Uint8Array);
}

async function open(name: string, host: string, port: number): Promise<void> {
  const socket = connect({ host, port, noDelay: true });
  await once(socket, "connect");
  sockets.set(name, socket);
}

const send = (name: string, bytes: Uint8Array | string): void => void sockets.get(name)!.write(bytes);
const listener = () => test.centre.feedAddresses.get(SOURCE)!;
const clients = new Map<string, Promise<CentreClient>>();

/** One link an officer and start of the centre: signing in again and again is refused. */
function clientOf(officer: string): Promise<CentreClient> {
  const name = `${test.url} ${officer}`;
  const known = clients.get(name) ?? test.client(officer);
  clients.set(name, known);
  return known;
}

const rowOf = async (source: string): Promise<SourceRow> =>
  (await clientOf("A-Duty-1")).get(`/api/v1/views/sources/${source}`);
const bad = (): Promise<Readonly<Record<string, number>>> => badFrames(test.url, SOURCE);
const frames = (): Promise<number> => metric(test.url, "jmc_source_frames_total", { source: SOURCE });

async function alertsOf(rule: string): Promise<readonly AlertRow[]> {
  const client = await clientOf("A-Duty-1");
  const { rows } = await client.get<ViewPage<AlertRow>>("/api/v1/views/alerts?limit=100");
  return rows.filter((row) => row.rule === rule);
}

async function comparisons(component: string): Promise<readonly TapComparedBody[]> {
  const client = await clientOf("A-Duty-1");
  const { rows } = await client.get<ViewPage<EntryRow>>("/api/v1/views/entries?tag=tap.compared&limit=100");
  const own = rows.filter((row) => row.component === component);
  const entries = own.map(({ index }) =>
    client.get<{ statement: { body: TapComparedBody } }>(`/api/v1/entries/${index}`),
  );
  return (await Promise.all(entries)).map((entry) => entry.statement.body);
}

const headOf = (component: string): string =>
  test.centre.mission.view.officers.find(
    (officer) => officer.component === component && officer.roles.includes("head-of-component"),
  )!.id;

/** Both heads sign the key of the source's gateway with their own signers. */
async function enrol(publicKey: string, source = SOURCE, revision = 0): Promise<void> {
  const [ours, theirs] = [headOf("A"), headOf("B")];
  const client = await clientOf(ours);
  const body = { source, key: publicKey };
  const act = await prepareOwnAct(client, { kind: "source.keyed", subject: source, revision, body });
  const { index } = await sendAct(client, test.signer(ours), act);
  const entry = await client.get<{ payload: string; payloadType: string; signatures: object[] }>(
    `/api/v1/entries/${index}`,
  );
  const { payload, payloadType, signatures } = entry;
  const leaf = utf8(unwrap(canonicalize({ payload, payloadType, signatures } as never)));
  const again = await countersign(nodePrimitives.sha256, test.signer(theirs), leaf);
  await (await clientOf(theirs)).post("/api/v1/statements", JSON.parse(new TextDecoder().decode(again)));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "openjmc-gateway-"));
  clock = leashedClock(Date.now() * 1000, SPEED);
  test = await openTestCentre({ exercise: true, more: { clock } });
  clock.start();
  const publicKey = createGatewayKey(join(folder, "gateway.json"));
  key = openGatewayKey(join(folder, "gateway.json"));
  createGatewayKey(join(folder, "thief.json"));
  thief = openGatewayKey(join(folder, "thief.json"));
  await enrol(publicKey);
  for (const component of ["A", "B"] as const) {
    const watch = new TapWatch();
    const server = await openTap("127.0.0.1", 0, watch);
    const room = await openTestRoom(test.url, test.signers[component]!, component, watch);
    taps.push({ component, watch, server, room });
    await open(component, server.host, server.port);
  }
  const [host, port] = listener().split(":");
  await open("centre", host!, Number(port));
});

afterAll(async () => {
  for (const socket of sockets.values()) socket.destroy();
  await Promise.all(taps.map(({ room }) => room.stop()));
  await Promise.all(taps.map(({ server }) => server.stop()));
  await test?.close();
  clock.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a signed source", () => {
  it("is understood when its gateway has signed, wherever its lines are cut", async () => {
    const [first, second] = [line(), line()];
    send("centre", batchOf(0, first.slice(0, 30)));
    send("centre", batchOf(1, first.slice(30) + second));
    await until("both lines are counted", async () => (await frames()) === 2);
    expect(await bad()).toEqual({});
    // Whether it is live still, or quiet again by this fast clock, depends on how soon it is asked.
    await until("the source was heard", async () => (await rowOf(SOURCE)).lastMessageAt !== undefined);
    expect(await rowOf(SOURCE)).toMatchObject({ authentication: "signed" });
  });

  it("is not spoken for by anybody else; each try is counted by its kind and raises one alert", async () => {
    const before = await frames();
    const good = batchOf(2, line());
    send("centre", good);
    await until("the good one is taken", async () => (await frames()) === before + 1);
    expect(await alertsOf("source-forged")).toEqual([]);
    send("centre", line());
    send("centre", good);
    send("centre", batchOf(1, line()));
    send("centre", batchOf(3, line(), { by: thief }));
    const flipped = batchOf(3, line());
    flipped[50]! ^= 1;
    send("centre", flipped);
    send("centre", batchOf(9, line(), { boot: 9 }));
    const kinds = ["signed.bad-signature", "signed.duplicate", "signed.garbage", "signed.replay", "signed.unknown-key"];
    await until("all are counted", async () => {
      const counted = await bad();
      return kinds.every((kind) => kind in counted);
    });
    expect(await bad()).toMatchObject({
      "signed.replay": 2,
      "signed.duplicate": 1,
      "signed.unknown-key": 1,
      "signed.bad-signature": 1,
    });
    expect(await frames()).toBe(before + 1);
    await until("the alert stands", async () => (await alertsOf("source-forged")).length === 1);
    expect((await alertsOf("source-forged"))[0]).toMatchObject({
      subject: { kind: "source", id: SOURCE },
      severity: "urgent",
    });
  });

  it("tells what is missing, and goes on", async () => {
    const before = await frames();
    send("centre", batchOf(7, line()));
    await until("the gap is counted", async () => (await bad())["signed.gap"] === 1);
    await until("what came is taken", async () => (await frames()) === before + 1);
  });

  it("is not fooled by an old recording after the centre was started anew", async () => {
    const old = batchOf(8, line());
    for (const batch of [old, batchOf(9, line())]) send("centre", batch);
    await sealedMinutes(() => send("centre", batchOf(10, line())));
    await test.restart();
    for (const socket of sockets.values()) socket.destroy();
    const [host, port] = listener().split(":");
    await open("centre", host!, Number(port));
    for (const { component, server } of taps) await open(component, server.host, server.port);
    send("centre", old);
    await until("it is refused", async () => (await bad())["signed.replay"] === 1);
    expect(await frames()).toBe(0);
    await Promise.all(taps.map(({ room }) => room.stop()));
    for (const tap of taps)
      tap.room = await openTestRoom(test.url, test.signers[tap.component]!, tap.component, tap.watch);
  });
});

/** Waits for so much of the centre's time. */
async function minutes(count: number): Promise<void> {
  const due = clock.now() + count * MINUTE;
  await until(`${count} minutes later`, () => clock.now() >= due);
}

/** Waits until the record tells of a minute of signed batches, with one more batch sent in each later one. */
async function sealedMinutes(next: () => void): Promise<void> {
  await minutes(1.1);
  next();
  await until("signed minutes are sealed", async () => {
    const client = await clientOf("A-Duty-1");
    const { rows } = await client.get<ViewPage<EntryRow>>("/api/v1/views/entries?tag=recordings.sealed&limit=3");
    const entries = rows.map(({ index }) => client.get<{ statement: { body: object } }>(`/api/v1/entries/${index}`));
    return (await Promise.all(entries)).some((entry) => "signed" in entry.statement.body);
  });
}

describe("taps of both components", () => {
  it("say the same while all get the same, and one that got other bytes raises an alert", async () => {
    let sequence = 100;
    /** One batch a minute to everybody; the second component's may differ. */
    const everybody = async (forB?: string): Promise<void> => {
      const [text, time] = [line(), clock.now()];
      const batch = batchOf(sequence, text, { time });
      for (const name of ["centre", "A"]) send(name, batch);
      send("B", forB === undefined ? batch : batchOf(sequence, forB, { time }));
      sequence += 1;
      await minutes(1);
    };
    for (let minute = 0; minute < 12; minute++) await everybody();
    await until("A has compared", async () => (await comparisons("A")).length > 0);
    await until("B has compared", async () => (await comparisons("B")).length > 0);
    for (const component of ["A", "B"])
      for (const body of await comparisons(component)) expect(body.others).toEqual([]);
    expect(await alertsOf("tap-mismatch")).toEqual([]);
    const other = line();
    await everybody(other);
    for (let minute = 0; minute < 3; minute++) await everybody();
    await until("the alert stands", async () => (await alertsOf("tap-mismatch")).length === 1);
    expect((await alertsOf("tap-mismatch"))[0]).toMatchObject({ subject: { kind: "source", id: SOURCE } });
    expect((await comparisons("A")).flatMap((body) => body.others)).toEqual([]);
    expect((await comparisons("B")).flatMap((body) => body.others)).toMatchObject([
      { source: SOURCE, outcome: "different" },
    ]);
  });
});

describe("jmc gateway", () => {
  it("signs what a sensor sends and brings the same to everybody", async () => {
    const made = await jmc(["gateway", "key", join(folder, "second.json"), "--json"]);
    expect(made).toMatchObject({ code: 0 });
    const { publicKey } = JSON.parse(made.stdout) as { publicKey: string };
    expect((await jmc(["gateway", "key", join(folder, "second.json")])).stderr).toContain("key.exists");
    expect(await jmc(["gateway", "key", join(folder, "second.json"), "--show"])).toMatchObject({
      stdout: `${publicKey}\n`,
    });
    await enrol(publicKey, SOURCE, 1);
    const before = await frames();
    const taken = taps.map(({ watch }) => watch.taken);
    const to = [listener(), ...taps.map(({ server }) => `${server.host}:${server.port}`)].flatMap((one) => [
      "--to",
      one,
    ]);
    const child = spawn(
      process.execPath,
      [
        join(import.meta.dirname, "../apps/centre/src/cli/jmc.ts"),
        "gateway",
        "run",
        "--key",
        join(folder, "second.json"),
        "--from",
        "listen:0",
        "--json",
        ...to,
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    let told = "";
    child.stderr.on("data", (part: Buffer) => {
      told += part.toString();
    });
    await until("the gateway waits for its sensor", () => /expected at (\S+):(\d+)/.test(told));
    const sensor = connect(Number(/expected at \S+:(\d+)/.exec(told)![1]), "127.0.0.1");
    await once(sensor, "connect");
    for (let count = 0; count < 5; count++) sensor.write(line());
    await until("the centre has the lines", async () => (await frames()) === before + 5);
    await until("both taps have them", () => taps.every(({ watch }, place) => watch.taken > taken[place]!));
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    expect((await ended)[0]).toBe(0);
    sensor.destroy();
  });

  it("refuses to key a source that the mission does not have", async () => {
    await expect(enrol("ab".repeat(32), "no-such-source")).rejects.toBeInstanceOf(FaultError);
    expect(await jmc(["gateway", "run", "--key", join(folder, "second.json")])).toMatchObject({ code: 2 });
  });
});
