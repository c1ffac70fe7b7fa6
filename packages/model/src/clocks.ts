/** How long each step of the desk's work may take: what the mission says, and what holds where it says nothing. */
import type { AllegationRow, FindingRow, IncidentRow } from "./case.ts";
import type { HotlineRow } from "./influence.ts";
import { type Instant, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_MINUTE } from "./instant.ts";

/** The clocks of a mission; whole hours and minutes. */
export interface DeskClocks {
  /** Until missing particulars of an allegation are there. */
  readonly particularsHours: number;
  /** Until a complete allegation is admitted, or not. */
  readonly admissionHours: number;
  /** Until the accused side has answered. */
  readonly answerHours: number;
  /** From completeness to the outcome. */
  readonly inquiryHours: number;
  /** For so long a component may leave an alert unanswered before both heads are called. */
  readonly headsMinutes: number;
  /** From the opening of an incident to the first call about it. */
  readonly firstCallMinutes: number;
  /** From the opening of an incident to the first statement of anybody on it. */
  readonly firstStatementHours: number;
  /** From the opening of an incident to an issued finding. */
  readonly closingHours: number;
}

/** Where a mission says nothing. */
export const USUAL_CLOCKS: DeskClocks = {
  ...{ particularsHours: 24, admissionHours: 24, answerHours: 24, inquiryHours: 48 },
  ...{ headsMinutes: 5, firstCallMinutes: 5, firstStatementHours: 2, closingHours: 48 },
};

/** The mission's clocks, whole. */
export function clocksOf(mission: { readonly clocks?: Partial<DeskClocks> } | undefined): DeskClocks {
  return { ...USUAL_CLOCKS, ...mission?.clocks };
}

/** When an allegation's running clock runs out; undefined where none runs. What officers set themselves goes before the mission's hours. */
export function dueOf({ due }: AllegationRow, clocks: DeskClocks): Instant | undefined {
  if (due === undefined) return undefined;
  return due.at ?? due.since + clocks[`${due.clock}Hours`] * MICROSECONDS_PER_HOUR;
}

export const CASE_CLOCKS = ["first-call", "first-statement", "closing"] as const;

/** One clock of a case: until when something is owed, and when it came. */
export interface CaseClock {
  readonly clock: (typeof CASE_CLOCKS)[number];
  readonly until: Instant;
  readonly doneAt?: Instant;
}

/** The clocks of an incident, from its opening; what came late was done all the same. */
export function caseClocks(
  incident: Pick<IncidentRow, "id" | "openedBy" | "notes" | "conclusions">,
  findings: readonly FindingRow[],
  calls: readonly HotlineRow[],
  clocks: DeskClocks,
): CaseClock[] {
  const since = incident.openedBy.recordedAt;
  const own = findings.filter((row) => row.incident === incident.id);
  const stated = [
    ...[...incident.notes, ...incident.conclusions].map(({ mark }) => mark.recordedAt),
    ...own.map(({ proposedBy }) => proposedBy.recordedAt),
  ];
  const called = calls.filter(({ body }) => body.incident === incident.id).map(({ startedAt }) => startedAt);
  return [
    clock("first-call", since + clocks.firstCallMinutes * MICROSECONDS_PER_MINUTE, called),
    clock("first-statement", since + clocks.firstStatementHours * MICROSECONDS_PER_HOUR, stated),
    clock("closing", since + clocks.closingHours * MICROSECONDS_PER_HOUR, own.flatMap(issuedAt)),
  ];
}

function clock(name: CaseClock["clock"], until: Instant, times: readonly Instant[]): CaseClock {
  return { clock: name, until, ...(times.length === 0 ? {} : { doneAt: Math.min(...times) }) };
}

/** A finding that was issued jointly, split or one-sided; a withdrawn proposal ends nothing. */
function issuedAt({ countersignedBy, dissent, lapsed }: FindingRow): Instant[] {
  const mark = countersignedBy ?? dissent?.mark ?? lapsed;
  return mark === undefined ? [] : [mark.recordedAt];
}
