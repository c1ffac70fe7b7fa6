/** A printed report in every language: its words can be read out of the PDF again, and no glyph is missing. */
import { spawnSync } from "node:child_process";
import type { MissionView } from "@openjmc/model";
import { composeDaily, createPdfCompiler, dailyDocument, renderTypst } from "@openjmc/report";
import { createReportWords, REPORT_LOCALES } from "@openjmc/words";
import { describe, expect, it } from "vitest";
import { readFonts } from "../apps/centre/src/reports/fonts.ts";

const hasPdfToText = spawnSync("pdftotext", ["-v"]).error === undefined;
const FROM = 1_600_000_000_000_000;
const HOUR = 3_600_000_000;

const NAMES = {
  en: "Joint centre",
  tr: "Ortak merkez: ığüşöç İĞÜŞÖÇ",
  ru: "Совместный центр",
  az: "Birgə mərkəz: əğıöşüç ƏĞIİÖŞÜÇ",
  hy: "Համատեղ կենտրոն",
};
const event = (index: number) => ({
  ...{ id: `e${index}`, version: 1, originTime: FROM + index * HOUR, originTimeErrorSeconds: 1, lon: 46 + index / 50 },
  ...{ lat: 39.8, kind: "explosion", count: 2, countUnit: "explosion", classes: [], arrivals: [], stations: [] },
  ...{ burst: { event: "", rounds: 1 }, status: "settled", zones: [], firstSolvedAt: FROM },
  ellipse: { semiMajorMetres: 50, semiMinorMetres: 20, azimuth: 0 },
});
const mission = {
  ...{ id: "test", names: NAMES, exercise: true, components: [], parties: [], officers: [], flights: [], rules: [] },
  ...{ languages: [], authenticLanguages: ["ru", "tr"], timeZone: "Asia/Baku", provisions: [], places: [], zones: [] },
  ...{ sources: [], mapCentre: { lon: 1, lat: 1, zoom: 8 }, lapseHours: 48, reportCutOff: "19:30" },
  ...{ release: { gridMetres: 1000, delay: 0 }, attributionThreshold: 0.8, reportUnit: {} },
} as unknown as MissionView;
const rows = {
  ...{ events: [1, 2, 5, 5, 9].map(event), previousEvents: [], sightings: [], previousSightings: [], alerts: [] },
  ...{ incidents: [], findings: [], allegations: [], coverage: [], previousCoverage: [], hotline: [], flown: [] },
  ...{ coordination: [], warnings: [], matters: [], collection: [] },
} as never;

describe.skipIf(!hasPdfToText)("a printed report (pdftotext is needed)", () => {
  const compile = createPdfCompiler(readFonts());
  const known = new Set(readFonts().flatMap((font) => [...codePointsOf(font)]));
  const report = composeDaily({
    ...{ mission, kind: "weekly", date: "2020-09-14", fromDate: "2020-09-08", rows, audience: "component" },
    ...{ period: { from: FROM, until: FROM + 24 * HOUR }, now: FROM + 24 * HOUR },
    record: { origin: "exercise.test", size: 1, root: "ab" },
  });

  it.each(REPORT_LOCALES)("in %s", (locale) => {
    const words = createReportWords(locale);
    const document = dailyDocument(report, words);
    const pdf = compile(renderTypst(document), report.period.until);
    if (!pdf.ok) throw new Error(JSON.stringify(pdf.fault));
    const read = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf.value, encoding: "utf8" });
    const flat = read.stdout.replaceAll(/\s+/g, "");
    for (const text of [
      document.title,
      NAMES[locale],
      words.say("report.coverage.title"),
      words.sayCode("observation", "explosion"),
    ])
      expect(flat, text).toContain(text.replaceAll(/\s+/g, ""));
    const again = compile(renderTypst(document), report.period.until);
    expect(again.ok && Buffer.from(again.value).equals(pdf.value)).toBe(true);
  });

  it.each(REPORT_LOCALES)("in %s needs no letter that the fonts do not have", (locale) => {
    const text = JSON.stringify(dailyDocument(report, createReportWords(locale)));
    const missing = [...new Set(text)].filter((letter) => !known.has(letter.codePointAt(0)!) && letter >= " ");
    expect(missing).toEqual([]);
    expect(known.has(0x4e2d)).toBe(false);
  });
});

/** Code points that a TrueType font has glyphs for: the formats 4 and 12 of its `cmap` table. */
function codePointsOf(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = Array.from({ length: view.getUint16(4) }, (_, index) => 12 + index * 16);
  const cmap = view.getUint32(tables.find((at) => view.getUint32(at) === 0x636d6170)! + 8);
  const found = new Set<number>();
  for (let index = 0; index < view.getUint16(cmap + 2); index++) {
    const at = cmap + view.getUint32(cmap + 4 + index * 8 + 4);
    if (view.getUint16(at) === 12)
      for (let group = 0; group < view.getUint32(at + 12); group++) {
        const entry = at + 16 + group * 12;
        for (let code = view.getUint32(entry); code <= view.getUint32(entry + 4); code++) found.add(code);
      }
    if (view.getUint16(at) === 4) {
      const segments = view.getUint16(at + 6) / 2;
      for (let segment = 0; segment < segments; segment++) {
        const last = view.getUint16(at + 14 + segment * 2);
        for (let code = view.getUint16(at + 16 + segments * 2 + segment * 2); code <= last && code < 0xffff; code++)
          found.add(code);
      }
    }
  }
  return found;
}
