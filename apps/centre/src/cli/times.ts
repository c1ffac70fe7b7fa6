/** Times as a command line gives them: an instant (RFC 3339), or a day, which begins at midnight where the mission is. */
import { startOfDay } from "@openjmc/agreement";
import { FaultError, type Instant, parseInstant } from "@openjmc/model";

const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * @param field the flag that gave it
 * @param timeZone of the mission, from the tz database; asked for where a day is given
 * @throws FaultError `time.malformed`
 */
export function readTime(text: string, field: string, timeZone: () => string): Instant {
  const isDay = DAY.test(text);
  const parsed = parseInstant(isDay ? `${text}T00:00:00Z` : text);
  if (parsed.ok) return isDay ? startOfDay(text, timeZone()) : parsed.value;
  throw new FaultError({
    code: "time.malformed",
    what: "command line",
    where: { field },
    expected: "a day as 2021-03-01, which begins where the mission is, or an instant as 2021-03-01T06:00:00Z",
    got: text,
  });
}
