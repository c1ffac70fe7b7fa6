const DAY_SECONDS = 86_400;

/**
 * The instant (µs since 1970) that seconds since UTC midnight mean, given when they were received: the one nearest to
 * that, so that a report from before midnight that comes after it is not a day late.
 * @param period seconds after which the count starts again; 512 for ASTERIX's truncated time, default a day.
 */
export function instantOfDay(seconds: number, receivedAt: number, period = DAY_SECONDS): number {
  const received = receivedAt / 1e6;
  const midnight = DAY_SECONDS * Math.floor(received / DAY_SECONDS);
  let nearest = Number.POSITIVE_INFINITY;
  for (const day of [midnight - DAY_SECONDS, midnight, midnight + DAY_SECONDS]) {
    // A truncated count starts again at midnight, in the middle of a period.
    const repeats = Math.floor((DAY_SECONDS - 1 - seconds) / period);
    const wanted = Math.round((received - day - seconds) / period);
    const candidate = day + seconds + period * Math.min(Math.max(wanted, 0), Math.max(repeats, 0));
    if (Math.abs(candidate - received) < Math.abs(nearest - received)) nearest = candidate;
  }
  return Math.round(nearest * 1e6);
}
