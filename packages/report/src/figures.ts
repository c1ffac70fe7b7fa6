/** Charts and maps of reports as SVG: drawn from the same rows as the tables, with no picture from anywhere else. */
import type { LonLat, MissionView } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import type { DailyReport } from "./daily.ts";
import type { Block } from "./document.ts";

const WIDTH = 720;
const HEIGHT = 180;
const FLOOR = 150;
const LEFT = 36;
const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const LONGEST_BY_HOUR = 2 * DAY;
const FONT = `font-family="Noto Sans, Noto Sans Armenian" font-size="9"`;

/** How many rows fell into each hour of a short period, into each day of a long one; none where nothing was recorded. */
export function chartBlocks(report: DailyReport, words: Words): Block[] {
  const { period, violations, mission } = report;
  if (violations.length === 0) return [];
  const isByHour = period.until - period.from <= LONGEST_BY_HOUR;
  const step = isByHour ? HOUR : DAY;
  const bins = new Array<number>(Math.max(1, Math.ceil((period.until - period.from) / step))).fill(0);
  for (const { at } of violations) {
    const bin = Math.min(bins.length - 1, Math.max(0, Math.floor((at - period.from) / step)));
    bins[bin] = bins[bin]! + 1;
  }
  const title = words.say(isByHour ? "report.chart.hours" : "report.chart.days", { zone: mission.timeZone });
  const label = (bin: number): string => {
    const at = period.from + bin * step;
    const options = { timeZone: mission.timeZone, seconds: false };
    const text = words.formats.dayTime(at, options);
    return isByHour ? text.slice(-5) : text.slice(0, -5).trim();
  };
  return [{ kind: "figure", title, svg: barChart(bins, label, title) }];
}

function barChart(bins: readonly number[], label: (bin: number) => string, title: string): string {
  const most = bins.reduce((highest, count) => Math.max(highest, count), 1);
  const width = (WIDTH - LEFT) / bins.length;
  const every = Math.ceil(bins.length / 12);
  const bars = bins.map((count, bin) => {
    const height = (count / most) * (FLOOR - 20);
    const x = LEFT + bin * width;
    const bar = `<rect x="${round(x + 1)}" y="${round(FLOOR - height)}" width="${round(Math.max(1, width - 2))}" height="${round(height)}" fill="#3a6ea5"/>`;
    const name =
      bin % every === 0
        ? `<text x="${round(x + 1)}" y="${FLOOR + 14}" ${FONT} fill="#555">${escapeSvg(label(bin))}</text>`
        : "";
    return count === 0 ? name : bar + name;
  });
  const axis = `<line x1="${LEFT}" y1="${FLOOR}" x2="${WIDTH}" y2="${FLOOR}" stroke="#555"/><text x="2" y="24" ${FONT} fill="#555">${most}</text><text x="2" y="${FLOOR}" ${FONT} fill="#555">0</text><line x1="${LEFT}" y1="20" x2="${WIDTH}" y2="20" stroke="#bbb" stroke-dasharray="3 3"/>`;
  return svg(HEIGHT, title, axis + bars.join(""));
}

/** Places of what was recorded over the outlines of the zones; how many rows have no place is said beside. */
export function mapBlocks(report: DailyReport, words: Words): Block[] {
  const placed = report.violations.filter((line) => line.lon !== undefined && line.lat !== undefined);
  if (placed.length === 0) return [];
  const points = placed.map(({ lon, lat }) => ({ lon: lon!, lat: lat! }));
  const outlines = outlinesOf(report.mission, report.period.until);
  const title = words.say("report.map.title");
  const without = report.violations.length - placed.length;
  const note: Block[] =
    without > 0 ? [{ kind: "note", text: words.say("report.map.without", { count: without }) }] : [];
  return [{ kind: "figure", title, svg: map(points, outlines, title, words) }, ...note];
}

/** Rings and lines of the zones in force, of an exercise the fictional ones alone. */
function outlinesOf(mission: MissionView, at: number): readonly (readonly (readonly [number, number])[])[] {
  return mission.zones
    .filter(
      (zone) => (!mission.exercise || zone.fictional) && zone.validFrom <= at && at < (zone.validUntil ?? Infinity),
    )
    .flatMap(({ geometry }) => {
      const { coordinates } = geometry as { readonly coordinates: readonly unknown[] };
      if (geometry.type === "LineString") return [coordinates as (readonly [number, number])[]];
      if (geometry.type === "MultiPolygon") return (coordinates as (readonly [number, number])[][][]).flat();
      return coordinates as (readonly [number, number])[][];
    });
}

const MAP_HEIGHT = 420;
const MARGIN = 12;

function map(
  points: readonly LonLat[],
  outlines: readonly (readonly (readonly [number, number])[])[],
  title: string,
  words: Words,
): string {
  const all = [...points, ...outlines.flat().map(([lon, lat]) => ({ lon, lat }))];
  const { west, east, south, north } = boundsOf(all);
  // Equirectangular about the middle: true enough for the width of a page.
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(
    (WIDTH - 2 * MARGIN) / Math.max(1e-3, (east - west) * shrink),
    (MAP_HEIGHT - 2 * MARGIN) / Math.max(1e-3, north - south),
  );
  const left = (WIDTH - (east - west) * shrink * scale) / 2;
  const x = (lon: number): number => round(left + (lon - west) * shrink * scale);
  const y = (lat: number): number => round(MARGIN + (north - lat) * scale);
  const lines = outlines.map(
    (ring) =>
      `<path d="${ring.map(([lon, lat], index) => `${index === 0 ? "M" : "L"}${x(lon)} ${y(lat)}`).join("")}" fill="none" stroke="#777" stroke-width="1"/>`,
  );
  const spots = [...new Set(points.map(({ lon, lat }) => `${Math.round(x(lon))} ${Math.round(y(lat))}`))].map(
    (spot) => {
      const [left, top] = spot.split(" ");
      return `<circle cx="${left}" cy="${top}" r="3.5" fill="#b30000" fill-opacity="0.6"/>`;
    },
  );
  const height = Math.min(MAP_HEIGHT, round((north - south) * scale + 2 * MARGIN));
  const page = Math.max(60, height);
  return svg(page, title, lines.join("") + spots.join("") + scaleBar(scale, page, words));
}

const METRES_PER_DEGREE = 111_195;
const ROUND_METRES = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000];

/** A bar of a round length, at most a fifth of the width; north is up. */
function scaleBar(pixelsPerDegree: number, height: number, words: Words): string {
  const pixels = (metres: number): number => (metres / METRES_PER_DEGREE) * pixelsPerDegree;
  const metres = ROUND_METRES.findLast((one) => pixels(one) <= WIDTH / 5) ?? ROUND_METRES[0]!;
  const top = height - 10;
  return `<path d="M10 ${top - 4}V${top}H${round(10 + pixels(metres))}V${top - 4}" fill="none" stroke="#333"/><text x="10" y="${top - 7}" ${FONT} fill="#333">${escapeSvg(words.formats.distance(metres))}</text>`;
}

function svg(height: number, title: string, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img"><title>${escapeSvg(title)}</title><rect width="${WIDTH}" height="${height}" fill="#fff"/>${inside}</svg>`;
}

/** A year's rows are too many to be spread over arguments. */
function boundsOf(places: readonly LonLat[]) {
  let [west, east, south, north] = [180, -180, 90, -90];
  for (const { lon, lat } of places) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return { west, east, south, north };
}

const round = (value: number): number => Math.round(value * 10) / 10;

function escapeSvg(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
}
