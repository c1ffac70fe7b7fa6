/** Days that matter under the agreement: deadlines, last days for notice, ends of terms and of a host's consent, in every open reading. */
import type { DeadlineCandidate } from "./deadline.ts";
import { deadlineCandidates } from "./deadline.ts";
import { addDays, type Day } from "./local-time.ts";
import type { AgreementRecord } from "./obligation.ts";
import { termsOn } from "./term.ts";

/** One day of the calendar. */
export interface AgreementDay {
  /** The same day of the same reading has the same name in every edition. */
  readonly id: string;
  readonly kind: "deadline" | "last-notice" | "term-end" | "consent-end";
  /** Empty of a day that no instrument names. */
  readonly instrument: string;
  readonly provision?: string;
  /** Of the host's consent to a sensor: which. */
  readonly source?: string;
  readonly amendment?: string;
  /** The last day on which it can still be done, or the day on which it ends. */
  readonly day: Day;
  readonly timeZone?: string;
  /** Which reading gives this day, in codes; empty where no other reading exists. */
  readonly reading: readonly string[];
}

/** A sensor on the host's land, and the last day of its consent. */
export interface ConsentedSource {
  readonly id: string;
  readonly hostConsentUntil?: string;
}

/** All days, earliest first. `from`: terms are told as they stand on that day. */
export function agreementDays(
  record: AgreementRecord,
  from: Day,
  sources: readonly ConsentedSource[] = [],
): AgreementDay[] {
  const days = [...deadlineDays(record), ...termDays(record, from), ...consentDays(sources)];
  const distinct = new Map(days.map((day) => [day.id, day]));
  return [...distinct.values()].sort((left, right) =>
    left.day === right.day ? (left.id < right.id ? -1 : 1) : left.day < right.day ? -1 : 1,
  );
}

function consentDays(sources: readonly ConsentedSource[]): AgreementDay[] {
  return sources.flatMap(({ id, hostConsentUntil: day }) =>
    day === undefined
      ? []
      : [{ id: `consent-end/${id}`, kind: "consent-end" as const, instrument: "", source: id, day, reading: [] }],
  );
}

function deadlineDays({ instruments, amendments }: AgreementRecord): AgreementDay[] {
  return instruments.flatMap((instrument) =>
    instrument.provisions.flatMap((provision) => {
      const changed = amendments.filter(({ entry }) => entry.provision === provision.id && entry.changes.deadlineDay);
      const texts: (readonly [string | undefined, readonly DeadlineCandidate[]])[] = [
        [undefined, deadlineCandidates(provision)],
        ...changed.map(({ entry }) => [entry.id, deadlineCandidates(provision, entry.changes.deadlineDay)] as const),
      ];
      return texts.flatMap(([amendment, candidates]) =>
        candidates.map((candidate) => deadlineDay(instrument.id, provision.id, amendment, candidate, candidates)),
      );
    }),
  );
}

function deadlineDay(
  instrument: string,
  provision: string,
  amendment: string | undefined,
  { day, inclusive, timeZone }: DeadlineCandidate,
  all: readonly DeadlineCandidate[],
): AgreementDay {
  const isOpen = new Set(all.map((one) => one.inclusive)).size > 1;
  const reading = isOpen ? [inclusive ? "inclusive" : "exclusive"] : [];
  return {
    id: ["deadline", provision, amendment ?? "text", inclusive ? "inclusive" : "exclusive", timeZone].join("/"),
    kind: "deadline",
    instrument,
    provision,
    ...(amendment === undefined ? {} : { amendment }),
    day: inclusive ? day : addDays(day, -1),
    timeZone,
    reading,
  };
}

function termDays({ instruments }: AgreementRecord, from: Day): AgreementDay[] {
  return instruments.flatMap((instrument) =>
    termsOn(instrument, from).flatMap(({ reading, period, state }): AgreementDay[] => {
      if (!period || state !== "running") return [];
      const named = [reading.counted, reading.renewal];
      const day = (kind: AgreementDay["kind"], on: Day): AgreementDay => ({
        id: [kind, instrument.id, ...named, period.number].join("/"),
        kind,
        instrument: instrument.id,
        ...(instrument.term?.provision === undefined ? {} : { provision: instrument.term.provision }),
        day: on,
        reading: named,
      });
      return [day("last-notice", period.lastNoticeDay), day("term-end", period.until)];
    }),
  );
}
