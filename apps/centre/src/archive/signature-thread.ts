/** One thread that checks signatures, and the batches it has been asked for and not yet answered. */
import { Worker } from "node:worker_threads";
import type { SignatureQuestion } from "@openjmc/record";
import { publicKeyOf } from "../primitives.ts";
import { packQuestions } from "./signature-batch.ts";

interface OpenBatch {
  readonly count: number;
  readonly resolve: (answers: readonly boolean[]) => void;
  readonly reject: (error: Error) => void;
}

export class SignatureThread {
  readonly #worker = new Worker(new URL("./signature-worker.ts", import.meta.url));
  #open: OpenBatch[] = [];

  constructor() {
    this.#worker.on("message", (bad: readonly number[]) => this.#answered(bad));
    this.#worker.on("error", (error: Error) => this.#failed(error));
    // Only while it is asked does it keep the process alive.
    this.#worker.unref();
  }

  /** Batches that are under way. */
  get load(): number {
    return this.#open.length;
  }

  ask(questions: readonly SignatureQuestion[]): Promise<readonly boolean[]> {
    const batch = packQuestions(questions, publicKeyOf);
    return new Promise((resolve, reject) => {
      if (this.#open.push({ count: questions.length, resolve, reject }) === 1) this.#worker.ref();
      this.#worker.postMessage(batch, [batch.bytes.buffer, batch.layout.buffer]);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Answers come in the order of the questions. */
  #answered(bad: readonly number[]): void {
    const { count, resolve } = this.#open.shift()!;
    const answers = new Array<boolean>(count).fill(true);
    for (const place of bad) answers[place] = false;
    resolve(answers);
    if (this.#open.length === 0) this.#worker.unref();
  }

  #failed(error: Error): void {
    for (const { reject } of this.#open) reject(error);
    this.#open = [];
  }
}
