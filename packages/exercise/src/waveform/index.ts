export { type Microphone, Recorder, type RecorderOptions } from "./recorder.ts";
export { pressureOf, REFERENCE_PRESSURE, type Wave } from "./wave.ts";
