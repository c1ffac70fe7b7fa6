/** The final report: a mission's life and who was there for it, how much of it was watched by which means, what was found and what is left. */
import type { Instant, LifeView, Means } from "@openjmc/model";
import type { DailyReport } from "./daily.ts";

/** Something that somebody claimed about the agreement; the centre adopts nothing by listing it. */
export interface ClaimLine {
  readonly kind: string;
  readonly about: string;
  readonly by: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
}

/** How much of the time was watched by one means: the measure of every claim that a watch was uninterrupted. */
export interface AvailabilityLine {
  readonly means: Means;
  readonly sources: number;
  readonly hoursWatched: number;
  /** Hours of the period, once for each source. */
  readonly hoursOfPeriod: number;
}

export interface FinalInput {
  /** Counts, coverage, findings and allegations of the whole time. */
  readonly whole: DailyReport;
  readonly life: LifeView;
  readonly claims: readonly ClaimLine[];
}

export interface FinalReport extends FinalInput {
  readonly availability: readonly AvailabilityLine[];
}

/** Composes the report. Deterministic, as the daily one is. */
export function composeFinal(input: FinalInput): FinalReport {
  const byMeans = new Map<Means, AvailabilityLine>();
  for (const { means, hoursWatched, hoursOfPeriod } of input.whole.coverage) {
    const known = byMeans.get(means) ?? { means, sources: 0, hoursWatched: 0, hoursOfPeriod: 0 };
    byMeans.set(means, {
      means,
      sources: known.sources + 1,
      hoursWatched: known.hoursWatched + hoursWatched,
      hoursOfPeriod: known.hoursOfPeriod + hoursOfPeriod,
    });
  }
  const availability = [...byMeans.values()].sort((left, right) => (left.means < right.means ? -1 : 1));
  const claims = [...input.claims].sort((left, right) => left.occurredAt - right.occurredAt);
  return { ...input, claims, availability };
}
