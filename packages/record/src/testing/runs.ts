/** How often a property is tried: as often as a test says, and thirty times that under torture. Not part of the door. */
import fc from "fast-check";

const TORTURE = process.env.OPENJMC_TORTURE === "1";

export function runs(usual: number): number {
  return TORTURE ? usual * 30 : usual;
}

fc.configureGlobal({ numRuns: runs(100) });
