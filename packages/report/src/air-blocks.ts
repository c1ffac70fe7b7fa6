/** The report's part about what flew as notified, and what the components had watched: for them alone. */
import type { FlownRow, MissionView } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import type { DailyReport } from "./daily.ts";
import type { Block } from "./document.ts";

export function airBlocks(report: DailyReport, words: Words): Block[] {
  return [...flownBlocks(report, words), ...collectionBlocks(report, words)];
}

function flownBlocks({ flown, mission }: DailyReport, words: Words): Block[] {
  if (flown.length === 0) return [];
  const rows = flown.map((row) => [
    row.name,
    timeText(row.from, mission, words),
    timeText(row.until, mission, words),
    departures(row, words),
  ]);
  return [
    { kind: "heading", text: words.say("report.flown.title") },
    tableOf("flown", ["flight", "from", "until", "deviation"], rows, words),
  ];
}

/** By how much it departed from its notice, or that it kept to it. */
function departures(row: FlownRow, words: Words): string {
  const { offRouteMetres, earlySeconds, lateSeconds, aboveMetres, belowMetres, clearance } = row;
  const metres = (key: "off-route" | "above" | "below", value: number | undefined): string[] =>
    value === undefined ? [] : [words.say(`report.flown.${key}`, { distance: words.formats.metres(value) })];
  const seconds = (key: "early" | "late", value: number | undefined): string[] =>
    value === undefined ? [] : [words.say(`report.flown.${key}`, { time: words.formats.duration(value * 1_000_000) })];
  const parts = [
    ...(clearance === undefined || clearance === "cleared" ? [] : [words.say("report.flown.uncleared")]),
    ...metres("off-route", offRouteMetres),
    ...seconds("early", earlySeconds),
    ...seconds("late", lateSeconds),
    ...metres("above", aboveMetres),
    ...metres("below", belowMetres),
  ];
  return parts.length === 0 ? words.say("report.flown.kept") : parts.join("; ");
}

function collectionBlocks({ collection, mission }: DailyReport, words: Words): Block[] {
  if (collection.length === 0) return [];
  const rows = collection.map(({ body, from, until, state, reports, mark }) => {
    const last = reports.at(-1);
    const why = last?.cause === undefined ? "" : words.sayCode("gap", last.cause);
    return [
      `${body.asset}: ${body.target}`,
      timeText(from, mission, words),
      timeText(until, mission, words),
      [words.sayCode("collectionState", state), why].filter(Boolean).join("; "),
      last?.text ?? body.purpose,
      mark.component,
    ];
  });
  return [
    { kind: "heading", text: words.say("report.collection.title") },
    tableOf("collection", ["collection", "from", "until", "state", "description", "by"], rows, words),
  ];
}

type Column = "flight" | "from" | "until" | "deviation" | "collection" | "state" | "description" | "by";

function tableOf(name: string, columns: readonly Column[], rows: readonly (readonly string[])[], words: Words): Block {
  return {
    kind: "table",
    name,
    columns: columns.map((column) => words.say(`report.column.${column}`)),
    rows,
    numeric: [],
  };
}

function timeText(at: number, { timeZone }: MissionView, words: Words): string {
  return words.formats.dateTime(at, { timeZone });
}
