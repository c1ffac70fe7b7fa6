export * from "./batch.ts";
export { SignedBatchFramer, type SignedBatchSink } from "./batch-framer.ts";
export { type BatchOrder, BatchSequence } from "./batch-order.ts";
export * from "./minute-tap.ts";
