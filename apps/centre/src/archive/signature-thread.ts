/**
 * One thread that checks signatures, and the batches it has been asked for and not yet answered. Answers lie at a port of its
 * own, where they can be looked for at any time: who replays without a pause would never be told of them otherwise, and would
 * take the thread to be busy while it has long been idle.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { SignatureQuestion } from "@openjmc/record";
import { publicKeyOf } from "../primitives.ts";
import { packQuestions, ToldKeys } from "./signature-batch.ts";

interface OpenBatch {
  readonly count: number;
  readonly resolve: (answers: readonly boolean[]) => void;
  readonly reject: (error: Error) => void;
}

export class SignatureThread {
  readonly #port: MessagePort;
  readonly #worker: Worker;
  readonly #told = new ToldKeys();
  #open: OpenBatch[] = [];

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const workerData = { port: port2 };
    this.#worker = new Worker(new URL("./signature-worker.ts", import.meta.url), { workerData, transferList: [port2] });
    this.#port.on("message", (bad: readonly number[]) => this.#answered(bad));
    this.#worker.on("error", (error: Error) => this.#failed(error));
    // Only while it is asked does it keep the process alive.
    this.#port.unref();
    this.#worker.unref();
  }

  /** Batches that are under way. */
  get load(): number {
    for (let come = this.#next(); come; come = this.#next()) this.#answered(come.message);
    return this.#open.length;
  }

  ask(questions: readonly SignatureQuestion[]): Promise<readonly boolean[]> {
    const batch = packQuestions(questions, publicKeyOf, this.#told);
    return new Promise((resolve, reject) => {
      if (this.#open.push({ count: questions.length, resolve, reject }) === 1) this.#worker.ref();
      this.#port.postMessage(batch, [batch.memory]);
    });
  }

  async close(): Promise<void> {
    this.#port.close();
    await this.#worker.terminate();
  }

  #next(): { readonly message: readonly number[] } | undefined {
    return this.#open.length > 0 ? receiveMessageOnPort(this.#port) : undefined;
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
