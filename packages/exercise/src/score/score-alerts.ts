import { distanceBetween } from "@openjmc/geo";
import type { Instant } from "@openjmc/model";
import { type ExerciseTruth, truthEnd, wasPlayed } from "../truth/truth.ts";
import type { AllegationRecord, ExpectedAlertRecord, ZoneStayRecord } from "../truth/truth-record.ts";
import type { ObservedAlert, ObservedEvent } from "./observed.ts";
import { isToldOf } from "./score-events.ts";

export interface AlertScore {
  readonly zone: {
    readonly expected: number;
    readonly raised: number;
    readonly missed: readonly string[];
    /** Alerts of no stay that broke a rule, and second alerts of one stay. */
    readonly false: readonly string[];
    /** Seconds of the exercise's clock from the entry to the alert. */
    readonly delaySeconds: readonly number[];
  };
  readonly ceasefire: {
    readonly raised: number;
    readonly false: readonly string[];
    /** Alerts about an event that another alert had told before: a barrage is one alert. */
    readonly repeated: readonly string[];
  };
  readonly sources: { readonly expected: number; readonly raised: number };
  /** Aircraft that are not there, and alerts that say so of one that is. */
  readonly ghosts: {
    readonly expected: number;
    readonly raised: number;
    readonly missed: readonly string[];
    readonly false: readonly string[];
  };
  /** Solutions that would seem to support a claim known to be false. */
  readonly falseAllegationsSupported: number;
}

/** Slack in the clocks of entry and alert, µs. */
const SLACK = 60_000_000;

/** Compares alerts with what truly called for one. */
export function scoreAlerts(
  truth: ExerciseTruth,
  alerts: readonly ObservedAlert[],
  events: readonly ObservedEvent[],
  aircraftOf: ReadonlyMap<string, string>,
  fireOf: ReadonlyMap<string, string>,
): AlertScore {
  return {
    zone: scoreZoneAlerts(truth, alerts, aircraftOf),
    ceasefire: scoreCeasefireAlerts(truth, alerts, events, fireOf),
    sources: scoreSourceAlerts(truth, alerts),
    ghosts: scoreGhostAlerts(truth, alerts, aircraftOf),
    falseAllegationsSupported: truth.allegations.filter((claim) => isSupported(claim, events)).length,
  };
}

function scoreZoneAlerts(
  truth: ExerciseTruth,
  alerts: readonly ObservedAlert[],
  aircraftOf: ReadonlyMap<string, string>,
): AlertScore["zone"] {
  const raised = alerts.filter((alert) => alert.ruleKind === "no-fly-entry" && isWithinTruth(truth, alert));
  const taken = new Map<ZoneStayRecord, ObservedAlert>();
  const falseAlerts: string[] = [];
  for (const alert of [...raised].sort((a, b) => a.raisedAt - b.raisedAt)) {
    const stay = truth.stays.find((candidate) => isAlertOf(alert, candidate, aircraftOf));
    if (stay && !stay.notified && !taken.has(stay)) taken.set(stay, alert);
    else if (stay || !isStayUnderWay(truth, alert, aircraftOf)) falseAlerts.push(alert.id);
  }
  const expected = dueAlerts(truth, "no-fly-entry");
  // An alert is due before its stay is told: until then whatever was raised about the intruder there will do.
  const isRaised = (alert: ExpectedAlertRecord): boolean =>
    [...taken.keys()].some((stay) => isStayOf(alert, stay)) ||
    (!truth.stays.some((stay) => isStayOf(alert, stay)) && raised.some((one) => isAbout(one, alert, aircraftOf)));
  return {
    expected: expected.length,
    raised: expected.filter(isRaised).length,
    missed: expected.filter((alert) => !isRaised(alert)).map((alert) => alert.subject),
    false: falseAlerts,
    delaySeconds: [...taken].map(([stay, alert]) => (alert.raisedAt - stay.enteredAt) / 1e6),
  };
}

function isAlertOf(alert: ObservedAlert, stay: ZoneStayRecord, aircraftOf: ReadonlyMap<string, string>): boolean {
  return (
    alert.subjectKind === "track" &&
    aircraftOf.get(alert.subjectId) === stay.aircraft &&
    alert.zone === stay.zone &&
    alert.raisedAt >= stay.enteredAt &&
    alert.raisedAt <= stay.leftAt + SLACK
  );
}

function isStayOf(alert: ExpectedAlertRecord, stay: ZoneStayRecord): boolean {
  return stay.aircraft === alert.subject && stay.enteredAt === alert.from;
}

function isAbout(
  alert: ObservedAlert,
  expected: ExpectedAlertRecord,
  aircraftOf: ReadonlyMap<string, string>,
): boolean {
  return (
    aircraftOf.get(alert.subjectId) === expected.subject &&
    alert.zone === expected.zone &&
    alert.raisedAt >= expected.from
  );
}

/** A stay is told when it ends: an alert about an intruder that is still inside is neither right nor wrong yet. */
function isStayUnderWay(truth: ExerciseTruth, alert: ObservedAlert, aircraftOf: ReadonlyMap<string, string>): boolean {
  const aircraft = truth.aircraft.find((candidate) => candidate.aircraft === aircraftOf.get(alert.subjectId));
  if (aircraft?.role !== "intruder") return false;
  const last = aircraft.states.at(-1);
  const isToldOf = truth.stays.some((stay) => stay.aircraft === aircraft.aircraft);
  return !isToldOf && last !== undefined && truthEnd(truth) - last.at <= 2 * 5_000_000;
}

function scoreCeasefireAlerts(
  truth: ExerciseTruth,
  alerts: readonly ObservedAlert[],
  events: readonly ObservedEvent[],
  fireOf: ReadonlyMap<string, string>,
): AlertScore["ceasefire"] {
  const originOf = new Map(events.map((event) => [event.id, event.originTime]));
  // What is not known any more began before its alert at the latest.
  const began = (alert: ObservedAlert): Instant => originOf.get(alert.subjectId) ?? alert.raisedAt;
  const raised = alerts.filter((alert) => alert.ruleKind === "ceasefire-event" && isToldOf(truth, began(alert)));
  const zonesOf = new Map(truth.fire.map((fire) => [fire.event, fire.zones]));
  const isTrue = (alert: ObservedAlert): boolean =>
    [alert.subjectId, ...(alert.members ?? [])].some((id) => {
      const fire = fireOf.get(id);
      return fire !== undefined && (alert.zone === undefined || zonesOf.get(fire)!.includes(alert.zone));
    });
  // An alert whose event was withdrawn later was still raised for nothing.
  const falseAlerts = raised.filter(
    (alert) => !isTrue(alert) && (originOf.has(alert.subjectId) || !fireOf.has(alert.subjectId)),
  );
  return { raised: raised.length, false: falseAlerts.map((alert) => alert.id), repeated: repeatedAlerts(raised) };
}

function repeatedAlerts(raised: readonly ObservedAlert[]): string[] {
  const told = new Set<string>();
  return [...raised]
    .sort((left, right) => left.raisedAt - right.raisedAt)
    .flatMap((alert) => {
      const isRepeated = told.has(alert.subjectId);
      for (const event of [alert.subjectId, ...(alert.members ?? [])]) told.add(event);
      return isRepeated ? [alert.id] : [];
    });
}

function scoreGhostAlerts(
  truth: ExerciseTruth,
  alerts: readonly ObservedAlert[],
  aircraftOf: ReadonlyMap<string, string>,
): AlertScore["ghosts"] {
  const raised = alerts.filter((alert) => alert.ruleKind === "contradicts-radar" && isWithinTruth(truth, alert));
  const subjects = (alert: ObservedAlert): string[] =>
    [alert.subjectId, ...(alert.members ?? [])].flatMap((id) => aircraftOf.get(id) ?? []);
  const ghosts = new Set(truth.aircraft.filter(({ role }) => role === "ghost").map(({ aircraft }) => aircraft));
  const expected = dueAlerts(truth, "contradicts-radar");
  const missed = expected.filter(({ subject }) => !raised.some((alert) => subjects(alert).includes(subject)));
  const isFalse = (alert: ObservedAlert): boolean => {
    const about = subjects(alert);
    return about.length > 0 && !about.some((aircraft) => ghosts.has(aircraft));
  };
  return {
    expected: expected.length,
    raised: expected.length - missed.length,
    missed: missed.map(({ subject }) => subject),
    false: raised.filter(isFalse).map(({ id }) => id),
  };
}

function scoreSourceAlerts(truth: ExerciseTruth, alerts: readonly ObservedAlert[]): AlertScore["sources"] {
  const expected = dueAlerts(truth, "source-lost");
  const isRaised = (alert: ExpectedAlertRecord): boolean =>
    alerts.some(
      (raised) =>
        (raised.ruleKind === "source-lost" || raised.ruleKind === "interference") &&
        raised.subjectId === alert.subject &&
        // Interference may be noticed before the source falls silent.
        raised.raisedAt >= alert.from - 2 * SLACK &&
        raised.raisedAt <= alert.until + 2 * SLACK,
    );
  return { expected: expected.length, raised: expected.filter(isRaised).length };
}

function dueAlerts(truth: ExerciseTruth, rule: ExpectedAlertRecord["rule"]): ExpectedAlertRecord[] {
  const end = truthEnd(truth);
  return truth.expectedAlerts.filter(
    (alert) => alert.rule === rule && alert.at <= end && wasPlayed(truth, alert.from, alert.at),
  );
}

/** Alerts later than the truth that is told belong to the next look. */
function isWithinTruth(truth: ExerciseTruth, alert: ObservedAlert): boolean {
  return alert.raisedAt <= truthEnd(truth);
}

function isSupported(claim: AllegationRecord, events: readonly ObservedEvent[]): boolean {
  return events.some(
    (event) => Math.abs(event.originTime - claim.occurredAt) < 120_000_000 && distanceBetween(event, claim) < 2000,
  );
}
