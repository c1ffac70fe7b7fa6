/** Sounds that arrays heard hundreds of kilometres away, by bearings and times. */
export { associateLongRange, type LongRangeEvent } from "./associate.ts";
export { CELERITY, type LongRangeDetection, type LongRangeSolution, solveLongRange } from "./solve.ts";
export { type LongRangeChange, type LongRangeSnapshot, LongRangeWatch } from "./watch.ts";
