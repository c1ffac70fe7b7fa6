/** Waiting outside of a test's body, where the runner's own polling is not to be had. */
import { setTimeout as pause } from "node:timers/promises";

const PERIOD_MILLISECONDS = 100;

/** Resolves once the condition holds; rejects, naming it, after so many seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 120): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await pause(PERIOD_MILLISECONDS);
  }
}
