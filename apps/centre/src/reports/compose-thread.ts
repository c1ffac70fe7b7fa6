/**
 * The thread that composes reports: a year's rows are read, released, counted and written down here, under a limit of memory, and
 * nothing else of the centre waits for that. It reads the views by a connection of its own and writes nothing.
 */
import { parentPort, workerData } from "node:worker_threads";
import { openStoreForReading, type StoreOptions } from "../store/index.ts";
import { type MissionOfReports, makeReport } from "./reporter.ts";
import type { ComposeJob } from "./threaded-reporter.ts";

const store = await openStoreForReading(workerData as StoreOptions);
let mission: MissionOfReports | undefined;

/** One after the other: two years at once would need the memory of two. */
let last: Promise<void> = Promise.resolve();

parentPort!.on("message", ({ id, job }: { readonly id: number; readonly job: ComposeJob }) => {
  last = last.then(() => answer(id, job));
});

async function answer(id: number, { request, mission: told, now, record }: ComposeJob): Promise<void> {
  mission = told ?? mission;
  const made = await makeReport({ mission: () => mission!, store, now: () => now, record: () => record }, request);
  const isBytes = made.ok && "bytes" in made.value;
  parentPort!.postMessage({ id, answer: made }, isBytes ? [made.value.bytes.buffer as ArrayBuffer] : []);
}
