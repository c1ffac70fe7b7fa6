/** Makes a load's seconds beside whoever sends them, one for each time it is asked. */
import { parentPort, workerData } from "node:worker_threads";
import { AirLoad } from "./air-load.ts";
import type { LoadOrder } from "./air-load-ahead.ts";

const { place, size, startsAt, count } = workerData as LoadOrder;
const seconds = new AirLoad(place, size, startsAt).seconds(count);
parentPort!.on("message", () => {
  const { value, done } = seconds.next();
  parentPort!.postMessage(done ? undefined : value);
  if (done) parentPort!.close();
});
