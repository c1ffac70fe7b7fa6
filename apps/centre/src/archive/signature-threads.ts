/**
 * Checks signatures on threads of its own, a batch at a time: each thread calls Node's synchronous verification, which costs
 * little more than the arithmetic, where a promise for every signature costs a good part of it again.
 */
import { availableParallelism } from "node:os";
import type { VerifyMany } from "@openjmc/record";
import { verifyMany } from "../primitives.ts";
import { SignatureThread } from "./signature-thread.ts";

const BATCH = 256;
/** Records with fewer signatures are done before threads would have started. */
const WORTH_THREADS = 2_000;

export class SignatureThreads {
  readonly #count: number;
  #threads: readonly SignatureThread[] = [];
  #asked = 0;

  constructor(count = availableParallelism()) {
    this.#count = count;
  }

  readonly verifyMany: VerifyMany = async (questions) => {
    this.#asked += questions.length;
    if (this.#asked < WORTH_THREADS) return verifyMany(questions);
    if (this.#threads.length === 0) this.#threads = Array.from({ length: this.#count }, () => new SignatureThread());
    const batches: Promise<readonly boolean[]>[] = [];
    for (let from = 0; from < questions.length; from += BATCH)
      batches.push(this.#leastLoaded().ask(questions.slice(from, from + BATCH)));
    return (await Promise.all(batches)).flat();
  };

  /** Ends the threads. What is still asked then is never answered. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
    this.#threads = [];
  }

  #leastLoaded(): SignatureThread {
    return this.#threads.reduce((best, thread) => (thread.load < best.load ? thread : best));
  }
}
