import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ScenarioItem } from "@openjmc/exercise";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Conductor } from "./conductor.ts";
import { pacedClock } from "./paced-clock.ts";
import { until } from "./testing/sinks.ts";
import { TruthFile } from "./truth-file.ts";
import type { Wire } from "./wires/wire.ts";

const START = 1_900_000_000_000_000;
const SECOND = 1_000_000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "conductor-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A message a second, for ever. */
function* everySecond(from: number): Generator<ScenarioItem> {
  for (let at = from; ; at += SECOND) yield { kind: "bytes", at, source: "s", bytes: new Uint8Array([1]) };
}

it("holds up the clock for a link that is full, and no message is due meanwhile", async () => {
  const header = { type: "scenario", at: START, version: 1, seed: "1", mission: "m", startsAt: START } as const;
  const truth = TruthFile.open(folder, { ...header, episodeSeconds: 1800 });
  let isFull = false;
  let taken = 0;
  const wire: Wire = {
    put: () => {
      taken += 1;
    },
    flush: () => undefined,
    isFull: () => isFull,
    count: () => ({ isConnected: true, messages: taken, bytes: taken, lostMessages: 0, lostBytes: 0 }),
    stop: async () => undefined,
  };
  const conductor = new Conductor({ play: everySecond, truth, onAct: () => undefined });
  conductor.setWire("s", wire);
  conductor.prime(START);
  const clock = pacedClock(START, 60);
  clock.start();
  conductor.run(clock.line());
  await until("thirty messages", () => taken >= 30);
  isFull = true;
  await new Promise((resolve) => setTimeout(resolve, 150));
  const held = clock.now();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(clock.now()).toBe(held);
  const before = taken;
  isFull = false;
  await until("twenty more", () => taken >= before + 20);
  expect(taken).toBeLessThanOrEqual(Math.floor((clock.now() - START) / SECOND) + 1);
  clock.stop();
  conductor.stop();
  truth.close();
});
