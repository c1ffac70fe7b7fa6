import { AcousticBlockFramer, MiniSeedFramer, readMiniSeed, WaveformContinuity } from "@openjmc/formats";
import type { MissionView, SourceDescription } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import type { BytesItem } from "../play/item.ts";
import { createRandom } from "../random/random.ts";
import { createScenario } from "../scenario.ts";
import { TEST_START, testMission, testOptions } from "../testing/test-mission.ts";
import { POST_RATE } from "./post.ts";
import { Recorder } from "./recorder.ts";
import { pressureOf, type Wave } from "./wave.ts";

const EPISODE = 420;

/** The made-up mission with a recorder behind a SeedLink server and one that publishes blocks. */
function missionWithPosts(): MissionView {
  const mission = testMission();
  const [like] = mission.sources.filter(({ format }) => format === "arrivals");
  const post = (id: string, format: "seedlink" | "pcm", codes: readonly string[]): SourceDescription => ({
    ...like!,
    id,
    format,
    link: { kind: "mqtt", topic: id },
    waveform: {
      station: "EX_W1",
      channels: codes.map((code) => ({ code, quantity: "pressure" as const, unitsPerCount: 1e-4 })),
    },
  });
  return {
    ...mission,
    sources: [...mission.sources, post("w-1", "seedlink", ["00_H_D_F", "01_H_D_F"]), post("w-2", "pcm", ["0"])],
  };
}

function bytesOf(source: string, seconds: number, from = 0): BytesItem[] {
  const scenario = createScenario(testOptions("posts", EPISODE, missionWithPosts()));
  const items: BytesItem[] = [];
  for (const item of scenario.play(TEST_START + from * 1e6)) {
    if (item.at > TEST_START + seconds * 1e6) return items;
    if (item.kind === "bytes" && item.source === source) items.push(item);
  }
  return items;
}

describe("recording stations of an exercise", () => {
  it("send every second as whole records, each when it is over, that follow one another but for their clock", () => {
    const items = bytesOf("w-1", 60);
    expect(items.length).toBeGreaterThan(55);
    const continuity = new WaveformContinuity();
    const framer = new MiniSeedFramer();
    const steps: string[] = [];
    for (const { at, bytes } of items)
      framer.push(bytes, {
        record: (chunk, start, end) => {
          const read = readMiniSeed(chunk, start, end);
          if (!read.ok) throw new Error(read.fault.code);
          steps.push(continuity.accept(read.value).kind);
          expect(read.value.startAt + 1e6).toBeLessThan(at + 200_000);
        },
        fault: (fault) => {
          throw new Error(fault.code);
        },
      });
    expect(new Set(steps)).toEqual(new Set(["first", "contiguous"]));
  });

  it("send blocks of sound that the framer takes", () => {
    const framer = new AcousticBlockFramer();
    let blocks = 0;
    for (const { bytes } of bytesOf("w-2", 30))
      framer.push(bytes, {
        block: ({ sidecar, sampleRate, channels }) => {
          blocks += 1;
          expect([sidecar.station, sampleRate, channels.length, channels[0]!.length]).toEqual([
            "w-2",
            POST_RATE,
            1,
            POST_RATE,
          ]);
        },
        fault: (fault) => {
          throw new Error(fault.code);
        },
      });
    expect(blocks).toBeGreaterThan(25);
  });

  it("record the same from the start and from later on", () => {
    const late = bytesOf("w-1", 120, 100);
    const all = bytesOf("w-1", 120).filter(({ at }) => at >= TEST_START + 100e6);
    expect(late.length).toBeGreaterThan(15);
    expect(late).toEqual(all);
  });
});

describe("a recorder", () => {
  const record = (waves: readonly Wave[], decibel: number, sampleRate = 1000) =>
    new Recorder({
      sampleRate,
      microphones: [{ east: 0, north: 0 }],
      pascalsPerCount: 1e-6,
      noiseAt: () => ({ decibel, unrest: 0 }),
      random: (label) => createRandom("recorder", label),
      waves,
    }).record(0, 20 * sampleRate)[0]!;

  it("draws a blast of the level said, at the time said", () => {
    const samples = record(
      [{ seconds: 5, levelDecibel: 100, frequencyHertz: 15, kind: "blast", durationSeconds: 0 }],
      0,
    );
    const peak = Math.max(...samples.map(Math.abs)) * 1e-6;
    expect(Math.abs(20 * Math.log10(peak / pressureOf(100)))).toBeLessThan(2);
    const first = samples.findIndex((value) => Math.abs(value) * 1e-6 > 0.05 * pressureOf(100));
    expect(first / 1000).toBeGreaterThanOrEqual(5);
    expect(first / 1000).toBeLessThan(5.01);
  });

  it("draws wind that is stronger the slower, and louder by what is said", () => {
    const power = (samples: Int32Array) => samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
    const [low, high] = [record([], 50), record([], 60)];
    expect(10 * Math.log10(power(high) / power(low))).toBeCloseTo(10, 0);
    const steps = Int32Array.from(low, (value, index) => value - (low[index - 1] ?? value));
    // White noise would give 2.
    expect(power(steps) / power(low)).toBeLessThan(0.2);
  });
});
