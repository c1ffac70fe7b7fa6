import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ActItem, createScenario, gatherTruth } from "@openjmc/exercise";
import { Aedes } from "aedes";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Driver, startDriver } from "./driver.ts";
import { wallMicroseconds } from "./driver-clock.ts";
import { pacedClock } from "./paced-clock.ts";
import { shippedExercise } from "./testing/exercise-options.ts";
import { openConnectingSink, openListeningSink, type Sink, until } from "./testing/sinks.ts";
import { lastProgress, readTruthFile, truthPath } from "./truth-file.ts";

const SPEED = 60;
const scenario = shippedExercise("42");
const sources = scenario.mission.sources;
const beast = sources.find((source) => source.format === "beast" && source.link.kind === "tcp-client")!.id;
const listened = sources.find((source) => source.format === "beast" && source.link.kind === "tcp-listener")!.id;
const station = sources.find((source) => source.format === "arrivals" && source.link.kind === "tcp-listener")!.id;
const published = sources.find((source) => source.link.kind === "mqtt")!.id;

let folder: string;
const open: { stop(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "exercise-driver-"));
});
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.stop();
  rmSync(folder, { recursive: true, force: true });
});

function kept<T extends { stop(): Promise<void> }>(thing: T): T {
  open.push(thing);
  return thing;
}

/** What the scenario says that each source sends between two instants. */
function expectedBytes(from: number, until: number): Map<string, Buffer> {
  const parts = new Map<string, Uint8Array[]>();
  for (const item of createScenario(scenario).play(from)) {
    if (item.at > until) break;
    if (item.kind !== "bytes" || item.at < from) continue;
    const list = parts.get(item.source) ?? [];
    parts.set(item.source, list);
    list.push(item.bytes);
  }
  return new Map([...parts].map(([source, list]) => [source, Buffer.concat(list)]));
}

function begin(driver: Driver, instant = scenario.startsAt): void {
  driver.run({ instant, wallOrigin: wallMicroseconds(), speed: SPEED });
}

describe("the driver on real sockets", () => {
  it("brings exactly the scenario's bytes to a listener, from a listener and to a broker, and tells the truth of it", async () => {
    const toCentre = kept(await openListeningSink());
    const toStation = kept(await openListeningSink());
    const broker = kept(await openBroker());
    const acts: ActItem[] = [];
    const driver = kept(
      await startDriver({
        scenario,
        folder,
        endpoints: {
          [beast]: { listenPort: 0 },
          [listened]: { host: "127.0.0.1", port: toCentre.port },
          [station]: { host: "127.0.0.1", port: toStation.port },
          [published]: { mqttUrl: `mqtt://127.0.0.1:${broker.port}`, topic: "a/station" },
        },
        onAct: (act) => acts.push(act),
      }),
    );
    const fromReceiver = kept(await openConnectingSink(driver.ports.get(beast)!));
    await until("links", () => toCentre.connections() + toStation.connections() + broker.connections() === 3);
    begin(driver);
    await until("two minutes of scenario", () => (lastProgress(folder) ?? 0) > scenario.startsAt + 120e6);
    await driver.stop();

    const from = gatherTruth(readTruthFile(truthPath(folder)))!.played[0]!.from;
    const expectedOf = expectedBytes(from, scenario.startsAt + 115e6);
    for (const [source, got] of [
      [beast, fromReceiver.bytes()],
      [listened, toCentre.bytes()],
      [station, toStation.bytes()],
      [published, broker.bytes()],
    ] as const) {
      const expected = expectedOf.get(source)!;
      expect(expected.length).toBeGreaterThan(100);
      expect(got.subarray(0, expected.length).equals(expected), source).toBe(true);
    }
  });

  it("slows down with a centre that hardly gets to work, and brings it everything in good time all the same", async () => {
    const sink = kept(await openListeningSink());
    const endpoints = { [listened]: { host: "127.0.0.1", port: sink.port } };
    const driver = kept(await startDriver({ scenario, folder, endpoints }));
    await until("a link", () => sink.connections() === 1);
    const clock = pacedClock(scenario.startsAt, SPEED);
    const began = clock.start();
    driver.run(clock.line());
    const sleeper = new Int32Array(new SharedArrayBuffer(4));
    for (let turn = 0; turn < 8; turn++) {
      Atomics.wait(sleeper, 0, 0, 300);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    const played = clock.now() - scenario.startsAt;
    expect(played).toBeLessThan(0.6 * SPEED * (wallMicroseconds() - began));
    expect(played).toBeGreaterThan(8 * 50_000 * SPEED);
    await until("a little more", () => clock.now() - scenario.startsAt > played + 20e6);
    const { lateness, latestMilliseconds } = await driver.stats();
    clock.stop();
    await driver.stop();
    expect(lateness.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100);
    expect(latestMilliseconds).toBeLessThan(200);
    const truth = gatherTruth(readTruthFile(truthPath(folder)))!;
    expect(truth.played).toHaveLength(1);
    const expected = expectedBytes(truth.played[0]!.from, truth.played[0]!.until - 2_000_000).get(listened)!;
    expect(sink.bytes().subarray(0, expected.length).equals(expected)).toBe(true);
  });

  it("stands still in a pause and goes on after it without a gap", async () => {
    const sink = kept(await openListeningSink());
    const endpoints = { [listened]: { host: "127.0.0.1", port: sink.port } };
    const driver = kept(await startDriver({ scenario, folder, endpoints }));
    begin(driver);
    await until("some bytes", () => sink.bytes().length > 5_000);
    driver.pause();
    await driver.stats();
    const paused = lastProgress(folder)!;
    const { wires } = await driver.stats();
    const held = wires[listened]!.bytes;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await driver.stats()).wires[listened]!.bytes).toBe(held);
    begin(driver, paused);
    await until("more bytes", () => sink.bytes().length > held + 5_000);
    await driver.stop();
    const truth = gatherTruth(readTruthFile(truthPath(folder)))!;
    expect(truth.played).toHaveLength(1);
    const expected = expectedBytes(truth.played[0]!.from, truth.played[0]!.until - 2_000_000).get(listened)!;
    expect(sink.bytes().subarray(0, expected.length).equals(expected)).toBe(true);
  });

  it("goes on after a restart at the clock's time, telling what was not played", async () => {
    const first = kept(await startDriver({ scenario, folder, endpoints: {} }));
    begin(first);
    await until("some truth", () => (lastProgress(folder) ?? 0) > scenario.startsAt + 20e6);
    await first.stop();
    const stopped = lastProgress(folder)!;
    const resumed = stopped + 60e6;
    const sink = kept(await openListeningSink());
    const endpoints = { [listened]: { host: "127.0.0.1", port: sink.port } };
    const second = kept(await startDriver({ scenario, folder, endpoints, from: resumed }));
    begin(second, resumed);
    await until("more truth", () => lastProgress(folder)! > resumed + 30e6);
    await second.stop();
    const truth = gatherTruth(readTruthFile(truthPath(folder)))!;
    // A machine that stands still for a while makes a gap of its own, told like any other.
    expect(truth.played.filter((span) => span.until > stopped && span.from < resumed)).toEqual([]);
    expect(truth.played.some((span) => span.until === stopped)).toBe(true);
    const again = truth.played.find((span) => span.from >= resumed)!;
    const told = truth.aircraft.flatMap((aircraft) => aircraft.states);
    expect(told.filter((state) => state.at > stopped && state.at < again.from)).toEqual([]);
    const expected = expectedBytes(again.from, Math.min(again.until, resumed + 25e6)).get(listened)!;
    expect(sink.bytes().subarray(0, expected.length).equals(expected)).toBe(true);
  });

  it("keeps a station's lines while its link is down and loses a roof receiver's frames, counted", async () => {
    const first = await openListeningSink();
    const endpoints = { [station]: { host: "127.0.0.1", port: first.port }, [beast]: { listenPort: 0 } };
    const driver = kept(await startDriver({ scenario, folder, endpoints }));
    begin(driver);
    await until("a line", () => first.bytes().length > 0);
    const before = first.bytes().length;
    await first.stop();
    await new Promise((resolve) => setTimeout(resolve, 400));
    const second = kept(await openListeningSink(first.port));
    await until("lines after the break", () => second.bytes().length > before);
    await driver.stop();
    const truth = gatherTruth(readTruthFile(truthPath(folder)))!;
    expect(truth.lostBytes.some((lost) => lost.source === beast && lost.messages > 100)).toBe(true);
    const sequences = (sink: Sink) =>
      sink
        .bytes()
        .toString()
        .split("\n")
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { seq: number }).seq);
    const [before1, after] = [sequences(first), sequences(second)];
    // What was written into the broken link is gone; whatever was still here came, in order and whole.
    expect(after).toEqual(after.map((_, index) => after[0]! + index));
    expect(after[0]!).toBeLessThanOrEqual(before1.at(-1)! + 20);
  });

  it("passes a fault of the scenario on to its caller", async () => {
    const mission = { ...scenario.mission, sources: [] };
    const failing = startDriver({ scenario: { ...scenario, mission }, folder, endpoints: {} });
    await expect(failing).rejects.toMatchObject({ fault: { code: "exercise.mission-lacks" } });
  });
});

async function openBroker(): Promise<Sink> {
  const broker = await Aedes.createBroker();
  const chunks: Buffer[] = [];
  let connections = 0;
  broker.on("client", () => {
    connections += 1;
  });
  broker.on("publish", (packet, client) => {
    if (client && packet.topic === "a/station") chunks.push(Buffer.from(packet.payload));
  });
  const server = createServer((socket) => broker.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : 0,
    bytes: () => Buffer.concat(chunks),
    connections: () => connections,
    breakLinks: () => undefined,
    stop: async () => {
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
