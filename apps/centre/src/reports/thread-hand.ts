/** A thread that does jobs. Its heap is what `resourceLimits` allow; what lies outside it, as buffers do, they do not count. */
import { Worker, type WorkerOptions } from "node:worker_threads";
import type { Hand, Heard } from "./job-line.ts";

export const threadHand =
  (file: URL, options: WorkerOptions) =>
  <Answer>(heard: Heard<Answer>): Hand => {
    const worker = new Worker(file, options);
    worker.on("message", (message) => heard.answer(message));
    worker.on("error", (error: NodeJS.ErrnoException) =>
      heard.lost(String(error), error.code === "ERR_WORKER_OUT_OF_MEMORY"),
    );
    worker.on("exit", (code) => heard.lost(`the thread ended with ${code}`, false));
    return {
      post: (message) => worker.postMessage(message),
      ref: () => worker.ref(),
      unref: () => worker.unref(),
      end: async () => void (await worker.terminate()),
    };
  };
