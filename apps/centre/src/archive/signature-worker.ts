/** A thread that answers batches of signature questions with the places of the bad ones. It loads little, so that it is at work at once. */
import { type KeyObject, verify } from "node:crypto";
import { type MessagePort, workerData } from "node:worker_threads";
import { LAYOUT_FIELDS, partsOf, type SignatureBatch } from "./signature-batch.ts";

const { port } = workerData as { readonly port: MessagePort };
const keys: (KeyObject | undefined)[] = [];

port.on("message", ({ count, newKeys, forget, memory }: SignatureBatch) => {
  if (forget) keys.length = 0;
  keys.push(...newKeys);
  const { layout, bytes } = partsOf(memory, count);
  const bad: number[] = [];
  for (let field = 0, offset = 0; field < layout.length; field += LAYOUT_FIELDS) {
    const key = keys[layout[field]!];
    const between = offset + layout[field + 1]!;
    const end = between + layout[field + 2]!;
    const isGood =
      key !== undefined && verify(null, bytes.subarray(offset, between), key, bytes.subarray(between, end));
    if (!isGood) bad.push(field / LAYOUT_FIELDS);
    offset = end;
  }
  port.postMessage(bad);
});
