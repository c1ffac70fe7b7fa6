/** A report as a neutral document: headings, notes and tables, in one language. Renderers only write it down. */
import { type AirWatchLine, type Instant, MICROSECONDS_PER_MINUTE, type MissionView, type Names } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import { airBlocks } from "./air-blocks.ts";
import { countsOfRows, type DailyReport, type ViolationLine } from "./daily.ts";
import { deskBlocks } from "./desk-blocks.ts";
import { chartBlocks, mapBlocks } from "./figures.ts";
import { groundBlocks } from "./ground-blocks.ts";
import { linkedTable, namedRows, withoutDeadLinks } from "./linked.ts";
import { matterBlocks } from "./matter-blocks.ts";
import { nearPlaceText } from "./near-place.ts";
import { byOrder, orderOn } from "./order.ts";
import type { ReportTheme } from "./report-kinds.ts";

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "warning"; readonly text: string }
  /** A drawing as SVG, made here and nowhere else; its title says what it shows. */
  | { readonly kind: "figure"; readonly title: string; readonly svg: string }
  | {
      readonly kind: "table";
      readonly name: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly numeric: readonly number[];
      /** A name of each row by which it is linked to, in documents that have links. */
      readonly anchors?: readonly string[];
      /** Cells that lead to a name. */
      readonly links?: readonly { readonly row: number; readonly column: number; readonly to: string }[];
    }
  /** From which rows of a table numbers were computed. */
  | {
      readonly kind: "rows";
      readonly items: readonly RowsOf[];
      /** Name of the table that holds the rows; that of violations where it is not given. */
      readonly of?: string;
    };

export interface RowsOf {
  readonly id: string;
  readonly label: string;
  /** Numbers of rows, in order. */
  readonly rows: readonly number[];
  /** Rows beyond this one are not in the document. */
  readonly last: number;
  /** How many of them are not. */
  readonly more: string;
  /** What begins the rows' anchors; `v`, of violations, where it is not given. */
  readonly anchor?: string;
}

export interface ReportDocument {
  readonly language: string;
  readonly title: string;
  readonly subtitle: string;
  readonly isExercise: boolean;
  readonly watermark: string;
  readonly blocks: readonly Block[];
  readonly footer: string;
}

/** Rows of one table on paper; the CSV edition holds all. */
export const MOST_TABLE_ROWS = 2_000;

/** What a report is written with besides its rows. */
export interface DocumentOptions {
  /** SHA-256 of the whole table of violations, as CSV and as HTML; printed, so that an annex can be held against the report. */
  readonly annexSha256?: { readonly csv: string; readonly html: string };
}

/** Writes a report over a period in the words' language; a thematic one holds its theme and the coverage that it rests on. */
export function dailyDocument(report: DailyReport, words: Words, options: DocumentOptions = {}): ReportDocument {
  const { mission, period } = report;
  const zone = mission.timeZone;
  const parts: readonly (readonly [ReportTheme, () => readonly Block[]])[] = [
    ["violations", () => [...countBlocks(report, words), ...chartBlocks(report, words)]],
    ["overflights", () => [...overflightBlocks(report, words), ...airBlocks(report, words)]],
    ["violations", () => [...mapBlocks(report, words), ...violationBlocks(report, words, options)]],
    ["coverage", () => coverageBlocks(report, words)],
    ["access", () => matterBlocks(report.matters.filter(isOf(report.theme)), mission, words)],
    ["violations", () => findingBlocks(report, words)],
    ["allegations", () => allegationBlocks(report, words)],
    ["casualties", () => deskBlocks(report.desk, report.audience === "component", mission, words)],
  ];
  return {
    language: words.locale,
    title: titleOf(report, words),
    subtitle: nameIn(mission.names, words.locale),
    isExercise: mission.exercise,
    watermark: mission.exercise ? words.say("report.daily.exercise") : "",
    blocks: withoutDeadLinks([
      note(
        `${words.say("report.daily.period")}: ${when(words, period.from, zone)} – ${when(words, period.until, zone)}. ${words.say("report.daily.cutoff", { time: mission.reportCutOff, zone })}`,
      ),
      note(
        words.say("report.daily.authentic", {
          languages: words.formats.list(mission.authenticLanguages.map(words.formats.language)),
          language: words.formats.language(words.locale),
        }),
      ),
      note(audienceNote(report, words)),
      ...orderNotes(report, words),
      ...parts.filter(([part]) => isInTheme(part, report.theme)).flatMap(([, blocks]) => blocks()),
    ]),
    footer: words.say("report.daily.record", { ...report.record }),
  };
}

/** Which side stands first today, and that it will not always. */
function orderNotes({ mission, date }: DailyReport, words: Words): Block[] {
  const named = (list: readonly { readonly code: string; readonly names: Names }[]): string[] =>
    orderOn(
      date,
      list.map(({ code }) => code),
    ).map((code) => nameIn(list.find((one) => one.code === code)!.names, words.locale));
  const sides = [...named(mission.components), ...named(mission.parties)];
  return sides.length < 2 ? [] : [note(words.say("report.order", { sides: sides.join(", ") }))];
}

/** No theme goes without what was watched: a number without it says nothing. */
function isInTheme(part: ReportTheme, theme: ReportTheme | undefined): boolean {
  return theme === undefined || part === theme || part === "coverage" || (part === "access" && theme === "silence");
}

const isOf =
  (theme: ReportTheme | undefined) =>
  ({ topic }: DailyReport["matters"][number]): boolean =>
    theme === undefined || (topic === "silence") === (theme === "silence");

function titleOf(report: DailyReport, words: Words): string {
  const { kind, theme, date, fromDate } = report;
  if (kind === "daily") return words.say("report.daily.title", { date });
  const span = { from: fromDate, until: date };
  if (kind === "thematic")
    return words.say("report.title.thematic", { ...span, theme: words.say(`report.theme.${theme ?? "violations"}`) });
  return words.say(`report.title.${kind}`, span);
}

const note = (text: string): Block => ({ kind: "note", text });
const heading = (text: string): Block => ({ kind: "heading", text });

function table(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[] = [],
): Block & { readonly kind: "table" } {
  return { kind: "table", name, columns, rows, numeric };
}

function nameIn(names: Names, language: string): string {
  return names[language] ?? names.en ?? Object.values(names)[0] ?? "";
}

function when(words: Words, at: Instant, timeZone: string): string {
  return words.formats.dateTime(at, { timeZone, seconds: true });
}

function zoneName(mission: MissionView, zone: string | undefined, words: Words): string {
  if (zone === undefined) return words.say("report.no-zone");
  const found = mission.zones.find((version) => version.zone === zone);
  return found ? nameIn(found.names, words.locale) : zone;
}

function sideName(mission: MissionView, code: string | undefined, words: Words): string {
  const party = mission.parties.find((entry) => entry.code === code);
  return party ? nameIn(party.names, words.locale) : (code ?? words.say("report.coverage.side-unknown"));
}

const oneDigit = (words: Words, value: number): string => words.formats.number(value, 1);

function audienceNote(report: DailyReport, words: Words): string {
  if (report.audience === "component") return words.say("report.daily.audience.component");
  const { gridMetres, delay } = report.mission.release;
  return words.say("report.daily.audience.public", {
    grid: gridMetres,
    delay: Math.round(delay / MICROSECONDS_PER_MINUTE),
  });
}

function countBlocks(report: DailyReport, words: Words): Block[] {
  const watched = report.coverage.reduce((sum, line) => sum + line.hoursWatched, 0);
  const rows = report.counts.map((line) => [
    line.id,
    words.sayCode("observation", line.kind),
    zoneName(report.mission, line.zone, words),
    words.sayCode("means", line.means),
    words.sayCode("unitName", line.unit),
    line.isUndetermined ? words.say("report.undetermined") : words.formats.number(line.number),
    words.formats.number(line.previous),
    line.isUndetermined ? "" : signed(line.number - line.previous, words),
    line.authenticatedShare === undefined ? "" : words.formats.percent(line.authenticatedShare),
    hoursWatched(line.hoursWatched, words),
    hoursWatched(line.previousHoursWatched, words),
  ]);
  const columns = [
    ...(["count-id", "kind", "zone", "means", "unit", "number", "previous", "change"] as const),
    ...(["authenticated", "coverage", "coverage-previous"] as const),
  ];
  const body: Block[] =
    rows.length > 0
      ? [
          {
            ...table(
              "counts",
              columns.map((column) => words.say(`report.column.${column}`)),
              rows,
              [5, 6, 7, 8],
            ),
            links: report.counts.flatMap(({ id, rows: of }, row) =>
              of.length > 0 ? [{ row, column: 5, to: id }] : [],
            ),
          },
          note(words.say("report.compare.note")),
          ...convertedNotes(report, words),
          ...rowsOfCounts(report, words),
        ]
      : [];
  const silent: Block[] = rows.length > 0 ? [] : [{ kind: "warning", text: silenceText(report, watched, words) }];
  return [heading(words.say("report.daily.summary")), note(words.say("report.daily.summary.note")), ...body, ...silent];
}

/** Numbers of one unit told in another, each with the rule that allows it: nothing else converts them. */
function convertedNotes({ counts, mission }: DailyReport, words: Words): Block[] {
  return counts.flatMap(({ id, number, unit, converted }) => {
    if (converted === undefined) return [];
    const rule = mission.countConversions?.find((one) => one.id === converted.rule);
    return note(
      words.say("report.converted", {
        count: id,
        number: words.say(`codes.unit.${unit}`, { count: number }),
        converted: words.say(`codes.unit.${converted.unit}`, { count: converted.number }),
        qualifier: words.sayCode("qualifier", converted.qualifier),
        rule: converted.rule,
        name: rule === undefined ? "" : nameIn(rule.names, words.locale),
      }),
    );
  });
}

/** Each number with the rows that made it: whoever doubts it can add them up. */
function rowsOfCounts({ counts, violations }: DailyReport, words: Words): Block[] {
  const counted = counts.filter(({ rows }) => rows.length > 0);
  if (counted.length === 0) return [];
  const items = counted.map(({ id, rows }) => {
    const more = rows.filter((row) => row > MOST_TABLE_ROWS).length;
    return {
      ...{ id, rows, last: MOST_TABLE_ROWS, label: words.say("report.rows.label", { id, count: rows.length }) },
      more: more === 0 ? "" : words.say("report.rows.more", { count: more }),
    };
  });
  const total = violations.length;
  return [note(words.say("report.rows.note", { count: total })), { kind: "rows", items }];
}

/** What an empty period says: nothing at all where nobody watched, or fewer than agreed. */
function silenceText({ thin }: DailyReport, watched: number, words: Words): string {
  if (watched === 0) return words.say("report.daily.summary.unwatched");
  const [first] = thin;
  if (first === undefined) return words.say("report.daily.summary.none");
  return words.say("report.period.thin", {
    means: words.formats.list(thin.map(({ means }) => words.sayCode("means", means))),
    share: words.formats.percent(Math.min(...thin.map(({ share }) => share))),
    least: words.formats.percent(first.least),
  });
}

function signed(value: number, words: Words): string {
  return `${value > 0 ? "+" : ""}${words.formats.number(value)}`;
}

function hoursWatched(hours: number, words: Words): string {
  return hours > 0
    ? words.say("report.coverage.hours", { hours: oneDigit(words, hours) })
    : words.say("report.coverage.zero");
}

function overflightBlocks(report: DailyReport, words: Words): Block[] {
  const body = [...overflightTable(report, words), ...airWatchTable(report, words)];
  return body.length === 0 ? [] : [heading(words.say("report.overflights.title")), ...body];
}

function overflightTable(report: DailyReport, words: Words): Block[] {
  if (report.overflights.length === 0)
    return report.airWatch.length === 0 ? [] : [note(words.say("report.overflights.none"))];
  const rows = report.overflights.map((line) => [
    zoneName(report.mission, line.zone, words),
    words.say(line.isNotified ? "report.overflights.notified" : "report.overflights.not-notified"),
    words.formats.number(line.flights),
    words.formats.number(line.hours, 2),
  ]);
  const columns = (["zone", "state", "flights", "hours"] as const).map((column) =>
    words.say(`report.column.${column}`),
  );
  const title = words.say("report.rows.overflights");
  const own = report.overflights.flatMap(({ each, zone, isNotified }) =>
    each.map(({ at, hours }) => [
      when(words, at, report.mission.timeZone),
      zoneName(report.mission, zone, words),
      words.say(isNotified ? "report.overflights.notified" : "report.overflights.not-notified"),
      words.formats.number(hours, 2),
    ]),
  );
  // The flights stand line by line, so that each line's rows follow those of the one before.
  let before = 0;
  const numbers = report.overflights.flatMap(({ flights }, line) => {
    const first = before;
    before += flights;
    const made = Array.from({ length: flights }, (_, index) => first + index + 1);
    return [2, 3].map((column) => ({ line, column, rows: made }));
  });
  const heads = [words.say("report.column.time"), columns[0]!, columns[1]!, columns[3]!];
  return [
    ...linkedTable(
      table("overflights", columns, rows, [2, 3]),
      numbers,
      { mark: "O", of: "overflight-rows", anchor: "o", title, last: MOST_TABLE_ROWS },
      words,
    ),
    heading(title),
    namedRows(
      table("overflight-rows", heads, own.slice(0, MOST_TABLE_ROWS), [3]),
      "o",
      words.say("report.column.row-number"),
    ),
  ];
}

/** The denominator of overflights: how long each zone was watched, by altitude, for what is silent and for what broadcasts. */
function airWatchTable({ airWatch, mission }: DailyReport, words: Words): Block[] {
  const silent = airWatch.filter(({ target }) => target === "silent");
  if (silent.length === 0) return [];
  const broadcasting = (line: AirWatchLine): AirWatchLine | undefined =>
    airWatch.find(
      ({ zone, altitudeMetres, target }) =>
        target === "broadcasting" && zone === line.zone && altitudeMetres === line.altitudeMetres,
    );
  const of = (line: AirWatchLine | undefined): string =>
    line === undefined || line.hoursWatched <= 0
      ? words.say("report.coverage.zero")
      : words.say("report.coverage.of", {
          watched: oneDigit(words, line.hoursWatched),
          total: oneDigit(words, line.hoursOfPeriod),
        });
  const rows = silent.map((line) => [
    zoneName(mission, line.zone, words),
    sideName(mission, line.heldBy, words),
    words.formats.metres(line.altitudeMetres),
    of(line),
    of(broadcasting(line)),
  ]);
  const columns = ["zone", "side", "above-ground", "watched-silent", "watched-broadcasting"] as const;
  return [
    table(
      "air-watch",
      columns.map((column) => words.say(`report.column.${column}`)),
      rows,
    ),
    note(words.say(`report.overflights.watch-note${mission.terrain === undefined ? "" : "-land"}`)),
  ];
}

/** Column heads and rows of the violations, also for the CSV edition. */
export function violationTable(
  report: DailyReport,
  words: Words,
  most = Number.POSITIVE_INFINITY,
): { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const columns = ["row", "position", "location", "means", "number", "observation", "description", "weapon"] as const;
  const { timeZone } = report.mission;
  const counts = countsOfRows(report);
  const counted = countTexts(words);
  const rows = report.violations
    .slice(0, most)
    .map((line, index) => [
      `${index + 1} ${counts[index]!.join(" ")}`,
      line.observer === undefined
        ? line.position
        : placeText(line.observer.lon, line.observer.lat, undefined, words, report.audience),
      locationText(line, report, words),
      words.sayCode("means", line.means),
      counted(line),
      words.sayCode("observation", line.observation),
      [
        line.direction === undefined ? "" : words.sayCode("direction", line.direction),
        line.zones.map((zone) => zoneName(report.mission, zone, words)).join(", "),
        line.sound === undefined ? "" : words.sayCode("sound", line.sound),
        line.description,
      ]
        .filter((part) => part !== "")
        .join("; "),
      words.sayCode("weapon", line.weapon),
      `${words.formats.dayTime(line.at, { timeZone })} (${words.formats.dayTime(line.at)} UTC)`,
    ]);
  return {
    columns: [
      ...columns.map((column) => words.say(`report.column.${column}`)),
      words.say("report.column.local-time", { zone: timeZone }),
    ],
    rows,
  };
}

/** "about 3 bursts": few different ones in many rows, each put into words once. */
function countTexts(words: Words): (line: ViolationLine) => string {
  const said = new Map<string, string>();
  return ({ qualifier, unit, number }) => {
    const key = `${qualifier} ${unit} ${number}`;
    const known = said.get(key);
    if (known !== undefined) return known;
    const before = qualifier === "exact" ? "" : `${words.sayCode("qualifier", qualifier)} `;
    const text = `${before}${words.say(`codes.unit.${unit}`, { count: number })}`;
    said.set(key, text);
    return text;
  };
}

/** Where it was, and the known place nearest to it under the name that the mission's policy gives it. */
function locationText({ lon, lat, uncertaintyMetres }: ViolationLine, report: DailyReport, words: Words): string {
  const place = placeText(lon, lat, uncertaintyMetres, words, report.audience);
  const near = lon === undefined || lat === undefined ? undefined : nearPlaceText({ lon, lat }, report.mission, words);
  return near === undefined ? place : `${place}\n${near}`;
}

function placeText(
  lon: number | undefined,
  lat: number | undefined,
  uncertainty: number | undefined,
  words: Words,
  audience: string,
): string {
  if (lon === undefined || lat === undefined) return words.say("report.undetermined");
  const place = words.formats.position(lon, lat, audience === "component" ? 4 : 2);
  return uncertainty === undefined ? place : `${place} ±${words.formats.metres(uncertainty).replace(" ", "\u00a0")}`;
}

function violationBlocks(report: DailyReport, words: Words, { annexSha256 }: DocumentOptions): Block[] {
  if (report.violations.length === 0) return [];
  const total = report.violations.length;
  const { columns, rows } = violationTable(report, words, MOST_TABLE_ROWS);
  const cut: Block[] =
    total > MOST_TABLE_ROWS ? [note(words.say("report.violations.cut", { shown: MOST_TABLE_ROWS, total }))] : [];
  return [
    heading(words.say("report.violations.title")),
    note(words.say("report.violations.note")),
    ...cut,
    ...(annexSha256 === undefined
      ? []
      : [
          note(words.say("report.annex.full", { count: total, sha256: annexSha256.csv })),
          note(words.say("report.annex.html", { sha256: annexSha256.html })),
        ]),
    { ...table("violations", columns, rows), anchors: rows.map((_, index) => `v${index + 1}`) },
  ];
}

/** Who watched, and the gaps; by the side that holds the ground. */
export function coverageBlocks(report: DailyReport, words: Words): Block[] {
  const { mission } = report;
  const rows = report.coverage.map((line) => [
    `${line.name} (${line.source})`,
    words.sayCode("means", line.means),
    sideName(mission, line.heldBy, words),
    line.hoursWatched > 0
      ? words.say("report.coverage.of", {
          watched: oneDigit(words, line.hoursWatched),
          total: oneDigit(words, line.hoursOfPeriod),
        })
      : words.say("report.coverage.zero"),
    gapText(line.gaps, words, mission.timeZone),
  ]);
  const sides = report.sides.map((line) => [
    sideName(mission, line.heldBy, words),
    words.sayCode("means", line.means),
    words.formats.number(line.sources),
    hoursWatched(line.hoursWatched, words),
  ]);
  const say = (column: "source" | "means" | "side" | "watched" | "number"): string =>
    words.say(`report.column.${column}`);
  const gaps = words.say("report.column.gaps", { zone: mission.timeZone });
  const title = words.say("report.coverage.title");
  const made = report.sides.flatMap((side, line) => {
    const rowsOf = report.coverage.flatMap((one, index) =>
      one.heldBy === side.heldBy && one.means === side.means ? [index + 1] : [],
    );
    return [2, 3].map((column) => ({ line, column, rows: rowsOf }));
  });
  const linking = { mark: "H", of: "coverage", anchor: "s", title };
  return [
    heading(title),
    namedRows(
      table("coverage", [say("source"), say("means"), say("side"), say("watched"), gaps], rows),
      "s",
      words.say("report.column.row-number"),
    ),
    note(words.say("report.coverage.by-side")),
    ...linkedTable(
      table("sides", [say("side"), say("means"), say("number"), say("watched")], sides, [2]),
      made,
      linking,
      words,
    ),
    ...groundBlocks(report, words, { zone: zoneName, side: sideName }),
  ];
}

const MOST_GAPS = 6;

/** A gap below this is written with seconds: with minutes alone it would look as if it had no length. */
const BRIEF_GAP = 10 * MICROSECONDS_PER_MINUTE;

function gapText(gaps: DailyReport["coverage"][number]["gaps"], words: Words, timeZone: string): string {
  if (gaps.length === 0) return words.say("report.coverage.complete");
  const shown = gaps.slice(0, MOST_GAPS).map(({ from, until, cause }) => {
    const time = (at: Instant): string => words.formats.dayTime(at, { timeZone, seconds: until - from < BRIEF_GAP });
    return words.say("report.coverage.gap", {
      from: time(from),
      until: time(until),
      cause: words.sayCode("gap", cause),
    });
  });
  return [...shown, ...(gaps.length > MOST_GAPS ? [`+${gaps.length - MOST_GAPS}`] : [])].join("\n");
}

/** Findings with their dissent and their signatures. */
export function findingBlocks(report: DailyReport, words: Words): Block[] {
  const title = heading(words.say("report.findings.title"));
  if (report.findings.length === 0) return [title, note(words.say("report.findings.none"))];
  const compare = byOrder(
    orderOn(
      report.date,
      report.mission.components.map(({ code }) => code),
    ),
  );
  const rows = report.findings.map((finding) => [
    report.incidents[finding.incident] ?? finding.incident,
    words.sayCode("findingState", finding.state),
    [
      finding.proposal.texts[words.locale] ?? Object.values(finding.proposal.texts)[0] ?? "",
      ...(finding.dissent
        ? [
            words.say("report.findings.dissent", {
              component: finding.dissent.mark.component,
              text: finding.dissent.text,
            }),
          ]
        : []),
    ].join("\n"),
    [
      finding.proposedBy,
      ...(finding.countersignedBy ? [finding.countersignedBy] : []),
      ...(finding.dissent ? [finding.dissent.mark] : []),
    ]
      .toSorted((a, b) => compare(a.component, b.component))
      .map((mark) =>
        words.say("report.findings.signed", { component: mark.component, role: mark.role, index: mark.index }),
      )
      .join("; "),
  ]);
  return [
    title,
    table(
      "findings",
      (["incident", "state", "text", "entry"] as const).map((column) => words.say(`report.column.${column}`)),
      rows,
    ),
  ];
}

function allegationBlocks(report: DailyReport, words: Words): Block[] {
  const title = heading(words.say("report.allegations.title"));
  if (report.allegations.length === 0) return [title, note(words.say("report.allegations.none"))];
  const { mission } = report;
  const rows = report.allegations.map((row) => [
    when(words, row.receivedAt, mission.timeZone),
    `${sideName(mission, row.body.accuser, words)} → ${accusedText(row, report, words)}`,
    row.outcome === undefined
      ? words.sayCode("allegationState", row.state)
      : words.sayCode("allegationOutcome", row.outcome),
    row.missing.map((name) => words.sayCode("particular", name)).join(", "),
    row.body.what,
    replyText(report.replies[row.id], report, words),
  ]);
  return [
    title,
    note(words.say("report.allegations.note")),
    namedRows(
      table(
        "allegations",
        (["time", "parties", "state", "missing", "text", "reply"] as const).map((column) =>
          words.say(`report.column.${column}`),
        ),
        rows,
      ),
      "a",
      words.say("report.column.row-number"),
    ),
  ];
}

function accusedText({ id, body }: DailyReport["allegations"][number], report: DailyReport, words: Words): string {
  if (body.accused !== undefined) return sideName(report.mission, body.accused, words);
  return words.say(report.unnamed.includes(id) ? "report.reply.unnamed" : "report.not-computed");
}

/** The accused side's own words stand beside what is said of it, or why there are none. */
function replyText(reply: DailyReport["replies"][string] | undefined, report: DailyReport, words: Words): string {
  if (reply === undefined) return words.say("report.reply.not-asked");
  if (reply.text !== undefined) return reply.text;
  const { timeZone } = report.mission;
  return reply.isOver
    ? words.say("report.reply.none")
    : words.say("report.reply.waiting", { time: when(words, reply.until, timeZone) });
}
