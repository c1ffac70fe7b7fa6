/** The desk's part of the daily report in words. */
import { ALLEGATION_OUTCOMES, type MissionView, WARNING_OUTCOMES } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import type { CasualtyRow, DeskSummary, WarningLine } from "./desk-summary.ts";
import type { Block } from "./document.ts";
import { type LinkedNumber, linkedTable, namedRows } from "./linked.ts";

/** Casualties for everybody, each state in a line of its own; the rest for the components. */
export function deskBlocks(summary: DeskSummary, isInside: boolean, mission: MissionView, words: Words): Block[] {
  return [
    ...casualtyBlocks(summary, words),
    ...(isInside ? [...docketBlocks(summary, mission, words), ...influenceBlocks(summary, mission, words)] : []),
  ];
}

const casualtyColumns = (words: Words): string[] => [
  words.say("desk.casualties.group"),
  words.say("desk.casualties.harm"),
  words.say("desk.casualties.standing"),
  words.say("report.column.number"),
];

const casualtyCells = (line: CasualtyRow | DeskSummary["casualties"][number], words: Words): string[] => [
  words.sayCode("casualtyGroup", line.group),
  words.sayCode("casualtyHarm", line.harm),
  words.sayCode("casualtyStanding", line.standing),
  words.formats.number(line.number),
];

function casualtyBlocks({ casualties, casualtyRows }: DeskSummary, words: Words): Block[] {
  if (casualties.length === 0) return [];
  const title = words.say("report.rows.casualties");
  const isInside = casualtyRows.some(({ statedBy }) => statedBy !== undefined);
  const by = isInside ? [words.say("report.column.stated-by")] : [];
  const numbers = casualties.map(({ lines }, line) => ({
    ...{ line, column: 3 },
    rows: casualtyRows.flatMap(({ id }, index) => (lines.includes(id) ? [index + 1] : [])),
  }));
  return [
    { kind: "heading", text: words.say("desk.casualties") },
    { kind: "note", text: words.say("desk.casualties.note") },
    ...linkedTable(
      tableOf(
        "casualties",
        casualtyColumns(words),
        casualties.map((line) => casualtyCells(line, words)),
        [3],
      ),
      numbers,
      { mark: "K", of: "casualty-rows", anchor: "k", title },
      words,
    ),
    { kind: "heading", text: title },
    namedRows(
      tableOf(
        "casualty-rows",
        [words.say("report.column.incident"), ...casualtyColumns(words), ...by],
        casualtyRows.map((row) => [
          row.incident,
          ...casualtyCells(row, words),
          ...(isInside ? [row.statedBy ?? ""] : []),
        ]),
        [4],
      ),
      "k",
      words.say("report.column.row-number"),
    ),
  ];
}

function docketBlocks({ docket: lines, docketRows }: DeskSummary, mission: MissionView, words: Words): Block[] {
  if (lines.length === 0) return [];
  const nameOf = (code: string): string => {
    const names = mission.parties.find((party) => party.code === code)?.names;
    return names?.[words.locale] ?? names?.en ?? code;
  };
  const outcomes = ALLEGATION_OUTCOMES.filter((outcome) => lines.some((line) => line.outcomes[outcome]));
  const numbers = docketRows.flatMap(({ counted, incomplete, open, overdue, outcomes: ended }, line) =>
    [counted, incomplete, open, overdue, ...outcomes.map((outcome) => ended[outcome] ?? [])].map((rows, index) => ({
      ...{ line, rows },
      column: index + 1,
    })),
  );
  const columns = [
    words.say("report.column.parties"),
    ...(["counted", "incomplete", "open", "overdue"] as const).map((name) => words.say(`desk.docket.${name}`)),
    ...outcomes.map((outcome) => words.sayCode("allegationOutcome", outcome)),
  ];
  const rows = lines.map((line) => [
    `${nameOf(line.accuser)} → ${line.accused === undefined ? words.say("report.not-computed") : nameOf(line.accused)}`,
    ...[line.counted, line.incomplete, line.open, line.overdue].map((number) => words.formats.number(number)),
    ...outcomes.map((outcome) => words.formats.number(line.outcomes[outcome] ?? 0)),
  ]);
  const numeric = Array.from({ length: 4 + outcomes.length }, (_, index) => index + 1);
  const linking = { mark: "D", of: "allegations", anchor: "a", title: words.say("report.allegations.title") };
  return [
    { kind: "heading", text: words.say("desk.docket") },
    { kind: "note", text: words.say("desk.docket.note") },
    ...linkedTable(tableOf("docket", columns, rows, numeric), numbers, linking, words),
  ];
}

function tableOf(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[],
): Block & { readonly kind: "table" } {
  return { kind: "table", name, columns, rows, numeric };
}

function influenceBlocks(summary: DeskSummary, mission: MissionView, words: Words): Block[] {
  const { calls, requests, warnings } = summary;
  const silence = words.say("report.desk.silence", {
    calls: calls.number,
    unansweredCalls: calls.unanswered,
    requests: requests.number,
    unansweredRequests: requests.unanswered,
  });
  return [
    { kind: "heading", text: words.say("report.desk.title") },
    { kind: "note", text: silence },
    ...(warnings.length === 0 ? [] : warningBlocks(summary, mission, words)),
  ];
}

function warningBlocks({ warnings, warningRows }: DeskSummary, { timeZone }: MissionView, words: Words): Block[] {
  const columns = [
    words.say("desk.warning.indicator"),
    words.say("desk.warning.raised"),
    ...WARNING_OUTCOMES.map((outcome) => words.sayCode("warningOutcome", outcome)),
    words.say("desk.warning.hitRate"),
  ];
  const rows = warnings.map((line) => [
    words.sayCode("indicator", line.indicator),
    words.formats.number(line.raised),
    ...WARNING_OUTCOMES.map((outcome) => words.formats.number(line.outcomes[outcome] ?? 0)),
    line.hitRate === undefined ? words.say("report.not-computed") : words.formats.percent(line.hitRate),
  ]);
  const title = words.say("report.rows.warnings");
  const own = warningRows.map((row) => [
    words.formats.dateTime(row.raisedAt, { timeZone }),
    words.sayCode("indicator", row.indicator),
    row.outcome === undefined ? "" : words.sayCode("warningOutcome", row.outcome),
  ]);
  const heads = [
    words.say("report.column.time"),
    words.say("desk.warning.indicator"),
    words.say("report.column.outcome"),
  ];
  return [
    ...linkedTable(
      tableOf("warnings", columns, rows, [1, 2, 3, 4, 5, 6]),
      warnings.flatMap(({ indicator }, line) => warningNumbers(warningRows, indicator, line)),
      { mark: "W", of: "warning-rows", anchor: "w", title },
      words,
    ),
    { kind: "heading", text: title },
    namedRows(tableOf("warning-rows", heads, own, []), "w", words.say("report.column.row-number")),
  ];
}

/** The hit rate rests on every warning that turned out one way or the other. */
function warningNumbers(
  rows: readonly WarningLine[],
  indicator: WarningLine["indicator"],
  line: number,
): LinkedNumber[] {
  const of = (isOne: (row: WarningLine) => boolean): number[] =>
    rows.flatMap((row, index) => (row.indicator === indicator && isOne(row) ? [index + 1] : []));
  return [
    { line, column: 1, rows: of(() => true) },
    ...WARNING_OUTCOMES.map((outcome, index) => ({
      ...{ line, column: index + 2 },
      rows: of((row) => row.outcome === outcome),
    })),
    {
      ...{ line, column: WARNING_OUTCOMES.length + 2 },
      rows: of(({ outcome }) => outcome !== undefined && outcome !== "unknown"),
    },
  ];
}
