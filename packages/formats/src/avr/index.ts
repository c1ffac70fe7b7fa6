export { AvrFramer } from "./avr-framer.ts";
export { type AvrFrameFields, encodeAvr } from "./encode-avr.ts";
