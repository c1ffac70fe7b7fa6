/** Waiting for the end of a command that goes on until it is told to stop. */
import { say } from "./terminal.ts";

/**
 * Resolves once the process is told to stop, and says at once that it has heard: what is being done may take a while to finish.
 * Told again it goes on stopping: a stroke of Ctrl-C comes from the terminal and once more from whatever passes signals on, and
 * the second must not cut the first one's work short.
 */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let isTold = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (!isTold) say("stopping …");
      isTold = true;
      resolve(signal);
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  });
}
