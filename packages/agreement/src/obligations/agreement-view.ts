/** The whole agreement at an instant, as plain rows for screens, calendars and commands. */
import type { AgreementView, Instant, ObligationEvidence, ObligationView, TermView } from "@openjmc/model";
import type { AgreementFact, MonitoringSpan } from "./fact.ts";
import { dayOf } from "./local-time.ts";
import type { Agreement, AgreementRecord, Obligation } from "./obligation.ts";
import { createAgreement } from "./obligations.ts";
import { daysLeft, type Notice, termsOn } from "./term.ts";

/** Asks the engine at many instants over one record. `timeZone` says on which calendar day a term stands. */
export function createAgreementViews(
  record: AgreementRecord,
  timeZone: string,
  notices: readonly (Notice & { readonly instrument: string })[] = [],
): (validAt: Instant, knownAt: Instant) => AgreementView {
  const agreement: Agreement = createAgreement(record);
  const facts = new Map(record.facts.map((fact) => [fact.id, fact]));
  return (validAt, knownAt) => ({
    validAt,
    knownAt,
    obligations: agreement
      .obligations(validAt, knownAt)
      .map((obligation) => viewOf(obligation, facts, record.monitoring)),
    terms: record.instruments.flatMap((instrument): TermView[] => {
      const day = dayOf(validAt, timeZone);
      const own = notices.filter((notice) => notice.instrument === instrument.id && notice.day <= day);
      return termsOn(instrument, day, own).map((state) => {
        const left = daysLeft(state, day);
        return { instrument: instrument.id, ...state, ...(left === undefined ? {} : { daysLeft: left }) };
      });
    }),
  });
}

function viewOf(
  obligation: Obligation,
  facts: ReadonlyMap<string, AgreementFact>,
  watched: readonly MonitoringSpan[],
): ObligationView {
  return { ...obligation, evidence: obligation.evidence.map((id) => evidenceOf(facts.get(id)!, watched)) };
}

function evidenceOf(fact: AgreementFact, watched: readonly MonitoringSpan[]): ObligationEvidence {
  const { id, kind, by, occurredAt, clockError, recordedAt, reference } = fact;
  return {
    id,
    kind,
    by,
    occurredAt,
    ...(clockError === undefined ? {} : { clockError }),
    recordedAt,
    isMonitored: watched.some(({ from, until }) => from <= occurredAt && (until === undefined || occurredAt < until)),
    ...(reference === undefined ? {} : { reference }),
  };
}
