/** What would follow: from a notice, from an act that comes some days after its day, from one signatory's consent to a change. */
import {
  bad,
  type Fault,
  good,
  type Instant,
  type ObligationView,
  type Result,
  type Supposition,
  type TermView,
  type WhatIfView,
} from "@openjmc/model";
import { createAgreementViews } from "./agreement-view.ts";
import type { AgreementFact, RecordedAmendment } from "./fact.ts";
import { addDays, startOfDay } from "./local-time.ts";
import type { AgreementRecord } from "./obligation.ts";
import type { Notice } from "./term.ts";

type Notices = readonly (Notice & { readonly instrument: string })[];

/** A record and what is supposed besides. */
interface Supposed {
  readonly record: AgreementRecord;
  readonly notices: Notices;
  /** Asked about no earlier than this. */
  readonly validAt: Instant;
  readonly dependent: readonly string[];
}

/**
 * Compares what holds with what would hold. A notice and a consent are looked at as of `validAt`; an act that slips as of the end
 * of the day to which it slips, if that is later. Nothing is recorded. Errors: `instrument.unknown`, `provision.unknown`,
 * `provision.no-deadline`, `amendment.unknown`, `signatory.unknown`, `notice.no-term`.
 */
export function whatIf(
  record: AgreementRecord,
  timeZone: string,
  notices: Notices,
  supposition: Supposition,
  validAt: Instant,
  knownAt: Instant,
): Result<WhatIfView> {
  const supposed = suppose(record, notices, supposition, validAt, knownAt);
  if (!supposed.ok) return supposed;
  const at = supposed.value.validAt;
  const before = createAgreementViews(record, timeZone, notices)(at, knownAt);
  const after = createAgreementViews(supposed.value.record, timeZone, supposed.value.notices)(at, knownAt);
  return good({
    supposition,
    validAt: at,
    knownAt,
    obligations: changedObligations(before.obligations, after.obligations),
    terms: changedTerms(before.terms, after.terms),
    dependent: supposed.value.dependent,
  });
}

function suppose(
  record: AgreementRecord,
  notices: Notices,
  supposition: Supposition,
  validAt: Instant,
  knownAt: Instant,
): Result<Supposed> {
  switch (supposition.kind) {
    case "notice":
      return supposeNotice(record, notices, supposition, validAt);
    case "slip":
      return supposeSlip(record, notices, supposition, validAt, knownAt);
    case "consent":
      return supposeConsent(record, notices, supposition, validAt, knownAt);
  }
}

function supposeNotice(
  record: AgreementRecord,
  notices: Notices,
  { instrument, by, day }: Supposition & { readonly kind: "notice" },
  validAt: Instant,
): Result<Supposed> {
  const text = record.instruments.find(({ id }) => id === instrument);
  if (!text)
    return bad(
      fault(
        "instrument.unknown",
        "instrument",
        record.instruments.map(({ id }) => id),
        instrument,
      ),
    );
  if (!text.term) return bad(fault("notice.no-term", "instrument", ["an instrument with a term"], instrument));
  const givers = [...text.signatories.map(({ state }) => state), ...(text.sides ?? [])];
  if (!givers.includes(by)) return bad(fault("signatory.unknown", "by", givers, by));
  return good({ record, notices: [...notices, { instrument, by, day }], validAt, dependent: [] });
}

/** The act is done, and seen, on a day so many after the one that the text names. */
function supposeSlip(
  record: AgreementRecord,
  notices: Notices,
  { provision: id, days }: Supposition & { readonly kind: "slip" },
  validAt: Instant,
  knownAt: Instant,
): Result<Supposed> {
  const provisions = record.instruments.flatMap((instrument) => instrument.provisions);
  const provision = provisions.find((one) => one.id === id);
  if (!provision) return bad(fault("provision.unknown", "provision", ["a provision of the mission"], id));
  const { deadline } = provision;
  if (!deadline) return bad(fault("provision.no-deadline", "provision", ["a provision with a deadline"], id));
  const day = addDays(deadline.day, days);
  const spans = deadline.timeZones.map((zone) => [startOfDay(day, zone), startOfDay(addDays(day, 1), zone)] as const);
  // On that day in every zone in which it may be meant: an hour's difference of zones is not what is asked about.
  const from = Math.max(...spans.map(([start]) => start));
  const until = Math.max(from + 2, Math.min(...spans.map(([, end]) => end)));
  const half = Math.floor((until - from) / 2);
  const fact: AgreementFact = {
    ...{ id: "supposed", kind: "observed", about: id, by: "supposed", occurredAt: from + half },
    ...{ clockError: half - 1, recordedAt: Math.min(knownAt, from) },
  };
  return good({
    record: { ...record, facts: [...record.facts.filter((one) => !isDone(one, id)), fact] },
    notices,
    validAt: Math.max(validAt, ...spans.map(([, end]) => end)),
    dependent: dependentsOf(provisions, id),
  });
}

/** What was already told of its being done is set aside: the question is what another day would mean. */
function isDone({ about, kind }: AgreementFact, provision: string): boolean {
  return about === provision && (kind === "declared" || kind === "acknowledged" || kind === "observed");
}

/** Provisions that are tied to it by their own words, and to those in turn. */
function dependentsOf(provisions: AgreementRecord["instruments"][number]["provisions"], id: string): string[] {
  const found = new Set<string>();
  const queue = [id];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const one of provisions) {
      if (found.has(one.id) || one.id === id || !one.dependsOn?.some((link) => link.provision === next)) continue;
      found.add(one.id);
      queue.push(one.id);
    }
  }
  return [...found];
}

function supposeConsent(
  record: AgreementRecord,
  notices: Notices,
  { amendment: id, by }: Supposition & { readonly kind: "consent" },
  validAt: Instant,
  knownAt: Instant,
): Result<Supposed> {
  const amendment = record.amendments.find(({ entry }) => entry.id === id);
  if (!amendment)
    return bad(
      fault(
        "amendment.unknown",
        "amendment",
        record.amendments.map(({ entry }) => entry.id),
        id,
      ),
    );
  const signatories = record.instruments
    .filter((instrument) => instrument.id === amendment.entry.instrument)
    .flatMap((instrument) => instrument.signatories.filter(({ standing }) => standing !== "not-a-signatory"))
    .map(({ state }) => state);
  const stranger = by.find((state) => !signatories.includes(state));
  if (stranger !== undefined) return bad(fault("signatory.unknown", "by", signatories, stranger));
  const accepted = by.map((state) => ({
    state,
    consent: "accepted" as const,
    recordedAt: Math.max(amendment.recordedAt, Math.min(knownAt, validAt)),
  }));
  const changed: RecordedAmendment = { ...amendment, laterConsents: [...amendment.laterConsents, ...accepted] };
  const amendments = record.amendments.map((one) => (one === amendment ? changed : one));
  return good({ record: { ...record, amendments }, notices, validAt, dependent: [] });
}

function changedObligations(
  before: readonly ObligationView[],
  after: readonly ObligationView[],
): WhatIfView["obligations"] {
  return after.flatMap((one, index) => {
    const other = before[index]!;
    return sayings(one) === sayings(other) ? [] : [{ provision: one.provision, before: other, after: one }];
  });
}

/** What a reader would see of it, as one text. */
function sayings({ variants, byState }: ObligationView): string {
  return JSON.stringify([variants.map(({ amendment, readings }) => [amendment, readings]), byState]);
}

function changedTerms(before: readonly TermView[], after: readonly TermView[]): WhatIfView["terms"] {
  return after.flatMap((one, index) => {
    const other = before[index]!;
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ before: other, after: one }];
  });
}

function fault(code: string, field: string, expected: readonly string[], got: string): Fault {
  return { code, what: "supposition", where: { field }, expected: expected.join(", "), got };
}
