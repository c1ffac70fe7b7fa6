/** Looks into files and texts in threads of their own, one job at a time each, with a limit of time and memory. */
import { Worker } from "node:worker_threads";
import { type Fault, FaultError } from "@openjmc/model";
import { LARGEST_FILE_BYTES, MEMORY_MEBIBYTES, MOST_MILLISECONDS } from "./extract/limits.ts";
import type { ReaderAnswer, ReaderData, ReaderJob, ReaderRequest, ReaderResults } from "./reader-protocol.ts";

const THREADS = 2;
/** Files that may wait; more are refused, so that senders cannot pile up memory. */
const MOST_WAITING = 256;

interface Waiting {
  readonly job: ReaderJob;
  readonly resolve: (result: never) => void;
  readonly reject: (error: FaultError) => void;
}

export interface ReaderOptions {
  readonly data: () => ReaderData;
  /** For one job; half a minute unless said. */
  readonly milliseconds?: number;
}

export class Reader {
  readonly #options: ReaderOptions;
  readonly #waiting: Waiting[] = [];
  readonly #threads: ReaderThread[] = [];
  #isClosed = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** Errors: the file's own (`text.*`), `text.too-slow`, `text.too-heavy`, `rate.limited`. */
  run<Name extends ReaderJob["job"]>(job: ReaderJob & { readonly job: Name }): Promise<ReaderResults[Name]> {
    if (this.#isClosed) return Promise.reject(new FaultError({ code: "text.unreadable", what: "closing centre" }));
    if (this.#waiting.length >= MOST_WAITING) return Promise.reject(new FaultError(TOO_MANY));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve: resolve as Waiting["resolve"], reject });
      this.#next();
    });
  }

  /** Another mission looks for other names: threads begin anew when they have nothing to do. */
  renew(): void {
    for (const thread of this.#threads.splice(0)) thread.retire();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.splice(0))
      reject(new FaultError({ code: "text.unreadable", what: "closing centre" }));
    await Promise.all(this.#threads.splice(0).map((thread) => thread.end()));
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    let free = this.#threads.find((thread) => !thread.isBusy);
    if (free === undefined && this.#threads.length < THREADS) {
      free = new ReaderThread(this.#options.data(), this.#options.milliseconds ?? MOST_MILLISECONDS);
      this.#threads.push(free);
    }
    if (free === undefined) return;
    const thread = free;
    void thread.run(this.#waiting.shift()!).then(() => {
      if (thread.isLost) this.#threads.splice(this.#threads.indexOf(thread) >>> 0, 1);
      this.#next();
    });
  }
}

const TOO_MANY: Fault = {
  code: "rate.limited",
  what: "file",
  expected: `at most ${MOST_WAITING} files waiting to be read; send it again`,
};

class ReaderThread {
  readonly #worker: Worker;
  readonly #milliseconds: number;
  #lastId = 0;
  #settle: ((answer: ReaderAnswer) => void) | undefined;
  #isRetired = false;
  isLost = false;

  constructor(workerData: ReaderData, milliseconds: number) {
    this.#milliseconds = milliseconds;
    this.#worker = new Worker(new URL("./reader-thread.ts", import.meta.url), {
      workerData,
      name: "reader",
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEBIBYTES, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    });
    this.#worker.unref();
    this.#worker.on("message", (answer: ReaderAnswer) => {
      if (answer.id === this.#lastId) this.#settle?.(answer);
    });
    this.#worker.on("error", (error) => this.#lose(TOO_HEAVY, String(error)));
    this.#worker.on("exit", () => this.#lose(TOO_HEAVY, "the thread ended"));
  }

  get isBusy(): boolean {
    return this.#settle !== undefined;
  }

  /** Resolves when the job is answered, one way or the other. */
  async run({ job, resolve, reject }: Waiting): Promise<void> {
    const id = ++this.#lastId;
    const answer = await new Promise<ReaderAnswer>((settle) => {
      this.#settle = settle;
      this.#worker.ref();
      const timer = setTimeout(() => this.#lose(TOO_SLOW, `${this.#milliseconds} ms`), this.#milliseconds);
      this.#settle = (one) => {
        clearTimeout(timer);
        settle(one);
      };
      this.#worker.postMessage({ id, job } satisfies ReaderRequest);
    });
    this.#settle = undefined;
    this.#worker.unref();
    if (this.#isRetired) await this.end();
    if (answer.fault) reject(new FaultError(answer.fault));
    else resolve(answer.result as never);
  }

  #lose(fault: Fault, cause: string): void {
    if (this.isLost) return;
    this.isLost = true;
    this.#settle?.({ id: this.#lastId, fault: { ...fault, cause: cause.slice(0, 200) } });
    void this.#worker.terminate();
  }

  retire(): void {
    this.#isRetired = true;
    if (!this.isBusy) void this.end();
  }

  async end(): Promise<void> {
    this.#lose({ code: "text.unreadable", what: "closing centre" }, "closing");
    await this.#worker.terminate();
  }
}

const TOO_SLOW: Fault = { code: "text.too-slow", what: "file", expected: "one that is read within half a minute" };
const TOO_HEAVY: Fault = {
  code: "text.too-heavy",
  what: "file",
  expected: `one of at most ${LARGEST_FILE_BYTES} bytes that is read within ${MEMORY_MEBIBYTES} MiB`,
};
