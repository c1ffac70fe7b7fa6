/** The thread that sets reports: Typst takes a second or so, and nothing else of the centre may wait for that. */
import { parentPort } from "node:worker_threads";
import { createPdfCompiler } from "@openjmc/report";
import { readFonts } from "./fonts.ts";
import type { PrintJob } from "./printer.ts";

const compile = createPdfCompiler(readFonts());

parentPort!.on("message", ({ id, job }: { readonly id: number; readonly job: PrintJob }) => {
  parentPort!.postMessage({ id, answer: compile(job.report, job.at) });
});
