/** Sets reports as PDF in a process of their own, one after the other, and keeps the last ones: the same input is set once. */
import { createHash } from "node:crypto";
import { bad, type Fault, type Instant, type Result } from "@openjmc/model";
import type { TypstReport } from "@openjmc/report";
import { JobLine } from "./job-line.ts";
import { limitedProcessHand } from "./limited-process-hand.ts";

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

/** A year's report with 2,000 rows takes some 1,400, of which 650 are what V8 sets aside before anything is done. */
const MOST_MEGABYTES = 2_048;
/** What has been set once is soon wanted again in another language; after that the memory is. */
const REST_MILLISECONDS = 120_000;

/**
 * Makes a printer. `at` becomes the document's date. Its process begins with the first report, does not keep this one alive while it has
 * nothing to do, and may take `mostMegabytes`. Errors: `report.pdf`, `report.too-large`, `rate.limited`.
 */
export function createPrinter(mostMegabytes = MOST_MEGABYTES): Printer {
  const line = new JobLine<PrintJob, Result<Uint8Array>>({
    begin: limitedProcessHand(new URL("./print-process.ts", import.meta.url), mostMegabytes),
    lost: (cause, isOfMemory) =>
      isOfMemory
        ? bad({ code: "report.too-large", what: "PDF", expected: `${mostMegabytes} MB are enough`, cause })
        : bad({ code: "report.pdf", what: "PDF", cause }),
    restMilliseconds: REST_MILLISECONDS,
  });
  const kept = new Map<string, Promise<Result<Uint8Array>>>();
  return async (report, at) => {
    const key = keyOf(report, at);
    const known = kept.get(key);
    if (!known && line.waiting >= MOST_WAITING) return bad(TOO_MANY);
    const pdf = known ?? line.ask({ report, at });
    kept.delete(key);
    kept.set(key, pdf);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    // Only what was made is kept: what failed, however it did, is tried again.
    const forget = (): void => void (kept.get(key) === pdf && kept.delete(key));
    pdf.then((result) => result.ok || forget(), forget);
    return pdf;
  };
}

function keyOf({ source, inputs }: TypstReport, at: Instant): string {
  return createHash("sha256")
    .update(JSON.stringify([source, inputs, at]))
    .digest("hex");
}
