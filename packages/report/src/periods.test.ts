import type { AllegationRow, CoverageRow, EntryMark, MatterRow, MissionView } from "@openjmc/model";
import { createReportWords, REPORT_LOCALES } from "@openjmc/words";
import { describe, expect, it } from "vitest";
import { composeDaily, type DailyInput, type DailyRows, type ViolationLine } from "./daily.ts";
import { dailyDocument } from "./document.ts";
import { ACLED_COLUMNS, renderAcled } from "./render-acled.ts";
import { annexParts, renderAnnex } from "./render-annex.ts";
import { renderGeoJson } from "./render-geojson.ts";
import { renderHtml } from "./render-html.ts";
import { renderKml } from "./render-kml.ts";
import { lastCutOffDay, PERIOD_REPORT_KINDS, REPORT_THEMES, reportPeriod } from "./report-kinds.ts";

const HOUR = 3_600_000_000;
const FROM = 1_600_000_000_000_000;
const UNTIL = FROM + 24 * HOUR;
const mark = {
  index: 7,
  statement: "0".repeat(64),
  role: "A-1",
  component: "A",
  claimedAt: FROM,
  recordedAt: FROM,
} as EntryMark;
const source = (id: string) => ({
  ...{ id, name: id, format: "arrivals", means: "acoustic", link: { kind: "mqtt", topic: id }, lon: 1, lat: 1 },
  ...{
    heightMetres: 0,
    heightReference: "msl",
    rangeMetres: 1,
    operator: "A",
    marking: "open",
    authentication: "none",
  },
});
const mission = {
  ...{ id: "test", names: { en: "Test" }, exercise: false, components: [], officers: [], flights: [], rules: [] },
  parties: [
    { code: "P", names: { en: "Party P" }, colour: "#000" },
    { code: "Q", names: { en: "Party Q" }, colour: "#000" },
  ],
  ...{ languages: ["en"], authenticLanguages: ["en"], timeZone: "UTC", provisions: [], places: [] },
  zones: [
    {
      ...{ zone: "z", version: 1, kind: "corridor", names: { en: "Zone" }, validFrom: 0, issuer: "", basis: "" },
      ...{ precisionMetres: 1, fictional: false },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [0.5, 0.5],
            [1.5, 0.5],
            [1.5, 1.5],
            [0.5, 0.5],
          ],
        ],
      },
    },
  ],
  ...{ sources: [source("s1"), source("s2")], mapCentre: { lon: 1, lat: 1, zoom: 8 }, lapseHours: 48 },
  ...{ release: { gridMetres: 1000, delay: 0 }, reportCutOff: "00:00", attributionThreshold: 0.8, reportUnit: {} },
  leastWatchedShare: 0.75,
} as unknown as MissionView;

const none: DailyRows = {
  ...{ events: [], previousEvents: [], sightings: [], previousSightings: [], alerts: [], incidents: [], findings: [] },
  ...{
    allegations: [],
    coverage: [],
    hotline: [],
    coordination: [],
    warnings: [],
    flown: [],
    collection: [],
    matters: [],
  },
  ...{ previousCoverage: [], collection: [] },
};
const watch = (id: string, hours: number, from = FROM): CoverageRow =>
  ({
    key: id + from,
    source: id,
    means: "acoustic",
    from,
    until: from + hours * HOUR,
    watching: true,
    areaSquareKilometres: 1,
  }) as CoverageRow;
const event = (id: string, at: number) => ({
  ...{ id, version: 1, originTime: at, originTimeErrorSeconds: 1, lon: 1.2, lat: 1.1, kind: "explosion", count: 3 },
  ...{ countUnit: "explosion", classes: [], arrivals: [], stations: ["s1"], burst: { event: id, rounds: 3 } },
  ...{
    status: "settled",
    zones: [],
    firstSolvedAt: at,
    ellipse: { semiMajorMetres: 50, semiMinorMetres: 20, azimuth: 0 },
  },
});
const compose = (rows: object, more: Partial<DailyInput> = {}) =>
  composeDaily({
    ...{ mission, date: "2020-09-14", period: { from: FROM, until: UNTIL }, rows: { ...none, ...rows } as DailyRows },
    ...{ record: { origin: "log.test", size: 9, root: "ab" }, audience: "component", now: UNTIL, ...more },
  });
const en = createReportWords("en");
const textOf = (rows: object, more: Partial<DailyInput> = {}) => renderHtml(dailyDocument(compose(rows, more), en));

describe("silence", () => {
  it.each([
    ["nobody watched", [], /0 h watched: nothing can be said/],
    ["less than agreed", [watch("s1", 24), watch("s2", 10)], /watched only 71% of the hours, below the agreed 75%/],
    ["enough", [watch("s1", 24), watch("s2", 24)], /Nothing was recorded in this period/],
  ])("%s", (_name, coverage, said) => {
    const html = textOf({ coverage });
    expect(html).toMatch(said);
    expect(html.includes("Nothing was recorded in this period")).toBe(String(said).includes("Nothing was recorded in"));
  });

  it("of a means that watched too little is undetermined, never a zero beside the number before", () => {
    const rows = {
      previousEvents: [event("e0", FROM - HOUR)],
      coverage: [watch("s1", 12)],
      previousCoverage: [watch("s1", 24, FROM - 24 * HOUR)],
    };
    expect(compose(rows).counts).toMatchObject([
      { number: 0, previous: 3, isUndetermined: true, hoursWatched: 12, previousHoursWatched: 24 },
    ]);
    expect(textOf(rows)).toContain(en.say("report.undetermined"));
    const enough = { ...rows, coverage: [watch("s1", 24), watch("s2", 24)] };
    expect(compose(enough).counts).toMatchObject([{ number: 0, isUndetermined: false }]);
    expect(textOf(enough)).toContain("-3");
  });
});

describe("the right of reply", () => {
  const claim = (id: string, more: object) =>
    ({
      id,
      body: { accuser: "P", accused: "Q", what: "shells", language: "en" },
      receivedAt: FROM,
      state: "admitted",
      missing: [],
      supportedBy: [],
      mark,
      ...more,
    }) as unknown as AllegationRow;
  const admitted = (answerUntil: number) => ({ admitted: { answerUntil, note: "", mark } });
  const rows = {
    allegations: [
      claim("not-asked", {}),
      claim("waiting", admitted(UNTIL + HOUR)),
      claim("silent", admitted(UNTIL - HOUR)),
      claim("answered", {
        ...admitted(UNTIL + HOUR),
        answers: [{ by: "Q", position: "denied", text: "Not us.", language: "en", mark }],
      }),
    ],
  };

  it("stands beside every allegation", () => {
    const html = textOf(rows);
    for (const said of ["not asked yet", "may answer until", "asked, did not answer", "Not us."])
      expect(html).toContain(said);
  });

  it("comes before the public reads who is accused", () => {
    const report = compose(rows, { audience: "public" });
    expect(report.unnamed).toEqual(["not-asked", "waiting"]);
    expect(report.allegations.map(({ body }) => body.accused)).toEqual([undefined, undefined, "Q", "Q"]);
  });
});

describe("matters on the ground", () => {
  const matters = [
    {
      ...{ id: "m1", topic: "restriction", title: "Road closed", from: FROM + HOUR, steps: [], mark },
      body: { title: "Road closed", restriction: "denial", by: "P", area: "north road", reason: "", from: "" },
    },
  ] as unknown as MatterRow[];

  it("are told with who and where to the components, and as code and time to everybody else", () => {
    expect(textOf({ matters })).toMatch(/Road closed.*north road.*Party P/s);
    const open = textOf({ matters }, { audience: "public" });
    expect(open).toContain(en.sayCode("restrictionKind", "denial"));
    expect(open).not.toMatch(/Road closed|north road/);
    expect(compose({ matters }, { audience: "public" }).matters).toMatchObject([{ by: undefined, title: undefined }]);
  });
});

describe("every kind, theme and language", () => {
  const rows = { events: [event("e1", FROM + HOUR)], coverage: [watch("s1", 24), watch("s2", 24)] };

  it("has a title of its own, its coverage, and figures that hold no mark-up of anybody", () => {
    const titles = new Set<string>();
    for (const locale of REPORT_LOCALES)
      for (const kind of PERIOD_REPORT_KINDS)
        for (const theme of kind === "thematic" ? REPORT_THEMES : [undefined]) {
          const report = compose(rows, { kind, ...(theme ? { theme } : {}) });
          const document = dailyDocument(report, createReportWords(locale));
          titles.add(`${locale} ${document.title}`);
          expect(document.blocks.some((block) => block.kind === "table" && block.name === "coverage")).toBe(true);
        }
    expect(titles.size).toBe(REPORT_LOCALES.length * (PERIOD_REPORT_KINDS.length - 1 + REPORT_THEMES.length));
    const figures = dailyDocument(compose(rows), en).blocks.filter((block) => block.kind === "figure");
    expect(figures).toHaveLength(2);
    for (const { svg } of figures) expect(svg).toMatch(/^<svg [^>]*><title>[^<]+<\/title>/);
  });

  it("is the same report twice, byte for byte", () => {
    expect(textOf(rows)).toBe(textOf(rows));
  });
});

describe("the order of sides", () => {
  it("alternates by day and says so", () => {
    const [even, odd] = ["2020-09-13", "2020-09-14"].map((date) => textOf(rowsOf(), { date }));
    const first = (html: string) => html.indexOf("Party P") < html.indexOf("Party Q");
    expect([first(even!), first(odd!)].sort()).toEqual([false, true]);
    expect(even).toContain("alternates from day to day");
  });
  const rowsOf = () => ({ coverage: [watch("s1", 24)] });
});

describe("more rows than a page holds", () => {
  const events = Array.from({ length: 2_001 }, (_, index) => event(`e${index}`, FROM + index * 1_000_000));
  const report = compose({ events });

  it("are in the annex, whose hash is printed and which is the same in every language", () => {
    const document = dailyDocument(report, en, { annexSha256: { csv: "f".repeat(64), html: "e".repeat(64) } });
    const table = document.blocks.find((block) => block.kind === "table" && block.name === "violations");
    expect(table?.kind === "table" && table.rows.length).toBe(2_000);
    expect(renderHtml(document)).toMatch(/2,001 rows.*f{64}/);
    expect(renderHtml(document)).toMatch(/annex-html.*e{64}/);
    expect(renderHtml(document)).toContain("and 1 more row in the annex");
    const lines = renderAnnex(report, "csv").trimEnd().split("\r\n");
    expect(lines).toHaveLength(2_002);
    expect(lines[1]).toBe(
      '"1","C1","e0","2020-09-13T12:26:40.000000Z","1.2","1.1","50","acoustic","3","exact","explosion","explosion","","","undetermined","not-known","","yes"',
    );
  });

  it("are one HTML page too, every row under its number, with nothing in it that a browser would run", () => {
    const hostile = { ...report.violations[7]!, description: "<script>alert(1)</script>" };
    const violations = report.violations.map((line, index) => (index === 7 ? hostile : line));
    const html = renderAnnex({ ...report, violations }, "html");
    expect(html.match(/<tr id="v\d+">/g)).toHaveLength(2_001);
    expect(html).toContain('<tr id="v2001"><td>2001</td><td>C1</td>');
    expect(html).not.toContain("<script");
    for (const form of ["csv", "html"] as const)
      expect(Array.from(annexParts(report, "csv", "html"), (part) => part[form]).join("")).toBe(
        renderAnnex(report, form),
      );
  });

  it("can be drawn: a year's places are no arguments of one call", () => {
    const many = Array.from({ length: 200_000 }, (_, index) => ({ ...report.violations[0]!, lon: 1 + index / 1e6 }));
    expect(() => dailyDocument({ ...report, violations: many }, en)).not.toThrow();
  });
});

describe("forms for other programs", () => {
  const remark = "=cmd() <b>&amp;";
  const report = compose({ events: [event("e1", FROM + HOUR)] });
  const line = { ...report.violations[0]!, description: remark } as ViolationLine;
  const nowhere = { ...line, id: "e2", lon: undefined, lat: undefined } as ViolationLine;
  const written = { ...report, violations: [line, nowhere] };

  it("GeoJSON: a feature for each row, without a geometry where it has no place", () => {
    const collection = JSON.parse(renderGeoJson(written));
    expect(collection.features).toMatchObject([
      { id: "e1", geometry: { type: "Point", coordinates: [1.2, 1.1] }, properties: { number: 3, unit: "explosion" } },
      { id: "e2", geometry: null },
    ]);
    expect(JSON.stringify(collection)).not.toContain("observer");
  });

  it("KML: what people wrote is text", () => {
    const kml = renderKml(written, dailyDocument(report, en), en);
    expect(kml.match(/<Placemark/g)).toHaveLength(2);
    expect(kml.match(/<Point>/g)).toHaveLength(1);
    expect(kml).not.toContain("<b>");
  });

  it("ACLED's columns: no actor is named and no number invented", () => {
    const [head, first] = renderAcled(written).slice(1).split("\r\n");
    expect(head!.split(",")).toHaveLength(ACLED_COLUMNS.length);
    const cells = first!.slice(1, -1).split('","');
    const cell = (name: (typeof ACLED_COLUMNS)[number]) => cells[ACLED_COLUMNS.indexOf(name)];
    expect([cell("actor1"), cell("actor2"), cell("fatalities"), cell("country")]).toEqual(["Unidentified", "", "", ""]);
    expect([cell("event_type"), cell("event_date"), cell("geo_precision")]).toEqual([
      "Explosions/Remote violence",
      "2020-09-13",
      "1",
    ]);
  });
});

describe("periods", () => {
  const setting = { reportCutOff: "19:30", timeZone: "UTC" };
  const days = (kind: (typeof PERIOD_REPORT_KINDS)[number], from?: string) => {
    const period = reportPeriod(kind, { date: "2021-03-31", ...(from ? { from } : {}) }, setting);
    return period.ok
      ? [(period.value.until - period.value.from) / (24 * HOUR), period.value.fromDate]
      : period.fault.code;
  };

  it("are a day, a week, thirty days or as many as asked, from cut-off to cut-off", () => {
    expect(days("daily")).toEqual([1, "2021-03-31"]);
    expect(days("weekly")).toEqual([7, "2021-03-25"]);
    expect(days("periodic")).toEqual([30, "2021-03-02"]);
    expect(days("thematic", "2021-01-01")).toEqual([90, "2021-01-01"]);
    expect(days("periodic", "2021-04-01")).toBe("report.date");
  });

  it("end by themselves at the last cut-off that has passed", () => {
    const at = (time: string) => Date.parse(time) * 1000;
    expect(lastCutOffDay(at("2021-03-01T19:29:59Z"), "19:30", "UTC")).toBe("2021-02-28");
    expect(lastCutOffDay(at("2021-03-01T19:30:00Z"), "19:30", "UTC")).toBe("2021-03-01");
  });
});
