/**
 * What an alert asks of whoever watches, in the states of ANSI/ISA-18.2 (IEC 62682), and what keeps one quiet for a while. The
 * alarm is a rule's about one source or in one zone; each alert is one time that it went off.
 */
import type { AlertRow, EntryMark } from "./case.ts";
import { type Instant, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_MINUTE } from "./instant.ts";

/** `normal`: nothing is asked of anybody any more. `suppressed`: by design, as another alarm tells the same already. */
export const ALARM_STATES = [
  ...["unacknowledged", "acknowledged", "returned-unacknowledged", "normal"],
  ...["shelved", "suppressed", "out-of-service"],
] as const;
export type AlarmState =
  | "unacknowledged"
  | "acknowledged"
  | "returned-unacknowledged"
  | "normal"
  | "shelved"
  | "suppressed"
  | "out-of-service";

/** The most urgent first: an alert's severity is its alarm's priority. */
export const ALARM_PRIORITIES = ["urgent", "warning", "caution", "information"] as const;

export const ALARM_HOLD_MODES = ["shelved", "out-of-service"] as const;
export type AlarmHoldMode = (typeof ALARM_HOLD_MODES)[number];

export const ALARM_HOLD_CAUSES = ["chattering", "known-fault", "maintenance", "weather", "told-otherwise"] as const;
export type AlarmHoldCause = (typeof ALARM_HOLD_CAUSES)[number];

/** Body of `alarm.held` (session, joint): both components keep an alarm quiet. Subject: ULID of the hold. */
export interface AlarmHeldBody {
  readonly mode: AlarmHoldMode;
  readonly rule: string;
  /** The source whose alarm it is. One of this and `zone` is needed. */
  readonly source?: string;
  readonly zone?: string;
  readonly cause: AlarmHoldCause;
  readonly reason: string;
  /** RFC 3339; what is shelved comes back by itself. Of what is out of service there is none. */
  readonly until?: string;
  /** RFC 3339; after it the proposal lapses, and nothing is held. */
  readonly deadline: string;
}

/** Body of `alarm.restored` (session): either component alone may bring an alarm back. Subject: the hold. */
export interface AlarmRestoredBody {
  readonly reason: string;
}

/** View row `holds`. It holds nothing before both have signed. */
export interface AlarmHoldRow {
  readonly id: string;
  readonly revision: number;
  readonly statement: string;
  readonly body: AlarmHeldBody;
  readonly until?: Instant;
  readonly deadline: Instant;
  readonly state: "proposed" | "joint" | "split" | "one-sided" | "withdrawn" | "restored";
  readonly proposed: EntryMark;
  readonly countersigned?: EntryMark;
  readonly dissent?: { readonly text: string; readonly language: string; readonly mark: EntryMark };
  readonly restored?: { readonly reason: string; readonly mark: EntryMark };
}

/** What of a mission decides on alarms. */
export interface AlarmSetting {
  readonly rules: readonly { readonly id: string; readonly suppressedBy?: readonly string[] }[];
  readonly components: readonly { readonly code: string }[];
  readonly alarms?: { readonly shelveMostHours?: number; readonly floodPerTenMinutes?: number };
}

/** Where the mission says nothing: a watch. */
export const SHELVE_MOST_HOURS = 8;
/** Where the mission says nothing: more than ten in ten minutes are a flood (EEMUA 191, ISA-18.2). */
export const FLOOD_PER_TEN_MINUTES = 10;
/** What has stood for longer is stale. */
export const STALE_AFTER = 24 * MICROSECONDS_PER_HOUR;
const TEN_MINUTES = 10 * MICROSECONDS_PER_MINUTE;
const MOST_LISTED = 20;

/** Whether a hold keeps its alarm quiet now. */
export function holdStands({ state, until, countersigned }: AlarmHoldRow, now: Instant): boolean {
  return state === "joint" && countersigned !== undefined && (until === undefined || now < until);
}

/** Whether an alert is one of the alarm that a hold speaks of. */
export function isHeldBy({ rule, subject, zone }: AlertRow, { body }: AlarmHoldRow): boolean {
  return (
    body.rule === rule &&
    (body.source === undefined || (subject.kind === "source" && subject.id === body.source)) &&
    (body.zone === undefined || zone === body.zone)
  );
}

/** Alarms as they stand at an instant. */
export interface AlarmContext {
  readonly holds: readonly AlarmHoldRow[];
  /** Alerts that are still going on, by rule and subject. */
  readonly standing: ReadonlySet<string>;
  readonly setting: AlarmSetting;
  /** Whose acknowledgement is looked for; all components' where none is named. */
  readonly component?: string;
  readonly now: Instant;
}

const aboutOf = (rule: string, { kind, id }: AlertRow["subject"]): string => `${rule} ${kind} ${id}`;

/** Nobody has closed it, and what it tells of goes on. */
const isGoingOn = ({ state, endedAt }: AlertRow): boolean => endedAt === undefined && state !== "dismissed";

/** What states are worked out from: make it once for many alerts. */
export function alarmContext(
  alerts: Iterable<AlertRow>,
  holds: Iterable<AlarmHoldRow>,
  rest: Omit<AlarmContext, "holds" | "standing">,
): AlarmContext {
  const standing = new Set<string>();
  for (const alert of alerts) if (isGoingOn(alert)) standing.add(aboutOf(alert.rule, alert.subject));
  return { ...rest, standing, holds: [...holds].filter((hold) => holdStands(hold, rest.now)) };
}

/** The state of one alert. What an incident decides or both have dismissed asks nothing of the watch any more. */
export function alarmStateOf(alert: AlertRow, context: AlarmContext): AlarmState {
  if (alert.state === "dismissed" || (alert.state === "in-incident" && alert.endedAt !== undefined)) return "normal";
  const holds = context.holds.filter((hold) => isHeldBy(alert, hold));
  if (holds.some(({ body }) => body.mode === "out-of-service")) return "out-of-service";
  if (holds.length > 0) return "shelved";
  const isAnswered = alert.state === "in-incident" || isAcknowledged(alert, context);
  if (alert.endedAt !== undefined) return isAnswered ? "normal" : "returned-unacknowledged";
  if (isSuppressed(alert, context)) return "suppressed";
  return isAnswered ? "acknowledged" : "unacknowledged";
}

function isAcknowledged({ acknowledged }: AlertRow, { component, setting }: AlarmContext): boolean {
  const wanted = component === undefined ? setting.components.map(({ code }) => code) : [component];
  return wanted.every((code) => acknowledged.some((mark) => mark.component === code));
}

function isSuppressed({ rule, subject }: AlertRow, { setting, standing }: AlarmContext): boolean {
  const by = setting.rules.find(({ id }) => id === rule)?.suppressedBy ?? [];
  return by.some((other) => standing.has(aboutOf(other, subject)));
}

/** One alarm of the list of those that have stood the longest. */
export interface StandingAlarm {
  readonly alert: string;
  readonly rule: string;
  readonly severity: string;
  readonly state: AlarmState;
  readonly since: Instant;
  readonly isStale: boolean;
}

/** `GET /api/v1/alarms`. */
export interface AlarmFigures {
  readonly at: Instant;
  /** Alerts by state; those of `normal` are not counted. */
  readonly states: Readonly<Partial<Record<AlarmState, number>>>;
  /** Of those that nobody or not everybody has acknowledged, by priority. */
  readonly unacknowledged: Readonly<Record<string, number>>;
  readonly flood: {
    /** Alerts raised in the last ten minutes; those held or suppressed ask nothing of anybody and are not in it. */
    readonly number: number;
    readonly most: number;
    readonly isFlood: boolean;
    /** The worst ten minutes of the last day. */
    readonly worst: { readonly number: number; readonly from: Instant } | undefined;
    /** Mean per ten minutes over the last day. */
    readonly mean: number;
  };
  readonly standing: readonly StandingAlarm[];
  readonly holds: readonly AlarmHoldRow[];
}

/** How the alarms of a centre stand. Alerts of whatever age; the same figures for everybody who asks at the same instant. */
export function alarmFigures(
  alerts: readonly AlertRow[],
  holds: readonly AlarmHoldRow[],
  setting: AlarmSetting,
  now: Instant,
): AlarmFigures {
  const context = alarmContext(alerts, holds, { setting, now });
  const states: Partial<Record<AlarmState, number>> = {};
  const unacknowledged: Record<string, number> = {};
  const standing: StandingAlarm[] = [];
  const asking: Instant[] = [];
  for (const alert of alerts) {
    const state = alarmStateOf(alert, context);
    if (alert.raisedAt <= now && alert.raisedAt > now - STALE_AFTER && !isQuiet(state)) asking.push(alert.raisedAt);
    if (state === "normal") continue;
    states[state] = (states[state] ?? 0) + 1;
    if (state === "unacknowledged" || state === "returned-unacknowledged")
      unacknowledged[alert.severity] = (unacknowledged[alert.severity] ?? 0) + 1;
    if (alert.endedAt === undefined) standing.push(standingOf(alert, state, now));
  }
  standing.sort((one, other) => one.since - other.since || (one.alert < other.alert ? -1 : 1));
  return {
    ...{ at: now, states, unacknowledged, standing: standing.slice(0, MOST_LISTED) },
    flood: floodOf(asking, setting.alarms?.floodPerTenMinutes ?? FLOOD_PER_TEN_MINUTES, now),
    holds: holds.filter((hold) => hold.state === "proposed" || holdStands(hold, now)),
  };
}

const isQuiet = (state: AlarmState): boolean =>
  state === "shelved" || state === "suppressed" || state === "out-of-service";

function standingOf({ id, rule, severity, raisedAt }: AlertRow, state: AlarmState, now: Instant): StandingAlarm {
  return { alert: id, rule, severity, state, since: raisedAt, isStale: now - raisedAt > STALE_AFTER };
}

function floodOf(times: readonly Instant[], most: number, now: Instant): AlarmFigures["flood"] {
  const sorted = times.toSorted((one, other) => one - other);
  const number = sorted.filter((at) => at > now - TEN_MINUTES).length;
  let worst: AlarmFigures["flood"]["worst"];
  let first = 0;
  for (const [index, at] of sorted.entries()) {
    while (at - sorted[first]! >= TEN_MINUTES) first += 1;
    const within = index - first + 1;
    if (within > (worst?.number ?? 0)) worst = { number: within, from: sorted[first]! };
  }
  return { number, most, isFlood: number > most, worst, mean: (sorted.length * TEN_MINUTES) / STALE_AFTER };
}
