const DAY_SECONDS = 86_400;

/**
 * The instant (µs since 1970) that seconds since UTC midnight mean, given when they were received: the one nearest to
 * that, so that a report from before midnight that comes after it is not a day late.
 * @param period seconds after which the count starts again; 512 for ASTERIX's truncated time, default a day.
 */
export function instantOfDay(seconds: number, receivedAt: number, period = DAY_SECONDS): number {
  const received = receivedAt / 1e6;
  const midnight = DAY_SECONDS * Math.floor(received / DAY_SECONDS);
  if (period === DAY_SECONDS) {
    const away = midnight + seconds - received;
    const days = away > DAY_SECONDS / 2 ? -1 : away < -DAY_SECONDS / 2 ? 1 : 0;
    return Math.round((midnight + days * DAY_SECONDS + seconds) * 1e6);
  }
  let nearest = Number.POSITIVE_INFINITY;
  for (let day = midnight - DAY_SECONDS; day <= midnight + DAY_SECONDS; day += DAY_SECONDS) {
    // A truncated count starts again at midnight, in the middle of a period.
    const last = Math.max(Math.floor((DAY_SECONDS - 1 - seconds) / period), 0);
    const wanted = Math.round((received - day - seconds) / period);
    const candidate = day + seconds + period * Math.min(Math.max(wanted, 0), last);
    if (Math.abs(candidate - received) < Math.abs(nearest - received)) nearest = candidate;
  }
  return Math.round(nearest * 1e6);
}
