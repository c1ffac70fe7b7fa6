/** The report's part about what size of event would have been heard where: for the components alone, as it tells where nobody listens. */
import { type GroundWatchLine, type MissionView, PLACED_BY } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import type { DailyReport } from "./daily.ts";
import type { Block } from "./document.ts";

interface Naming {
  readonly zone: (mission: MissionView, zone: string, words: Words) => string;
  readonly side: (mission: MissionView, code: string | undefined, words: Words) => string;
}

/** @param naming how zones and sides are called, as in the report's other tables. */
export function groundBlocks(report: DailyReport, words: Words, naming: Naming): Block[] {
  const tables = [...watchTable(report, words, naming), ...reachTable(report, words, naming)];
  return tables.length === 0 ? [] : [{ kind: "heading", text: words.say("report.coverage.ground") }, ...tables];
}

function watchTable({ groundWatch, mission }: DailyReport, words: Words, naming: Naming): Block[] {
  if (groundWatch.length === 0) return [];
  const rows = groundWatch.map((line) => [
    naming.zone(mission, line.zone, words),
    naming.side(mission, line.heldBy, words),
    words.sayCode("sound", line.what),
    hoursText(line.hoursHeard, line, words),
    hoursText(line.hoursPlaced, line, words),
    leastText(line, mission, words),
  ]);
  const columns = ["zone", "side", "size", "heard", "placed", "least-hour"] as const;
  return [
    tableOf("ground-watch", columns, rows, words),
    { kind: "note", text: words.say("report.coverage.ground-note", { posts: PLACED_BY }) },
  ];
}

function hoursText(hours: number, { hoursOfPeriod }: GroundWatchLine, words: Words): string {
  const digits = (value: number): string => words.formats.number(value, 1);
  return hours <= 0
    ? words.say("report.coverage.zero")
    : words.say("report.coverage.of", { watched: digits(hours), total: digits(hoursOfPeriod) });
}

/** The first of the hours in which the least of the ground was heard. */
function leastText({ hours }: GroundWatchLine, { timeZone }: MissionView, words: Words): string {
  if (hours.length === 0) return "";
  const least = hours.reduce((one, other) => (other.heardShare < one.heardShare ? other : one));
  return words.say("report.coverage.least", {
    share: words.formats.percent(least.heardShare),
    time: words.formats.dayTime(least.from, { timeZone, seconds: false }),
  });
}

function reachTable({ sideReaches, mission }: DailyReport, words: Words, naming: Naming): Block[] {
  if (sideReaches.length === 0) return [];
  const { distance, number } = words.formats;
  const rows = sideReaches.map((line) => [
    naming.side(mission, line.heldBy, words),
    words.sayCode("sound", line.what),
    number(line.posts),
    words.say("report.coverage.reach", {
      least: distance(line.least),
      middle: distance(line.middle),
      most: distance(line.most),
    }),
  ]);
  return [
    { kind: "note", text: words.say("report.coverage.reaches") },
    { ...tableOf("reaches", ["side", "size", "posts", "reach"], rows, words), numeric: [2] },
  ];
}

type Column = "zone" | "side" | "size" | "heard" | "placed" | "least-hour" | "posts" | "reach";

function tableOf(name: string, columns: readonly Column[], rows: readonly (readonly string[])[], words: Words) {
  return {
    kind: "table" as const,
    name,
    columns: columns.map((column) => words.say(`report.column.${column}`)),
    rows,
    numeric: [],
  };
}
