/** Waiting for the end of a command that goes on until it is told to stop. */

/**
 * Resolves once the process is told to stop. Told again it goes on stopping: a stroke of Ctrl-C comes from the terminal and once
 * more from whatever passes signals on, and the second must not cut the first one's work short.
 */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve(signal));
  });
}
