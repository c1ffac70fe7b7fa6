import type {
  AlertRow,
  CoverageRow,
  EntryMark,
  EventRow,
  MissionView,
  SightingRow,
  SourceDescription,
} from "@openjmc/model";
import { LOCALES, loadWords } from "@openjmc/words";
import { describe, expect, it } from "vitest";
import { composeDaily, countsOfRows, type DailyInput, type DailyRows } from "./daily.ts";
import { dailyDocument } from "./document.ts";
import { csvCell, renderCsv } from "./render-csv.ts";
import { renderHtml } from "./render-html.ts";

const HOUR = 3_600_000_000;
const FROM = 1_600_000_000_000_000;
const mark: EntryMark = {
  index: 1,
  statement: "0".repeat(64),
  role: "A-Duty-1",
  component: "A",
  claimedAt: FROM,
  recordedAt: FROM,
};
const station = (id: string, heldBy: string): SourceDescription => ({
  id,
  name: `Station ${id}`,
  format: "arrivals",
  means: "acoustic",
  link: { kind: "mqtt", topic: id },
  lon: 1,
  lat: 1,
  heightMetres: 0,
  heightReference: "msl",
  rangeMetres: 10_000,
  operator: "A",
  heldBy,
  marking: "open",
  authentication: "none",
});
const mission: MissionView = {
  id: "test",
  names: { en: "Test mission", tr: "Deneme", ru: "Проба" },
  exercise: true,
  components: [],
  parties: [{ code: "P", names: { en: "Party P" }, colour: "#000000" }],
  officers: [],
  languages: ["en", "tr", "ru"],
  authenticLanguages: ["en"],
  timeZone: "UTC",
  mapCentre: { lon: 1, lat: 1, zoom: 8 },
  zones: [],
  flights: [],
  rules: [],
  provisions: [],
  places: [],
  sources: [station("s1", "P"), station("s2", "Q")],
  lapseHours: 48,
  release: { gridMetres: 1000, delay: 1_800_000_000 },
  reportCutOff: "00:00",
  attributionThreshold: 0.8,
  reportUnit: {},
};
const event = (id: string, at: number, zone?: string): EventRow => ({
  id,
  version: 1,
  originTime: at,
  originTimeErrorSeconds: 0.1,
  lon: 1,
  lat: 1,
  ellipse: { semiMajorMetres: 50, semiMinorMetres: 20, azimuth: 0 },
  kind: "explosion",
  count: 1,
  countUnit: "explosion",
  classes: [],
  arrivals: [],
  stations: ["s1"],
  burst: { event: id, rounds: 1 },
  status: "settled",
  zones: zone ? [{ zone, probability: 0.9 }] : [],
  firstSolvedAt: at,
});
const sighting = (
  id: string,
  number: number,
  observation: "explosion" | "projectile" | "muzzle-flash" | "flare" | "burst",
  unit: "explosion" | "object" | "burst",
): SightingRow => ({
  id,
  occurredAt: FROM + HOUR,
  mark,
  body: {
    observer: { lon: "1.0000000", lat: "1.0000000", uncertaintyMetres: 10 },
    occurredAt: "",
    timeUncertaintySeconds: 1,
    means: "camera-day",
    observation,
    count: { number, unit, qualifier: "exact" },
    direction: "undetermined",
    weapon: "not-known",
    visibility: "good",
    remark: "",
  },
});
const coverage = (
  source: string,
  fromHour: number,
  untilHour: number,
  watching: boolean,
  cause?: string,
): CoverageRow => ({
  key: `${source}@${fromHour}`,
  source,
  means: "acoustic",
  from: FROM + fromHour * HOUR,
  until: FROM + untilHour * HOUR,
  watching,
  ...(cause ? { cause } : {}),
  areaSquareKilometres: 314,
});
const none: DailyRows = {
  events: [],
  previousEvents: [],
  sightings: [],
  previousSightings: [],
  alerts: [],
  incidents: [],
  findings: [],
  allegations: [],
  coverage: [],
  hotline: [],
  coordination: [],
  warnings: [],
  matters: [],
  previousCoverage: [],
  flown: [],
  collection: [],
};
const overflight = (id: string, raisedAt: number): AlertRow => ({
  id,
  rule: "no-fly",
  severity: "notice",
  raisedAt,
  subject: { kind: "track", id: "t" },
  zone: "n1",
  probability: 1,
  outline: {},
  count: 1,
  acknowledged: [],
  state: "raised",
  mark,
});
const compose = (
  rows: Partial<DailyRows>,
  audience: "component" | "public" = "component",
  now: number = FROM + 24 * HOUR,
  airWatch: DailyInput["airWatch"] = [],
  more: Partial<MissionView> = {},
) =>
  composeDaily({
    mission: { ...mission, ...more },
    date: "2020-09-14",
    period: { from: FROM, until: FROM + 24 * HOUR },
    rows: { ...none, ...rows },
    record: { origin: "exercise.test", size: 3, root: "ab" },
    audience,
    now,
    airWatch,
  });

describe("counts", () => {
  it("computes the sum of kinds that a published total must equal", () => {
    const kinds = [
      ["explosion", 2660, "explosion"],
      ["projectile", 911, "object"],
      ["muzzle-flash", 90, "object"],
      ["flare", 54, "object"],
      ["burst", 2579, "burst"],
    ] as const;
    const report = compose({
      sightings: kinds.map(([kind, number, unit], index) => sighting(`s${index}`, number, kind, unit)),
    });
    expect(report.counts.map((line) => line.number).reduce((sum, number) => sum + number, 0)).toBe(6_294);
    expect(report.counts).toHaveLength(5);
  });

  it("names the rows that each number was computed from: they add up to it, and links lead to them", async () => {
    const words = await loadWords("en");
    const observations = ["burst", "explosion", "flare"] as const;
    const report = compose({
      events: Array.from({ length: 9 }, (_, index) => event(`e${index}`, FROM + index * HOUR, index % 2 ? "n1" : "n2")),
      sightings: Array.from({ length: 12 }, (_, index) =>
        sighting(`s${index}`, index, observations[index % 3]!, "object"),
      ),
    });
    expect(report.counts.length).toBeGreaterThan(3);
    for (const { rows, number } of report.counts) {
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.reduce((sum, row) => sum + report.violations[row - 1]!.number, 0)).toBe(number);
    }
    const counted = countsOfRows(report);
    for (const { id, rows } of report.counts)
      expect(counted.flatMap((ids, index) => (ids.includes(id) ? [index + 1] : []))).toEqual(rows);
    const html = renderHtml(dailyDocument(report, words));
    const names = new Set([...html.matchAll(/ id="(\w+)"/g)].map(([, name]) => name));
    const targets = [...html.matchAll(/href="#(\w+)"/g)].map(([, name]) => name!);
    expect(targets.filter((name) => name.startsWith("C")).toSorted()).toEqual(
      report.counts.map(({ id }) => id).toSorted(),
    );
    expect(targets.filter((name) => !names.has(name))).toEqual([]);
  });

  it("never mixes units, and counts an event in two zones once in each", () => {
    const inTwo = {
      ...event("e1", FROM + HOUR),
      zones: [
        { zone: "n1", probability: 0.9 },
        { zone: "n2", probability: 0.6 },
      ],
    };
    const report = compose({ events: [inTwo, event("e2", FROM + 2 * HOUR, "n1")] });
    expect(report.counts.map((line) => [line.zone, line.number])).toEqual([
      ["n1", 2],
      ["n2", 1],
    ]);
    expect(report.violations).toHaveLength(2);
  });

  it("tells a number in the unit of its kind by a stated rule alone, no firmer than it, and says which", async () => {
    const seen = { sightings: [sighting("s1", 4, "explosion", "burst"), sighting("s2", 2, "explosion", "explosion")] };
    const rule = { id: "R1", names: { en: "Three each" }, from: "burst", to: "explosion", each: 3 } as const;
    const countConversions = [{ ...rule, qualifier: "at-least", basis: "chosen" }] as const;
    const stated = { reportUnit: { explosion: "explosion" }, countConversions } as const;
    const told = compose(seen, "component", undefined, [], stated);
    expect(told.counts.map(({ unit, number, converted }) => [unit, number, converted])).toEqual([
      ["burst", 4, { number: 12, unit: "explosion", qualifier: "at-least", rule: "R1" }],
      ["explosion", 2, undefined],
    ]);
    const html = renderHtml(dailyDocument(told, await loadWords("en")));
    expect(html).toContain("4 bursts stand for at least 12 explosions by rule R1: Three each.");
    const without = compose(seen, "component", undefined, [], { reportUnit: stated.reportUnit });
    expect(without.counts.map(({ converted }) => converted)).toEqual([undefined, undefined]);
  });

  it("leaves withdrawn rows out and compares with the period before", () => {
    const withdrawn = { ...sighting("s1", 5, "burst", "burst"), withdrawn: mark };
    const report = compose({
      sightings: [withdrawn],
      previousEvents: [event("e0", FROM - HOUR)],
      events: [{ ...event("e1", FROM), status: "withdrawn" }],
    });
    expect(report.counts).toMatchObject([{ kind: "explosion", number: 0, previous: 1 }]);
  });
});

describe("coverage", () => {
  it("says hours watched, names gaps with their cause, and what nobody watched", () => {
    const report = compose({
      coverage: [coverage("s1", -2, 6, true), coverage("s1", 6, 8, false, "jamming"), coverage("s1", 8, 30, true)],
    });
    expect(report.coverage[0]).toMatchObject({
      source: "s1",
      hoursWatched: 22,
      hoursOfPeriod: 24,
      gaps: [{ cause: "jamming" }],
    });
    expect(report.coverage[1]).toMatchObject({ source: "s2", hoursWatched: 0, gaps: [{ cause: "no-record" }] });
    expect(report.sides).toMatchObject([
      { heldBy: "P", hoursWatched: 22 },
      { heldBy: "Q", hoursWatched: 0 },
    ]);
  });

  it("tells the public of the watch up to the mission's delay before now, and the components up to now", () => {
    const now = FROM + 10 * HOUR;
    const limit = now - mission.release.delay;
    const rows = {
      coverage: [coverage("s1", -2, 6, true), coverage("s1", 6, 9.75, false, "jamming"), coverage("s2", 9.6, 10, true)],
      alerts: [overflight("a1", FROM + 8 * HOUR), overflight("a2", limit + 1)],
    };
    const open = compose(rows, "public", now);
    expect(open.coverage.map((line) => [line.hoursWatched, line.hoursOfPeriod])).toEqual([
      [6, 9.5],
      [0, 9.5],
    ]);
    expect(open.coverage.flatMap((line) => line.gaps).filter((gap) => gap.until > limit)).toEqual([]);
    expect(open.coverage[0]!.gaps).toEqual([{ from: FROM + 6 * HOUR, until: limit, cause: "jamming" }]);
    expect(open.overflights).toMatchObject([{ flights: 1, hours: 1.5 }]);
    const own = compose(rows, "component", now);
    expect(own.coverage[0]).toMatchObject({ hoursWatched: 6, hoursOfPeriod: 10, gaps: [{}, { cause: "no-record" }] });
    expect(own.overflights).toMatchObject([{ flights: 2 }]);
  });

  it("counts an overflight in the hours of the period alone, also one that began before it; notified ones apart", () => {
    const report = compose({
      alerts: [
        { ...overflight("a1", FROM - 2 * HOUR), endedAt: FROM + HOUR, state: "ended" },
        { ...overflight("a2", FROM - 3 * HOUR), endedAt: FROM - HOUR, state: "ended" },
        { ...overflight("a3", FROM + 2 * HOUR), endedAt: FROM + 2.5 * HOUR, state: "ended" },
      ],
      flown: [
        {
          id: "f",
          flight: "F1",
          name: "GOOD01 · UAV",
          tracks: [],
          from: FROM,
          until: FROM + HOUR,
          zones: [{ zone: "n1", seconds: 900 }],
          mark,
        },
      ],
    });
    expect(report.overflights).toMatchObject([
      { zone: "n1", isNotified: false, flights: 2, hours: 1.5, each: [{ hours: 1 }, { hours: 0.5 }] },
      { zone: "n1", isNotified: true, flights: 1, hours: 0.25, each: [{ hours: 0.25 }] },
    ]);
  });

  it("tells the components, and nobody else, how much of the air was watched at which altitude", async () => {
    const words = await loadWords("en");
    const line = { zone: "n1", altitudeMetres: 300, hoursWatched: 12, hoursOfPeriod: 24 };
    const airWatch = [
      { ...line, target: "silent" as const },
      { ...line, target: "broadcasting" as const, hoursWatched: 0 },
    ];
    const [own, open] = (["component", "public"] as const).map((audience) =>
      dailyDocument(compose({}, audience, undefined, airWatch), words).blocks.filter(
        (block) => block.kind === "table" && block.name === "air-watch",
      ),
    );
    expect(own).toMatchObject([
      { rows: [[expect.any(String), expect.any(String), "300 m", "12 h of 24 h", "0 h watched"]] },
    ]);
    expect(open).toEqual([]);
  });

  it.each(["en", "tr", "ru"] as const)(
    "tells the components how flights kept to their notices and what was watched on request, in %s",
    async (locale) => {
      const words = await loadWords(locale);
      const flight = { flight: "F1", name: "GOOD01", tracks: [], from: FROM, until: FROM + HOUR, zones: [], mark };
      const line = { ...{ asset: "UAV", target: "bridge", purpose: "look", from: "", until: "", asked: [] } };
      const rows: Partial<DailyRows> = {
        flown: [
          { ...flight, id: "f" },
          { ...flight, id: "g", name: "OFF02", offRouteMetres: 2500, lateSeconds: 90, clearance: "waiting" },
        ],
        collection: [
          { id: "c", body: line, from: FROM, until: FROM + HOUR, state: "declined", answers: [], reports: [], mark },
          { id: "d", body: line, from: FROM - HOUR, until: FROM, state: "done", answers: [], reports: [], mark },
        ],
      };
      const tables = (audience: "component" | "public") =>
        dailyDocument(compose(rows, audience), words).blocks.flatMap((block) =>
          block.kind === "table" && (block.name === "flown" || block.name === "collection") ? [block] : [],
        );
      const [flown, plan] = tables("component");
      expect(flown!.rows.map((row) => row[3])).toEqual([
        words.say("report.flown.kept"),
        [
          words.say("report.flown.uncleared"),
          words.say("report.flown.off-route", { distance: words.formats.metres(2500) }),
          words.say("report.flown.late", { time: words.formats.duration(90_000_000) }),
        ].join("; "),
      ]);
      expect(plan!.rows.map((row) => [row[0], row[3]])).toEqual([
        ["UAV: bridge", words.sayCode("collectionState", "declined")],
      ]);
      expect(tables("public")).toEqual([]);
    },
  );

  it.each(LOCALES)("tells the components what size of event would have been heard where, in %s", async (locale) => {
    const words = await loadWords(locale);
    const hearing = (noiseDecibels: number, metres: readonly number[]) => ({
      ...{ noiseDecibels, windEast: 0, windNorth: 0 },
      reaches: [{ what: "mortar", metres }],
    });
    const rows = {
      coverage: [
        { ...coverage("s1", 0, 2, true), heldBy: "P", hearing: hearing(50, [4000, 6000]) },
        { ...coverage("s1", 2, 3, true), heldBy: "P", hearing: hearing(70, [500, 900]) },
        { ...coverage("s1", 3, 5, false, "down"), heldBy: "P" },
      ],
    };
    const hours = [0.75, 0.25].map((heardShare, hour) => ({ from: FROM + hour * HOUR, heardShare, placedShare: 0 }));
    const line = { zone: "n1", heldBy: "Q", what: "mortar", hoursHeard: 1, hoursPlaced: 0, hoursOfPeriod: 2, hours };
    const tables = (audience: "component" | "public") =>
      dailyDocument({ ...compose(rows, audience), groundWatch: audience === "component" ? [line] : [] }, words)
        .blocks.filter((block) => block.kind === "table")
        .filter(({ name }) => name === "ground-watch" || name === "reaches");
    const [watch, reaches] = tables("component");
    const mortar = words.sayCode("sound", "mortar");
    const { distance, number, percent, dayTime } = words.formats;
    expect(watch!.rows[0]!.slice(2)).toEqual([
      mortar,
      words.say("report.coverage.of", { watched: number(1, 1), total: number(2, 1) }),
      words.say("report.coverage.zero"),
      words.say("report.coverage.least", {
        share: percent(0.25),
        time: dayTime(FROM + HOUR, { timeZone: mission.timeZone, seconds: false }),
      }),
    ]);
    expect(reaches!.rows.map((row) => row.slice(1))).toEqual([
      [
        mortar,
        "1",
        words.say("report.coverage.reach", { least: distance(500), middle: distance(4000), most: distance(6000) }),
      ],
    ]);
    expect(tables("public")).toEqual([]);
  });

  it("keeps what would have been heard from the public, whatever it is given", () => {
    const rows = {
      coverage: [
        {
          ...coverage("s1", 0, 2, true),
          hearing: { noiseDecibels: 1, windEast: 0, windNorth: 0, reaches: [{ what: "mortar", metres: [1] }] },
        },
      ],
    };
    expect(compose(rows, "public")).toMatchObject({ groundWatch: [], sideReaches: [] });
    expect(compose(rows, "component").sideReaches).toHaveLength(1);
  });

  it.each(LOCALES)("shows 0 h watched, never a bare zero, in %s", async (locale) => {
    const words = await loadWords(locale);
    const html = renderHtml(dailyDocument(compose({}), words));
    expect(html).toContain(words.say("report.coverage.zero"));
    expect(html).toContain(words.say("report.daily.summary.unwatched").replaceAll("'", "&#39;"));
    expect(html).not.toContain(words.say("report.daily.summary.none"));
    expect(html).toContain('class="watermark"');
  });
});

describe("written forms", () => {
  it("takes the sting out of cells that a spreadsheet would run", () => {
    for (const text of ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1+1"])
      expect(csvCell(text)).toBe(`"'${text}"`);
    expect(csvCell('say "hi"')).toBe('"say ""hi"""');
  });

  it("escapes what people wrote", async () => {
    const words = await loadWords("en");
    const evil = sighting("s1", 1, "explosion", "explosion");
    const report = compose({
      sightings: [{ ...evil, body: { ...evil.body, remark: "<script>alert(1)</script>=cmd" } }],
    });
    const document = dailyDocument(report, words);
    expect(renderHtml(document)).not.toContain("<script");
    expect(renderCsv(report, document, words)).toContain("<script>alert(1)</script>=cmd");
  });
});

describe("a sighting's place", () => {
  const zone = {
    zone: "z1",
    version: 1,
    kind: "no-fly",
    names: { en: "Zone" },
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [0.9, 0.9],
          [1.1, 0.9],
          [1.1, 1.1],
          [0.9, 1.1],
          [0.9, 0.9],
        ],
      ],
    },
    validFrom: FROM - HOUR,
    issuer: "",
    precisionMetres: 100,
    basis: "",
    fictional: true,
  } as unknown as MissionView["zones"][number];
  const inside = { ...sighting("in", 1, "burst", "burst"), lon: 1, lat: 1, uncertaintyMetres: 500 };
  const outside = { ...sighting("out", 1, "burst", "burst"), lon: 2, lat: 2, uncertaintyMetres: 500 };
  const nowhere = sighting("none", 1, "burst", "burst");

  it("lies in the zones that hold it more likely than not, and in none where it is not known", () => {
    const report = composeDaily({
      mission: { ...mission, zones: [zone] },
      date: "2020-09-13",
      period: { from: FROM, until: FROM + 24 * HOUR },
      rows: { ...none, sightings: [inside, outside, nowhere] },
      record: { origin: "", size: 0, root: "" },
      audience: "component",
      now: FROM + 24 * HOUR,
    });
    const zonesOf = (id: string) => report.violations.find((line) => line.id === id)?.zones;
    expect([zonesOf("in"), zonesOf("out"), zonesOf("none")]).toEqual([["z1"], [], []]);
  });
});
