/** The desk's part of the daily report in words. */
import { ALLEGATION_OUTCOMES, type DocketLine, type MissionView, WARNING_OUTCOMES } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import type { DeskSummary } from "./desk-summary.ts";
import type { Block } from "./document.ts";

/** Casualties for everybody, each state in a line of its own; the rest for the components. */
export function deskBlocks(summary: DeskSummary, isInside: boolean, mission: MissionView, words: Words): Block[] {
  return [
    ...casualtyBlocks(summary, words),
    ...(isInside ? [...docketBlocks(summary.docket, mission, words), ...influenceBlocks(summary, words)] : []),
  ];
}

function casualtyBlocks({ casualties }: DeskSummary, words: Words): Block[] {
  if (casualties.length === 0) return [];
  return [
    { kind: "heading", text: words.say("desk.casualties") },
    { kind: "note", text: words.say("desk.casualties.note") },
    {
      kind: "table",
      name: "casualties",
      columns: [
        words.say("desk.casualties.group"),
        words.say("desk.casualties.harm"),
        words.say("desk.casualties.standing"),
        words.say("report.column.number"),
      ],
      rows: casualties.map((line) => [
        words.sayCode("casualtyGroup", line.group),
        words.sayCode("casualtyHarm", line.harm),
        words.sayCode("casualtyStanding", line.standing),
        words.formats.number(line.number),
      ]),
      numeric: [3],
    },
  ];
}

function docketBlocks(lines: readonly DocketLine[], mission: MissionView, words: Words): Block[] {
  if (lines.length === 0) return [];
  const nameOf = (code: string): string => {
    const names = mission.parties.find((party) => party.code === code)?.names;
    return names?.[words.locale] ?? names?.en ?? code;
  };
  const outcomes = ALLEGATION_OUTCOMES.filter((outcome) => lines.some((line) => line.outcomes[outcome]));
  return [
    { kind: "heading", text: words.say("desk.docket") },
    { kind: "note", text: words.say("desk.docket.note") },
    {
      kind: "table",
      name: "docket",
      columns: [
        words.say("report.column.parties"),
        ...(["counted", "incomplete", "open", "overdue"] as const).map((name) => words.say(`desk.docket.${name}`)),
        ...outcomes.map((outcome) => words.sayCode("allegationOutcome", outcome)),
      ],
      rows: lines.map((line) => [
        `${nameOf(line.accuser)} → ${line.accused === undefined ? words.say("report.not-computed") : nameOf(line.accused)}`,
        ...[line.counted, line.incomplete, line.open, line.overdue].map((number) => words.formats.number(number)),
        ...outcomes.map((outcome) => words.formats.number(line.outcomes[outcome] ?? 0)),
      ]),
      numeric: Array.from({ length: 4 + outcomes.length }, (_, index) => index + 1),
    },
  ];
}

function influenceBlocks({ calls, requests, warnings }: DeskSummary, words: Words): Block[] {
  const silence = words.say("report.desk.silence", {
    calls: calls.number,
    unansweredCalls: calls.unanswered,
    requests: requests.number,
    unansweredRequests: requests.unanswered,
  });
  const blocks: Block[] = [
    { kind: "heading", text: words.say("report.desk.title") },
    { kind: "note", text: silence },
  ];
  if (warnings.length === 0) return blocks;
  return [
    ...blocks,
    {
      kind: "table",
      name: "warnings",
      columns: [
        words.say("desk.warning.indicator"),
        words.say("desk.warning.raised"),
        ...WARNING_OUTCOMES.map((outcome) => words.sayCode("warningOutcome", outcome)),
        words.say("desk.warning.hitRate"),
      ],
      rows: warnings.map((line) => [
        words.sayCode("indicator", line.indicator),
        words.formats.number(line.raised),
        ...WARNING_OUTCOMES.map((outcome) => words.formats.number(line.outcomes[outcome] ?? 0)),
        line.hitRate === undefined ? words.say("report.not-computed") : words.formats.percent(line.hitRate),
      ]),
      numeric: [1, 2, 3, 4, 5, 6],
    },
  ];
}
