export { BeastFramer } from "./beast-framer.ts";
export { type BeastFrameFields, encodeBeast } from "./encode-beast.ts";
