/** Editions of reports: frozen by the centre, approved by both components over the same bytes, annexed, sent out, corrected. */
import type {
  EditionOf,
  Fault,
  ReportAnnexedBody,
  ReportDistributedBody,
  ReportFrozenBody,
  ReportRow,
} from "@openjmc/model";
import { DISTRIBUTION_WAYS } from "@openjmc/model";
import type { Draft } from "./draft.ts";
import { markOf, type RecordedEntry, type RowChange } from "./entry.ts";
import { code, language, text } from "./fields.ts";
import { instantIn } from "./influence/times.ts";
import { refusal } from "./refusal.ts";
import type { Fields } from "./shape.ts";
import type { DeskState } from "./state.ts";

export const REPORT_BODIES: Readonly<Record<string, Fields>> = {
  "report.approved": {
    report: code(["daily", "weekly", "periodic", "thematic", "spot", "final"]),
    date: text(10, 0),
    language,
    format: code(["html", "pdf", "csv", "json", "geojson", "kml", "acled", "annex", "annex-html"]),
    sha256: { type: "sha256" },
    supersedes: { type: "sha256", optional: true },
    erratum: { type: "text", most: 4_000, optional: true },
  },
  "report.annexed": {
    title: text(200),
    sha256: { type: "sha256" },
    bytes: { type: "integer", least: 0, most: Number.MAX_SAFE_INTEGER },
    mediaType: text(100),
    language,
  },
  "report.distributed": {
    to: text(200),
    way: code(DISTRIBUTION_WAYS),
    at: { type: "instant" },
    note: text(2_000, 0),
  },
};

function put(state: DeskState, row: ReportRow, entry: RecordedEntry): RowChange[] {
  state.reports.set(row.id, row);
  return [{ view: "reports", key: row.id, at: entry.claimedAt, row, tag: row.report }];
}

/** Applies `report.frozen`. The same bytes frozen again are the same edition. */
export function applyReportFrozen(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { sha256, bytes, cause, ...of } = entry.body as unknown as ReportFrozenBody;
  if (state.reports.has(sha256)) return [];
  const earlier = [...state.reports.values()].filter((row) => isSameReport(row, of)).length;
  const row: ReportRow = {
    ...of,
    ...{ id: sha256, statement: entry.statement, sha256, bytes, cause, version: earlier + 1, state: "frozen" },
    ...{ approvedBy: [], annexes: [], distributed: [] },
  };
  return put(state, row, entry);
}

const NAMING = ["report", "date", "from", "theme", "incident", "language", "format", "audience"] as const;

function isSameReport(row: EditionOf, of: EditionOf): boolean {
  return NAMING.every((name) => row[name] === of[name]);
}

/** Applies `report.approved`; the second component's leaf over the same statement makes it joint. */
export function applyReportApproved(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { sha256, supersedes, erratum } = entry.body as Record<string, string | undefined>;
  const old = state.reports.get(sha256 ?? "") ?? state.reports.get(entry.subject);
  const approval = { component: entry.component, role: entry.role, index: entry.index };
  const isSecond = old !== undefined && old.approvedBy.length > 0 && entry.effect === "joint";
  const row: ReportRow = {
    ...(old ?? unfrozen(entry)),
    statement: entry.statement,
    approvedBy: [...(isSecond ? old.approvedBy : []), approval],
    state: isSecond ? "joint" : "proposed",
    ...(supersedes === undefined ? {} : { supersedes }),
    ...(erratum === undefined ? {} : { erratum }),
  };
  return [...put(state, row, entry), ...(row.state === "joint" ? replace(state, row, entry) : [])];
}

/** An edition counts as corrected once both have approved the one that corrects it. */
function replace(state: DeskState, by: ReportRow, entry: RecordedEntry): RowChange[] {
  const old = state.reports.get(by.supersedes ?? "");
  return old ? put(state, { ...old, supersededBy: by.id }, entry) : [];
}

/** Bytes that the centre did not freeze: a final report, or one of another centre's making. */
function unfrozen(entry: RecordedEntry): ReportRow {
  const { report, date, language: tongue, format, sha256 } = entry.body as Record<string, string>;
  return {
    ...{ id: entry.subject, statement: entry.statement, report: report!, date: date!, language: tongue! },
    ...{
      format: format!,
      sha256: sha256!,
      version: 1,
      state: "proposed",
      approvedBy: [],
      annexes: [],
      distributed: [],
    },
  };
}

/** Applies `report.annexed`. */
export function applyReportAnnexed(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.reports.get(entry.subject);
  if (!row) return [];
  const annex = { ...(entry.body as unknown as ReportAnnexedBody), mark: markOf(entry) };
  return put(state, { ...row, annexes: [...row.annexes, annex] }, entry);
}

/** Applies `report.distributed`. */
export function applyReportDistributed(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.reports.get(entry.subject);
  if (!row) return [];
  const body = entry.body as unknown as ReportDistributedBody;
  const sent = { ...body, sentAt: instantIn(entry, "at"), standing: row.state, mark: markOf(entry) };
  return put(state, { ...row, distributed: [...row.distributed, sent] }, entry);
}

/** Errors: `report.unknown`, `report.erratum`, `report.own-text`. */
export function checkReport(state: DeskState, { kind, subject, body }: Draft): Fault | undefined {
  if (kind !== "report.approved")
    return state.reports.has(subject)
      ? undefined
      : refusal("report.unknown", "subject", "an edition of the record", subject);
  const { supersedes, erratum, sha256 } = body as Record<string, string | undefined>;
  if ((supersedes === undefined) !== (erratum === undefined))
    return refusal(
      "report.erratum",
      "body.erratum",
      "what is corrected, and what was wrong in it, both or neither",
      "one",
    );
  if (supersedes === undefined) return undefined;
  if (supersedes === sha256) return refusal("report.own-text", "body.supersedes", "another edition", supersedes);
  return state.reports.has(supersedes)
    ? undefined
    : refusal("report.unknown", "body.supersedes", "an edition of the record", supersedes);
}
