/** Median and 95th percentile of a set of numbers, and how many there were; absent where there were none. */
export interface ErrorSummary {
  readonly count: number;
  readonly median?: number;
  readonly percentile95?: number;
}

/** Summary by the nearest-rank method. */
export function summarizeErrors(values: readonly number[]): ErrorSummary {
  if (values.length === 0) return { count: 0 };
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
  return { count: sorted.length, median: at(0.5), percentile95: at(0.95) };
}

/** `part` of `whole`; 1 where there is no whole. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
