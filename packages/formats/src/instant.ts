const DAY = 86_400_000_000;

/** Days from 1970-01-01 to a day of the Gregorian calendar; undefined where there is no such day. */
export function daysFromCivil(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return undefined;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function monthLength(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** µs since 1970 of a UTC calendar time; undefined where there is no such time. Leap seconds have none. */
export function instantFromCivil(time: CivilTime): number | undefined {
  const days = daysFromCivil(time.year, time.month, time.day);
  if (days === undefined || time.hour > 23 || time.minute > 59 || time.second > 59) return undefined;
  return days * DAY + ((time.hour * 60 + time.minute) * 60 + time.second) * 1_000_000 + time.microsecond;
}

/** The UTC calendar time of µs since 1970. */
export function civilFromInstant(instant: number): CivilTime {
  const days = Math.floor(instant / DAY);
  const within = instant - days * DAY;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const seconds = Math.floor(within / 1_000_000);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    microsecond: within - seconds * 1_000_000,
  };
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\.(\d{6})Z$/;

/** Reads RFC 3339 with exactly six fractional digits and Z; undefined for anything else. */
export function parseInstant(text: string): number | undefined {
  const parts = RFC3339.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second, microsecond] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return instantFromCivil({ year, month, day, hour, minute, second, microsecond });
}

/** Writes µs since 1970 as RFC 3339 with six fractional digits and Z. Years 0..9999. */
export function formatInstant(instant: number): string {
  const time = civilFromInstant(instant);
  const date = `${pad(time.year, 4)}-${pad(time.month, 2)}-${pad(time.day, 2)}`;
  return `${date}T${pad(time.hour, 2)}:${pad(time.minute, 2)}:${pad(time.second, 2)}.${pad(time.microsecond, 6)}Z`;
}

export function pad(value: number, length: number): string {
  return value.toString().padStart(length, "0");
}
