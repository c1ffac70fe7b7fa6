/** What the machine states by itself, as acts for the registrar: alerts, settled events, lapses. */
import type { FlownDecision } from "@openjmc/agreement";
import {
  degreesOf,
  type EventRow,
  type FlightFlownBody,
  formatDegrees,
  formatInstant,
  type Instant,
} from "@openjmc/model";
import type { JointAct, ReplayState } from "@openjmc/record";
import type { LaneDecision, LaneOutput } from "../lane/lane-output.ts";
import type { MachineAct } from "../registrar/registrar.ts";
import { MISMATCH_RULE } from "../tap/mismatch.ts";
import { DEADLINE_ALERT } from "./deadline-acts.ts";

/** Kinds of entries that fusion brings about, and nothing else does. */
export const LANE_KINDS: ReadonlySet<string> = new Set([
  "alert.raised",
  "alert.grown",
  "alert.ended",
  "event.settled",
  "flight.flown",
]);

/** Whether an entry is one that replaying the journal makes again. Alerts about taps and about days come from elsewhere. */
export function isOfLane({ kind, subject, body }: Pick<MachineAct, "kind" | "subject" | "body">): boolean {
  const rule = (body as { readonly rule?: unknown }).rule;
  return LANE_KINDS.has(kind) && !subject.startsWith(DEADLINE_ALERT) && rule !== MISMATCH_RULE;
}

/** What a tick's output brings into the record, in this order. An event without a time that can be written is no solution. */
export function actsOf(output: LaneOutput): MachineAct[] {
  const settled = output.settled.filter((row) => isWritable(row.originTime));
  return [...output.decisions.map(actOfDecision), ...settled.map(actOfSettledEvent)];
}

const isWritable = (instant: Instant): boolean => Number.isSafeInteger(Math.round(instant));

/** Whatever time a sensor's clock has brought along, an alert is raised: where that time cannot be written, with when it was decided. */
function written(instant: Instant, decidedAt: Instant): string {
  return formatInstant(isWritable(instant) ? Math.round(instant) : decidedAt);
}

/** A decision as an entry. */
export function actOfDecision({ alert, decision }: LaneDecision): MachineAct {
  switch (decision.kind) {
    case "raise":
      return {
        kind: "alert.raised",
        subject: alert,
        body: {
          rule: decision.rule,
          severity: decision.severity,
          subjectKind: decision.subject.kind,
          subjectId: decision.subject.id,
          ...(decision.zone === undefined ? {} : { zone: decision.zone }),
          ...(decision.zoneVersion === undefined ? {} : { zoneVersion: decision.zoneVersion }),
          ...(decision.provision === undefined ? {} : { provision: decision.provision }),
          occurredAt: written(decision.occurredAt, decision.at),
          ...(decision.lon === undefined || decision.lat === undefined
            ? {}
            : { lon: formatDegrees(decision.lon), lat: formatDegrees(decision.lat) }),
          ...(decision.altitudeMetres === undefined ? {} : { altitudeMetres: Math.round(decision.altitudeMetres) }),
          probabilityPerMille: Math.round(decision.probability * 1000),
          ...(decision.capped === undefined ? {} : { capped: decision.capped }),
          ...(decision.grouped === undefined ? {} : { grouped: decision.grouped }),
          outline: decision.outline,
        },
      };
    case "grow":
      return {
        kind: "alert.grown",
        subject: alert,
        body: {
          count: decision.count,
          until: written(decision.until, decision.at),
          members: decision.members.slice(0, 200),
        },
      };
    case "end":
      return { kind: "alert.ended", subject: alert, body: { endedAt: written(decision.endedAt, decision.at) } };
    case "flown":
      return { kind: "flight.flown", subject: alert, body: { ...flownBody(decision) } };
  }
}

/** What was seen of a notified flight or a sortie. */
function flownBody({ kind: _kind, key: _key, at, from, until, ...rest }: FlownDecision): FlightFlownBody {
  return { ...rest, from: written(from, at), until: written(until, at) };
}

/** An event's solution once no more arrivals are expected. */
export function actOfSettledEvent(row: EventRow): MachineAct {
  return {
    kind: "event.settled",
    subject: row.id,
    revision: row.version,
    body: {
      version: row.version,
      originTime: formatInstant(Math.round(row.originTime)),
      lon: formatDegrees(row.lon),
      lat: formatDegrees(row.lat),
      semiMajorMetres: Math.round(row.ellipse.semiMajorMetres),
      semiMinorMetres: Math.round(row.ellipse.semiMinorMetres),
      azimuthDegrees: Math.round(degreesOf(row.ellipse.azimuth)),
      kind: row.kind,
      count: row.count,
      countUnit: row.countUnit,
      stations: row.stations,
    },
  };
}

const LAPSE_KIND: Readonly<Record<string, string>> = { "finding.proposed": "finding.lapsed" };

/** Proposals whose deadline has passed without an answer, as lapses. */
export function lapsesDue(state: ReplayState, now: Instant): MachineAct[] {
  return [...state.acts.values()]
    .filter((act) => isOverdue(act, now))
    .map((act) => ({
      kind: LAPSE_KIND[act.kind] ?? "act.lapsed",
      subject: act.subject,
      revision: act.revision,
      refs: [{ rel: "proposal", sha256: act.statementId }],
      body: { proposal: act.statementId, deadline: formatInstant(act.deadline!) },
    }));
}

function isOverdue(act: JointAct, now: Instant): boolean {
  return act.status === "proposed" && act.deadline !== undefined && now > act.deadline;
}
