/** Overflights of watched zones: how many, and how long they stayed, those of which the centre was told apart from the others. */
import type { FlownRow } from "./air.ts";
import type { AlertRow } from "./case.ts";
import { type Instant, MICROSECONDS_PER_HOUR } from "./instant.ts";
import type { AlertRule } from "./mission.ts";

export interface OverflightLine {
  readonly zone: string;
  /** Told beforehand, and cleared where it needed it, and as told: all others have raised an alert. */
  readonly isNotified: boolean;
  readonly flights: number;
  readonly hours: number;
  /** What both numbers come to: each flight, with when its alert began or it was seen last, and its hours inside. */
  readonly each: readonly { readonly at: Instant; readonly hours: number }[];
}

/** What is asked: the alerts that stood and the flights that ended in a period, and the mission's rules. */
export interface OverflightInput {
  readonly alerts: readonly Pick<AlertRow, "rule" | "subject" | "zone" | "raisedAt" | "endedAt">[];
  readonly flown: readonly Pick<FlownRow, "zones" | "until" | "clearance">[];
  readonly rules: readonly Pick<AlertRule, "id" | "kind">[];
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * Lines by zone. An alert counts where any part of it lies in the period, with the hours of that part; one that is not over lasts
 * until the period's end. A notified flight counts in the period in which it was seen last, with the hours in which it kept to its
 * notice; the hours in which an alert stood for it are those of the alert.
 */
export function overflightsOf(input: OverflightInput): OverflightLine[] {
  const lines = new Map<string, { at: Instant; hours: number }[]>();
  const add = (zone: string, isNotified: boolean, one: { at: Instant; hours: number }): void => {
    const key = `${zone}|${isNotified ? "1" : "0"}`;
    const own = lines.get(key);
    if (own) own.push(one);
    else lines.set(key, [one]);
  };
  for (const [zone, at, hours] of intrusions(input)) add(zone, false, { at, hours });
  for (const { zones, until: at } of input.flown.filter((row) => row.until > input.from && row.until <= input.until))
    for (const { zone, seconds } of zones) if (seconds > 0) add(zone, true, { at, hours: seconds / 3600 });
  return [...lines.keys()].sort().map((key) => {
    const [zone, isNotified] = key.split("|") as [string, string];
    const each = lines.get(key)!.sort((one, other) => one.at - other.at);
    const hours = each.reduce((sum, one) => sum + one.hours, 0);
    return { zone, isNotified: isNotified === "1", flights: each.length, hours, each };
  });
}

function* intrusions({ alerts, rules, from, until }: OverflightInput): Generator<readonly [string, Instant, number]> {
  const asking = new Set(rules.filter((rule) => rule.kind === "no-fly-entry").map((rule) => rule.id));
  for (const { rule, subject, zone, raisedAt, endedAt } of alerts) {
    if (subject.kind !== "track" || zone === undefined || (asking.size > 0 && !asking.has(rule))) continue;
    const [begin, end] = [Math.max(raisedAt, from), Math.min(endedAt ?? until, until)];
    if (raisedAt > until || end < begin) continue;
    yield [zone, begin, (end - begin) / MICROSECONDS_PER_HOUR];
  }
}
