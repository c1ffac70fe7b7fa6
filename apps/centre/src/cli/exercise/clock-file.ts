/** How far an exercise has come, kept so that the next start goes on there. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "@openjmc/model";
import type { ScenarioClock } from "../../clock.ts";

export function readClock(folder: string): Instant | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, "clock.json"), "utf8")) as { instant: Instant }).instant;
  } catch {
    return undefined;
  }
}

export function writeClock(folder: string, clock: ScenarioClock): void {
  writeFileSync(join(folder, "clock.json"), `${JSON.stringify({ instant: clock.now() })}\n`);
}
