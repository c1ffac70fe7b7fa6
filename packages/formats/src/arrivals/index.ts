export * from "./arrival-message.ts";
export { decodeArrival } from "./decode-arrival.ts";
export { encodeArrival } from "./encode-arrival.ts";
