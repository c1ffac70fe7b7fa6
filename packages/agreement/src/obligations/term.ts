/** Terms that renew themselves: periods, last days for notice, and what a notice would do, in each reading. */
import type { InstrumentFile } from "../files/instrument-file.ts";
import { addMonths, type Day, daysBetween } from "./local-time.ts";

/** One way to read a term. */
export interface TermReading {
  /** From which day the years count. */
  readonly counted: "signed" | "effective";
  readonly renewal: "another" | "successive" | "none";
  readonly noticeBy: "either-side" | "a-party";
}

/** One period of a term: from a day, up to but not at another. */
export interface TermPeriod {
  /** 1 is the first. */
  readonly number: number;
  readonly from: Day;
  readonly until: Day;
  /** Notice given after this day does not stop the next period. */
  readonly lastNoticeDay: Day;
}

/** Notice that was given, or that one asks about. */
export interface Notice {
  readonly by: string;
  readonly day: Day;
}

/** How a term stands on a day under a reading. */
export interface TermState {
  readonly reading: TermReading;
  readonly state: "not-begun" | "running" | "ended";
  readonly period?: TermPeriod;
  /** The day on which it ends for good, where that is settled. */
  readonly endsOn?: Day;
}

type Term = NonNullable<InstrumentFile["term"]>;

/** All readings that the instrument's text leaves open. */
export function termReadings(instrument: InstrumentFile): TermReading[] {
  const { term } = instrument;
  if (!term) return [];
  const counted = (["signed", "effective"] as const).filter((one) => firstDay(instrument, one) !== undefined);
  const renewals = term.renewal === "open" ? (["another", "successive"] as const) : [term.renewal];
  const givers = term.notice.by === "open" ? (["either-side", "a-party"] as const) : [term.notice.by];
  return counted.flatMap((one) =>
    renewals.flatMap((renewal) => givers.map((noticeBy) => ({ counted: one, renewal, noticeBy }))),
  );
}

/** The term on a day, under each reading, given the notices. `givers` are those who may give notice under each reading. */
export function termsOn(instrument: InstrumentFile, day: Day, notices: readonly Notice[] = []): TermState[] {
  return termReadings(instrument).map((reading) => termOn(instrument, reading, day, notices));
}

/** Days from a day to the end of the period that holds it; undefined outside the term. */
export function daysLeft(state: TermState, day: Day): number | undefined {
  return state.period && state.state === "running" ? daysBetween(day, state.period.until) : undefined;
}

function termOn(instrument: InstrumentFile, reading: TermReading, day: Day, notices: readonly Notice[]): TermState {
  const start = firstDay(instrument, reading.counted)!;
  if (day < start) return { reading, state: "not-begun" };
  const allowed = noticeGivers(instrument, reading);
  const valid = notices.filter((notice) => allowed.has(notice.by));
  for (let number = 1; ; number++) {
    const period = periodOf(instrument.term!, start, number);
    const isLast =
      !renews(reading, number) || valid.some((notice) => notice.day >= start && notice.day <= period.lastNoticeDay);
    if (day < period.until) return { reading, state: "running", period, ...(isLast ? { endsOn: period.until } : {}) };
    if (isLast) return { reading, state: "ended", period, endsOn: period.until };
  }
}

function renews({ renewal }: TermReading, number: number): boolean {
  return renewal === "successive" || (renewal === "another" && number < 2);
}

function periodOf(term: Term, start: Day, number: number): TermPeriod {
  const until = addMonths(start, term.years * 12 * number);
  return {
    number,
    from: addMonths(start, term.years * 12 * (number - 1)),
    until,
    lastNoticeDay: addMonths(until, -term.notice.monthsBefore),
  };
}

/** Either side: whoever signed; a Party: only those whom the text calls so. */
function noticeGivers(instrument: InstrumentFile, { noticeBy }: TermReading): Set<string> {
  const signed = instrument.signatories.filter((one) => one.standing !== "not-a-signatory").map((one) => one.state);
  return new Set(noticeBy === "a-party" ? (instrument.sides ?? []) : [...signed, ...(instrument.sides ?? [])]);
}

/** The day, as the text writes it: its own offset decides, not the reader's. */
function firstDay(instrument: InstrumentFile, counted: TermReading["counted"]): Day | undefined {
  const written = counted === "signed" ? instrument.signedAt : instrument.term!.from;
  return /^\d{4}-\d\d-\d\d/.test(written) ? written.slice(0, 10) : undefined;
}
