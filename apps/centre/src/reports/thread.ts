/** A thread that does one job after the other: begun with the first, not kept alive by having nothing to do, begun anew when lost. */
import { Worker, type WorkerOptions } from "node:worker_threads";

export interface ThreadOptions<Answer> {
  readonly file: URL;
  readonly name: string;
  /** What those who waited are told when the thread is lost. */
  readonly lost: (cause: string) => Answer;
  readonly worker?: Pick<WorkerOptions, "resourceLimits" | "workerData">;
}

export class Thread<Job extends object, Answer> {
  readonly #options: ThreadOptions<Answer>;
  readonly #pending = new Map<number, (answer: Answer) => void>();
  #worker: Worker | undefined;
  #lastId = 0;
  /** How many threads there have been: what one was told, the next has not heard. */
  generation = 0;

  constructor(options: ThreadOptions<Answer>) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#pending.size;
  }

  /** Begins the thread unless it is there, so that `generation` is that of the one which is asked next. */
  begin(): void {
    this.#worker ??= this.#begin();
  }

  ask(job: Job): Promise<Answer> {
    const id = ++this.#lastId;
    this.begin();
    this.#worker!.ref();
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#worker!.postMessage({ id, job });
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    this.#lose(worker, "the centre is closing");
    await worker.terminate();
  }

  #begin(): Worker {
    const { file, name, worker: more } = this.#options;
    const worker = new Worker(file, { name, ...more });
    this.generation += 1;
    worker.on("message", ({ id, answer }: { readonly id: number; readonly answer: Answer }) => {
      this.#pending.get(id)?.(answer);
      this.#pending.delete(id);
      if (this.#pending.size === 0) worker.unref();
    });
    // The next job begins a new thread; those that waited for this one are told.
    worker.on("error", (error) => this.#lose(worker, String(error)));
    worker.on("exit", (code) => this.#lose(worker, `the thread ended with ${code}`));
    return worker;
  }

  #lose(worker: Worker, cause: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const answer of this.#pending.values()) answer(this.#options.lost(cause));
    this.#pending.clear();
  }
}
