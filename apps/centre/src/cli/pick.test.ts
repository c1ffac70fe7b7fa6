import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { createRandom, Recorder } from "@openjmc/exercise";
import {
  decodeArrival,
  encodeBlockMessage,
  encodeMiniSeed,
  encodeSidecar,
  encodeStationXml,
  encodeWav,
  type StationChannel,
} from "@openjmc/formats";
import { createLocalFrame } from "@openjmc/geo";
import { afterAll, describe, expect, it } from "vitest";
import { runLocate } from "./locate.ts";
import { type PickRun, runPick } from "./pick.ts";

const START = Date.UTC(2021, 2, 1, 6) * 1000;
const RATE = 100;
const SECONDS = 60;
const PASCALS = 1e-4;
const SHOT = { east: 2300, north: 1700, second: 20 };
const SPEED = 331.3 * Math.sqrt(1 + 10 / 273.15);
const PLACES = [
  [0, 0],
  [6000, 500],
  [-1000, 5200],
  [5000, 6000],
  [2500, -4000],
  [-4500, 1500],
] as const;
const folder = mkdtempSync(join(tmpdir(), "jmc-pick-"));
afterAll(() => rmSync(folder, { recursive: true }));

class Collected extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** What a station records of the shot, three microphones about its place. */
function recorded(station: number): Int32Array[] {
  const [east, north] = PLACES[station]!;
  const distance = Math.hypot(SHOT.east - east, SHOT.north - north);
  const azimuth = Math.atan2(SHOT.east - east, SHOT.north - north);
  return new Recorder({
    sampleRate: RATE,
    microphones: MICROPHONES,
    pascalsPerCount: PASCALS,
    noiseAt: () => ({ decibel: 50, unrest: 0.1 }),
    random: (label) => createRandom("pick", station, label),
    waves: [
      {
        seconds: SHOT.second + distance / SPEED,
        levelDecibel: 152 - 20 * Math.log10(distance / 10),
        frequencyHertz: 14,
        kind: "blast",
        durationSeconds: 0,
        backAzimuth: azimuth,
        distanceMetres: distance,
      },
    ],
  }).record(0, SECONDS * RATE);
}
const MICROPHONES = [
  { east: 0, north: 20 },
  { east: 17.3, north: -10 },
  { east: -17.3, north: -10 },
];

function stationXml(): Uint8Array {
  const frame = createLocalFrame("test", { lon: 20, lat: 40 });
  const lonLat = new Float64Array(2);
  const channels = PLACES.flatMap(([east, north], station) =>
    MICROPHONES.map((microphone, index): StationChannel => {
      frame.toSurface(east + microphone.east, north + microphone.north, lonLat);
      return {
        sourceId: `FDSN:XX_S${station}_0${index}_H_D_F`,
        longitude: lonLat[0]!,
        latitude: lonLat[1]!,
        elevationMsl: 0,
        depth: 0,
        sampleRate: RATE,
        sensitivity: {
          value: 1 / PASCALS,
          frequency: 10,
          inputUnits: "Pa",
          outputUnits: "COUNT",
          quantity: "pressure",
        },
        polesZeros: [],
      };
    }),
  );
  return new TextEncoder().encode(encodeStationXml(channels, "test", START));
}

async function pick(
  inputs: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  flags: Partial<PickRun> = {},
) {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const status = await runPick({
    ...flags,
    stdout,
    stderr,
    inputs: inputs.map(({ name, bytes }) => ({
      name,
      bytes: async function* () {
        for (let from = 0; from < bytes.length; from += 4000) yield bytes.subarray(from, from + 4000);
      },
    })),
  });
  return {
    status,
    text: stdout.text,
    lines: stdout.text.split("\n").filter((line) => line !== ""),
    errors: stderr.text,
  };
}

const stations = join(folder, "stations.xml");
writeFileSync(stations, stationXml());
const records = (station: number, waves = recorded(station)): Uint8Array =>
  Buffer.concat(
    waves.flatMap((samples, index) =>
      encodeMiniSeed({
        sourceId: `FDSN:XX_S${station}_0${index}_H_D_F`,
        startAt: START,
        sampleRate: RATE,
        samples,
        timingQuality: 90,
      }),
    ),
  );

describe("runPick", () => {
  it("makes of records what jmc locate finds the shot by", async () => {
    const inputs = PLACES.map((_, station) => ({ name: `${station}.mseed`, bytes: records(station) }));
    const { status, text, lines, errors } = await pick(inputs, { stations, weather: "10,0,0" });
    expect([status, errors]).toEqual([0, ""]);
    expect(lines).toHaveLength(1 + PLACES.length);
    const header = JSON.parse(lines[0]!) as { epoch: string; sensors: { x: number; y: number; name: string }[] };
    const stdout = new Collected();
    await runLocate({
      input: (async function* () {
        yield new TextEncoder().encode(text);
      })(),
      stdout,
      stderr: new Collected(),
    });
    const [event, ...others] = stdout.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(others).toEqual([]);
    const first = header.sensors.find(({ name }) => name === "XX_S0")!;
    expect(Math.hypot(event.x - first.x - SHOT.east, event.y - first.y - SHOT.north)).toBeLessThan(60);
    expect(Math.abs(Date.parse(header.epoch) / 1000 + event.t - START / 1e6 - SHOT.second)).toBeLessThan(0.2);
  });

  it("writes lines as stations send them, with bearing and clock", async () => {
    const { lines } = await pick([{ name: "-", bytes: records(1) }], { stations, lines: "station" });
    expect(lines).toHaveLength(1);
    const read = decodeArrival(lines[0]!);
    if (!read.ok || read.value.kind !== "arrival") throw new Error(lines[0]);
    const [east, north] = PLACES[1]!;
    const azimuth = (Math.atan2(SHOT.east - east, SHOT.north - north) + 2 * Math.PI) % (2 * Math.PI);
    expect(Math.abs(read.value.backAzimuth! - azimuth)).toBeLessThan(0.12);
    expect(read.value).toMatchObject({ station: "XX_S1", phase: "acoustic", sequence: 1 });
    expect(read.value.clock.errorMicroseconds).toBeGreaterThan(500);
  });

  it("takes a WAV file with its sidecar, blocks of sound, and the same records in pieces for the same", async () => {
    const sidecar = {
      ...{ station: "S2", sequence: 1, boot: 1, at: START, pascalsPerCount: PASCALS },
      clock: { source: "gnss", errorMicroseconds: 500 },
      encoding: "wav",
    } as const;
    const wave = { sampleRate: RATE, channels: recorded(2) };
    const name = join(folder, "s2.wav");
    writeFileSync(`${name}.json`, encodeSidecar(sidecar));
    const wav = await pick([{ name, bytes: encodeWav(wave) }], { stations, lines: "station" });
    const block = encodeBlockMessage(sidecar, encodeWav(wave));
    const blocks = await pick([{ name: "-", bytes: block }], { stations, lines: "station" });
    const seed = await pick([{ name: "x", bytes: records(2) }], { stations, lines: "station" });
    expect(wav.lines).toHaveLength(1);
    expect(blocks.text).toBe(wav.text);
    const onset = (line: string) => (JSON.parse(line) as { at: string }).at;
    expect(onset(seed.lines[0]!)).toBe(onset(wav.lines[0]!));
    const alone = await pick([{ name: "-", bytes: block }]);
    expect(alone.lines).toHaveLength(1);
    expect(JSON.parse(alone.lines[0]!)).not.toHaveProperty("backAzimuthDeg");
  });

  it("tells what it cannot use, and by which option it could", async () => {
    const nameless = await pick([{ name: "a.mseed", bytes: records(0) }]);
    expect(nameless.status).toBe(2);
    expect(nameless.errors).toContain("--stations");
    expect(nameless.lines).toEqual([]);
    const wrong = await pick([], { lines: "locate" });
    expect([wrong.status, wrong.errors]).toEqual([2, expect.stringContaining("--stations beside it")]);
    const damaged = records(0).slice();
    damaged.fill(255, 600, 700);
    const rest = await pick([{ name: "a.mseed", bytes: damaged }], { stations, stats: true });
    expect(rest.errors).toContain("at a.mseed");
    expect(rest.lines.length).toBe(2);
    const wav = await pick([
      { name: join(folder, "none.wav"), bytes: encodeWav({ sampleRate: RATE, channels: [new Int32Array(10)] }) },
    ]);
    expect([wav.status, wav.errors]).toEqual([2, expect.stringContaining("wav.sidecar-missing")]);
  });
});
