/**
 * Checks signatures on threads beside the one that asks, a batch at a time: each calls Node's synchronous verification, which
 * costs little more than the arithmetic, where a promise for every signature costs a good part of it again. There is one thread
 * for each core but the asker's own; while all of them have enough to do, the asker checks a batch itself.
 * GAP: one thread replays a record, which takes about a fifth as long as its signatures: beyond some five cores it is what a
 * verification waits for. Closed by reading and checking the form of entries on these threads too, bundle by bundle.
 */
import { availableParallelism } from "node:os";
import type { SignatureQuestion, VerifyMany } from "@openjmc/record";
import { isGoodSignature, verifyMany } from "../primitives.ts";
import { SignatureThread } from "./signature-thread.ts";

const BATCH = 128;
/** Batches that a thread has before it; with these it is busy while the asker is. */
const ENOUGH = 3;
/** Records with fewer signatures are done before threads would have started. */
const WORTH_THREADS = 2_000;

export class SignatureThreads {
  readonly #count: number;
  #threads: readonly SignatureThread[] = [];
  #asked = 0;

  constructor(count = Math.max(1, availableParallelism() - 1)) {
    this.#count = count;
  }

  readonly verifyMany: VerifyMany = async (questions) => {
    this.#asked += questions.length;
    if (this.#asked < WORTH_THREADS) return verifyMany(questions);
    if (this.#threads.length === 0) this.#threads = Array.from({ length: this.#count }, () => new SignatureThread());
    const batches: (readonly boolean[] | Promise<readonly boolean[]>)[] = [];
    for (let from = 0; from < questions.length; from += BATCH)
      batches.push(this.#answer(questions.slice(from, from + BATCH)));
    return (await Promise.all(batches)).flat();
  };

  /** Ends the threads. What is still asked then is never answered. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
    this.#threads = [];
  }

  #answer(batch: readonly SignatureQuestion[]): readonly boolean[] | Promise<readonly boolean[]> {
    const thread = this.#threads.reduce((best, one) => (one.load < best.load ? one : best));
    return thread.load < ENOUGH ? thread.ask(batch) : batch.map((question) => isGoodSignature(question));
  }
}
