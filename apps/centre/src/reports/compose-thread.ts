/**
 * The thread that composes reports: a year's rows are read, released, counted and written down here, under a limit of memory, and
 * nothing else of the centre waits for that. It reads the views by a connection of its own and writes nothing.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Result } from "@openjmc/model";
import { openStoreForReading, type StoreOptions } from "../store/index.ts";
import { makeFinal } from "./final-reporter.ts";
import { type Made, type MissionOfReports, makeReport, type ReporterOptions } from "./reporter.ts";
import type { ComposeJob } from "./threaded-reporter.ts";

const store = await openStoreForReading(workerData as StoreOptions);
let mission: MissionOfReports | undefined;

/** One after the other: two years at once would need the memory of two. */
let last: Promise<void> = Promise.resolve();

parentPort!.on("message", ({ id, job }: { readonly id: number; readonly job: ComposeJob }) => {
  last = last.then(() => answer(id, job));
});

async function answer(id: number, job: ComposeJob): Promise<void> {
  mission = job.mission ?? mission;
  const made = await make(job, { mission: () => mission!, store, now: () => job.now, record: () => job.record });
  const isBytes = made.ok && "bytes" in made.value;
  parentPort!.postMessage({ id, answer: made }, isBytes ? [made.value.bytes.buffer as ArrayBuffer] : []);
}

const make = ({ asked }: ComposeJob, options: ReporterOptions): Promise<Result<Made>> =>
  "matter" in asked ? makeFinal(options, asked.request, asked.matter) : makeReport(options, asked.request);
