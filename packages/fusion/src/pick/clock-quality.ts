/** What a recorder says of its clock → how far its times may be off. */

/** What waveform records carry; all of it may be absent. */
export interface ClockStatement {
  /** Percent, by the recorder's own scale. */
  readonly timingQuality?: number;
  readonly isLocked?: boolean;
  readonly isQuestionable?: boolean;
}

const LOCKED_MICROSECONDS = 500;
const UNSTATED_MICROSECONDS = 5_000;
const QUESTIONABLE_MICROSECONDS = 250_000;

/**
 * One-sigma error of the clock, microseconds. A questionable time is worth a quarter of a second; a quality in percent goes from a locked
 * clock's half millisecond at 100 to a tenth of a second at 0 by equal ratios; a recorder that says nothing gets five milliseconds.
 * The scale of the percentage is each maker's own: an order of magnitude is all that can be had from it.
 */
export function clockErrorOf({ timingQuality, isLocked, isQuestionable }: ClockStatement): number {
  if (isQuestionable === true) return QUESTIONABLE_MICROSECONDS;
  if (timingQuality !== undefined) {
    const part = Math.min(100, Math.max(0, timingQuality)) / 100;
    return Math.round(LOCKED_MICROSECONDS * 200 ** (1 - part));
  }
  return isLocked === true ? LOCKED_MICROSECONDS : UNSTATED_MICROSECONDS;
}
