/** Times in statements: RFC 3339 in UTC with exactly six fractional digits; inside, integer microseconds since 1970. */
import { attempt, type Result, refuse, shown } from "../fault.ts";

const FORM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$/;

export function formatStatementTime(instant: number): string {
  const milliseconds = Math.floor(instant / 1000);
  const rest = String(instant - milliseconds * 1000).padStart(3, "0");
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`;
}

/** The inverse; nothing else is accepted. Errors: `statement.time`. */
export function parseStatementTime(text: unknown, field = "at"): Result<number> {
  return attempt(() => {
    const fits = typeof text === "string" && FORM.test(text);
    const date = new Date(fits ? `${text.slice(0, 23)}Z` : Number.NaN);
    const instant = fits ? date.getTime() * 1000 + Number(text.slice(23, 26)) : Number.NaN;
    // A day or an hour that there is not would be taken for one of the day after.
    if (!fits || !Number.isSafeInteger(instant) || date.getUTCDate() !== Number(text.slice(8, 10))) {
      refuse("statement.time", "time", {
        where: { field },
        expected: "RFC 3339 in UTC with six fractional digits",
        got: shown(text),
      });
    }
    return instant;
  });
}
