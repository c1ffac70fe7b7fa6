/** Writes the final report in one language; what it has in common with the daily one is written as there. */
import type { Instant, LifeStep, MissionView } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import { type Block, dailyDocument, type ReportDocument } from "./document.ts";
import type { FinalReport } from "./final.ts";

export function finalDocument(report: FinalReport, words: Words): ReportDocument {
  const { whole, life } = report;
  const common = dailyDocument(whole, words);
  const { period, mission } = whole;
  const days = Math.round((period.until - period.from) / 86_400_000_000);
  return {
    ...common,
    title: words.say("mission.final.title"),
    blocks: [
      note(
        words.say("mission.final.period", {
          from: when(words, period.from, mission),
          until: when(words, period.until, mission),
          days: life.closedDays ?? days,
          phase: words.sayCode("phase", life.phase),
        }),
      ),
      ...lifeBlocks(report, words),
      ...availabilityBlocks(report, words),
      ...claimBlocks(report, words),
      ...leftBlocks(report, words),
      // The first two notes of the daily report speak of its day; everything else holds for the whole time.
      ...common.blocks.slice(1),
    ],
  };
}

const note = (text: string): Block => ({ kind: "note", text });
const heading = (text: string): Block => ({ kind: "heading", text });
const table = (
  name: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[] = [],
): Block => ({ kind: "table", name, columns, rows, numeric });

const when = (words: Words, at: Instant, { timeZone }: MissionView): string => words.formats.dateTime(at, { timeZone });

function lifeBlocks({ life, whole }: FinalReport, words: Words): Block[] {
  const { mission } = whole;
  const columns = ["when", "step", "state", "signed"] as const;
  const steps = life.steps.map((step) => [
    when(words, step.signedBy.at(-1)!.recordedAt, mission),
    `${words.sayCode("kind", step.kind)}${detailOf(step, words)}`,
    words.sayCode("actState", step.state),
    step.signedBy.map(({ role, component }) => `${role} (${component})`).join(", "),
  ]);
  const sides = life.sides.map(({ component, state, reason }) => [
    component,
    words.sayCode("participation", state),
    reason ?? "",
  ]);
  return [
    heading(words.say("mission.life")),
    table(
      "steps",
      columns.map((column) => words.say(`mission.column.${column}`)),
      steps,
    ),
    table(
      "sides",
      [words.say("mission.column.side"), words.say("mission.column.state"), words.say("mission.column.reason")],
      sides,
    ),
    ...planBlocks(life, words),
  ];
}

function detailOf({ body }: LifeStep, words: Words): string {
  if (typeof body.trigger === "string") return `: ${words.sayCode("trigger", body.trigger)}`;
  return typeof body.reason === "string" ? `: ${body.reason}` : "";
}

function planBlocks({ plan }: FinalReport["life"], words: Words): Block[] {
  if (!plan) return [];
  const running = plan.terms.filter(({ state }) => state === "running");
  return [
    note(
      words.say("mission.final.plan", {
        trigger: words.sayCode("trigger", plan.trigger),
        deciders: words.formats.list(plan.decidedBy),
        announcer: plan.announcedBy,
        day: plan.lastDay,
      }),
    ),
    ...running.map((term) =>
      note(
        words.say("mission.final.term", {
          instrument: term.instrument,
          until: term.until ?? "",
          renewal: term.renewal,
        }),
      ),
    ),
  ];
}

/** Beside every claim of an uninterrupted watch stand the hours that nobody watched. */
function availabilityBlocks({ availability }: FinalReport, words: Words): Block[] {
  const hours = (value: number): string => words.formats.number(value, 1);
  const rows = availability.map((line) => [
    words.sayCode("means", line.means),
    words.formats.number(line.sources),
    hours(line.hoursWatched),
    hours(line.hoursOfPeriod - line.hoursWatched),
    line.hoursOfPeriod > 0 ? words.formats.percent(line.hoursWatched / line.hoursOfPeriod) : "",
  ]);
  const columns = ["means", "sources", "watched", "unwatched", "share"] as const;
  return [
    heading(words.say("mission.final.availability")),
    note(words.say("mission.final.availabilityNote")),
    rows.length === 0
      ? { kind: "warning", text: words.say("mission.final.unwatched") }
      : table(
          "availability",
          columns.map((column) => words.say(`mission.column.${column}`)),
          rows,
          [1, 2, 3, 4],
        ),
  ];
}

function claimBlocks({ claims, whole }: FinalReport, words: Words): Block[] {
  if (claims.length === 0) return [];
  const rows = claims.map(({ kind, about, by, occurredAt, recordedAt }) => [
    when(words, occurredAt, whole.mission),
    words.sayCode("fact", kind),
    about,
    by,
    when(words, recordedAt, whole.mission),
  ]);
  const columns = ["when", "claim", "about", "by", "known"] as const;
  return [
    heading(words.say("mission.final.claims")),
    note(words.say("mission.final.claimsNote")),
    table(
      "claims",
      columns.map((column) => words.say(`mission.column.${column}`)),
      rows,
    ),
  ];
}

function leftBlocks({ life }: FinalReport, words: Words): Block[] {
  const rows = [
    ...life.disposed.map(({ kind, id, disposition, to, note: said }) => [
      words.sayCode("disposed", kind),
      id,
      `${words.sayCode("disposition", disposition)}${to === undefined ? "" : ` → ${to}`}`,
      said,
    ]),
    ...life.lacking.map(({ kind, id, count }) => [
      words.sayCode("disposed", kind),
      id,
      words.say("mission.final.undecided"),
      count > 1 ? words.formats.number(count) : "",
    ]),
  ];
  if (rows.length === 0) return [];
  const columns = ["what", "id", "disposition", "note"] as const;
  return [
    heading(words.say("mission.final.left")),
    table(
      "left",
      columns.map((column) => words.say(`mission.column.${column}`)),
      rows,
    ),
  ];
}
