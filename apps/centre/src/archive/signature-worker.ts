/** A thread that answers batches of signature questions. It loads nothing else, so that it is at work at once. */
import { verify } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { LAYOUT_FIELDS, type SignatureBatch } from "./signature-batch.ts";

parentPort!.on("message", ({ keys, layout, bytes }: SignatureBatch) => {
  const answers: boolean[] = [];
  for (let field = 0, offset = 0; field < layout.length; field += LAYOUT_FIELDS) {
    const key = keys[layout[field]!];
    const between = offset + layout[field + 1]!;
    const end = between + layout[field + 2]!;
    answers.push(key !== undefined && verify(null, bytes.subarray(offset, between), key, bytes.subarray(between, end)));
    offset = end;
  }
  parentPort!.postMessage(answers);
});
