/** What the desk did in the period: the docket in numbers, calls and requests with their silence, warnings, casualties by state. */
import { type CasualtyTotal, casualtyTotals, docketMembers, docketOf, hitLines } from "@openjmc/desk";
import type {
  AllegationOutcome,
  AllegationRow,
  CasualtyLine,
  CoordinationRow,
  DeskClocks,
  DocketLine,
  FindingRow,
  HitLine,
  HotlineRow,
  IncidentRow,
  Instant,
  WarningOutcome,
  WarningRow,
} from "@openjmc/model";
import type { Period } from "./period.ts";

export interface DeskRows {
  readonly allegations: readonly AllegationRow[];
  readonly incidents: readonly IncidentRow[];
  readonly hotline: readonly HotlineRow[];
  readonly coordination: readonly CoordinationRow[];
  readonly warnings: readonly WarningRow[];
}

/** Calls, or requests, and how many of them nobody answered. */
export interface Silence {
  readonly number: number;
  readonly unanswered: number;
}

export interface DeskSummary {
  readonly docket: readonly DocketLine[];
  readonly calls: Silence;
  readonly requests: Silence;
  readonly warnings: readonly HitLine[];
  readonly casualties: readonly CasualtyTotal[];
  /** Numbers of the rows that the docket's numbers were computed from, line by line; allegations by their receipt, the first being 1. */
  readonly docketRows: readonly DocketRows[];
  /** The statements that `casualties` were computed from; who made them is for the components. */
  readonly casualtyRows: readonly CasualtyRow[];
  /** The warnings that `warnings` were computed from; for the components. */
  readonly warningRows: readonly WarningLine[];
}

export interface DocketRows {
  readonly counted: readonly number[];
  readonly incomplete: readonly number[];
  readonly open: readonly number[];
  readonly overdue: readonly number[];
  readonly outcomes: Readonly<Partial<Record<AllegationOutcome, readonly number[]>>>;
}

export type CasualtyRow = Pick<CasualtyLine, "id" | "group" | "harm" | "standing" | "number" | "qualifier"> & {
  /** Human number of the incident. */
  readonly incident: string;
  readonly statedBy?: string;
};

export interface WarningLine {
  readonly raisedAt: Instant;
  readonly indicator: WarningRow["body"]["indicator"];
  readonly outcome?: WarningOutcome;
}

/** Computed from rows of the period alone; the docket in numbers is for the components. A request is unanswered once its deadline has passed without a reply. */
export function composeDesk(
  rows: DeskRows,
  period: Period,
  now: Instant,
  audience: "component" | "public",
  clocks?: DeskClocks,
): DeskSummary {
  const until = Math.min(now, period.until);
  const happened = rows.incidents.filter((row) => row.occurredAt >= period.from && row.occurredAt < period.until);
  const unanswered = rows.coordination.filter((row) => row.replies.length === 0 && row.deadline < until);
  const isInside = audience === "component";
  const casualties = casualtyTotals(happened.map((row) => row.casualties ?? []));
  return {
    docketRows: isInside ? docketRows(rows.allegations, until, clocks) : [],
    casualtyRows: casualtyRows(happened, casualties, isInside),
    warningRows: isInside ? rows.warnings.map(warningLine) : [],
    docket: audience === "component" ? docketOf(rows.allegations, until, clocks).lines : [],
    calls: {
      number: rows.hotline.length,
      unanswered: rows.hotline.filter((row) => row.body.answered === "no").length,
    },
    requests: { number: rows.coordination.length, unanswered: unanswered.length },
    warnings: hitLines(rows.warnings),
    casualties,
  };
}

/** By the same members that the docket's numbers count. */
function docketRows(
  allegations: readonly AllegationRow[],
  until: Instant,
  clocks: DeskClocks | undefined,
): DocketRows[] {
  const numbers = new Map(
    allegations.toSorted((a, b) => a.receivedAt - b.receivedAt).map(({ id }, index) => [id, index + 1]),
  );
  const of = (members: readonly AllegationRow[]): number[] =>
    members.map(({ id }) => numbers.get(id)!).sort((a, b) => a - b);
  return docketMembers(allegations, until, clocks).map(({ counted, incomplete, open, overdue, outcomes }) => ({
    ...{ counted: of(counted), incomplete: of(incomplete), open: of(open), overdue: of(overdue) },
    outcomes: Object.fromEntries(Object.entries(outcomes).map(([outcome, members]) => [outcome, of(members)])),
  }));
}

/** Those lines alone that made a total. */
function casualtyRows(
  incidents: readonly IncidentRow[],
  totals: readonly CasualtyTotal[],
  isInside: boolean,
): CasualtyRow[] {
  const made = new Set(totals.flatMap(({ lines }) => lines));
  return incidents.flatMap(({ number: incident, casualties = [] }) =>
    casualties
      .filter(({ id }) => made.has(id))
      .map(({ id, group, harm, standing, number, qualifier, statedBy }) => ({
        ...{ id, incident, group, harm, standing, number, qualifier },
        ...(isInside ? { statedBy } : {}),
      })),
  );
}

function warningLine({ raisedAt, body, resolved }: WarningRow): WarningLine {
  return { raisedAt, indicator: body.indicator, ...(resolved === undefined ? {} : { outcome: resolved.outcome }) };
}

/**
 * An allegation as the public has it: what it says and how it ended; who told it, and how the components went about it, stays
 * inside. The accused side is not named before it has answered, or has had its time to.
 */
export function publicAllegation(row: AllegationRow, now: Instant): AllegationRow {
  const { basis: _basis, accused, ...body } = row.body;
  const { id, receivedAt, state, missing, supportedBy, outcome, mark } = row;
  const named = accused !== undefined && hadItsSay(row, now) ? { accused } : {};
  const told = { id, body: { ...body, ...named }, receivedAt, state, missing, supportedBy, mark };
  return { ...told, ...(outcome === undefined ? {} : { outcome }) };
}

/** The right of reply: it has answered, or was asked and its time has run out. */
export function hadItsSay({ answers, admitted }: AllegationRow, now: Instant): boolean {
  return (answers?.length ?? 0) > 0 || (admitted !== undefined && admitted.answerUntil < now);
}

/** A finding as the public has it: which sensors watched and what became of its demands are the components' own. */
export function publicFinding(row: FindingRow): FindingRow {
  const { followUps: _followUps, ...rest } = row;
  const { coverage: _coverage, ...proposal } = row.proposal;
  return { ...rest, proposal };
}
