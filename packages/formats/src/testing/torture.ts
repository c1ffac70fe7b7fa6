/** In torture each property is tried for so long; OPENJMC_FUZZ_SECONDS sets another time, and sets one without torture too. */
const TORTURE_SECONDS = 60;

/** How often a property is tried in a fuzz test: so many times by default, or for a time. */
export function fuzzRuns(brief: number): { numRuns: number; interruptAfterTimeLimit?: number } {
  const { OPENJMC_FUZZ_SECONDS: stated, OPENJMC_TORTURE: torture } = process.env;
  const seconds = stated !== undefined ? Number(stated) : torture === "1" ? TORTURE_SECONDS : undefined;
  if (seconds === undefined) return { numRuns: brief };
  return { numRuns: 1_000_000_000, interruptAfterTimeLimit: seconds * 1000 };
}

/** Time a fuzz test may take, ms. */
export const FUZZ_TIMEOUT = 120_000;
