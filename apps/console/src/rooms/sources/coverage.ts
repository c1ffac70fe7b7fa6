/** Coverage over a span, added up per source: hours watched beside the hours that passed. */
import type { CoverageRow, Instant } from "@openjmc/model";

export interface CoverageSpan {
  readonly from: Instant;
  readonly until: Instant;
  readonly watching: boolean;
  readonly cause?: string | undefined;
}

export interface SourceCoverage {
  readonly source: string;
  readonly spans: readonly CoverageSpan[];
  readonly watched: Instant;
}

/** Each source's spans cut to the window, oldest first. Time without a row is time nobody can vouch for: it is not counted. */
export function coverageOf(
  rows: readonly CoverageRow[],
  sources: readonly string[],
  from: Instant,
  until: Instant,
): SourceCoverage[] {
  return sources.map((source) => {
    const spans = rows
      .filter((row) => row.source === source && row.until > from && row.from < until)
      .map((row) => ({
        from: Math.max(row.from, from),
        until: Math.min(row.until, until),
        watching: row.watching,
        cause: row.cause,
      }))
      .sort((left, right) => left.from - right.from);
    return { source, spans, watched: watchedTime(spans) };
  });
}

/** Watched time, with overlapping spans counted once. */
function watchedTime(spans: readonly CoverageSpan[]): Instant {
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    if (!span.watching) continue;
    total += Math.max(0, span.until - Math.max(span.from, reached));
    reached = Math.max(reached, span.until);
  }
  return total;
}

/** How far away a listening post hears a kind of source: in the worst and in the best direction, metres. */
export interface Reach {
  readonly what: string;
  readonly nearest: number;
  readonly farthest: number;
}

/** By the newest span of a source that tells it; empty where none does. */
export function latestReaches(rows: readonly CoverageRow[], source: string): Reach[] {
  let newest: CoverageRow | undefined;
  for (const row of rows)
    if (row.source === source && row.hearing !== undefined && row.from >= (newest?.from ?? row.from)) newest = row;
  return (newest?.hearing?.reaches ?? []).map(({ what, metres }) => ({
    what,
    nearest: Math.min(...metres),
    farthest: Math.max(...metres),
  }));
}
