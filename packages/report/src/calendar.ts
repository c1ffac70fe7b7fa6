/** The agreement's days as a calendar that any calendar program subscribes to: iCalendar, RFC 5545. */
import type { AgreementDay } from "@openjmc/agreement";
import { formatInstant, type Instant, type MissionView } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";

/** Days before a day on which a calendar program reminds. */
const REMIND_DAYS = [30, 7, 1];
/** Longest line in octets without its break, RFC 5545 clause 3.1. */
const LONGEST_LINE = 75;

export interface CalendarInput {
  readonly days: readonly AgreementDay[];
  readonly mission: MissionView;
  /** Names the calendar's events across editions: the log's origin. */
  readonly origin: string;
  readonly now: Instant;
}

/** Renders the calendar. The same input gives the same bytes. */
export function renderCalendar({ days, mission, origin, now }: CalendarInput, words: Words): string {
  const stamp = basic(now);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//OpenJMC//agreement//EN",
    "CALSCALE:GREGORIAN",
    `NAME:${escapeText(nameOf(mission.names, words))}`,
    ...days.flatMap((day) => eventLines(day, mission, origin, stamp, words)),
    "END:VCALENDAR",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}

function eventLines(day: AgreementDay, mission: MissionView, origin: string, stamp: string, words: Words): string[] {
  const summary = summaryOf(day, mission, words);
  const reading = day.reading.map((code) => words.sayCode("termReading", code)).join(", ");
  const notes = [
    reading === "" ? "" : words.say("agreement.calendar.reading", { reading }),
    day.timeZone === undefined ? "" : words.say("agreement.calendar.zone", { zone: day.timeZone }),
    day.amendment === undefined ? "" : words.say("agreement.calendar.amendment", { amendment: day.amendment }),
    [day.instrument, day.provision, day.source].filter(Boolean).join(" · "),
  ].filter((note) => note !== "");
  return [
    "BEGIN:VEVENT",
    `UID:${day.id.replaceAll(/[^\w/.-]/g, "_")}@${origin}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${day.day.replaceAll("-", "")}`,
    `SUMMARY:${escapeText(mission.exercise ? `${words.say("report.daily.exercise").split(" ")[0]}: ${summary}` : summary)}`,
    `DESCRIPTION:${escapeText(notes.join("\n"))}`,
    "TRANSP:TRANSPARENT",
    ...REMIND_DAYS.flatMap((before) => [
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `TRIGGER:-P${before}D`,
      `DESCRIPTION:${escapeText(summary)}`,
      "END:VALARM",
    ]),
    "END:VEVENT",
  ];
}

function summaryOf(day: AgreementDay, mission: MissionView, words: Words): string {
  const provision = mission.provisions.find((one) => one.id === day.provision);
  const source = mission.sources?.find((one) => one.id === day.source);
  const name = provision ? nameOf(provision.names, words) : (source?.name ?? day.instrument);
  return words.say(`agreement.calendar.${day.kind}`, { name });
}

function nameOf(names: Readonly<Record<string, string>>, words: Words): string {
  return names[words.locale] ?? names.en ?? Object.values(names)[0] ?? "";
}

/** `20210301T060000Z`. */
function basic(at: Instant): string {
  return `${formatInstant(at).slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** RFC 5545 clause 3.3.11. */
function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r?\n/g, "\\n");
}

/** Folds at 75 octets without cutting a letter. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = "";
  let length = 0;
  for (const letter of line) {
    const octets = new TextEncoder().encode(letter).length;
    if (length + octets > LONGEST_LINE) {
      parts.push(part);
      part = " ";
      length = 1;
    }
    part += letter;
    length += octets;
  }
  return [...parts, part].join("\r\n");
}
