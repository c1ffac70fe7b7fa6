/** The mapping of a range of numbers onto whole numbers of some octets. Source: MISB ST 1201.5, IMAPB, clause 7. */
export interface FloatMapping {
  readonly low: number;
  readonly forward: number;
  readonly back: number;
  readonly zeroOffset: number;
  /** Largest whole number that is a value; above it stand infinities and not-a-numbers. */
  readonly highest: number;
}

/** @param octets 1 to 6, so that every whole number is exact. */
export function floatMapping(low: number, high: number, octets: number): FloatMapping {
  const dataPower = 8 * octets - 1;
  const power = dataPower - Math.ceil(Math.log2(high - low));
  const forward = 2 ** power;
  const zeroOffset = low < 0 && high > 0 ? forward * low - Math.floor(forward * low) : 0;
  return { low, forward, back: 2 ** -power, zeroOffset, highest: 2 ** dataPower };
}

/** NaN for the special values. */
export function mapBack(mapping: FloatMapping, value: number): number {
  if (value > mapping.highest) return Number.NaN;
  return mapping.back * (value - mapping.zeroOffset) + mapping.low;
}

/** The whole number that stands for a value, held in range. */
export function mapForward(mapping: FloatMapping, value: number): number {
  const wanted = Math.floor(mapping.forward * (value - mapping.low) + mapping.zeroOffset);
  return Math.min(Math.max(wanted, 0), mapping.highest);
}
