/** Obligations at an instant, as known at an instant: under the text, under each amendment, in each reading of the deadline. */
import { type Instant, parseInstant } from "@openjmc/model";
import type { InstrumentFile, ProvisionEntry } from "../files/instrument-file.ts";
import { describeAmendment, isInEffect } from "./amendment.ts";
import { readByState } from "./by-state.ts";
import { type DeadlineCandidate, deadlineCandidates } from "./deadline.ts";
import type { AgreementFact, MonitoringSpan, RecordedAmendment } from "./fact.ts";
import { flipsOf } from "./flips.ts";
import type { Agreement, AgreementRecord, Obligation, ObligationReading } from "./obligation.ts";
import { statesOf } from "./state.ts";

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
  const facts = Map.groupBy(record.facts, ({ about }) => about);
  const amendments = Map.groupBy(record.amendments, ({ entry }) => entry.provision);
  const entries = record.instruments.flatMap((instrument) =>
    instrument.provisions.map((provision) =>
      indexProvision(instrument, provision, facts, amendments.get(provision.id) ?? []),
    ),
  );
  const byProvision = new Map(entries.map((entry) => [entry.provision.id, entry]));
  return {
    obligations: (validAt, knownAt) => entries.map((entry) => judge(entry, record, validAt, knownAt)),
    obligation(provision, validAt, knownAt) {
      const entry = byProvision.get(provision);
      return entry && judge(entry, record, validAt, knownAt);
    },
  };
}

function indexProvision(
  instrument: InstrumentFile,
  provision: ProvisionEntry,
  facts: ReadonlyMap<string, readonly AgreementFact[]>,
  amendments: readonly RecordedAmendment[],
): Indexed {
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

function judge(
  entry: Indexed,
  { monitoring, partiesOf }: Pick<AgreementRecord, "monitoring" | "partiesOf">,
  validAt: Instant,
  knownAt: Instant,
): Obligation {
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
    byState: readByState(entry.instrument, variants, (state) => [state, ...(partiesOf?.[state] ?? [])]),
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

function monitoringAt(
  spans: readonly MonitoringSpan[],
  at: Instant,
): { isMonitored: boolean; unmonitoredSince?: Instant } {
  if (spans.some(({ from, until }) => from <= at && (until === undefined || at < until))) return { isMonitored: true };
  const ended = spans.flatMap(({ until }) => (until !== undefined && until <= at ? [until] : []));
  return { isMonitored: false, ...(ended.length > 0 ? { unmonitoredSince: Math.max(...ended) } : {}) };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
