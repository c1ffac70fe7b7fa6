/** How often a property is tried in a fuzz test: briefly by default, long where OPENJMC_TORTURE=1. */
export function fuzzRuns(brief: number): { numRuns: number; interruptAfterTimeLimit?: number } {
  if (process.env.OPENJMC_TORTURE !== "1") return { numRuns: brief };
  return { numRuns: 1_000_000_000, interruptAfterTimeLimit: 60_000 };
}

/** Time a fuzz test may take, ms. */
export const FUZZ_TIMEOUT = 120_000;
