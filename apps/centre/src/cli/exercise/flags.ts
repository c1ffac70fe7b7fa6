/** Flags of `jmc exercise`, and what their texts mean. */
import { FaultError, type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { readTime } from "../times.ts";

export interface ExerciseFlags {
  readonly data: string;
  readonly port: string;
  readonly speed: string;
  readonly seed?: string;
  readonly mission?: string;
  readonly headless?: boolean;
  readonly untilEntries?: string;
  readonly untilTruth?: string;
  /** Of a month. */
  readonly days?: string;
  readonly suspicions?: string;
  readonly json?: boolean;
}

/** How many times as fast as the wall, 1 to 60. Error: `speed.malformed`. */
export function speedOf(text: string): number {
  const speed = Number(text.replace(/[x×]$/, ""));
  if (speed >= 1 && speed <= 60) return speed;
  throw new FaultError({
    code: "speed.malformed",
    what: "command line",
    where: { field: "--speed" },
    expected: "a factor from 1 to 60",
    got: text,
  });
}

/** Error: `count.malformed`. */
export function countOf(text: string, field = "--until-entries"): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new FaultError({
    code: "count.malformed",
    what: "command line",
    where: { field },
    expected: "a whole number above 0",
    got: text,
  });
}

/** Seconds of scenario ("1800"), minutes or hours ("30m", "2h"), an instant, or a day where the mission is. Error: `time.malformed`. */
export function truthEndOf(text: string, startsAt: Instant, timeZone: string): Instant {
  const span = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text);
  if (span)
    return (
      startsAt +
      Number(span[1]) * { s: 1, m: 60, h: 3600 }[(span[2] ?? "s") as "s" | "m" | "h"] * MICROSECONDS_PER_SECOND
    );
  return readTime(text, "--until-truth", () => timeZone);
}
