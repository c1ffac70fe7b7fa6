/** A load made some seconds before it is due, in a thread of its own: a sender that makes what it sends would send it late. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { LonLat } from "@openjmc/model";
import type { LoadPiece, LoadSize } from "./air-load.ts";

const SECONDS_AHEAD = 4;

export interface LoadOrder {
  readonly place: LonLat;
  readonly size: LoadSize;
  /** µs since 1970 of the load's first second, by the centre's clock. */
  readonly startsAt: number;
  /** Seconds. */
  readonly count: number;
}

/** The seconds of a load; the first of them are made before this resolves. */
export async function loadAhead(order: LoadOrder): Promise<AsyncIterable<readonly LoadPiece[]>> {
  const worker = new Worker(new URL("./air-load-thread.ts", import.meta.url), { workerData: order });
  const made: (readonly LoadPiece[] | undefined)[] = [];
  let failure: Error | undefined;
  worker.on("error", (error) => {
    failure = error as Error;
  });
  worker.on("message", (pieces: readonly LoadPiece[] | undefined) => made.push(pieces));
  for (let ahead = 0; ahead < SECONDS_AHEAD; ahead++) worker.postMessage("next");
  while (made.length < Math.min(SECONDS_AHEAD, order.count)) await once(worker, "message");
  return (async function* () {
    for (;;) {
      // What fails while somebody waits rejects the wait; what fails between is told here.
      while (made.length === 0) {
        if (failure) throw failure;
        await once(worker, "message");
      }
      const pieces = made.shift();
      if (pieces === undefined) break;
      worker.postMessage("next");
      yield pieces;
    }
    await worker.terminate();
  })();
}
