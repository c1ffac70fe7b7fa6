import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObservedExercise, TruthRecord } from "@openjmc/exercise";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runExerciseScore } from "./score-command.ts";

const START = 1_700_000_000_000_000;
const at = (seconds: number): number => START + seconds * 1e6;
const nothing: ObservedExercise = { tracks: [], events: [], alerts: [] };

let folder: string;
let printed: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "score-"));
  printed = "";
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Ten minutes with one event that five stations heard. */
function writeTruth(): void {
  const records: TruthRecord[] = [
    { type: "scenario", at: START, version: 1, seed: "9", mission: "m", startsAt: START, episodeSeconds: 1800 },
    { type: "progress", at: START, resumed: true, speed: 60 },
    {
      type: "fire",
      at: at(160),
      event: "fire-1",
      class: "mortar-120",
      observation: "shot",
      occurredAt: at(100),
      lon: 10,
      lat: 45,
      rounds: [{ at: at(100), heardBy: ["a", "b", "c", "d", "e"] }],
      zones: [],
    },
    { type: "lost-bytes", at: at(200), source: "r", messages: 3, bytes: 60 },
    { type: "progress", at: at(600) },
  ];
  mkdirSync(join(folder, "exercise"));
  writeFileSync(
    join(folder, "exercise", "truth.jsonl"),
    records.map((record) => `${JSON.stringify(record)}\n`).join(""),
  );
}

function run(observed: ObservedExercise, json: boolean): Promise<0 | 1> {
  const stdout = (text: string): void => {
    printed += text;
  };
  return runExerciseScore({ data: folder, json, stdout, read: async () => observed });
}

describe("the score command", () => {
  it("answers 0 where every threshold is reached, and says so in words", async () => {
    writeTruth();
    const event = { id: "e", originTime: at(100), lon: 10.001, lat: 45, count: 1 };
    expect(await run({ ...nothing, events: [event] }, false)).toBe(0);
    expect(printed).toMatch(/seed 9, speed 60/);
    expect(printed).toMatch(/events {2}found 1 of 1, missed 0, false 0 of 1/);
    expect(printed).toMatch(/3 messages lost/);
    expect(printed.trimEnd().endsWith("\npassed")).toBe(true);
  });

  it("answers 1 below, naming what failed, in one JSON object", async () => {
    writeTruth();
    expect(await run(nothing, true)).toBe(1);
    const score = JSON.parse(printed) as {
      passed: boolean;
      failures: { what: string }[];
      events: { missed: string[] };
    };
    expect(score.passed).toBe(false);
    expect(score.failures.map((failure) => failure.what)).toEqual(["events-found"]);
    expect(score.events.missed).toEqual(["fire-1"]);
  });

  it("says where it looked when there is no truth", async () => {
    await expect(run(nothing, true)).rejects.toMatchObject({ fault: { code: "exercise.no-truth" } });
  });
});
