import { AircraftReport, BeastFramer, ModeSDecoder } from "@openjmc/formats";
import { describe, expect, it } from "vitest";
import { planEpisode } from "../episode/episode.ts";
import { createScenario } from "../scenario.ts";
import { setStage } from "../stage.ts";
import { TEST_START, testOptions } from "../testing/test-mission.ts";

/** A seed whose jammed receiver is of the wanted format and habit. */
function seedWith(
  source: string,
  habit: "silent" | "garbage",
): { seed: string; start: number; silent: number; end: number } {
  for (let number = 0; number < 500; number++) {
    const seed = `jam-${number}`;
    const [jamming] = planEpisode(setStage(testOptions(seed)), 0).jammings;
    if (jamming?.source === source && jamming.habit === habit)
      return { seed, start: jamming.startSeconds, silent: jamming.silentSeconds, end: jamming.endSeconds };
  }
  throw new Error("no such seed among five hundred");
}

function play(seed: string, source: string, from: number, until: number): { at: number; bytes: Uint8Array }[] {
  const list: { at: number; bytes: Uint8Array }[] = [];
  for (const item of createScenario(testOptions(seed)).play(TEST_START + from * 1e6)) {
    if (item.at > TEST_START + until * 1e6) break;
    if (item.kind === "bytes" && item.source === source) list.push({ at: item.at, bytes: item.bytes });
  }
  return list;
}

describe("a jammed receiver", () => {
  it("falls silent and comes back", () => {
    const { seed, silent, end } = seedWith("r-2", "silent");
    expect(play(seed, "r-2", silent - 20, silent).length).toBeGreaterThan(50);
    expect(play(seed, "r-2", silent + 1, end - 1)).toEqual([]);
    expect(play(seed, "r-2", end + 2, end + 20).length).toBeGreaterThan(200);
    expect(play(seed, "r-1", silent + 1, silent + 20).length).toBeGreaterThan(200);
  });

  it("sends garbage that holds no message", () => {
    const { seed, silent, end } = seedWith("r-1", "garbage");
    const items = play(seed, "r-1", silent + 1, end - 1);
    expect(items.length).toBeGreaterThan(100);
    const decoder = new ModeSDecoder();
    const framer = new BeastFramer();
    const report = new AircraftReport();
    let faults = 0;
    let decoded = 0;
    const sink = {
      fault: () => {
        faults += 1;
      },
      frame: (frame: Readonly<{ bytes: Uint8Array; start: number; length: number }>) => {
        if (decoder.decode(frame.bytes, frame.start, frame.length, TEST_START, report) === "decoded") decoded += 1;
      },
    };
    for (const { bytes } of items) framer.push(bytes, sink);
    expect(faults).toBeGreaterThan(0);
    expect(decoded).toBeLessThan(2);
  });

  it("stands where aircraft lose satellite navigation first, and say so", () => {
    const { seed, start, end } = seedWith("r-2", "silent");
    const lowest = (from: number, until: number): number => {
      const decoder = new ModeSDecoder();
      const framer = new BeastFramer();
      const report = new AircraftReport();
      let least = 11;
      const sink = {
        fault: () => undefined,
        frame: (frame: Readonly<{ bytes: Uint8Array; start: number; length: number }>) => {
          if (decoder.decode(frame.bytes, frame.start, frame.length, TEST_START, report) !== "decoded") return;
          if (report.positionAccuracyCategory >= 0) least = Math.min(least, report.positionAccuracyCategory);
        },
      };
      for (const { bytes } of play(seed, "r-1", from, until)) framer.push(bytes, sink);
      return least;
    };
    expect(lowest(start - 60, start - 1)).toBeGreaterThanOrEqual(8);
    expect(lowest(start + 10, end)).toBeLessThanOrEqual(7);
  });
});

describe("a dead station", () => {
  it("sends nothing after its death, not even a sign of life, and is back in the next episode", () => {
    const seed = "death-1";
    const episode = planEpisode(setStage(testOptions(seed)), 0);
    const { station, seconds } = episode.sound.death!;
    expect(play(seed, station, seconds - 30, seconds).length).toBeGreaterThanOrEqual(2);
    expect(play(seed, station, seconds + 3, seconds + 120)).toEqual([]);
    expect(play(seed, station, 1800, 1830).length).toBeGreaterThanOrEqual(2);
  });
});
