import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../testing/runs.ts";
import { formatStatementTime, parseStatementTime } from "./instant.ts";

const digits = (most: number, width: number) =>
  fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(width, "0"));

test("a time is what the platform's own calendar makes of it, and none where that has none", () => {
  const parts = fc.tuple(digits(9999, 4), digits(13, 2), digits(32, 2), digits(25, 2), digits(61, 2), digits(61, 2));
  fc.assert(
    fc.property(parts, digits(999_999, 6), ([year, month, day, hour, minute, second], micros) => {
      const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
      const milliseconds = Date.parse(`${text}Z`);
      const exists = !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
      const parsed = parseStatementTime(`${text}.${micros}Z`);
      if (!exists) expect([text, parsed.ok]).toEqual([text, false]);
      else expect(parsed).toEqual(safe(milliseconds * 1000 + Number(micros)));
    }),
    { numRuns: runs(2000) },
  );
});

/** Times too far off to be told to the microsecond are refused. */
function safe(instant: number) {
  return Number.isSafeInteger(instant) ? { ok: true, value: instant } : expect.objectContaining({ ok: false });
}

test("there and back", () => {
  const instants = fc.integer({ min: -8_000_000_000_000_000, max: 8_000_000_000_000_000 });
  fc.assert(
    fc.property(instants, (instant) => {
      expect(parseStatementTime(formatStatementTime(instant))).toEqual({ ok: true, value: instant });
    }),
  );
});
