/** The memory of an exercise centre while it works: resident bytes of its process, looked at again and again. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { residentBytesOf } from "./process-usage.ts";

const JMC = join(import.meta.dirname, "../../apps/centre/src/cli/jmc.ts");

export interface MemorySample {
  /** Hours of the scenario since the start. */
  readonly hours: number;
  readonly megabytes: number;
}

export interface ExerciseRun {
  /** Exit code and everything said on standard error. */
  readonly code: number | null;
  readonly said: string;
  readonly samples: readonly MemorySample[];
}

/** Runs `jmc exercise` for so many hours of its scenario, without a console, and looks at it every wall second. */
export async function runExerciseFor(data: string, hours: number, speed: number): Promise<ExerciseRun> {
  const flags = [
    "exercise",
    "--data",
    data,
    "--headless",
    "--until-truth",
    `${hours * 3600}s`,
    "--speed",
    String(speed),
  ];
  const child = spawn(process.execPath, [JMC, ...flags], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (part: Buffer) => {
    said += part.toString();
  });
  const began = performance.now();
  const samples: MemorySample[] = [];
  const look = setInterval(() => {
    const bytes = residentBytesOf(child.pid!);
    if (bytes !== undefined)
      samples.push({ hours: ((performance.now() - began) / 3_600_000) * speed, megabytes: bytes / 2 ** 20 });
  }, 1000);
  const [code] = (await once(child, "close")) as [number | null];
  clearInterval(look);
  // What comes after the hour asked for is a centre that is closing.
  return { code, said, samples: samples.filter((one) => one.hours <= hours) };
}

/** Megabytes an hour of the scenario by which memory grew over the second half of the samples: least squares. */
export function growthOf(samples: readonly MemorySample[]): number {
  const later = samples.slice(Math.floor(samples.length / 2));
  const mean = (pick: (sample: MemorySample) => number) =>
    later.reduce((sum, one) => sum + pick(one), 0) / later.length;
  const [hours, megabytes] = [mean((one) => one.hours), mean((one) => one.megabytes)];
  const along = later.reduce((sum, one) => sum + (one.hours - hours) * (one.megabytes - megabytes), 0);
  return along / later.reduce((sum, one) => sum + (one.hours - hours) ** 2, 0);
}
