/** Recorded violations as KML 2.2 (OGC 07-147r2), for programs that show the Earth. */
import { formatInstant } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import type { DailyReport, ViolationLine } from "./daily.ts";
import type { ReportDocument } from "./document.ts";
import { escapeXml } from "./outgoing/cap.ts";

export function renderKml(report: DailyReport, document: ReportDocument, words: Words): string {
  const watermark = document.isExercise ? `${document.watermark}\n` : "";
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>',
    `<name>${escapeXml(document.title)}</name>`,
    `<description>${escapeXml(`${watermark}${document.subtitle}\n${document.footer}`)}</description>`,
    ...report.violations.map((line) => placemark(line, report, words)),
    "</Document></kml>\n",
  ].join("\n");
}

function placemark(line: ViolationLine, { mission }: DailyReport, words: Words): string {
  const { lon, lat, at, uncertaintyMetres } = line;
  const data = Object.entries({
    [words.say("report.column.means")]: words.sayCode("means", line.means),
    [words.say("report.column.number")]: words.say(`codes.unit.${line.unit}`, { count: line.number }),
    [words.say("report.column.weapon")]: words.sayCode("weapon", line.weapon),
    [words.say("report.column.time")]: words.formats.dateTime(at, { timeZone: mission.timeZone }),
    [words.say("report.column.location")]:
      uncertaintyMetres === undefined ? "" : `±${words.formats.metres(uncertaintyMetres)}`,
    [words.say("report.column.description")]: line.description,
  }).filter(([, value]) => value !== "");
  return [
    `<Placemark id="v${escapeXml(line.id.replaceAll(/[^\w.-]/g, "_"))}">`,
    `<name>${escapeXml(words.sayCode("observation", line.observation))}</name>`,
    `<TimeStamp><when>${formatInstant(at)}</when></TimeStamp>`,
    `<ExtendedData>${data.map(([name, value]) => `<Data name="${escapeXml(name)}"><value>${escapeXml(value)}</value></Data>`).join("")}</ExtendedData>`,
    lon === undefined || lat === undefined ? "" : `<Point><coordinates>${lon},${lat}</coordinates></Point>`,
    "</Placemark>",
  ].join("");
}
