/** Warnings: what was foreseen, and what came of it. */
import { type HitLine, INDICATORS, type WarningOutcome, type WarningRaisedBody, type WarningRow } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";
import { instantIn, pointIn } from "./times.ts";

function put(state: DeskState, row: WarningRow): RowChange[] {
  state.warnings.set(row.id, row);
  return [{ view: "warnings", key: row.id, at: row.raisedAt, row, tag: row.resolved?.outcome ?? "open" }];
}

/** Applies `warning.raised`. */
export function applyWarningRaised(state: DeskState, entry: RecordedEntry): RowChange[] {
  return put(state, {
    id: entry.subject,
    body: entry.body as unknown as WarningRaisedBody,
    raisedAt: entry.claimedAt,
    horizon: instantIn(entry, "horizon"),
    ...pointIn(entry),
    mark: markOf(entry),
  });
}

/** Applies `warning.resolved`. A later word replaces an earlier one; both stay in the record. */
export function applyWarningResolved(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.warnings.get(entry.subject);
  if (!row) return [];
  const resolved = {
    outcome: entry.body.outcome as WarningOutcome,
    reason: String(entry.body.reason),
    mark: markOf(entry),
  };
  return put(state, { ...row, resolved });
}

/** How warnings came out, by indicator: what was averted counts as seen rightly, what is unknown counts as neither. */
export function hitLines(rows: readonly WarningRow[]): HitLine[] {
  return INDICATORS.map((indicator) =>
    hitLine(
      indicator,
      rows.filter((row) => row.body.indicator === indicator),
    ),
  ).filter((line) => line.raised > 0);
}

function hitLine(indicator: HitLine["indicator"], rows: readonly WarningRow[]): HitLine {
  const outcomes: Partial<Record<WarningOutcome, number>> = {};
  for (const { resolved } of rows) if (resolved) outcomes[resolved.outcome] = (outcomes[resolved.outcome] ?? 0) + 1;
  const right = (outcomes.removed ?? 0) + (outcomes.materialised ?? 0);
  const told = right + (outcomes.false ?? 0);
  return {
    indicator,
    raised: rows.length,
    open: rows.filter((row) => row.resolved === undefined).length,
    outcomes,
    hitRate: told === 0 ? undefined : right / told,
  };
}
