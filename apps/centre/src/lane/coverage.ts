/** Who watched when: each source's spans of watching and not watching, so that no count stands without its denominator. */
import {
  type CoverageRow,
  type GapCause,
  type HearingSpan,
  type Instant,
  isWatcher,
  MICROSECONDS_PER_HOUR,
  type SourceRow,
} from "@openjmc/model";
import type { HeldSpan } from "./held-spans.ts";

interface OpenSpan {
  readonly from: Instant;
  readonly watching: boolean;
  readonly cause: GapCause | undefined;
  /** What would have been heard, as last known within the span. */
  hearing: HearingSpan | undefined;
}

const CAUSES: Readonly<Record<string, GapCause>> = {
  "never-heard": "link",
  down: "down",
  stale: "link",
  jammed: "jamming",
};

export class Coverage {
  readonly #open = new Map<string, OpenSpan>();
  readonly #hearingOf: (row: SourceRow, now: Instant) => HearingSpan | undefined;

  /** @param hearingOf what a listening post hears as things stand; undefined of other sources. */
  constructor(hearingOf: (row: SourceRow, now: Instant) => HearingSpan | undefined = () => undefined) {
    this.#hearingOf = hearingOf;
  }

  /**
   * Takes a source's row at an instant and gives the coverage rows that changed: the span that ended and the one that began.
   * A stale source still counts as watching until it is down; then the gap begins at its last message. Spans of listening posts are
   * cut at full hours, since noise and wind change what they hear. Of what comes in files only the spans that they hold are claimed.
   */
  observe(row: SourceRow, now: Instant): CoverageRow[] {
    if (row.link.kind === "people" || row.link.kind === "folder" || !isWatcher(row)) return [];
    const watching = row.state === "live" || row.state === "stale";
    const cause = watching ? undefined : (row.idle ?? CAUSES[row.state] ?? "unknown");
    const open = this.#open.get(row.id);
    const hearing = watching ? this.#hearingOf(row, now) : undefined;
    if (open && open.watching === watching && open.cause === cause) return this.#goOn(row, open, hearing);
    const since = open && !watching ? gapSince(row, open, now) : now;
    const next: OpenSpan = { from: since, watching, cause, hearing };
    this.#open.set(row.id, next);
    return [...(open && since > open.from ? [rowOf(row, open, since)] : []), rowOf(row, next, since)];
  }

  /** Rows of what files of a source hold. Where nothing was laid nothing is claimed, and no gap either: a file may come yet. */
  held(row: SourceRow, spans: readonly HeldSpan[], now: Instant): CoverageRow[] {
    const hearing = spans.length > 0 ? this.#hearingOf(row, now) : undefined;
    return spans.map(({ from, until }) => rowOf(row, { from, watching: true, cause: undefined, hearing }, until));
  }

  /** Nothing changed but what would be heard. The cut waits for a message from behind it, lest a gap begin before the cut. */
  #goOn(row: SourceRow, open: OpenSpan, hearing: HearingSpan | undefined): CoverageRow[] {
    const hour = Math.floor((row.lastMessageAt ?? open.from) / MICROSECONDS_PER_HOUR) * MICROSECONDS_PER_HOUR;
    if (hearing === undefined || hour <= open.from) {
      open.hearing = hearing ?? open.hearing;
      return [];
    }
    const next: OpenSpan = { ...open, from: hour, hearing };
    this.#open.set(row.id, next);
    return [rowOf(row, open, hour), rowOf(row, next, hour)];
  }

  /** Rows of every open span up to now, so that reports know how far the watch has come. */
  extend(rows: readonly SourceRow[], now: Instant): CoverageRow[] {
    return rows.flatMap((row) => {
      const open = this.#open.get(row.id);
      return open ? [rowOf(row, open, now)] : [];
    });
  }
}

/** A gap begins with the last message. Of a gap that goes on with another cause, what is told of the first one stands. */
function gapSince({ state, lastMessageAt }: SourceRow, open: OpenSpan, now: Instant): Instant {
  if (state !== "down" || lastMessageAt === undefined) return now;
  if (open.watching) return Math.max(open.from, lastMessageAt);
  return lastMessageAt > open.from ? lastMessageAt : now;
}

function rowOf(source: SourceRow, span: OpenSpan, until: Instant): CoverageRow {
  return {
    key: `${source.id}@${span.from}`,
    source: source.id,
    means: source.means,
    ...(source.heldBy === undefined ? {} : { heldBy: source.heldBy }),
    from: span.from,
    until,
    watching: span.watching,
    ...(span.cause === undefined ? {} : { cause: span.cause }),
    areaSquareKilometres: Math.round((Math.PI * source.rangeMetres ** 2) / 1e6),
    ...(span.hearing === undefined ? {} : { hearing: span.hearing }),
  };
}
