/** A real receiver's bytes over TCP: the picture shows the capture's aircraft with the callsigns, altitudes and places that others decoded. */
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { BeastFramer, decodeSbs } from "@openjmc/formats";
import { destinationOf, distanceBetween, geodesicBetween } from "@openjmc/geo";
import type { SourceDescription, TrackPoint, TrackRow } from "@openjmc/model";
import { afterAll, describe, expect, it } from "vitest";
import { type Clock, wallNow } from "../apps/centre/src/clock.ts";
import { badFrames, bearer, metric, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";
import { missionWith } from "./support/mission.ts";
import { IS_TORTURE } from "./support/random.ts";
import { endpointOf, write } from "./support/sockets.ts";
import { until } from "./support/wait.ts";

const shared = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../shared");
const adsb = join(shared, "data/adsb");
const CAPTURE = join(adsb, "ulss7-1522782148.beast");
/** Where the receiver stood, by the ranges and bearings that its own decoder gave. */
const RECEIVER: SourceDescription = {
  id: "rx-real",
  name: "Receiver of the capture",
  format: "beast",
  means: "ads-b",
  link: { kind: "tcp-listener", host: "127.0.0.1", port: 0 },
  lon: 30.26,
  lat: 59.8,
  heightMetres: 20,
  heightReference: "msl",
  rangeMetres: 450_000,
  operator: "A",
  marking: "open",
  authentication: "address-only",
};
/** Every frame is there twice: what the second brings is told as a duplicate, and is no bad frame. */
const FRAMES = 13_954;
const AIRCRAFT = 11;
/** Metres between a track's points and the path of the places that the golden decoder gave for the aircraft. */
const PLACE_TOLERANCE = 300;
/** Metres between a track's altitude and the nearest that the golden decoder gave: a step of the code, and what it climbs in between. */
const ALTITUDE_TOLERANCE = 30;

/** How far a track may be told straight on, in steps, metres: what the fastest flies before its track is forgotten. */
const STEP = 100;
const FARTHEST = 6_000;

interface Golden {
  callsign: string;
  places: readonly { readonly lon: number; readonly lat: number }[];
  readonly altitudes: number[];
}

/** By 24-bit address, what the capture's author decoded, and the callsigns of readsb. */
function readGolden(): Map<string, Golden> {
  const golden = new Map<string, Golden>();
  const final = JSON.parse(readFileSync(join(adsb, "ulss7_final_aircraft.json"), "utf8")) as {
    aircraft: { hex: string; flight: string }[];
  };
  for (const { hex, flight } of final.aircraft)
    golden.set(hex.toUpperCase(), { callsign: flight.trim(), places: [], altitudes: [] });
  for (const line of readFileSync(join(adsb, "beast_decoded_sbs.txt"), "utf8").trim().split(/\r?\n/)) {
    const message = decodeSbs(line);
    if (!message.ok || message.value.icao === null) continue;
    const { icao, longitude: lon, latitude: lat, altitude } = message.value;
    const aircraft = golden.get(icao.toString(16).toUpperCase().padStart(6, "0"));
    if (aircraft && lon !== null && lat !== null) aircraft.places = [...aircraft.places, { lon, lat }];
    if (aircraft && altitude !== null) aircraft.altitudes.push(altitude);
  }
  for (const aircraft of golden.values()) aircraft.places = asPath(aircraft.places);
  return golden;
}

/**
 * The golden places as a path: straight from one to the next, for receivers miss messages, and straight on from the last, for a
 * track flies on for a while when nothing more is heard.
 */
function asPath(places: Golden["places"]): Golden["places"] {
  const last = places.at(-1)!;
  const before = places.findLast((place) => distanceBetween(place, last) > 300) ?? places[0]!;
  const end = destinationOf(last, geodesicBetween(before, last).azimuth, FARTHEST);
  return [...places.slice(1), end].flatMap((place, index) => between(places[index]!, place));
}

function between(from: Golden["places"][number], to: Golden["places"][number]): Golden["places"] {
  const { azimuth, distanceMetres } = geodesicBetween(from, to);
  const steps = Math.ceil(distanceMetres / STEP);
  return [from, ...Array.from({ length: steps }, (_, step) => destinationOf(from, azimuth, step * STEP))];
}

const opened: { test: TestCentre; folder: string }[] = [];
const relays: Server[] = [];
afterAll(async () => {
  for (const relay of relays) relay.close();
  for (const { test, folder } of opened) {
    await test.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function openAtReceiver(clock: Clock | undefined): Promise<TestCentre> {
  const folder = mkdtempSync(join(tmpdir(), "openjmc-real-"));
  const missionFolder = missionWith(join(folder, "mission"), { lon: RECEIVER.lon, lat: RECEIVER.lat }, [RECEIVER]);
  const test = await openTestCentre({ missionFolder, more: clock ? { clock } : {} });
  opened.push({ test, folder });
  return test;
}

const nearest = (golden: Golden, row: { lon: number; lat: number }): number =>
  golden.places.reduce((least, place) => Math.min(least, distanceBetween(place, row)), Number.POSITIVE_INFINITY);

const offAltitude = (golden: Golden, row: TrackRow): number =>
  golden.altitudes.reduce(
    (least, one) => Math.min(least, Math.abs(one - (row.altitudeMetres ?? Number.NaN))),
    Number.POSITIVE_INFINITY,
  );

/** What is known of a centre that has been fed. */
interface Fed {
  readonly rows: readonly TrackRow[];
  points(track: string): Promise<readonly TrackPoint[]>;
}

/** Feeds the capture and waits until every aircraft of it has a track. */
async function feed(speed: string, clock?: ReceiverClock): Promise<Fed> {
  const test = await openAtReceiver(clock);
  const receiver = test.centre.feedAddresses.get(RECEIVER.id)!;
  const address = clock ? await relayTo(receiver, clock) : receiver;
  const token = await tokenOf(test.url, "A-Duty-1", test.signer("A-Duty-1"));
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${test.url}${path}`, { headers: bearer(token) })).json()) as T;
  const fed = await jmc(["feed", CAPTURE, "--to", address, "--speed", speed]);
  expect(fed.code, fed.stderr).toBe(0);
  const frames = () => metric(test.url, "jmc_source_frames_total", { source: RECEIVER.id });
  await until("every frame of the capture", async () => (await frames()) === FRAMES);
  expect(await badFrames(test.url, RECEIVER.id)).toEqual({});
  const tracks = async () =>
    (await get<{ rows: TrackRow[] }>("/api/v1/views/tracks?limit=1000")).rows.filter((row) => row.status !== "ended");
  await until("eleven aircraft", async () => new Set((await tracks()).map((row) => row.icao)).size >= AIRCRAFT);
  return { rows: await tracks(), points: (track) => get(`/api/v1/tracks/${track}/points`) };
}

/** What differs between a track's end and the golden decoding of its aircraft. */
function differences(golden: Golden | undefined, row: TrackRow): string[] {
  if (!golden) return [`${row.icao}: no aircraft of the capture`];
  return [
    row.callsign === golden.callsign ? "" : `${row.icao}: callsign ${row.callsign}, not ${golden.callsign}`,
    offAltitude(golden, row) < ALTITUDE_TOLERANCE ? "" : `${row.icao}: altitude off by ${offAltitude(golden, row)} m`,
    nearest(golden, row) < PLACE_TOLERANCE ? "" : `${row.icao}: ${nearest(golden, row)} m from any golden place`,
  ].filter((text) => text !== "");
}

/** How far time goes on behind the last frame, and how much of it is passed on in one piece, microseconds. */
const LEASH = 1_000_000;
const PIECE = 50_000;
const TICKS_PER_MICROSECOND = 12;

/** The receiver's own time, by its frames: a machine that lags behind them, or has them all, lets no aircraft fall silent. */
class ReceiverClock implements Clock {
  readonly speed: number;
  readonly #start = wallNow();
  #first: number | undefined;
  #passed = 0;
  #setAt = wallNow();
  #shown = 0;

  constructor(speed: number) {
    this.speed = speed;
  }

  now(): number {
    const beyond = Math.min(LEASH, (wallNow() - this.#setAt) * this.speed);
    this.#shown = Math.max(this.#shown, Math.round(this.#start + this.#passed + beyond));
    return this.#shown;
  }

  /** Goes on to a frame's time, if that is a step further. */
  reach(ticks: number): boolean {
    this.#first ??= ticks;
    const passed = (ticks - this.#first) / TICKS_PER_MICROSECOND;
    if (passed < this.#passed + PIECE) return false;
    [this.#passed, this.#setAt] = [passed, wallNow()];
    return true;
  }
}

/** A port that passes on what comes in, each step of it at its own time. */
async function relayTo(address: string, clock: ReceiverClock): Promise<string> {
  const server = createServer((from) => void relay(from, connect(endpointOf(address)), clock).catch(() => undefined));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  relays.push(server);
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function relay(from: Socket, to: Socket, clock: ReceiverClock): Promise<void> {
  const framer = new BeastFramer();
  let before = 0;
  for await (const chunk of from as AsyncIterable<Buffer>) {
    const marks: { readonly place: number; readonly ticks: number }[] = [];
    framer.push(chunk, {
      frame: ({ offset, ticks }) => void marks.push({ place: Math.max(0, offset - before), ticks }),
      fault: () => undefined,
    });
    let cut = 0;
    for (const { place, ticks } of marks) {
      if (!clock.reach(ticks)) continue;
      await pass(to, chunk.subarray(cut, place));
      cut = place;
    }
    await pass(to, chunk.subarray(cut));
    before += chunk.length;
  }
  to.end();
}

/** The centre works in this very process: it reads while this waits. */
async function pass(to: Socket, bytes: Uint8Array): Promise<void> {
  if (bytes.length === 0) return;
  await write(to, bytes);
  await pause(1);
}

const PACES: readonly (readonly [name: string, speed: string, clock: number])[] = [
  ["all at once", "max", 1],
  ["twenty times as fast, into a centre whose time runs as fast", "20", 20],
  ...(IS_TORTURE ? ([["as fast as it was received", "1", 1]] as const) : []),
];

describe.skipIf(!existsSync(CAPTURE))("the capture ulss7 (needs ../shared/data/adsb)", () => {
  it.each(PACES)(
    "%s: eleven aircraft, each once, with callsign, altitude, place and trail",
    async (_name, speed, clockSpeed) => {
      const golden = readGolden();
      expect(golden.size).toBe(AIRCRAFT);
      const { rows, points } = await feed(speed, clockSpeed === 1 ? undefined : new ReceiverClock(clockSpeed));
      expect(rows.map((row) => row.icao).sort()).toEqual([...golden.keys()].sort());
      expect(rows.flatMap((row) => differences(golden.get(row.icao!), row))).toEqual([]);
      for (const row of rows)
        for (const point of await points(row.id))
          expect(nearest(golden.get(row.icao!)!, point), `${row.icao}, trail`).toBeLessThan(PLACE_TOLERANCE);
    },
  );

  it("twenty times as fast, into a centre by the wall's time: the same aircraft, and what cannot fly so is called suspicious", async () => {
    const golden = readGolden();
    const { rows } = await feed("20");
    expect(new Set(rows.map((row) => row.icao))).toEqual(new Set(golden.keys()));
    const right = rows.filter((row) => differences(golden.get(row.icao!), row).length === 0);
    expect(new Set(right.map((row) => row.icao)).size).toBe(AIRCRAFT);
    const known = new Set<string>();
    for (const row of rows) {
      if (known.has(row.icao!))
        expect(rows.some((one) => one.icao === row.icao && one.suspicions.length > 0)).toBe(true);
      known.add(row.icao!);
    }
  });
});
