/**
 * Memory of the centre after an hour of exercise at 60x: resident megabytes of its process, in which the exercise's driver runs too.
 * The long form, ten wall minutes with a limit on the growth, is in test/live-run.test.ts. The reference is a Node that does nothing.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type MemorySample, runExerciseFor } from "../test/support/exercise-run.ts";
import { residentBytesOf } from "../test/support/process-usage.ts";

const SPEED = 60;
/** Lines of the result, evenly over the hour. */
const STEPS = 6;

/** Undefined where the system does not tell what a process holds. */
export async function run(hours = 1) {
  if (residentBytesOf(process.pid) === undefined) return undefined;
  const root = mkdtempSync(join(tmpdir(), "openjmc-bench-"));
  try {
    const { code, said, samples } = await runExerciseFor(join(root, "centre"), hours, SPEED);
    if (code !== 0) throw new Error(`ended with ${code}: ${said}`);
    return {
      name: `memory of the centre over ${hours} h of exercise at ${SPEED}x`,
      headline: `${Math.round(sampleAt(samples, hours).megabytes)} MB after ${hours} h`,
      unit: "resident megabytes",
      after: Math.round(sampleAt(samples, hours).megabytes),
      most: Math.round(Math.max(...samples.map((sample) => sample.megabytes))),
      along: Array.from({ length: STEPS }, (_, step) => toldAt(samples, ((step + 1) * hours) / STEPS)),
      reference: `a Node that does nothing: ${await idleMegabytes()} MB`,
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The last samples are of a centre that is closing: what it held at an hour is asked for by the hour. */
function sampleAt(samples: readonly MemorySample[], hours: number): MemorySample {
  return samples.findLast((one) => one.hours <= hours) ?? samples[0]!;
}

function toldAt(samples: readonly MemorySample[], hours: number): string {
  return `${Math.round(hours * 60)} min: ${Math.round(sampleAt(samples, hours).megabytes)} MB`;
}

async function idleMegabytes(): Promise<number> {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => 0, 60000)"], { stdio: "ignore" });
  await pause(500);
  const bytes = residentBytesOf(child.pid!) ?? Number.NaN;
  child.kill();
  return Math.round(bytes / 2 ** 20);
}

if (import.meta.main) console.log(JSON.stringify(await run(), undefined, 1));
