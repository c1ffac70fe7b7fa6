/** Waiting for the rush of starting to be over. */
const CALM_MILLISECONDS = 8;
const MOST_CALM_WAITS = 60;

/** Waits until a short timer comes back in time: the rush of starting is over, and the first frames will not wait in line. */
export async function untilCalm(): Promise<void> {
  for (let calm = 0, waits = 0; calm < 4 && waits < MOST_CALM_WAITS; waits++) {
    const before = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    calm = performance.now() - before - 20 < CALM_MILLISECONDS ? calm + 1 : 0;
  }
}
