/** Waveforms over SeedLink and as blocks of sound, through the lane, from made recorders to a located event; cuts, resumes, replays. */
import { join } from "node:path";
import { createRandom, Recorder } from "@openjmc/exercise";
import { encodeBlockMessage, encodeMiniSeed, SeedLinkRing, SeedLinkServerSession } from "@openjmc/formats";
import { createLocalFrame } from "@openjmc/geo";
import type { SourceDescription } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectionName } from "../feeds/feed.ts";
import { feedTable } from "../feeds/feed-table.ts";
import type { JournalRecord } from "../journal/index.ts";
import { readMission } from "../mission/read.ts";
import { Lane } from "./lane.ts";
import { configureLane } from "./lane-configuration.ts";
import type { LaneOutput } from "./lane-output.ts";

const START = Date.UTC(2021, 2, 1, 6) * 1000;
const RATE = 100;
const SECONDS = 140;
const PASCALS = 1e-4;
const SHOT = { east: 1300, north: 900, second: 40 };
const SPEED = 331.3 * Math.sqrt(1 + 10 / 273.15);
const PLACES = [
  [0, 0],
  [5200, 400],
  [-900, 4700],
  [4400, 5100],
  [2300, -3600],
  [-4100, 1200],
  [-2600, -3100],
  [6100, -2800],
] as const;
const TRIANGLE = [
  { east: 0, north: 20 },
  { east: 17.3, north: -10 },
  { east: -17.3, north: -10 },
];
const frame = createLocalFrame("test", { lon: 47, lat: 40 });

/** The first five behind one server, two behind another of an old version, the last as blocks of sound. */
function sourceOf(station: number): SourceDescription {
  const lonLat = new Float64Array(2);
  frame.toSurface(PLACES[station]![0], PLACES[station]![1], lonLat);
  const isSound = station === 7;
  const codes = isSound ? ["0", "1", "2"] : ["00_H_D_F", "01_H_D_F", "02_H_D_F"];
  return {
    id: `w-${station}`,
    name: `Recorder ${station}`,
    format: isSound ? "pcm" : "seedlink",
    means: "acoustic",
    link: isSound
      ? { kind: "tcp-listener", host: "127.0.0.1", port: 0 }
      : { kind: "tcp-client", host: "127.0.0.1", port: station < 5 ? 18_000 : 18_001 },
    lon: lonLat[0]!,
    lat: lonLat[1]!,
    heightMetres: 100,
    heightReference: "msl",
    rangeMetres: 15_000,
    operator: "joint",
    marking: "open",
    authentication: "address-only",
    waveform: {
      station: `XX_W${station}`,
      channels: codes.map((code, index) => ({
        code,
        quantity: "pressure" as const,
        unitsPerCount: PASCALS,
        eastMetres: TRIANGLE[index]!.east,
        northMetres: TRIANGLE[index]!.north,
      })),
    },
  };
}
const sources = PLACES.map((_, station) => sourceOf(station));

function recorderOf(station: number): Recorder {
  const [east, north] = PLACES[station]!;
  const distance = Math.hypot(SHOT.east - east, SHOT.north - north);
  return new Recorder({
    sampleRate: RATE,
    microphones: TRIANGLE,
    pascalsPerCount: PASCALS,
    noiseAt: () => ({ decibel: 50, unrest: 0.1 }),
    random: (label) => createRandom("lane", station, label),
    waves: [
      {
        seconds: SHOT.second + distance / SPEED,
        levelDecibel: 150 - 20 * Math.log10(distance / 10),
        frequencyHertz: 14,
        kind: "blast",
        durationSeconds: 0,
        backAzimuth: Math.atan2(SHOT.east - east, SHOT.north - north),
        distanceMetres: distance,
      },
    ],
  });
}

/** By station and second: the samples, and the records that a server gives of them. */
const recorded = PLACES.map((_, station) => {
  const recorder = recorderOf(station);
  return Array.from({ length: SECONDS }, (_none, second) => {
    const samples = recorder.record(second * RATE, (second + 1) * RATE);
    return { samples, records: station < 7 ? recordsOf(station, samples, START + second * 1e6) : [] };
  });
});

function recordsOf(station: number, samples: readonly Int32Array[], startAt: number) {
  return samples.flatMap((channel, index) => {
    const sourceId = `FDSN:XX_W${station}_0${index}_H_D_F`;
    return encodeMiniSeed({ sourceId, startAt, sampleRate: RATE, samples: channel, timingQuality: 100 }).map(
      (payload) => ({
        station: `XX_W${station}`,
        stream: `0${index}_H_D_F`,
        format: "2" as const,
        startAt,
        endAt: startAt + 1e6,
        payload,
      }),
    );
  });
}

/** A lane with its journal, led by hand. */
class Bench {
  readonly records: JournalRecord[] = [];
  readonly outputs: LaneOutput[] = [];
  readonly lane: Lane;

  constructor(lane: Lane) {
    this.lane = lane;
  }

  put(kind: JournalRecord["kind"], at: number, source = "", payload: Uint8Array = new Uint8Array(0)): void {
    const sequence = this.records.length + 1;
    const record: JournalRecord = { sequence, receivedAt: at, kind, source, disposition: "processed", payload };
    this.records.push(record);
    const output = this.lane.take(record);
    if (output) this.outputs.push(output);
  }
}

/** A server whose connection can be cut; it goes on recording all the same. */
class Server {
  readonly #bench: Bench;
  readonly #feed: string;
  readonly #version: 3 | 4;
  readonly ring = new SeedLinkRing();
  #session: SeedLinkServerSession | undefined;
  #connection = 0;

  constructor(bench: Bench, feed: string, version: 3 | 4) {
    this.#bench = bench;
    this.#feed = feed;
    this.#version = version;
  }

  get name(): string {
    return connectionName(this.#feed, this.#connection);
  }

  connect(at: number): void {
    this.#connection += 1;
    this.#session = new SeedLinkServerSession({ ring: this.ring, version: this.#version });
    this.#bench.put("connected", at, this.name);
    this.exchange(at);
  }

  cut(at: number): void {
    this.#bench.put("disconnected", at, this.name);
    this.#session = undefined;
  }

  /** Hands to and fro until both have nothing more to say. */
  exchange(at: number): void {
    for (;;) {
      const said = this.#bench.lane.takeAnswers().filter(({ connection }) => connection === this.name);
      const replies = said.flatMap(({ bytes }) => (bytes && this.#session?.receive(bytes)) ?? []);
      const packets = [...replies, ...(this.#session?.poll() ?? [])];
      if (packets.length === 0) return;
      // In pieces as a socket would bring them.
      const bytes = Buffer.concat(packets);
      for (let from = 0; from < bytes.length; from += 700)
        this.#bench.put("bytes", at, this.name, bytes.subarray(from, from + 700));
    }
  }
}

const read = readMission(join(import.meta.dirname, "../../../../missions/karabakh-2020"), { exercise: true });
if (!read.ok) throw new Error(JSON.stringify(read.faults[0]));
const mission = { ...read.value, view: { ...read.value.view, sources } };
const feeds = feedTable(sources);
const configuration = configureLane(mission, feeds, 1, {
  temperature: 10,
  windEast: 0,
  windNorth: 0,
  temperatureError: 0.5,
  windError: 0.5,
});

interface Plan {
  /** Seconds between which the first server's connection is down, or the centre is. */
  readonly cut?: readonly [number, number];
  readonly since?: number;
  readonly from?: number;
  readonly until?: number;
}

/** Everything recorded from second 0 on; the lane listens from `from` on. */
function play({ cut, since, from = 0, until = SECONDS }: Plan): Bench {
  const bench = new Bench(new Lane({ ...configuration, ...(since === undefined ? {} : { since }) }));
  const servers = [
    new Server(bench, "seedlink-127.0.0.1-18000", 4),
    new Server(bench, "seedlink-127.0.0.1-18001", 3),
  ] as const;
  for (let second = 0; second < until; second++) {
    const at = START + (second + 1) * 1e6;
    if (second === Math.max(5, from)) {
      for (const server of servers) server.connect(at);
      bench.put("connected", at, connectionName("w-7", 1));
    }
    recorded.forEach((seconds, station) => {
      const { samples, records } = seconds[second]!;
      for (const record of records) servers[station < 5 ? 0 : 1].ring.add(record);
      if (station === 7 && second > Math.max(5, from))
        bench.put("bytes", at, connectionName("w-7", 1), block(samples, START + second * 1e6));
    });
    if (cut?.[0] === second) servers[0].cut(at);
    if (cut?.[1] === second) servers[0].connect(at);
    if (second >= Math.max(5, from)) {
      for (const server of servers) server.exchange(at);
      bench.put("tick", at);
    }
  }
  return bench;
}

function block(samples: readonly Int32Array[], at: number): Uint8Array {
  const bytes = new Uint8Array(samples[0]!.length * samples.length * 4);
  const view = new DataView(bytes.buffer);
  samples.forEach((channel, index) => {
    channel.forEach((value, sample) => {
      view.setInt32(4 * (sample * samples.length + index), value, true);
    });
  });
  const clock = { source: "gnss", errorMicroseconds: 500 } as const;
  const form = { encoding: "s32le", sampleRate: RATE, channels: samples.length, pascalsPerCount: PASCALS } as const;
  return encodeBlockMessage({ station: "w-7", sequence: at / 1e6, boot: 1, at, clock, ...form }, bytes);
}

function settledEvents(bench: Bench) {
  const rows = new Map(bench.outputs.flatMap(({ events }) => events).map((row) => [row.id, row]));
  return [...rows.values()].filter(({ status }) => status === "automatic" || status === "settled");
}

function health(bench: Bench, id: string) {
  return bench.lane.sourceRows(START + SECONDS * 1e6).find((row) => row.id === id)!;
}

function expectShot(bench: Bench, stations = 8): void {
  const [event, ...others] = settledEvents(bench);
  expect(others).toEqual([]);
  const local = new Float64Array(3);
  frame.toLocal(event!.lon, event!.lat, 0, local);
  expect(Math.hypot(local[0]! - SHOT.east, local[1]! - SHOT.north)).toBeLessThan(60);
  expect(Math.abs((event!.originTime - START) / 1e6 - SHOT.second)).toBeLessThan(0.3);
  expect(event!.stations.length).toBeGreaterThanOrEqual(stations);
}

describe("waveforms in the lane", () => {
  const whole = play({});

  it("locates a shot from two servers of two versions and a sound station, and a replay comes to the same", () => {
    const bench = whole;
    expectShot(bench);
    expect(sources.map(({ id }) => health(bench, id).badFrames)).toEqual(sources.map(() => ({})));
    expect(health(bench, "w-0").lagMicroseconds).toBeLessThan(1e6);
    const again = new Lane(configuration);
    const outputs = bench.records.flatMap((record) => again.take(record) ?? []);
    expect(JSON.stringify(outputs)).toBe(JSON.stringify(bench.outputs));
  });

  it("goes on behind the last packet when a connection was lost while the sound passed", () => {
    const bench = play({ cut: [30, 65] });
    expectShot(bench);
    const frames = (run: Bench) => sources.slice(0, 7).map(({ id }) => health(run, id).framesTotal);
    expect(frames(bench)).toEqual(frames(whole));
  });

  it("asks for what came while the centre was down", () => {
    const bench = play({ from: 70, since: START + 20e6 });
    expectShot(bench, 7);
  });

  it("asks again after a while for stations that the server refused, on another connection", () => {
    const bench = new Bench(new Lane(configuration));
    const server = new Server(bench, "seedlink-127.0.0.1-18000", 4);
    const add = (second: number, station: number) => {
      for (const record of recorded[station]![second]!.records) server.ring.add(record);
    };
    add(0, 0);
    server.connect(START + 2e6);
    const isRefused = (id: string) => health(bench, id).badFrames["seedlink.station-refused"] === 1;
    expect(["w-0", "w-1", "w-4"].map(isRefused)).toEqual([false, true, true]);
    const ends = (second: number): boolean => {
      bench.put("tick", START + second * 1e6);
      return bench.lane
        .takeAnswers()
        .some(({ connection, bytes }) => connection === server.name && bytes === undefined);
    };
    // Nothing is heard meanwhile but a sign of life, which keeps the link from being taken for dead.
    const alive = () => {
      add(1, 0);
      server.exchange(START + 590e6);
    };
    alive();
    expect([ends(600), ends(603), ends(604)]).toEqual([false, true, false]);
    server.cut(START + 604e6);
    for (const station of [1, 2, 3, 4]) add(2, station);
    server.connect(START + 605e6);
    add(3, 1);
    server.exchange(START + 606e6);
    expect(health(bench, "w-1").framesTotal).toBeGreaterThan(0);
    expect(health(bench, "w-1").badFrames).toEqual({ "seedlink.station-refused": 1 });
  });

  it("counts what is of no station, of no channel, too old or ahead of the clock", () => {
    const bench = whole;
    const source = { sampleRate: RATE, samples: new Int32Array(100) };
    const put = (sourceId: string, startAt: number) => {
      const [record] = encodeMiniSeed({ ...source, sourceId, startAt });
      const name = connectionName("seedlink-127.0.0.1-18000", 1);
      const packet = Buffer.concat([Buffer.from("SE2D"), Buffer.alloc(13), Buffer.from("XX_W0"), record!]);
      packet.writeUInt32LE(record!.length, 4);
      packet.writeBigUInt64LE(100_000n + BigInt(bench.records.length), 8);
      packet[16] = 5;
      bench.put("bytes", START + SECONDS * 1e6, name, packet);
    };
    put("FDSN:XX_W9_00_H_D_F", START + 130e6);
    put("FDSN:XX_W0_09_H_D_F", START + 130e6);
    put("FDSN:XX_W0_00_H_D_F", START + 400e6);
    put("FDSN:XX_W0_00_H_D_F", START - 4000e6);
    expect(health(bench, "w-0").badFrames).toEqual({
      "waveform.unknown-station": 1,
      "waveform.unknown-channel": 1,
      "waveform.clock-ahead": 1,
      "waveform.too-late": 1,
    });
  });

  it("never throws, whatever comes, and still hears afterwards", () => {
    const bench = play({ until: 20 });
    const names = [
      connectionName("seedlink-127.0.0.1-18000", 1),
      connectionName("seedlink-127.0.0.1-18001", 1),
      connectionName("w-7", 1),
    ];
    const samples = recorded[7]![20]!.samples;
    const packets = [
      Buffer.concat([Buffer.from("SE2D"), Buffer.alloc(13), recorded[0]![20]!.records[0]!.payload]),
      Buffer.concat([Buffer.from("SL000001"), recorded[5]![20]!.records[0]!.payload]),
      block(samples, START + 20e6),
    ];
    const at = START + 21e6;
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.array(fc.tuple(fc.nat(600), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
        fc.uint8Array({ maxLength: 200 }),
        (which, changes, noise) => {
          const bytes = Uint8Array.from(packets[which]!);
          for (const [place, value] of changes) bytes[place % bytes.length] = value;
          bench.put("bytes", at, names[which]!, bytes);
          bench.put("bytes", at, names[which]!, noise);
          bench.put("tick", at);
        },
      ),
      { numRuns: process.env.OPENJMC_TORTURE === "1" ? 20_000 : 300 },
    );
    for (const name of names) bench.put("disconnected", at, name);
    bench.put("connected", at, connectionName("w-7", 2));
    const before = health(bench, "w-7").framesTotal;
    bench.put("bytes", at + 1e6, connectionName("w-7", 2), block(samples, START + 21e6));
    expect(health(bench, "w-7").framesTotal).toBe(before + 1);
  });
});
