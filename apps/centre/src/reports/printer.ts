/** Sets reports as PDF in a thread of their own, one after the other, and keeps the last ones: the same input is set once. */
import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import { bad, type Fault, type Instant, type Result } from "@openjmc/model";
import type { TypstReport } from "@openjmc/report";

export interface PrintJob {
  readonly id: number;
  readonly report: TypstReport;
  readonly at: Instant;
}

export interface PrintAnswer {
  readonly id: number;
  readonly pdf: Result<Uint8Array>;
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
  const thread = new PrintThread();
  const kept = new Map<string, Promise<Result<Uint8Array>>>();
  return async (report, at) => {
    const key = keyOf(report, at);
    const known = kept.get(key);
    if (!known && thread.waiting >= MOST_WAITING) return bad(TOO_MANY);
    const pdf = known ?? thread.print(report, at);
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

class PrintThread {
  readonly #pending = new Map<number, (pdf: Result<Uint8Array>) => void>();
  #worker: Worker | undefined;
  #lastId = 0;

  get waiting(): number {
    return this.#pending.size;
  }

  print(report: TypstReport, at: Instant): Promise<Result<Uint8Array>> {
    const id = ++this.#lastId;
    this.#worker ??= this.#begin();
    this.#worker.ref();
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#worker!.postMessage({ id, report, at } satisfies PrintJob);
    });
  }

  #begin(): Worker {
    const worker = new Worker(new URL("./print-thread.ts", import.meta.url), { name: "print" });
    worker.on("message", ({ id, pdf }: PrintAnswer) => {
      this.#pending.get(id)?.(pdf);
      this.#pending.delete(id);
      if (this.#pending.size === 0) worker.unref();
    });
    // The next report begins a new thread; those that waited for this one are told.
    worker.on("error", (error) => this.#lose(worker, String(error)));
    worker.on("exit", (code) => this.#lose(worker, `the thread ended with ${code}`));
    return worker;
  }

  #lose(worker: Worker, cause: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const answer of this.#pending.values()) answer(bad({ code: "report.pdf", what: "PDF", cause }));
    this.#pending.clear();
  }
}
