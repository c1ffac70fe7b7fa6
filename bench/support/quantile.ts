/** The value below which the given share of the values lies (nearest rank); NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** A number with one digit behind the point, as results are told. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
