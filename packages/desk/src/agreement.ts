/** What people record about the agreement: facts as their speakers state them, amendments, consents, notices. */
import type { AgreementRecord, Consent, FactKind, MonitoringSpan } from "@openjmc/agreement";
import { MICROSECONDS_PER_SECOND, parseInstant } from "@openjmc/model";
import type { RecordedAgreement } from "./agreement-state.ts";
import type { RecordedEntry, RowChange } from "./entry.ts";
import type { DeskState } from "./state.ts";

/** Applies `fact.stated`: a claim with its speaker; the centre adopts nothing by recording it. */
export function applyFactStated(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { about, kind, by, occurredAt, uncertaintySeconds } = entry.body as Record<string, string | number>;
  const occurred = parseInstant(String(occurredAt));
  state.agreement.facts.push({
    id: entry.subject,
    kind: kind as FactKind,
    about: String(about),
    by: String(by),
    occurredAt: occurred.ok ? occurred.value : entry.claimedAt,
    clockError: Number(uncertaintySeconds) * MICROSECONDS_PER_SECOND,
    recordedAt: entry.recordedAt,
    reference: `#${entry.index}`,
  });
  return [];
}

/** Applies `amendment.recorded`: made by the signatories elsewhere; here it is only taken down, with what was heard of each. */
export function applyAmendmentRecorded(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body as {
    instrument: string;
    provision: string;
    form: "oral" | "written";
    deadlineDay?: string;
    announcedBy: string;
    announcedAt: string;
    effectiveAt?: string;
    consents: { state: string; consent: Consent }[];
  };
  state.agreement.amendments.push({
    entry: {
      id: entry.subject,
      instrument: body.instrument,
      provision: body.provision,
      form: body.form,
      changes: body.deadlineDay === undefined ? {} : { deadlineDay: body.deadlineDay },
      announcedBy: body.announcedBy,
      announcedAt: body.announcedAt,
      effectiveAt: body.effectiveAt ?? "unknown",
      consents: body.consents,
    },
    recordedAt: entry.recordedAt,
    laterConsents: [],
  });
  return [];
}

/** Applies `consent.recorded` to an amendment of the record or of the mission's files. */
export function applyConsentRecorded(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { amendment, state: who, consent } = entry.body as { amendment: string; state: string; consent: Consent };
  state.agreement.consents.push({ amendment, state: who, consent, recordedAt: entry.recordedAt });
  return [];
}

/** Applies `notice.recorded`: somebody gave notice under an instrument's clause. */
export function applyNoticeRecorded(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { instrument, by, day } = entry.body as Record<string, string>;
  state.agreement.notices.push({ instrument: instrument!, by: by!, day: day! });
  return [];
}

/**
 * The mission's own files and what the record has added to them. `watched`: when the centre watched by its own record, which
 * goes before what the files say of it.
 */
export function withRecorded(
  ofMission: AgreementRecord,
  recorded: RecordedAgreement,
  watched: readonly MonitoringSpan[] = [],
): AgreementRecord {
  const amendments = [...ofMission.amendments, ...recorded.amendments].map((amendment) => ({
    ...amendment,
    laterConsents: [
      ...amendment.laterConsents,
      ...recorded.consents.filter((consent) => consent.amendment === amendment.entry.id),
    ],
  }));
  const monitoring = watched.length > 0 ? watched : ofMission.monitoring;
  return { ...ofMission, amendments, facts: [...ofMission.facts, ...recorded.facts], monitoring };
}
