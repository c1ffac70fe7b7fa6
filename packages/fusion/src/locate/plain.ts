/** Numbers as JSON can carry them: NaN becomes null. */

export function plainNumbers(numbers: Iterable<number>): (number | null)[] {
  return Array.from(numbers, (value) => (Number.isNaN(value) ? null : value));
}

export function realNumbers(saved: readonly (number | null)[]): number[] {
  return saved.map((value) => value ?? Number.NaN);
}
