/** What a mission's own files tell the engine; a centre adds what its record holds. */
import { type Instant, MICROSECONDS_PER_DAY, parseInstant } from "@openjmc/model";
import type { Mission } from "../mission.ts";
import type { AgreementFact, MonitoringSpan, RecordedAmendment } from "./fact.ts";
import { addDays, startOfDay } from "./local-time.ts";
import type { AgreementRecord } from "./obligation.ts";

/** Instruments, amendments, facts and spans of monitoring from a mission's files. */
export function agreementRecordOf(mission: Mission): AgreementRecord {
  const { timeZone } = mission.view;
  return {
    instruments: mission.instruments,
    partiesOf: Object.fromEntries(
      [...Map.groupBy(mission.parties, ({ state }) => state)].map(([state, parties]) => [
        state,
        parties.map(({ code }) => code),
      ]),
    ),
    amendments: mission.amendments.flatMap((entry): RecordedAmendment[] => {
      const recordedAt = beginningOf(entry.announcedAt, timeZone);
      return recordedAt === undefined ? [] : [{ entry, recordedAt, laterConsents: [] }];
    }),
    facts: mission.facts.map((fact): AgreementFact => {
      const { id, kind, about, by, reference } = fact;
      const recordedAt = beginningOf(fact.known, timeZone)!;
      return {
        id,
        kind,
        about,
        by,
        ...spanOf(fact.occurred, timeZone),
        recordedAt,
        ...(reference ? { reference } : {}),
      };
    }),
    monitoring: mission.operation.map(({ from, until }): MonitoringSpan => {
      const end = until === undefined ? undefined : beginningOf(until, timeZone);
      return { from: beginningOf(from, timeZone)!, ...(end === undefined ? {} : { until: end }) };
    }),
  };
}

/** An instant as it stands, the first instant of a day; undefined for `unknown`. */
function beginningOf(text: string, timeZone: string): Instant | undefined {
  if (text === "unknown") return undefined;
  if (text.length === 10) return startOfDay(text, timeZone);
  const instant = parseInstant(text);
  return instant.ok ? instant.value : undefined;
}

/** A day stands for every instant of it: its middle, and half a day either way. */
function spanOf(text: string, timeZone: string): { occurredAt: Instant; clockError?: number } {
  if (text.length > 10) return { occurredAt: beginningOf(text, timeZone)! };
  const from = startOfDay(text, timeZone);
  const until = startOfDay(addDays(text, 1), timeZone);
  const half = Math.min((until - from) / 2, MICROSECONDS_PER_DAY);
  // The day's end is no longer on the day.
  return { occurredAt: from + Math.floor(half), clockError: Math.floor(half) - 1 };
}
