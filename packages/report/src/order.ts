/** In which order sides stand: it alternates by the calendar, so that neither is always first. */

const DAY_MILLISECONDS = 86_400_000;

/** The codes as the mission lists them on even days (counted from 1970), the other way round on odd ones. */
export function orderOn(date: string, codes: readonly string[]): readonly string[] {
  const day = Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MILLISECONDS);
  return day % 2 === 0 ? codes : codes.toReversed();
}

/** Compares by that order; what is in no order stands last, by name. */
export function byOrder(order: readonly string[]): (a: string | undefined, b: string | undefined) => number {
  const placeOf = (code: string | undefined): number => {
    const place = order.indexOf(code ?? "");
    return place < 0 ? order.length : place;
  };
  return (a, b) => placeOf(a) - placeOf(b) || ((a ?? "") < (b ?? "") ? -1 : (a ?? "") > (b ?? "") ? 1 : 0);
}
