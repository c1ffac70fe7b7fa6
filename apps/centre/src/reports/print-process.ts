/** The process that sets reports: Typst is native code, whose memory no thread's limit holds, and whose end would be the centre's. */
import { createPdfCompiler } from "@openjmc/report";
import { readFonts } from "./fonts.ts";
import type { PrintJob } from "./printer.ts";

const compile = createPdfCompiler(readFonts());

process.on("message", ({ id, job }: { readonly id: number; readonly job: PrintJob }) => {
  // Whoever asked may be gone meanwhile; then this process ends with its channel.
  process.send!({ id, answer: compile(job.report, job.at) }, undefined, undefined, () => undefined);
});
// A terminal's interrupt is meant for the centre, which may still want what is being set.
process.on("SIGINT", () => undefined);
