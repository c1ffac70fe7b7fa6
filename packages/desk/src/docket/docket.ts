/** The docket in numbers: outcomes by accuser and accused, ageing, and more complaints than usual. */
import {
  type AllegationOutcome,
  type AllegationRow,
  clocksOf,
  type DeskClocks,
  type DocketLine,
  type DocketSurge,
  type DocketView,
  type Instant,
  MICROSECONDS_PER_DAY,
  MICROSECONDS_PER_HOUR,
} from "@openjmc/model";
import { isOverdue } from "./clocks.ts";

const USUAL_DAYS = 14;
/** Three times the usual day and five more: one complaint where there was none is no surge. */
const SURGE_TIMES = 3;
const SURGE_MORE = 5;

/** Allegations of one side against another, each under every number of its line that it is counted in. */
export interface DocketMembers {
  readonly accuser: string;
  readonly accused: string | undefined;
  readonly counted: readonly AllegationRow[];
  readonly incomplete: readonly AllegationRow[];
  readonly open: readonly AllegationRow[];
  readonly overdue: readonly AllegationRow[];
  readonly outcomes: Readonly<Partial<Record<AllegationOutcome, readonly AllegationRow[]>>>;
}

/** The docket at an instant, from rows received by then, by the mission's clocks. */
export function docketOf(rows: readonly AllegationRow[], at: Instant, clocks: DeskClocks = clocksOf({})): DocketView {
  const known = rows.filter((row) => row.receivedAt <= at);
  return {
    at,
    lines: docketMembers(rows, at, clocks).map((members) => lineOf(members, at)),
    surges: surgesOf(known, at),
  };
}

/** The rows behind every number of the docket, line by line. */
export function docketMembers(
  rows: readonly AllegationRow[],
  at: Instant,
  clocks: DeskClocks = clocksOf({}),
): DocketMembers[] {
  const known = rows.filter((row) => row.receivedAt <= at);
  const sides = Map.groupBy(known, ({ body }) => JSON.stringify([body.accuser, body.accused ?? ""]));
  return [...sides.keys()].sort().map((key) => membersOf(sides.get(key)!, at, clocks));
}

function membersOf(rows: readonly AllegationRow[], at: Instant, clocks: DeskClocks): DocketMembers {
  const { accuser, accused } = rows[0]!.body;
  const counted = rows.filter((row) => row.state !== "incomplete" && row.outcome !== "duplicate");
  const open = counted.filter((row) => row.state !== "ended");
  const ended = Map.groupBy(
    rows.filter((row) => row.outcome !== undefined),
    (row) => row.outcome!,
  );
  return {
    ...{ accuser, accused, counted, open },
    incomplete: rows.filter((row) => row.state === "incomplete"),
    overdue: open.filter((row) => isOverdue(row, at, clocks)),
    outcomes: Object.fromEntries(ended),
  };
}

function lineOf({ counted, incomplete, open, overdue, outcomes, ...sides }: DocketMembers, at: Instant): DocketLine {
  const waits = counted
    .filter((row) => row.endedAt !== undefined)
    .map((row) => (row.endedAt! - sinceOf(row)) / MICROSECONDS_PER_HOUR)
    .sort((a, b) => a - b);
  return {
    ...sides,
    ...{ counted: counted.length, incomplete: incomplete.length, open: open.length, overdue: overdue.length },
    outcomes: Object.fromEntries(Object.entries(outcomes).map(([outcome, rows]) => [outcome, rows.length])),
    medianHours: waits.length === 0 ? undefined : (waits[(waits.length - 1) >> 1]! + waits[waits.length >> 1]!) / 2,
    oldestHours:
      open.length === 0 ? undefined : Math.max(...open.map((row) => (at - sinceOf(row)) / MICROSECONDS_PER_HOUR)),
  };
}

const sinceOf = (row: AllegationRow): Instant => row.completeAt ?? row.receivedAt;

/** Of each accuser: what came in the last day against the mean of the fortnight before it. */
function surgesOf(rows: readonly AllegationRow[], at: Instant): DocketSurge[] {
  const since = at - MICROSECONDS_PER_DAY;
  const before = since - USUAL_DAYS * MICROSECONDS_PER_DAY;
  return [...Map.groupBy(rows, (row) => row.body.accuser)]
    .map(([accuser, own]) => ({
      accuser,
      lastDay: own.filter((row) => row.receivedAt > since).length,
      usualDay: own.filter((row) => row.receivedAt > before && row.receivedAt <= since).length / USUAL_DAYS,
    }))
    .filter(({ lastDay, usualDay }) => lastDay >= SURGE_TIMES * usualDay + SURGE_MORE)
    .sort((a, b) => (a.accuser < b.accuser ? -1 : 1));
}
