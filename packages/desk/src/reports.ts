/** Approved reports: the bytes are named by their hash, both components sign the same statement. */
import type { RecordedEntry, RowChange } from "./entry.ts";
import type { DeskState, ReportRow } from "./state.ts";

/** Applies `report.approved`; the second component's leaf over the same statement makes it joint. */
export function applyReportApproved(state: DeskState, entry: RecordedEntry): RowChange[] {
  const old = state.reports.get(entry.subject);
  const approval = { component: entry.component, role: entry.role, index: entry.index };
  const row: ReportRow = old
    ? { ...old, approvedBy: [...old.approvedBy, approval], state: "joint" }
    : {
        id: entry.subject,
        statement: entry.statement,
        report: String(entry.body.report),
        date: String(entry.body.date),
        language: String(entry.body.language),
        format: String(entry.body.format),
        sha256: String(entry.body.sha256),
        approvedBy: [approval],
        state: "proposed",
      };
  state.reports.set(row.id, row);
  return [{ view: "reports", key: row.id, at: entry.claimedAt, row, tag: row.report }];
}
