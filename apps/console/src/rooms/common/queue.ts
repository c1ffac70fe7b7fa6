/** What waits for this component's officer, each with the reason why it came up. */
import {
  type AlarmContext,
  type AlertRow,
  type AllegationRow,
  alarmStateOf,
  type CollectionRow,
  type DeskClocks,
  dueOf,
  type FindingRow,
  type IncidentRow,
  type Instant,
  MICROSECONDS_PER_HOUR,
  type SortieRow,
  type SourceRow,
} from "@openjmc/model";
import { findingKey } from "../../rows/shapes.ts";
import type { Selection } from "../../url/view-state.ts";

export type Reason =
  | "new-alert"
  | "heads-called"
  | "disposition-wanted"
  | "sign-wanted"
  | "clock-runs-out"
  | "dissent"
  | "decided"
  | "conclusion-wanted"
  | "allegation"
  | "leave-wanted"
  | "sensor-gap";

export interface QueueItem {
  /** Names the thing and the reason: the same thing may come back for another reason. */
  readonly key: string;
  readonly reason: Reason;
  /** What it is on the map; absent of what has a room of its own. */
  readonly selection?: Selection;
  readonly at: Instant;
  /** 0 is the most urgent. */
  readonly urgency: number;
  readonly alert?: AlertRow;
  readonly finding?: FindingRow;
  readonly incident?: IncidentRow;
  readonly allegation?: AllegationRow;
  readonly source?: SourceRow;
  readonly leave?: Leave;
}

/** A sortie, or a line of the collection plan, for which a component's leave is asked. */
export interface Leave {
  /** Tab and row of the room where it is answered. */
  readonly item: string;
  readonly title: string;
  readonly until: Instant;
}

export interface Desk {
  readonly alerts: readonly AlertRow[];
  readonly findings: readonly FindingRow[];
  readonly incidents: readonly IncidentRow[];
  readonly allegations: readonly AllegationRow[];
  readonly sources: readonly SourceRow[];
  readonly sorties: readonly SortieRow[];
  readonly collection: readonly CollectionRow[];
  /** Alarms that are kept quiet or suppressed ask nothing of anybody. */
  readonly alarms: AlarmContext;
  readonly clocks: DeskClocks;
}

/** A proposal's clock is shown as running out this long before its end. */
const NEAR_DEADLINE = 2 * MICROSECONDS_PER_HOUR;
const SEVERITIES = ["urgent", "warning", "caution", "information"];

/** Everything that waits for a component at an instant, most urgent first, newest first within the same urgency. */
export function queueOf(desk: Desk, component: string, now: Instant): QueueItem[] {
  const items = [
    ...desk.alerts.filter((alert) => !isQuiet(alert, desk.alarms)).flatMap((alert) => alertItem(alert, component)),
    ...desk.findings.flatMap((finding) => findingItems(finding, component, now)),
    ...desk.incidents.flatMap((incident) => incidentItem(incident, component)),
    ...desk.allegations.flatMap((allegation) => allegationItem(allegation, component, { now, clocks: desk.clocks })),
    ...desk.sources.flatMap(sourceItem),
    ...desk.sorties.flatMap((row) => leaveItem("sorties", row, row.body.type, component, now)),
    ...desk.collection.flatMap((row) => leaveItem("plan", row, row.body.asset, component, now)),
  ];
  return items.sort(
    (left, right) => left.urgency - right.urgency || right.at - left.at || (left.key < right.key ? -1 : 1),
  );
}

/** What both keep quiet, or another alarm tells already: it stands among the alarms, not in the queue. */
function isQuiet(alert: AlertRow, alarms: AlarmContext): boolean {
  const state = alarmStateOf(alert, alarms);
  return state === "shelved" || state === "suppressed" || state === "out-of-service";
}

/** Until both have signed what becomes of an alert, it waits for each: first to be looked at, then for a disposition. */
function alertItem(alert: AlertRow, component: string): QueueItem[] {
  if (alert.state === "in-incident" || alert.state === "dismissed") return [];
  const { dismissal } = alert;
  const isProposed = dismissal?.state === "proposed";
  if (isProposed && dismissal.reasons[0]?.mark.component === component) return [];
  const isSeen = alert.acknowledged.some((mark) => mark.component === component);
  const calls = alert.headsCalled !== undefined && !isSeen;
  const reason = isProposed ? "sign-wanted" : isSeen ? "disposition-wanted" : calls ? "heads-called" : "new-alert";
  const urgency = isSeen ? 3 : calls ? 0 : Math.max(0, SEVERITIES.indexOf(alert.severity));
  return [
    {
      // The heads are called about what somebody put aside, too.
      key: reason === "new-alert" ? `alert:${alert.id}` : `${reason}:${alert.id}`,
      reason,
      selection: { kind: "alert", id: alert.id },
      at: alert.raisedAt,
      urgency,
      alert,
    },
  ];
}

function findingItems(finding: FindingRow, component: string, now: Instant): QueueItem[] {
  const ours = finding.proposedBy.component === component;
  const id = findingKey(finding);
  const item = (reason: Reason, at: Instant, urgency: number): QueueItem => ({
    key: `${reason}:${id}`,
    reason,
    selection: { kind: "finding", id },
    at,
    urgency,
    finding,
  });
  if (finding.state === "proposed") {
    const near = finding.deadline - now < NEAR_DEADLINE;
    if (ours) return near ? [item("clock-runs-out", finding.proposedBy.recordedAt, 1)] : [];
    return [item(near ? "clock-runs-out" : "sign-wanted", finding.proposedBy.recordedAt, near ? 0 : 1)];
  }
  if (finding.state === "split" && ours && finding.dissent !== undefined)
    return [item("dissent", finding.dissent.mark.recordedAt, 2)];
  const decided = finding.countersignedBy ?? finding.lapsed;
  return ours && decided !== undefined ? [item("decided", decided.recordedAt, 3)] : [];
}

function incidentItem(incident: IncidentRow, component: string): QueueItem[] {
  const concluded = incident.conclusions.some((conclusion) => conclusion.component === component);
  if (concluded || incident.state !== "open") return [];
  return [
    {
      key: `conclusion:${incident.id}`,
      reason: "conclusion-wanted",
      selection: { kind: "incident", id: incident.id },
      at: incident.openedBy.recordedAt,
      urgency: 2,
      incident,
    },
  ];
}

/** What is new, what the other side wants signed, and what has waited beyond its clock; what waits for a party does not show. */
function allegationItem(allegation: AllegationRow, component: string, time: Time): QueueItem[] {
  const reason = allegationReason(allegation, component, time);
  if (reason === undefined) return [];
  return [
    {
      key: `allegation:${allegation.id}:${allegation.state}:${reason}`,
      reason,
      selection: { kind: "allegation", id: allegation.id },
      at: allegation.receivedAt,
      urgency: reason === "allegation" ? 2 : 1,
      allegation,
    },
  ];
}

interface Time {
  readonly now: Instant;
  readonly clocks: DeskClocks;
}

function allegationReason(row: AllegationRow, component: string, { now, clocks }: Time): Reason | undefined {
  const { state, closing } = row;
  if (state === "ended") return undefined;
  if (closing?.state === "proposed") return closing.mark.component === component ? undefined : "sign-wanted";
  if ((dueOf(row, clocks) ?? now) < now) return "clock-runs-out";
  return state === "incomplete" || state === "received" ? "allegation" : undefined;
}

function sourceItem(source: SourceRow): QueueItem[] {
  if (source.idle !== undefined) return [];
  if (source.state === "live" || source.state === "never-heard" || source.link.kind === "people") return [];
  return [
    {
      key: `gap:${source.id}:${source.state}:${source.lastMessageAt ?? 0}`,
      reason: "sensor-gap",
      selection: { kind: "source", id: source.id },
      at: source.lastMessageAt ?? 0,
      urgency: 3,
      source,
    },
  ];
}

/** Asked of this component, not answered by it, and not over. */
function leaveItem(
  tab: "sorties" | "plan",
  row: SortieRow | CollectionRow,
  what: string,
  component: string,
  now: Instant,
): QueueItem[] {
  const isAsked = row.body.asked.includes(component) && !row.answers.some(({ by }) => by === component);
  if (!isAsked || row.until < now) return [];
  return [
    {
      key: `leave:${row.id}`,
      reason: "leave-wanted",
      at: row.mark.recordedAt,
      urgency: 1,
      leave: { item: `${tab}:${row.id}`, title: `${what}: ${row.body.purpose}`, until: row.until },
    },
  ];
}
