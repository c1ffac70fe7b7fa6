/** Whatever comes in on the sensors' sockets: the centre goes on, counts it by kind, and decodes the good beside it. */
import { setTimeout as pause } from "node:timers/promises";
import { encodeSbs } from "@openjmc/formats";
import type { TrackRow } from "@openjmc/model";
import mqtt from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MOST_CONNECTIONS } from "../apps/centre/src/feeds/tcp-listener.ts";
import { readMqttPasswords } from "../apps/centre/src/founding/machine-keys.ts";
import { badFrames, metric } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { heldBytes } from "./support/memory.ts";
import { IS_TORTURE, randomBytesOf, seeded } from "./support/random.ts";
import { end, openReceiver, openSocket, sendBytes, type TestReceiver, write } from "./support/sockets.ts";
import { arrivalLine, beastOf, type TestAircraft } from "./support/traffic.ts";

const MEGABYTE = 1024 * 1024;
const FLOOD_BYTES = IS_TORTURE ? 1024 * MEGABYTE : 200 * MEGABYTE;
/** Far less than any flood here, far more than what a centre needs for its bounded queues. */
const MOST_HELD_BYTES = 64 * MEGABYTE;
const POLL = { timeout: 120_000, interval: 100 };
const SEED = IS_TORTURE ? Date.now() >>> 0 : 7;

let test: TestCentre;
let receiver: TestReceiver;
const random = seeded(SEED);
const address = (feed: string): string => test.centre.feedAddresses.get(feed)!;
const frames = (source: string): Promise<number> => metric(test.url, "jmc_source_frames_total", { source });
const now = (): number => Date.now() * 1000;

beforeAll(async () => {
  receiver = await openReceiver();
  const links = { "rx-n3": { host: "127.0.0.1", port: receiver.port } };
  test = await openTestCentre({ exercise: true, more: { links } });
});
afterAll(async () => {
  await receiver.close();
  await test.close();
});

let lastIcao = 0xabc000;

/** Flies one more aircraft past the receiver and expects its track, whatever else is going on. */
async function expectGoodTraffic(): Promise<void> {
  const aircraft: TestAircraft = {
    icao: lastIcao++,
    callsign: `TEST${lastIcao & 0xfff}`,
    lon: 47.2 + random() / 10,
    lat: 39.9 + random() / 10,
    altitudeMetres: 3048,
    velocityEast: 100,
    velocityNorth: 50,
  };
  const messages = beastOf(aircraft, 0, 12);
  const before = await frames("rx-n2");
  const socket = await openSocket(address("rx-n2"));
  for (const message of messages) await write(socket, message);
  await expect.poll(() => frames("rx-n2"), POLL).toBeGreaterThanOrEqual(before + messages.length);
  await end(socket);
  await expect.poll(() => trackOf(aircraft), POLL).toMatchObject({ callsign: aircraft.callsign });
}

async function trackOf(aircraft: TestAircraft): Promise<TrackRow | undefined> {
  const client = await officer();
  const page = await client.get<{ rows: TrackRow[] }>("/api/v1/views/tracks?limit=1000");
  return page.rows.find((row) => row.icao === aircraft.icao.toString(16).toUpperCase());
}

let signedIn: ReturnType<TestCentre["client"]> | undefined;
function officer(): ReturnType<TestCentre["client"]> {
  signedIn ??= test.client("A-Duty-1");
  return signedIn;
}

describe(`garbage on a socket (seed ${SEED})`, () => {
  it("random bytes on every listener are counted and do not stop the others", async () => {
    for (const feed of ["rx-n2", "ac-01", "ac-05"]) await sendBytes(address(feed), randomBytesOf(MEGABYTE, random));
    await receiver.send(randomBytesOf(MEGABYTE, random));
    await sendBytes(address("mqtt"), randomBytesOf(MEGABYTE, random));
    for (const source of ["rx-n2", "ac-01", "ac-05", "rx-n3"])
      await expect.poll(async () => Object.keys(await badFrames(test.url, source)), POLL).not.toHaveLength(0);
    await expectGoodTraffic();
  });

  it("truncated frames are counted as such, and the next whole frame is read", async () => {
    const aircraft = { icao: 0xabd001, callsign: "CUT1", lon: 47, lat: 40, altitudeMetres: 900 };
    const messages = beastOf({ ...aircraft, velocityEast: 0, velocityNorth: 80 }, 100, 4);
    const before = await frames("rx-n2");
    const cut = messages.map((message, index) => (index % 2 === 0 ? message.subarray(0, 9) : message));
    await sendBytes(address("rx-n2"), Buffer.concat(cut));
    await expect.poll(() => badFrames(test.url, "rx-n2"), POLL).toHaveProperty(["beast.frame-truncated"]);
    await expect.poll(() => frames("rx-n2"), POLL).toBe(before + messages.length / 2);
  });

  it("a frame cut anywhere by the network is whole again", async () => {
    const aircraft = { icao: 0xabd002, callsign: "CUT2", lon: 47, lat: 40, altitudeMetres: 900 };
    const bytes = Buffer.concat(beastOf({ ...aircraft, velocityEast: 0, velocityNorth: 80 }, 200, 2));
    const before = await frames("rx-n2");
    const socket = await openSocket(address("rx-n2"));
    for (let start = 0; start < bytes.length; start += 3) {
      await write(socket, bytes.subarray(start, start + 3));
      if (start % 30 === 0) await pause(1);
    }
    await end(socket);
    await expect.poll(() => frames("rx-n2"), POLL).toBe(before + 8);
  });

  it("bad lines of a station are counted by what is wrong with them", async () => {
    const good = arrivalLine("ac-01", now());
    const lines = [
      "{not json}\n",
      "[]\n",
      "null\n",
      good.replace('"v":1', '"v":2'),
      good.replace('"phase":"acoustic"', '"phase":"smell"'),
      good.replace(/"amplitudeDb":[^,]+/, '"amplitudeDb":"loud"'),
      arrivalLine("nobody", now()),
      `${"x".repeat(20_000)}\n`,
    ];
    const before = await frames("ac-01");
    await sendBytes(address("ac-01"), lines.join("") + good);
    await expect.poll(() => frames("ac-01"), POLL).toBe(before + 1);
    const bad = await badFrames(test.url, "ac-01");
    expect(bad).toMatchObject({
      "arrival.unknown-station": expect.any(Number),
      "arrivals.not-json": expect.any(Number),
    });
    expect(Object.keys(bad).some((kind) => kind.includes("long"))).toBe(true);
    expect(Object.values(bad).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(lines.length);
  });

  it("a station's future or ancient clock is counted at the station and moves nothing", async () => {
    const before = await frames("ac-05");
    const ahead = [now() + 3_600_000_000, Date.UTC(2199, 0) * 1000].map((at) => arrivalLine("ac-05", at));
    const behind = [now() - 86_400_000_000, 0].map((at) => arrivalLine("ac-05", at));
    await sendBytes(address("ac-05"), [...ahead, ...behind, arrivalLine("ac-05", now())].join(""));
    await expect.poll(() => frames("ac-05"), POLL).toBe(before + 1);
    expect(await badFrames(test.url, "ac-05")).toMatchObject({ "arrival.clock-ahead": 2, "arrival.clock-behind": 2 });
  });

  it.each([
    ["1971", Date.UTC(1971, 5) * 1000, 0xabe001],
    ["2098", Date.UTC(2098, 5) * 1000, 0xabe002],
  ])("a receiver whose clock stands in %s still gives tracks of now", async (_year, start, icao) => {
    const line = (step: number): string =>
      `${encodeSbs({
        kind: "MSG",
        transmission: 3,
        icao,
        generatedAt: start + step * 500_000,
        loggedAt: null,
        callsign: null,
        altitude: 3000,
        groundSpeed: null,
        track: null,
        latitude: 39.8 + step * 0.0004,
        longitude: 47.1,
        verticalRate: null,
        squawk: null,
        alert: null,
        emergency: null,
        identPulse: null,
        onGround: false,
      })}\r\n`;
    receiver.hangUp();
    await receiver.send(Array.from({ length: 20 }, (_, step) => line(step)).join(""));
    const track = async () => trackOf({ icao } as TestAircraft);
    await expect.poll(track, POLL).toBeDefined();
    expect(Math.abs((await track())!.at - now())).toBeLessThan(120_000_000);
  });
});

describe("MQTT", () => {
  const connect = (options: mqtt.IClientOptions) =>
    mqtt.connectAsync(`mqtt://${address("mqtt")}`, { reconnectPeriod: 0, connectTimeout: 5_000, ...options });
  const user = (source: string) => ({
    username: source,
    password: readMqttPasswords(`${test.folder}/keys`)[source]!,
  });

  it("refuses a wrong password, and counts bad lines at the station", async () => {
    await expect(connect({ username: "ac-03", password: "guess" })).rejects.toThrow();
    const client = await connect(user("ac-03"));
    const before = await frames("ac-03");
    await client.publishAsync("jmc/exercise/acoustic/ac-03", "no arrival at all");
    await client.publishAsync("jmc/exercise/acoustic/ac-03", Buffer.from(randomBytesOf(5_000, random)));
    await client.publishAsync("jmc/exercise/acoustic/ac-03", arrivalLine("ac-03", now()));
    await expect.poll(() => frames("ac-03"), POLL).toBe(before + 1);
    expect(await badFrames(test.url, "ac-03")).toMatchObject({ "arrivals.not-json": expect.any(Number) });
    await client.endAsync(true);
  });

  it.each([
    ["another's topic", "jmc/exercise/acoustic/ac-04"],
    ["a topic of nobody", "jmc/exercise/acoustic/ac-99"],
  ])("hangs up on a station that speaks on %s", async (_name, topic) => {
    const thief = await connect(user("ac-03"));
    const before = await frames("ac-04");
    const closed = new Promise<void>((resolve) => thief.once("close", () => resolve()));
    thief.publish(topic, arrivalLine("ac-04", now()), { qos: 1 }, () => undefined);
    await closed;
    expect(await frames("ac-04")).toBe(before);
    await thief.endAsync(true);
  });

  it("takes the same line from the station itself", async () => {
    const before = await frames("ac-04");
    const owner = await connect(user("ac-04"));
    await owner.publishAsync("jmc/exercise/acoustic/ac-04", arrivalLine("ac-04", now()));
    await expect.poll(() => frames("ac-04"), POLL).toBe(before + 1);
    await owner.endAsync(true);
  });

  it("survives broken packets after a good sign-in and half a packet without end", async () => {
    const sockets = await Promise.all(Array.from({ length: 8 }, () => openSocket(address("mqtt"))));
    for (const socket of sockets) {
      // A CONNECT of protocol level 4 with client id "x", then whatever comes.
      await write(socket, Uint8Array.from([0x10, 0x0d, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 60, 0, 1, 0x78]));
      await write(socket, randomBytesOf(64 * 1024, random));
      await write(socket, Uint8Array.from([0x30, 0xff, 0xff, 0xff, 0x7f]));
    }
    await expectGoodTraffic();
    for (const socket of sockets) socket.destroy();
  });
});

describe("too much", () => {
  it(`${FLOOD_BYTES / MEGABYTE} MB without a line end are recorded in bounded memory, with good traffic beside them`, async () => {
    const before = heldBytes();
    const block = Buffer.alloc(MEGABYTE, 0x41);
    const socket = await openSocket(address("ac-01"));
    const held: number[] = [];
    const flood = (async () => {
      for (let sent = 0; sent < FLOOD_BYTES; sent += block.length) {
        await write(socket, block);
        if (sent % (FLOOD_BYTES / 4) === 0) held.push(heldBytes());
      }
    })();
    await expectGoodTraffic();
    await flood;
    await end(socket);
    expect(Math.max(...held, heldBytes()) - before).toBeLessThan(MOST_HELD_BYTES);
    const good = await frames("ac-01");
    await sendBytes(address("ac-01"), arrivalLine("ac-01", now()));
    await expect.poll(() => frames("ac-01"), POLL).toBe(good + 1);
  }, 600_000);

  it("slow senders fill one listener to its limit; the next is turned away and the others go on", async () => {
    const slow = await Promise.all(Array.from({ length: MOST_CONNECTIONS }, () => openSocket(address("ac-06"))));
    for (const socket of slow) await write(socket, "{");
    const late = await openSocket(address("ac-06"));
    await expect.poll(() => late.destroyed || late.readableEnded || late.closed, POLL).toBe(true);
    for (const socket of slow) await write(socket, '"');
    expect(slow.every((socket) => !socket.destroyed)).toBe(true);
    await expectGoodTraffic();
    for (const socket of slow) socket.destroy();
    const before = await frames("ac-06");
    await expect
      .poll(async () => {
        await sendBytes(address("ac-06"), arrivalLine("ac-06", now())).catch(() => undefined);
        return frames("ac-06");
      }, POLL)
      .toBeGreaterThan(before);
  });

  it("connections that come and go by the hundred leave nothing behind", async () => {
    const before = heldBytes();
    for (let round = 0; round < (IS_TORTURE ? 5_000 : 300); round++)
      await sendBytes(address("ac-09"), randomBytesOf(1 + Math.floor(random() * 500), random));
    await expectGoodTraffic();
    expect(heldBytes() - before).toBeLessThan(MOST_HELD_BYTES);
  }, 600_000);
});

it("stands at the end as it stood: ready, nothing lost of the good", async () => {
  expect((await fetch(`${test.url}/readyz`)).status).toBe(200);
  await expectGoodTraffic();
});
