/** Alerts before the agreement's days: raised when a time before one has come, ended when it is over, done, or nearer. */
import { createHash } from "node:crypto";
import {
  type AgreementRecord,
  agreementDays,
  agreementRecordOf,
  createAgreement,
  type DayAhead,
  dayOf,
  daysAhead,
  type Mission,
} from "@openjmc/agreement";
import { type DeskState, watchedSpans, withRecorded } from "@openjmc/desk";
import { formatInstant, type Instant } from "@openjmc/model";
import type { MachineAct } from "../registrar/registrar.ts";

/** Names of these alerts begin so: they come from texts and the clock, and no replay of the sensors' journal makes them. */
export const DEADLINE_ALERT = "deadline-";

/** What is owed to the record at an instant. In a log of annotations nothing is told of beforehand. */
export function deadlineActs(desk: DeskState, mission: Mission, now: Instant): MachineAct[] {
  const { rules, sources, timeZone } = mission.view;
  if (desk.life.purpose === "annotations" || !rules.some(({ kind }) => kind === "deadline")) return [];
  const record: AgreementRecord = withRecorded(agreementRecordOf(mission), desk.agreement, watchedSpans(desk));
  const days = agreementDays(record, dayOf(now, timeZone), sources);
  const ahead = daysAhead(days, rules, createAgreement(record), timeZone, now);
  const told = new Map(ahead.map((day) => [alertOf(day), day]));
  const raised = [...told].filter(([id]) => !desk.alerts.has(id)).map(([id, day]) => raisedAct(id, day));
  const over = [...desk.alerts.values()]
    .filter(({ id, endedAt }) => id.startsWith(DEADLINE_ALERT) && endedAt === undefined && !told.has(id))
    .map(({ id }) => ({ kind: "alert.ended", subject: id, body: { endedAt: formatInstant(now) } }));
  return [...over, ...raised];
}

function alertOf({ key }: DayAhead): string {
  return DEADLINE_ALERT + createHash("sha256").update(key).digest("hex").slice(0, 24);
}

function raisedAct(subject: string, ahead: DayAhead): MachineAct {
  const { rule, severity, about, provision, from, kind, day, latest, daysBefore, readings, amendment } = ahead;
  return {
    kind: "alert.raised",
    subject,
    body: {
      ...{ rule, severity, subjectKind: kind === "consent-end" ? "source" : "obligation", subjectId: about },
      ...(provision === undefined ? {} : { provision }),
      occurredAt: formatInstant(from),
      probabilityPerMille: 1000,
      outline: { what: kind, day, latest, daysBefore, readings, ...(amendment === undefined ? {} : { amendment }) },
    },
  };
}
