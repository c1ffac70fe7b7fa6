/** What a month of a centre is measured by: every suspicion disposed of, in time, openly, by both, and nothing said that is not so. */
import type { Month, Suspicion } from "@openjmc/exercise";
import type { AlertRow, AllegationRow, EventRow, FindingRow, HotlineRow, IncidentRow, Instant } from "@openjmc/model";
import { describeFault } from "@openjmc/model";
import type { Absence, Refused } from "./house.ts";

/** What the record held at the end, beside what had been planned. */
export interface MonthOutcome {
  readonly month: Month;
  /** Allegation by suspicion. */
  readonly claims: ReadonlyMap<string, string>;
  readonly absences: readonly Absence[];
  readonly alerts: readonly AlertRow[];
  readonly allegations: readonly AllegationRow[];
  readonly incidents: readonly IncidentRow[];
  readonly findings: readonly FindingRow[];
  readonly hotline: readonly HotlineRow[];
  readonly events: readonly EventRow[];
  readonly refused: readonly Refused[];
  /** Codes with which naming a side below the threshold was refused. */
  readonly overreaches: readonly string[];
  /** Sealed conclusions looked for on all disks, and the files in which one was found. */
  readonly secrecyLooks: number;
  readonly leaks: readonly string[];
  /** Cases that stand otherwise for whoever has the log alone. */
  readonly unlikeLog: readonly string[];
  /** Too short for a component to be away for longer than a finding waits. */
  readonly isShort: boolean;
  readonly acts: number;
  readonly entries: number;
}

export interface MonthCheck {
  readonly name: string;
  readonly holds: boolean;
  readonly got: string;
  readonly asked: string;
}

export interface MonthScore {
  readonly checks: readonly MonthCheck[];
  readonly dispositions: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

const MINUTE = 60_000_000;
const HOUR = 60 * MINUTE;
const FIRST_CALL = 5 * MINUTE;
const FIRST_STATEMENT = 2 * HOUR;
const CLOSED = 48 * HOUR;
const CLOSED_SHARE = 0.95;
const FOUND_SHARE = 0.9;
/** Events that were this likely to be found are to be found. */
const LIKELY = 0.8;
const MATCH_MICROSECONDS = 8_000_000;
const MATCH_METRES = 1_500;

/** One thing that had to be disposed of. */
interface Disposed {
  readonly id: string;
  readonly kind: "alert" | "allegation";
  readonly since: Instant;
  readonly until: Instant | undefined;
  readonly as: string | undefined;
  readonly call: Instant | undefined;
  readonly statement: Instant | undefined;
  /** Whether calls and statements are owed on it: a source's alert is settled at the desk. */
  readonly isCase: boolean;
}

export function scoreMonth(outcome: MonthOutcome): MonthScore {
  const disposed = [...alertsOf(outcome), ...allegationsOf(outcome)];
  const open = disposed.filter((one) => one.as === undefined);
  const cases = disposed.filter((one) => one.isCase && !isNobodyThere(outcome, one.since));
  const late = (of: "call" | "statement", limit: number) =>
    cases.filter((one) => one[of] === undefined || one[of] - one.since > limit);
  const inTime = disposed.filter((one) => one.until !== undefined && one.until - one.since <= CLOSED);
  const likely = outcome.month.suspicions.filter((one) => one.detectionProbability >= LIKELY);
  const found = likely.filter((one) => isFound(one, outcome.events));
  const [lateCalls, lateStatements] = [late("call", FIRST_CALL), late("statement", FIRST_STATEMENT)];
  const bare = outcome.findings.filter((row) => lacking(row).length > 0);
  const named = outcome.findings.filter((row) => row.proposal.attribution !== undefined);
  const falseJoint = outcome.findings.filter((row) => row.state === "joint" && !isByTwo(row));
  const silent = outcome.findings.filter((row) => isSilent(outcome, row));
  const jointInSilence = silent.filter((row) => row.state === "joint");
  const openFindings = outcome.findings.filter((row) => row.state === "proposed");
  const unread = outcome.incidents.filter((row) => row.conclusions.some(({ state }) => state === "sealed"));
  const check = (name: string, bad: readonly unknown[], of: number, mayBeNone = false): MonthCheck => ({
    ...{ name, holds: bad.length === 0 && (of > 0 || mayBeNone), got: `${of - bad.length} of ${of}`, asked: "all" },
  });
  const share = (name: string, good: number, of: number, asked: number): MonthCheck => ({
    ...{ name, holds: of > 0 && good >= asked * of, got: `${good} of ${of}`, asked: `${asked * 100} %` },
  });
  return {
    checks: [
      check("alerts and allegations with exactly one disposition", open, disposed.length),
      check("findings that are joint, split or one-sided", openFindings, outcome.findings.length),
      check("first hotline entry within 5 minutes", lateCalls, cases.length),
      check("first statement within 2 hours", lateStatements, cases.length),
      share("closed within 48 hours", inTime.length, disposed.length, CLOSED_SHARE),
      share("true events found where detection was likely", found.length, likely.length, FOUND_SHARE),
      check(
        "findings that name provision, version, reading, means, coverage, unknowns and reply",
        bare,
        outcome.findings.length,
      ),
      check(
        "attributions below the threshold refused",
        outcome.overreaches.filter((one) => one !== "attribution.threshold"),
        outcome.overreaches.length,
      ),
      { name: "sides named", holds: named.length === 0, got: String(named.length), asked: "0" },
      check(
        "joint findings signed by both",
        falseJoint,
        outcome.findings.filter(({ state }) => state === "joint").length,
      ),
      check("findings in one component's silence that are not joint", jointInSilence, silent.length, outcome.isShort),
      check("sealed conclusions on no disk in plain text", outcome.leaks, outcome.secrecyLooks),
      check(
        "cases that the log alone gives again",
        outcome.unlikeLog,
        outcome.alerts.length + outcome.allegations.length + outcome.incidents.length + outcome.findings.length,
      ),
      check("incidents whose conclusions were all opened", unread, outcome.incidents.length),
      {
        name: "acts refused that were meant",
        holds: outcome.refused.length === 0,
        got: String(outcome.refused.length),
        asked: "0",
      },
    ],
    dispositions: Object.fromEntries(
      [...Map.groupBy(disposed, (one) => `${one.kind}: ${one.as ?? "open"}`)].map(([as, of]) => [as, of.length]),
    ),
    faults: [
      ...open.map((one) => `${one.kind} ${one.id}: no disposition`),
      ...lateCalls.map((one) => `${one.kind} ${one.id}: first call ${minutes(one.call, one.since)}`),
      ...lateStatements.map((one) => `${one.kind} ${one.id}: first statement ${minutes(one.statement, one.since)}`),
      ...disposed
        .filter((one) => !inTime.includes(one))
        .map((one) => `${one.kind} ${one.id}: closed ${minutes(one.until, one.since)}`),
      ...likely
        .filter((one) => !found.includes(one))
        .map((one) => `${one.id}: not found, though ${one.detectionProbability}`),
      ...bare.map((row) => `finding ${row.id}: lacks ${lacking(row).join(", ")}`),
      ...outcome.refused.map(({ officer, act, fault }) => `${officer} ${act}: ${describeFault(fault)}`),
      ...outcome.unlikeLog.map((one) => `${one}: stands otherwise in the log alone`),
      ...outcome.leaks.map((file) => `${file}: holds a sealed conclusion`),
    ],
  };
}

const minutes = (at: Instant | undefined, since: Instant): string =>
  at === undefined ? "never" : `after ${Math.round((at - since) / MINUTE)} min`;

function alertsOf(outcome: MonthOutcome): Disposed[] {
  return outcome.alerts.map((row) => {
    const { id, mark, incident, dismissal, subject } = row;
    const base = { id, kind: "alert" as const, since: mark.recordedAt, isCase: subject.kind === "event" };
    if (incident !== undefined) return { ...base, ...ofIncident(outcome, incident, mark.recordedAt) };
    const isDismissed = dismissal?.state === "joint" || dismissal?.state === "one-sided";
    const both = dismissal?.state === "joint" && dismissal.reasons.length >= 2;
    return {
      ...base,
      until: isDismissed ? (dismissal.countersigned?.recordedAt ?? dismissal.deadline) : undefined,
      as: !isDismissed ? undefined : both ? "dismissed with both reasons" : "dismissed one-sided",
      ...{ call: undefined, statement: undefined },
    };
  });
}

/** What an incident's latest finding makes of whatever is in it. */
function ofIncident(outcome: MonthOutcome, incident: string, since: Instant) {
  const issued = outcome.findings.filter((row) => row.incident === incident && ENDED.has(row.state));
  const row = issued.at(-1);
  const end = row?.countersignedBy?.recordedAt ?? row?.dissent?.mark.recordedAt ?? row?.lapsed?.recordedAt;
  const notes = outcome.incidents.find(({ id }) => id === incident)?.notes ?? [];
  const calls = outcome.hotline.filter(({ body }) => body.incident === incident);
  const earliest = (times: readonly Instant[]): Instant | undefined =>
    times.length === 0 ? undefined : Math.max(since, Math.min(...times));
  return {
    until: end,
    as:
      issued.length === 1
        ? `${row!.state}${row!.proposal.judgement === "unable-to-determine" ? ", unable to determine" : ""}`
        : undefined,
    call: earliest(calls.map(({ startedAt }) => startedAt)),
    statement: earliest(notes.map(({ mark }) => mark.recordedAt)),
  };
}

const ENDED: ReadonlySet<string> = new Set(["joint", "split", "one-sided"]);

function allegationsOf(outcome: MonthOutcome): Disposed[] {
  return outcome.allegations.map((row) => {
    const calls = outcome.hotline.filter(({ body }) => body.summary.includes(row.id)).map(({ startedAt }) => startedAt);
    const statements = [
      ...(row.asked ?? []).map(({ mark }) => mark.recordedAt),
      row.admitted?.mark.recordedAt ?? Number.POSITIVE_INFINITY,
    ];
    const statement = Math.min(...statements);
    return {
      ...{ id: row.id, kind: "allegation" as const, since: row.receivedAt, isCase: true },
      until: row.endedAt,
      as: row.outcome,
      call: calls.length === 0 ? undefined : Math.min(...calls),
      statement: Number.isFinite(statement) ? statement : undefined,
    };
  });
}

function isNobodyThere(outcome: MonthOutcome, at: Instant): boolean {
  const absent = new Set(
    outcome.absences.filter((one) => at >= one.from && at < one.until).map(({ component }) => component),
  );
  return absent.size > 1;
}

/** Some event of the picture that was not withdrawn lies where and when it went off. */
function isFound({ fire, at }: Suspicion, events: readonly EventRow[]): boolean {
  if (!fire) return false;
  const lasted = (fire.rounds.at(-1)!.seconds - fire.rounds[0]!.seconds) * 1_000_000;
  return events.some((event) => {
    if (event.status === "withdrawn" || event.status === "merged") return false;
    const east = (event.lon - fire.lon) * 111_300 * Math.cos((fire.lat * Math.PI) / 180);
    const isNear = Math.hypot(east, (event.lat - fire.lat) * 111_200) < MATCH_METRES;
    return isNear && event.originTime > at - MATCH_MICROSECONDS && event.originTime < at + lasted + MATCH_MICROSECONDS;
  });
}

function lacking({ proposal }: FindingRow): string[] {
  const parts = {
    provision: proposal.provision,
    version: proposal.version,
    reading: proposal.reading,
    means: proposal.means.join(),
    coverage: proposal.coverage,
    unknowns: proposal.unknowns,
    reply: proposal.reply?.by,
  };
  return Object.entries(parts).flatMap(([name, value]) => (value ? [] : [name]));
}

function isByTwo(row: FindingRow): boolean {
  return row.countersignedBy !== undefined && row.countersignedBy.component !== row.proposedBy.component;
}

/** Proposed, and due, while the other component was away. */
function isSilent(outcome: MonthOutcome, row: FindingRow): boolean {
  return outcome.absences.some(
    ({ component, from, until }) =>
      component !== row.proposedBy.component && row.proposedBy.recordedAt >= from && row.deadline < until,
  );
}
