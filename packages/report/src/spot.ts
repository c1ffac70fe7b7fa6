/** The spot report: one incident, minute by minute, with who watched then and what was found. */
import type { AlertRow, EntryMark, IncidentRow, Instant, MissionView } from "@openjmc/model";
import { formatInstant, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import type { ReportWords as Words, WordsKey } from "@openjmc/words";
import { composeDaily, type DailyReport, type DailyRows } from "./daily.ts";
import { type Block, coverageBlocks, dailyDocument, findingBlocks, type ReportDocument } from "./document.ts";
import type { Period } from "./period.ts";

export interface SpotInput {
  readonly mission: MissionView;
  readonly incident: IncidentRow;
  /** Rows from an hour before the incident to an hour after its last step. */
  readonly rows: DailyRows;
  readonly record: DailyReport["record"];
  readonly now: Instant;
}

export interface SpotMoment {
  readonly at: Instant;
  readonly what: "alert" | "opened" | "finding" | "violation";
  /** Rule, title or id of what it is. */
  readonly detail: string;
  /** Of a violation its number and unit. */
  readonly count?: { readonly number: number; readonly unit: string };
  readonly mark: EntryMark | undefined;
}

export interface SpotReport {
  readonly incident: IncidentRow;
  readonly moments: readonly SpotMoment[];
  /** The same shapes as of a report over a period, cut to the incident. */
  readonly around: DailyReport;
}

/** An hour on either side of what happened. */
export function spotPeriod(incident: IncidentRow, now: Instant): Period {
  return {
    from: incident.occurredAt - MICROSECONDS_PER_HOUR,
    until: Math.min(now, incident.occurredAt + MICROSECONDS_PER_HOUR),
  };
}

/** Composes it: of all rows only those that the incident's evidence and findings name. */
export function composeSpot({ mission, incident, rows, record, now }: SpotInput): SpotReport {
  const targets = new Set(incident.evidence.map(({ target }) => target));
  const own = {
    ...rows,
    events: rows.events.filter(({ id }) => targets.has(id)),
    sightings: rows.sightings.filter(({ id }) => targets.has(id)),
    findings: rows.findings.filter((finding) => finding.incident === incident.id),
    allegations: rows.allegations.filter(({ incident: of }) => of === incident.id),
  };
  const around = composeDaily({
    ...{ mission, rows: own, record, now, audience: "component" as const },
    ...{ date: formatInstant(incident.occurredAt).slice(0, 10), period: spotPeriod(incident, now) },
  });
  const alerts = rows.alerts.filter((alert) => alert.incident === incident.id || targets.has(alert.id));
  return { incident, moments: momentsOf(incident, alerts, around), around };
}

function momentsOf(incident: IncidentRow, alerts: readonly AlertRow[], around: DailyReport): SpotMoment[] {
  const moments: SpotMoment[] = [
    ...around.violations.map(({ at, id, observation, number, unit }) => ({
      ...{ at, what: "violation" as const, detail: observation, count: { number, unit } },
      mark: markOfEvidence(incident, id),
    })),
    ...alerts.map((alert) => ({ at: alert.raisedAt, what: "alert" as const, detail: alert.rule, mark: alert.mark })),
    { at: incident.openedBy.claimedAt, what: "opened", detail: incident.title, mark: incident.openedBy },
    ...around.findings.map((finding) => ({
      ...{ at: finding.proposedBy.claimedAt, what: "finding" as const, detail: finding.state },
      mark: finding.proposedBy,
    })),
  ];
  return moments.sort((a, b) => a.at - b.at || (a.what < b.what ? -1 : 1));
}

function markOfEvidence(incident: IncidentRow, id: string): EntryMark | undefined {
  return incident.evidence.find(({ target }) => target === id)?.mark;
}

/** Writes it in the words' language. */
export function spotDocument(report: SpotReport, words: Words): ReportDocument {
  const { incident, around } = report;
  const { mission } = around;
  const whole = dailyDocument(around, words);
  const heading = (text: string): Block => ({ kind: "heading", text });
  const [period, authentic, audience] = whole.blocks;
  return {
    ...whole,
    title: words.say("report.title.spot", { number: incident.number }),
    blocks: [
      ...[period, authentic, audience].filter((block) => block !== undefined),
      heading(words.say("report.spot.what")),
      { kind: "note", text: incident.title },
      heading(words.say("report.spot.timeline")),
      {
        kind: "table",
        name: "timeline",
        columns: [
          words.say("report.column.local-time", { zone: mission.timeZone }),
          words.say("report.column.description"),
          words.say("report.column.entry"),
        ],
        rows: report.moments.map((moment) => [
          `${words.formats.dayTime(moment.at, { timeZone: mission.timeZone })} (${words.formats.dayTime(moment.at)} UTC)`,
          momentText(moment, mission, words),
          moment.mark === undefined ? "" : String(moment.mark.index),
        ]),
        numeric: [2],
      },
      ...findingBlocks(around, words),
      heading(words.say("report.spot.watched")),
      ...coverageBlocks(around, words).slice(1),
    ],
  };
}

function momentText({ what, detail, count, mark }: SpotMoment, mission: MissionView, words: Words): string {
  switch (what) {
    case "alert": {
      const names = mission.rules.find((rule) => rule.id === detail)?.names;
      return words.say("report.spot.alert", { rule: names?.[words.locale] ?? names?.en ?? detail });
    }
    case "opened":
      return words.say("report.spot.opened", { title: detail });
    case "finding":
      return words.say("report.spot.finding", { state: words.sayCode("findingState", detail) });
    default: {
      const kind = words.sayCode("observation", detail);
      const text = count
        ? `${kind}, ${words.say(`codes.unit.${count.unit}` as WordsKey, { count: count.number })}`
        : kind;
      return mark === undefined
        ? text
        : words.say("report.spot.recorded", {
            what: text,
            time: words.formats.dayTime(mark.recordedAt, { timeZone: mission.timeZone }),
          });
    }
  }
}
