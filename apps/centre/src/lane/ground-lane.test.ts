/** Cues of cameras, heat from space and weather, through a whole lane. */
import { createHash } from "node:crypto";
import type { Mission } from "@openjmc/agreement";
import { encodeBlockMessage, encodeCue, encodeWeather } from "@openjmc/formats";
import type { SourceDescription, SourceFormat } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { feedTable } from "../feeds/feed-table.ts";
import type { JournalKind } from "../journal/index.ts";
import { hearingOf } from "./hearing.ts";
import { Lane } from "./lane.ts";
import { configureLane } from "./lane-configuration.ts";
import type { LaneOutput } from "./lane-output.ts";
import { exerciseMission } from "./testing/exercise-mission.ts";
import { WeatherBook } from "./weather-book.ts";

const START = Date.UTC(2026, 2, 1, 6) * 1000;
const PLACE = { lon: 30, lat: 40 };
const utf8 = new TextEncoder();

function sourceOf(id: string, format: SourceFormat, more: Partial<SourceDescription> = {}): SourceDescription {
  return {
    ...{ id, name: id, format, means: format === "firms" ? "satellite-thermal" : "camera-thermal", ...PLACE },
    ...{ link: { kind: "tcp-listener", host: "127.0.0.1", port: 0 }, heightMetres: 100, heightReference: "msl" },
    ...{ rangeMetres: 9000, operator: "joint", marking: "open", authentication: "address-only" },
    ...more,
  } as SourceDescription;
}

/** One connection of the first source brings these pieces, a second apart; what the ticks gave. */
function play(pieces: readonly Uint8Array[], sources: readonly SourceDescription[]): LaneOutput[] {
  const mission: Mission = { ...exerciseMission, view: { ...exerciseMission.view, sources } };
  const feeds = feedTable(sources);
  const lane = new Lane(configureLane(mission, feeds, 1));
  const source = `${Object.keys(feeds)[0]}#1`;
  const outputs: LaneOutput[] = [];
  let sequence = 0;
  const take = (kind: JournalKind, second: number, payload: Uint8Array = new Uint8Array(0)): void => {
    const record = { kind, receivedAt: START + second * 1e6, sequence: ++sequence, disposition: "processed", payload };
    const output = lane.take({ ...record, disposition: "processed", source: kind === "tick" ? "" : source });
    if (output) outputs.push(output);
  };
  take("connected", 0);
  pieces.forEach((piece, index) => {
    take("bytes", index + 1, piece);
    take("tick", index + 1);
  });
  take("disconnected", pieces.length + 1);
  take("tick", pieces.length + 20);
  return outputs;
}

const clock = { source: "gnss", errorMicroseconds: 2_000 } as const;
const picture = Uint8Array.from([0xff, 0xd8, 0xff, 1, 2, 3]);

describe("the ground beside sounds", () => {
  it("a camera's cue is told with its bearing, and its still under its hash; a still of another kind is refused whole", () => {
    const cue = (sequence: number, bytes: Uint8Array): Uint8Array =>
      utf8.encode(
        `${encodeCue({
          ...{ station: "cam", sequence, boot: 1, at: START + 400_000, clock, sight: "flash", bearing: Math.PI / 2 },
          ...{ bearingError: 0.01, still: { mediaType: "image/jpeg", bytes } },
        })}\n`,
      );
    const outputs = play([cue(1, picture), cue(2, utf8.encode("<svg>"))], [sourceOf("cam", "cues")]);
    const [row, ...others] = outputs.flatMap((output) => output.cues);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ ...PLACE, source: "cam", sight: "flash", rangeMetres: 9000, timeErrorSeconds: 0.002 });
    expect(row!.bearingDegrees).toBeCloseTo(90, 9);
    const sha256 = createHash("sha256").update(picture).digest("hex");
    expect(row!.still).toEqual({ sha256, mediaType: "image/jpeg", bytes: 6 });
    expect(outputs.flatMap((output) => output.stills)).toEqual([{ sha256, mediaType: "image/jpeg", bytes: picture }]);
    expect(outputs.flatMap((output) => output.sources).at(-1)!.badFrames).toEqual({ "cues.field-malformed": 1 });
  });

  it("heat seen from space is told once, however often the same file is fetched", () => {
    const file = utf8.encode(
      "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_ti5,frp,daynight\n" +
        "40.01,30.02,330,0.4,0.38,2026-03-01,0412,N,VIIRS,n,2.0NRT,290,4.5,D\n",
    );
    const outputs = play([file, file.subarray(file.indexOf(10) + 1)], [sourceOf("heat", "firms")]);
    const [row, ...others] = outputs.flatMap((output) => output.cues);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ lon: 30.02, lat: 40.01, sight: "heat", means: "satellite-thermal", confidence: 0.8 });
    expect(row!.at).toBe(Date.UTC(2026, 2, 1, 4, 12) * 1000);
    expect(row!.uncertaintyMetres).toBeGreaterThan(200);
    expect(outputs.flatMap((output) => output.coverage)).not.toEqual([]);
  });

  it("weather is told with its place and time, nobody counts a thermometer as a watch, and posts' hearing goes by it", () => {
    const said = { temperature: 4, windEast: 6, windNorth: 0 };
    const line = (at: number): Uint8Array => utf8.encode(`${encodeWeather({ station: "wx", at, ...said })}\n`);
    const post = sourceOf("post", "arrivals", { means: "acoustic", rangeMetres: 15_000 });
    const outputs = play([line(START), line(START + 30 * 86_400e6)], [sourceOf("wx", "weather"), post]);
    const [row, ...others] = outputs.flatMap((output) => output.weather);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ ...PLACE, source: "wx", at: START, temperature: 4 });
    expect(row!.windEast).toBeCloseTo(6, 9);
    expect(outputs.flatMap((output) => output.coverage).map((row) => row.source)).not.toContain("wx");
    expect(outputs.flatMap((output) => output.sources).findLast((row) => row.id === "wx")!.badFrames).toEqual({
      "weather.clock-ahead": 1,
    });
    const air = new WeatherBook();
    air.take(row!);
    const listening = {
      ...outputs.flatMap((output) => output.sources).findLast((each) => each.id === "post")!,
      noiseDecibels: 60,
    };
    const { locator } = configureLane(exerciseMission, {}, 1);
    const [still, windy] = [undefined, air.at(PLACE, START)].map((each) => hearingOf(listening, locator, each)!);
    expect([still!.windEast, windy!.windEast]).toEqual([0, 6]);
    // A sound from the west is carried, one from the east is not.
    const metres = (span: typeof windy, octant: number): number => span!.reaches[0]!.metres[octant]!;
    expect(metres(windy, 6)).toBeGreaterThan(metres(windy, 2));
  });

  it("files of sound tell what span a post has watched, and only that", () => {
    const block = (from: number): Uint8Array => {
      const samples = Int32Array.from({ length: 1000 }, (_, index) => ((index * 7919) % 97) - 48);
      const form = { encoding: "s32le", sampleRate: 100, channels: 1, pascalsPerCount: 1e-3 } as const;
      return encodeBlockMessage(
        { station: "post", sequence: 1000 + from, boot: 1, at: START + from * 1e6, clock, ...form },
        new Uint8Array(samples.buffer),
      );
    };
    const post = sourceOf("post", "pcm", {
      means: "acoustic",
      rangeMetres: 15_000,
      link: { kind: "folder", folder: "p" },
    });
    const outputs = play([-600, -590, -580, -300].map(block), [post]);
    const rows = new Map(outputs.flatMap(({ coverage }) => coverage).map((row) => [row.key, row]));
    expect([...rows.values()].map(({ from, until, watching }) => [from - START, until - START, watching])).toEqual([
      [-600e6, -570e6, true],
      [-300e6, -290e6, true],
    ]);
    expect([...rows.values()][0]!.hearing!.reaches.length).toBeGreaterThan(0);
  });
});
