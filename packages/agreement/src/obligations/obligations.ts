/** Obligations at an instant, as known at an instant: under the text, under each amendment, in each reading of the deadline. */
import { type Instant, parseInstant } from "@openjmc/model";
import type { InstrumentFile, ProvisionEntry } from "../files/instrument-file.ts";
import { type DeadlineCandidate, deadlineCandidates } from "./deadline.ts";
import { type AgreementFact, type Consent, consentsAt, type MonitoringSpan, type RecordedAmendment } from "./fact.ts";
import { type ObligationState, statesOf } from "./state.ts";

/** Everything that the obligations follow from. Plain data. */
export interface AgreementRecord {
  readonly instruments: readonly InstrumentFile[];
  readonly amendments: readonly RecordedAmendment[];
  readonly facts: readonly AgreementFact[];
  readonly monitoring: readonly MonitoringSpan[];
}

/** One reading of one version of the text. */
export interface ObligationReading {
  readonly deadline?: DeadlineCandidate;
  readonly states: readonly ObligationState[];
  /** Microseconds from the act, or from now while it is open, to the deadline; negative when late. */
  readonly slack?: number;
}

/** The obligation under the text as it stands, or as one amendment changes it. */
export interface ObligationVariant {
  readonly amendment?: {
    readonly id: string;
    readonly consents: Readonly<Record<string, Consent>>;
    readonly isAccepted: boolean;
  };
  readonly readings: readonly ObligationReading[];
  /** The states of all its readings, each once. One alone means that no reading changes it. */
  readonly states: readonly ObligationState[];
}

/** What the state turns on, where it turns. */
export type FlipCause = "amendment" | "inclusiveness" | "time-zone" | "clock";

export interface Obligation {
  readonly instrument: string;
  readonly provision: string;
  readonly variants: readonly ObligationVariant[];
  readonly flipsOn: readonly FlipCause[];
  /** Ids of the facts that counted. */
  readonly evidence: readonly string[];
  /** Whether the centre watched at that instant; if not, since when (absent: it never had). */
  readonly isMonitored: boolean;
  readonly unmonitoredSince?: Instant;
}

/** The agreement, ready for many questions. */
export interface Agreement {
  /** Every obligation's state at `validAt`, by what was known at `knownAt`. Order: instruments' and provisions' own. */
  obligations(validAt: Instant, knownAt: Instant): Obligation[];
  /** One obligation; undefined for an unknown provision. */
  obligation(provision: string, validAt: Instant, knownAt: Instant): Obligation | undefined;
}

interface Indexed {
  readonly instrument: InstrumentFile;
  readonly provision: ProvisionEntry;
  readonly facts: readonly AgreementFact[];
  readonly amendments: readonly RecordedAmendment[];
  readonly beginsAt: Instant | undefined;
  /** Candidates of the text, and of each amendment, computed once. */
  readonly candidates: readonly (readonly DeadlineCandidate[])[];
}

/** Prepares a record: cost linear in provisions and facts; each question then costs what its own facts cost. */
export function createAgreement(record: AgreementRecord): Agreement {
  const facts = groupFacts(record.facts);
  const entries = record.instruments.flatMap((instrument) =>
    instrument.provisions.map((provision) => indexProvision(record, instrument, provision, facts)),
  );
  const byProvision = new Map(entries.map((entry) => [entry.provision.id, entry]));
  return {
    obligations: (validAt, knownAt) => entries.map((entry) => judge(entry, record.monitoring, validAt, knownAt)),
    obligation(provision, validAt, knownAt) {
      const entry = byProvision.get(provision);
      return entry && judge(entry, record.monitoring, validAt, knownAt);
    },
  };
}

function groupFacts(facts: readonly AgreementFact[]): Map<string, AgreementFact[]> {
  const groups = new Map<string, AgreementFact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.about);
    if (group) group.push(fact);
    else groups.set(fact.about, [fact]);
  }
  return groups;
}

function indexProvision(
  record: AgreementRecord,
  instrument: InstrumentFile,
  provision: ProvisionEntry,
  facts: ReadonlyMap<string, AgreementFact[]>,
): Indexed {
  const amendments = record.amendments.filter(({ entry }) => entry.provision === provision.id);
  const own = [...(facts.get(provision.id) ?? []), ...(facts.get(instrument.id) ?? [])];
  return {
    instrument,
    provision,
    facts: own.sort(inOrder),
    amendments,
    beginsAt: beginningOf(instrument, provision),
    candidates: [
      deadlineCandidates(provision),
      ...amendments.map(({ entry }) =>
        deadlineCandidates(provision, entry.changes.deadlineDay ?? provision.deadline?.day),
      ),
    ],
  };
}

/** By occurrence, then by knowledge, then by id, so that the order of telling never matters. */
function inOrder(left: AgreementFact, right: AgreementFact): number {
  if (left.occurredAt !== right.occurredAt) return left.occurredAt - right.occurredAt;
  if (left.recordedAt !== right.recordedAt) return left.recordedAt - right.recordedAt;
  return left.id < right.id ? -1 : 1;
}

/** The provision's own instant, else the instrument's effect, else the day of its signature: nothing binds before that. */
function beginningOf(instrument: InstrumentFile, provision: ProvisionEntry): Instant | undefined {
  for (const text of [provision.from, instrument.effectiveAt, instrument.signedAt]) {
    if (text === undefined || text === "unknown") continue;
    const stated = parseInstant(text.length === 10 ? `${text}T00:00:00Z` : text);
    if (stated.ok) return stated.value;
  }
  return undefined;
}

function judge(entry: Indexed, monitoring: readonly MonitoringSpan[], validAt: Instant, knownAt: Instant): Obligation {
  const facts = entry.facts.filter((fact) => fact.occurredAt <= validAt && fact.recordedAt <= knownAt);
  const known = entry.amendments
    .map((amendment, index) => ({ amendment, index }))
    .filter(({ amendment }) => amendment.recordedAt <= knownAt);
  const watch = monitoringAt(monitoring, validAt);
  const context = { entry, facts, validAt, isMonitored: watch.isMonitored };
  const replaced = known.some(({ amendment }) => isInEffect(amendment, entry.instrument, validAt, knownAt));
  const variants = [
    { readings: readingsOf(context, entry.candidates[0]!, replaced) },
    ...known.map(({ amendment, index }) => ({
      amendment: describeAmendment(amendment, entry.instrument, knownAt),
      readings: readingsOf(context, entry.candidates[index + 1]!, false),
    })),
  ].map((variant) => ({ ...variant, states: distinct(variant.readings.flatMap((reading) => reading.states)) }));
  return {
    instrument: entry.instrument.id,
    provision: entry.provision.id,
    variants,
    flipsOn: flipsOf(variants),
    evidence: facts.map((fact) => fact.id),
    ...watch,
  };
}

interface ReadingContext {
  readonly entry: Indexed;
  readonly facts: readonly AgreementFact[];
  readonly validAt: Instant;
  readonly isMonitored: boolean;
}

function readingsOf(
  { entry, facts, validAt, isMonitored }: ReadingContext,
  candidates: readonly DeadlineCandidate[],
  isSuperseded: boolean,
): ObligationReading[] {
  const endedAt = facts.find((fact) => fact.kind === "terminated")?.occurredAt;
  const base = {
    provision: entry.provision,
    facts,
    validAt,
    beginsAt: entry.beginsAt,
    endedAt,
    isSuperseded,
    isMonitored,
  };
  if (candidates.length === 0) return [{ states: statesOf({ ...base, deadline: undefined }) }];
  const doneAt = facts.find((fact) => fact.kind === "declared" || fact.kind === "observed")?.occurredAt;
  return candidates.map((deadline) => ({
    deadline,
    states: statesOf({ ...base, deadline: deadline.at }),
    slack: deadline.at - (doneAt ?? validAt),
  }));
}

function describeAmendment(amendment: RecordedAmendment, instrument: InstrumentFile, knownAt: Instant) {
  return {
    id: amendment.entry.id,
    consents: Object.fromEntries(consentsAt(amendment, knownAt)),
    isAccepted: isAccepted(amendment, instrument, knownAt),
  };
}

/** Only the signatories can amend, and only together: proposing or announcing a change is not yet accepting it. */
function isAccepted(amendment: RecordedAmendment, instrument: InstrumentFile, knownAt: Instant): boolean {
  const consents = consentsAt(amendment, knownAt);
  return instrument.signatories
    .filter((signatory) => signatory.standing !== "not-a-signatory")
    .every((signatory) => consents.get(signatory.state) === "accepted");
}

function isInEffect(
  amendment: RecordedAmendment,
  instrument: InstrumentFile,
  validAt: Instant,
  knownAt: Instant,
): boolean {
  if (!isAccepted(amendment, instrument, knownAt)) return false;
  const effective = parseInstant(amendment.entry.effectiveAt);
  return validAt >= (effective.ok ? effective.value : amendment.recordedAt);
}

function monitoringAt(
  spans: readonly MonitoringSpan[],
  at: Instant,
): { isMonitored: boolean; unmonitoredSince?: Instant } {
  if (spans.some(({ from, until }) => from <= at && (until === undefined || at < until))) return { isMonitored: true };
  const ended = spans.flatMap(({ until }) => (until !== undefined && until <= at ? [until] : []));
  return { isMonitored: false, ...(ended.length > 0 ? { unmonitoredSince: Math.max(...ended) } : {}) };
}

/** What one would have to know to tell the states apart. */
function flipsOf(variants: readonly ObligationVariant[]): FlipCause[] {
  const causes = new Set<FlipCause>();
  const texts = variants.filter(({ states }) => !(states.length === 1 && states[0] === "superseded"));
  if (new Set(texts.map(({ states }) => [...states].sort().join())).size > 1) causes.add("amendment");
  for (const { readings } of variants) {
    if (readings.some(({ states }) => states.length > 1)) causes.add("clock");
    for (const one of readings) {
      for (const other of readings) {
        if (one.states.join() === other.states.join()) continue;
        if (
          one.deadline!.inclusive !== other.deadline!.inclusive &&
          one.deadline!.timeZone === other.deadline!.timeZone
        )
          causes.add("inclusiveness");
        if (
          one.deadline!.timeZone !== other.deadline!.timeZone &&
          one.deadline!.inclusive === other.deadline!.inclusive
        )
          causes.add("time-zone");
      }
    }
  }
  return [...causes].sort();
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
