/** Which days of the agreement are so near that somebody must be told, by the mission's rules. */
import type { AlertRule, Instant } from "@openjmc/model";
import type { AgreementDay } from "./calendar.ts";
import { addDays, type Day, startOfDay } from "./local-time.ts";
import type { Agreement } from "./obligation.ts";

/** One thing to tell of: all readings of one day of one text together. */
export interface DayAhead {
  /** Same rule, day and time before it, same key. */
  readonly key: string;
  readonly rule: string;
  readonly severity: AlertRule["severity"];
  readonly kind: AgreementDay["kind"];
  /** Provision, instrument or source. */
  readonly about: string;
  readonly provision?: string;
  readonly amendment?: string;
  /** Earliest and latest day by the readings. */
  readonly day: Day;
  readonly latest: Day;
  readonly readings: number;
  readonly daysBefore: number;
  /** From when it was to be told. */
  readonly from: Instant;
}

type DayRule = Pick<AlertRule, "id" | "kind" | "severity" | "daysBefore" | "provision">;

/**
 * What is to be told at an instant: of each day that is still to come, or not over, the shortest time before it that has been
 * reached. A day of what is done already, under its text, is told of no more.
 */
export function daysAhead(
  days: readonly AgreementDay[],
  rules: readonly DayRule[],
  agreement: Pick<Agreement, "obligation">,
  timeZone: string,
  now: Instant,
): DayAhead[] {
  const groups = Map.groupBy(days, ({ kind, provision, instrument, source, amendment }) =>
    [kind, source ?? provision ?? instrument, amendment ?? "text"].join("/"),
  );
  return rules.flatMap((rule) =>
    [...groups].flatMap(([name, group]) => {
      if (rule.kind !== "deadline" || (rule.provision !== undefined && rule.provision !== group[0]!.provision))
        return [];
      const told = tell(rule, name, group, timeZone, now);
      return told && !isDone(told, agreement, now) ? [told] : [];
    }),
  );
}

function tell(
  rule: DayRule,
  name: string,
  group: readonly AgreementDay[],
  timeZone: string,
  now: Instant,
): DayAhead | undefined {
  const begins = (day: Day, of: AgreementDay): Instant => startOfDay(day, of.timeZone ?? timeZone);
  const inOrder = [...group].sort((left, right) => begins(left.day, left) - begins(right.day, right));
  const [first, last] = [inOrder[0]!, inOrder.at(-1)!];
  if (now >= begins(addDays(last.day, 1), last)) return undefined;
  const reached = (rule.daysBefore ?? []).filter((before) => now >= begins(addDays(first.day, -before), first));
  if (reached.length === 0) return undefined;
  const daysBefore = Math.min(...reached);
  const { kind, provision, amendment } = first;
  return {
    key: [rule.id, name, first.day, daysBefore].join("|"),
    ...{ rule: rule.id, severity: rule.severity, kind, about: first.source ?? provision ?? first.instrument },
    ...(provision === undefined ? {} : { provision }),
    ...(amendment === undefined ? {} : { amendment }),
    ...{ day: first.day, latest: last.day, readings: group.length, daysBefore },
    from: begins(addDays(first.day, -daysBefore), first),
  };
}

const OPEN: ReadonlySet<string> = new Set([
  "not-yet-due",
  "due",
  "overdue",
  "declared-not-verified",
  "unmonitored",
  "disputed",
]);

function isDone(
  { kind, provision, amendment }: DayAhead,
  agreement: Pick<Agreement, "obligation">,
  now: Instant,
): boolean {
  if (kind !== "deadline" || provision === undefined) return false;
  const variants = agreement.obligation(provision, now, now)?.variants ?? [];
  const variant = variants.find((one) => one.amendment?.id === amendment);
  // A change that is not known yet is nobody's yet.
  return variant === undefined ? amendment !== undefined : !variant.states.some((state) => OPEN.has(state));
}
