/** Sets reports as PDF in a thread of their own, one after the other, and keeps the last ones: the same input is set once. */
import { createHash } from "node:crypto";
import { bad, type Fault, type Instant, type Result } from "@openjmc/model";
import type { TypstReport } from "@openjmc/report";
import { Thread } from "./thread.ts";

export interface PrintJob {
  readonly report: TypstReport;
  readonly at: Instant;
}

export type Printer = (report: TypstReport, at: Instant) => Promise<Result<Uint8Array>>;

/** Reports kept as they were set. */
const KEPT = 16;
/** Reports that may wait to be set; more are refused, so that askers cannot pile up work. */
const MOST_WAITING = 16;

const TOO_MANY: Fault = {
  code: "rate.limited",
  what: "PDF",
  expected: `at most ${MOST_WAITING} reports waiting to be set; ask again`,
};

/**
 * Makes a printer. `at` becomes the document's date. Its thread begins with the first report and does not keep the process alive
 * while it has nothing to do. Errors: `report.pdf`, `rate.limited`.
 */
export function createPrinter(): Printer {
  const thread = new Thread<PrintJob, Result<Uint8Array>>({
    ...{ file: new URL("./print-thread.ts", import.meta.url), name: "print" },
    lost: (cause) => bad({ code: "report.pdf", what: "PDF", cause }),
  });
  const kept = new Map<string, Promise<Result<Uint8Array>>>();
  return async (report, at) => {
    const key = keyOf(report, at);
    const known = kept.get(key);
    if (!known && thread.waiting >= MOST_WAITING) return bad(TOO_MANY);
    const pdf = known ?? thread.ask({ report, at });
    kept.delete(key);
    kept.set(key, pdf);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    const result = await pdf;
    if (!result.ok) kept.delete(key);
    return result;
  };
}

function keyOf({ source, inputs }: TypstReport, at: Instant): string {
  return createHash("sha256")
    .update(JSON.stringify([source, inputs, at]))
    .digest("hex");
}
