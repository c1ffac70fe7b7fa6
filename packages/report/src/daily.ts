/** The daily report as data: counts, violations, coverage, findings, allegations. Every number is computed from rows. */
import { zonesHolding } from "@openjmc/agreement";
import {
  type AirWatchLine,
  type AlertRow,
  type AllegationRow,
  type CollectionRow,
  type Converted,
  type CoordinationRow,
  type CountUnit,
  type CoverageRow,
  clocksOf,
  type EventRow,
  type FindingRow,
  type FlownRow,
  type GroundWatchLine,
  type HotlineRow,
  type IncidentRow,
  type Instant,
  type MatterRow,
  type Means,
  MICROSECONDS_PER_HOUR,
  type MissionView,
  type OverflightLine,
  overflightsOf,
  type SightingRow,
  type SourceDescription,
  type WarningRow,
} from "@openjmc/model";
import { convertedCount } from "./converted.ts";
import { composeDesk, type DeskSummary, hadItsSay, publicAllegation, publicFinding } from "./desk-summary.ts";
import { type MatterLine, matterLines } from "./matter-lines.ts";
import { byOrder, orderOn } from "./order.ts";
import type { Period } from "./period.ts";
import type { PeriodReportKind, ReportTheme } from "./report-kinds.ts";
import { type SideReach, sideReaches } from "./side-reaches.ts";
import { DEFAULT_LEAST_SHARE, type ThinLine, thinMeans } from "./thin.ts";

/** Rows of the period (and of the one before it, for comparison), already released for the audience. */
export interface DailyRows {
  readonly events: readonly EventRow[];
  readonly previousEvents: readonly EventRow[];
  readonly sightings: readonly SightingRow[];
  readonly previousSightings: readonly SightingRow[];
  /** Lines that were made of events and sightings page by page (`linesOf`), besides those rows: a year of rows does not fit. */
  readonly lines?: { readonly now: readonly ViolationLine[]; readonly before: readonly ViolationLine[] };
  readonly alerts: readonly AlertRow[];
  readonly incidents: readonly IncidentRow[];
  readonly findings: readonly FindingRow[];
  readonly allegations: readonly AllegationRow[];
  readonly coverage: readonly CoverageRow[];
  readonly hotline: readonly HotlineRow[];
  readonly coordination: readonly CoordinationRow[];
  readonly warnings: readonly WarningRow[];
  /** Notified flights and sorties as they were flown. */
  readonly flown: readonly FlownRow[];
  /** Lines of the collection plan. */
  readonly collection: readonly CollectionRow[];
  /** Windows of silence, declarations, restrictions and interference that began in the period, or went on into it. */
  readonly matters: readonly MatterRow[];
  /** The watch over the period before, for comparison. */
  readonly previousCoverage: readonly CoverageRow[];
}

export interface DailyInput {
  readonly mission: MissionView;
  /** Daily where nothing else is said. */
  readonly kind?: PeriodReportKind;
  /** Of a thematic report. */
  readonly theme?: ReportTheme;
  readonly date: string;
  /** First local day of the period; the date itself where it is not given. */
  readonly fromDate?: string;
  readonly period: Period;
  readonly rows: DailyRows;
  readonly record: { readonly origin: string; readonly size: number; readonly root: string };
  readonly audience: "component" | "public";
  /** How the air over the watched zones was watched; of no concern to the public, whom it would tell where to fly unseen. */
  readonly airWatch?: readonly AirWatchLine[];
  /** What would have been heard over which ground; the public is not told where nobody listens. */
  readonly groundWatch?: readonly GroundWatchLine[];
  /** The present: what is still going on is counted up to here. */
  readonly now: Instant;
}

/** One line of the counts. `hoursWatched` is the coverage of these means in the period, beside the number. */
export interface CountLine {
  /** By which rows name it: C1, C2 … */
  readonly id: string;
  /** Numbers of the rows of `violations` that it was computed from, the first being 1. */
  readonly rows: readonly number[];
  readonly kind: string;
  readonly zone: string | undefined;
  readonly means: Means;
  readonly unit: CountUnit;
  readonly number: number;
  readonly previous: number;
  /** Part of the number, 0 to 1, that rests on a source that proves itself, or on a person; undefined where nothing is counted. */
  readonly authenticatedShare: number | undefined;
  readonly hoursWatched: number;
  readonly previousHoursWatched: number;
  /** Nothing was counted, and the means watched less than the agreed share: then nothing may be said, not even none. */
  readonly isUndetermined: boolean;
  /** The number in the unit in which the mission reports this kind, by a rule that it states. */
  readonly converted?: Converted;
}

/** One line of the table of recorded violations. */
export interface ViolationLine {
  readonly id: string;
  readonly at: Instant;
  /** The stations that heard it, in short; empty for what people saw. */
  readonly position: string;
  /** Where the observer stood, WGS 84 degrees; of what people saw, where they said it. */
  readonly observer?: { readonly lon: number; readonly lat: number };
  readonly lon: number | undefined;
  readonly lat: number | undefined;
  readonly uncertaintyMetres: number | undefined;
  readonly means: Means;
  readonly number: number;
  readonly qualifier: string;
  readonly unit: CountUnit;
  readonly observation: string;
  readonly zones: readonly string[];
  readonly direction: string | undefined;
  /** What it sounded like, a code; for what was heard by sensors only. */
  readonly sound?: string;
  readonly description: string;
  readonly weapon: string;
  /** Whether it rests on a source that proves itself, or on a person. */
  readonly isAuthenticated: boolean;
}

/** One source's watch over the period. */
export interface CoverageLine {
  readonly source: string;
  readonly name: string;
  readonly means: Means;
  readonly heldBy: string | undefined;
  readonly hoursWatched: number;
  readonly hoursOfPeriod: number;
  readonly gaps: readonly { readonly from: Instant; readonly until: Instant; readonly cause: string }[];
}

/** Hours by the side that holds the ground: asymmetry is shown, not averaged away. */
export interface SideLine {
  readonly heldBy: string | undefined;
  readonly means: Means;
  readonly hoursWatched: number;
  readonly sources: number;
}

export interface DailyReport {
  readonly mission: MissionView;
  readonly kind: PeriodReportKind;
  readonly theme?: ReportTheme;
  readonly date: string;
  readonly fromDate: string;
  readonly period: Period;
  readonly audience: "component" | "public";
  readonly record: DailyInput["record"];
  readonly counts: readonly CountLine[];
  readonly violations: readonly ViolationLine[];
  /** Means that watched a lesser share of their hours than agreed: of these no report says that nothing happened. */
  readonly thin: readonly ThinLine[];
  readonly matters: readonly MatterLine[];
  readonly coverage: readonly CoverageLine[];
  readonly sides: readonly SideLine[];
  readonly overflights: readonly OverflightLine[];
  readonly airWatch: readonly AirWatchLine[];
  /** By ground and by the side whose ground posts stand on; none of it in the public's report. */
  readonly groundWatch: readonly GroundWatchLine[];
  readonly sideReaches: readonly SideReach[];
  /** Flights that were seen last in the period, and lines of the plan that touch it; none of them in the public's report. */
  readonly flown: readonly FlownRow[];
  readonly collection: readonly CollectionRow[];
  readonly findings: readonly FindingRow[];
  readonly incidents: Readonly<Record<string, string>>;
  readonly allegations: readonly AllegationRow[];
  /** Allegations whose accused side is not named, as it has not had its say. */
  readonly unnamed: readonly string[];
  /** By allegation: what the accused side answered, or until when it may; of one that was not asked there is none. */
  readonly replies: Readonly<Record<string, Reply>>;
  readonly desk: DeskSummary;
}

/** The right of reply, as far as it has come. */
export interface Reply {
  readonly text: string | undefined;
  readonly until: Instant;
  readonly isOver: boolean;
}

/** Composes the report. Deterministic: the same rows give the same report in the same order. */
export function composeDaily(input: DailyInput): DailyReport {
  const { mission, rows, period } = input;
  const reached = reachedPeriod(input);
  const coverage = coverageLines(input, reached);
  const violations = inOrder([...linesOf(rows, mission), ...(rows.lines?.now ?? [])]);
  const before = { events: rows.previousEvents, sightings: rows.previousSightings };
  const previous = [...linesOf(before, mission), ...(rows.lines?.before ?? [])];
  const thin = thinMeans(coverage, mission.leastWatchedShare ?? DEFAULT_LEAST_SHARE);
  return {
    mission,
    kind: input.kind ?? "daily",
    ...(input.theme === undefined ? {} : { theme: input.theme }),
    date: input.date,
    fromDate: input.fromDate ?? input.date,
    period,
    audience: input.audience,
    record: input.record,
    counts: countLines(violations, previous, coverage, previousHours(input), thin).map((line) => {
      const converted = convertedCount(line, violations, mission);
      return converted === undefined ? line : { ...line, converted };
    }),
    violations,
    thin,
    matters: matterLines(rows.matters, reached, input.audience),
    coverage,
    sides: sideLines(
      coverage,
      orderOn(
        input.date,
        mission.parties.map(({ code }) => code),
      ),
    ),
    overflights: overflightsOf({ alerts: rows.alerts, flown: rows.flown, rules: mission.rules, ...reached }),
    ...(input.audience === "component" ? ofTheAir(input, reached) : { airWatch: [], flown: [], collection: [] }),
    ...(input.audience === "component" ? ofTheGround(input, reached) : { groundWatch: [], sideReaches: [] }),
    findings: rows.findings
      .map((row) => (input.audience === "public" ? publicFinding(row) : row))
      .sort((a, b) => a.proposedBy.index - b.proposedBy.index),
    incidents: Object.fromEntries(rows.incidents.map((incident) => [incident.id, incident.number])),
    allegations: rows.allegations
      .map((row) => (input.audience === "public" ? publicAllegation(row, reached.until) : row))
      .sort((a, b) => a.receivedAt - b.receivedAt),
    unnamed: rows.allegations
      .filter((row) => input.audience === "public" && row.body.accused !== undefined && !hadItsSay(row, reached.until))
      .map((row) => row.id),
    replies: Object.fromEntries(rows.allegations.flatMap((row) => replyOf(row, reached.until))),
    desk: composeDesk(rows, period, reached.until, input.audience, clocksOf(mission)),
  };
}

function replyOf({ id, answers, admitted }: AllegationRow, now: Instant): [string, Reply][] {
  const text = answers?.at(-1)?.text;
  const until = admitted?.answerUntil;
  return until === undefined && text === undefined
    ? []
    : [[id, { text, until: until ?? now, isOver: (until ?? now) < now }]];
}

/** Lines of the table of violations, one for each event that stands and each sighting that was not withdrawn; in no order. */
export function linesOf(
  { events, sightings }: { readonly events: readonly EventRow[]; readonly sightings: readonly SightingRow[] },
  mission: MissionView,
): ViolationLine[] {
  return [
    ...events
      .filter((event) => event.status === "automatic" || event.status === "settled")
      .map((event) => eventLine(event, mission)),
    ...sightings
      .filter((sighting) => sighting.withdrawn === undefined)
      .map((sighting) => sightingLine(sighting, mission)),
  ];
}

function inOrder(lines: ViolationLine[]): ViolationLine[] {
  return lines.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** An event as the gate lets it out has no ellipse, but says how coarse its place is. */
type ReleasedEvent = EventRow & { readonly uncertaintyMetres?: number };

function eventLine(event: ReleasedEvent, mission: MissionView): ViolationLine {
  const means = mission.sources.find((source) => event.stations?.includes(source.id))?.means ?? "acoustic";
  return {
    id: event.id,
    at: event.originTime,
    position: stationList(event.stations ?? []),
    lon: event.lon,
    lat: event.lat,
    uncertaintyMetres: event.ellipse ? Math.round(event.ellipse.semiMajorMetres) : event.uncertaintyMetres,
    means,
    number: event.count,
    qualifier: "exact",
    unit: event.countUnit,
    observation: event.kind,
    zones: event.zones
      .filter((zone) => zone.probability >= 0.5)
      .map((zone) => zone.zone)
      .sort(),
    direction: undefined,
    sound: soundOf(event),
    description: "",
    weapon: "not-known",
    isAuthenticated: event.capped === undefined,
  };
}

const NAMED = 0.8;

/** Its class where that is sure enough; else whether it was fired or landed, where at least that is. */
function soundOf({ classes = [], roles }: Partial<EventRow>): string {
  const [first] = classes;
  if (first !== undefined && first.what !== "undetermined" && first.probability >= NAMED) return first.what;
  if (roles === undefined) return "undetermined";
  return roles.fired >= NAMED ? "fired" : roles.landed >= NAMED ? "landed" : "undetermined";
}

/** Stations of one family in short: "ac-01 02 05 (3)". */
export function stationList(stations: readonly string[]): string {
  if (stations.length === 0) return "";
  const sorted = [...stations].sort();
  const family = (station: string): string => /^.*-(?=[^-]+$)/.exec(station)?.[0] ?? station;
  const parts = sorted.map((station, index) => {
    const own = family(station);
    return index > 0 && own !== station && family(sorted[index - 1]!) === own ? station.slice(own.length) : station;
  });
  return `${parts.join(" ")} (${sorted.length})`;
}

/** Zones that hold a sighting's place at least as likely as not, its uncertainty taken as one sigma each way. */
function zonesOfSighting(sighting: SightingRow, mission: MissionView): string[] {
  const { lon, lat, uncertaintyMetres, occurredAt } = sighting;
  if (lon === undefined || lat === undefined) return [];
  const variance = Math.max(1, uncertaintyMetres ?? 0) ** 2;
  return zonesHolding(
    zonesOf(mission),
    { lon, lat },
    { eastEast: variance, eastNorth: 0, northNorth: variance },
    occurredAt,
  );
}

const areas = new WeakMap<MissionView["zones"], MissionView["zones"]>();

/** Zones that have an inside, of an exercise the fictional ones alone: chosen once for a year of rows. */
function zonesOf({ zones, exercise }: MissionView): MissionView["zones"] {
  const known = areas.get(zones);
  if (known) return known;
  const chosen = zones.filter((zone) => (!exercise || zone.fictional) && zone.geometry.type !== "LineString");
  areas.set(zones, chosen);
  return chosen;
}

function sightingLine(sighting: SightingRow, mission: MissionView): ViolationLine {
  const { body } = sighting;
  return {
    id: sighting.id,
    at: sighting.occurredAt,
    position: "",
    ...(body.observer && { observer: { lon: Number(body.observer.lon), lat: Number(body.observer.lat) } }),
    lon: sighting.lon,
    lat: sighting.lat,
    uncertaintyMetres: sighting.uncertaintyMetres,
    means: body.means,
    number: body.count.number,
    qualifier: body.count.qualifier,
    unit: body.count.unit,
    observation: body.observation,
    zones: zonesOfSighting(sighting, mission),
    direction: body.direction,
    description: body.remark,
    weapon: body.weapon,
    isAuthenticated: true,
  };
}

interface Tally {
  readonly line: ViolationLine;
  readonly zone: string | undefined;
  readonly rows: number[];
  number: number;
  authenticated: number;
}

/** Kinds, zones, means and units are never summed across; an event in two zones counts once in each. */
function tally(lines: readonly ViolationLine[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const [index, line] of lines.entries()) {
    for (const zone of line.zones.length > 0 ? line.zones : [undefined]) {
      const key = `${line.observation}|${zone ?? ""}|${line.means}|${line.unit}`;
      const known = tallies.get(key) ?? { line, zone, rows: [], number: 0, authenticated: 0 };
      known.rows.push(index + 1);
      known.number += line.number;
      if (line.isAuthenticated) known.authenticated += line.number;
      tallies.set(key, known);
    }
  }
  return tallies;
}

function countLines(
  now: readonly ViolationLine[],
  before: readonly ViolationLine[],
  coverage: readonly CoverageLine[],
  previousHoursOf: ReadonlyMap<Means, number>,
  thin: readonly ThinLine[],
): CountLine[] {
  const current = tally(now);
  const previous = tally(before);
  return [...new Set([...current.keys(), ...previous.keys()])].sort().map((key, index) => {
    const { line, zone } = (current.get(key) ?? previous.get(key))!;
    return {
      ...{ id: `C${index + 1}`, rows: current.get(key)?.rows ?? [] },
      kind: line.observation,
      zone,
      means: line.means,
      unit: line.unit,
      number: current.get(key)?.number ?? 0,
      previous: previous.get(key)?.number ?? 0,
      authenticatedShare: shareOf(current.get(key)),
      hoursWatched: hoursOf(coverage, line.means),
      previousHoursWatched: previousHoursOf.get(line.means) ?? 0,
      isUndetermined: (current.get(key)?.number ?? 0) === 0 && thin.some((one) => one.means === line.means),
    };
  });
}

/** By which counts each row is counted, by the row's place. */
export function countsOfRows({ counts, violations }: Pick<DailyReport, "counts" | "violations">): string[][] {
  const ids = violations.map((): string[] => []);
  for (const { id, rows } of counts) for (const row of rows) ids[row - 1]!.push(id);
  return ids;
}

function shareOf(tallied: Tally | undefined): number | undefined {
  return tallied === undefined || tallied.number === 0 ? undefined : tallied.authenticated / tallied.number;
}

/** Hours of all sources of a means together: the denominator that stands beside every count. */
function hoursOf(coverage: readonly CoverageLine[], means: Means): number {
  return coverage.filter((line) => line.means === means).reduce((sum, line) => sum + line.hoursWatched, 0);
}

/** Hours of each means over the period before. */
function previousHours({ mission, rows, period }: DailyInput): ReadonlyMap<Means, number> {
  const before = { from: period.from - (period.until - period.from), until: period.from };
  const lines = coverageLines({ mission, rows: { ...rows, coverage: rows.previousCoverage } }, before);
  return new Map(lines.map(({ means }) => [means, hoursOf(lines, means)]));
}

function ofTheAir({ rows, airWatch = [] }: DailyInput, { from, until }: Period) {
  const byBeginning = (one: { readonly from: Instant }, other: { readonly from: Instant }): number =>
    one.from - other.from;
  return {
    airWatch,
    flown: rows.flown.filter((row) => row.until > from && row.until <= until).sort(byBeginning),
    collection: rows.collection.filter((row) => row.until > from && row.from < until).sort(byBeginning),
  };
}

function ofTheGround({ mission, date, rows, groundWatch = [] }: DailyInput, reached: Period) {
  const order = orderOn(
    date,
    mission.parties.map(({ code }) => code),
  );
  return { groundWatch, sideReaches: sideReaches(rows.coverage, reached, order) };
}

/**
 * The part of the period of which the audience may know: up to now, as of what is to come nothing can be watched or missed; for
 * the public up to the mission's delay before now, as a gap in the watch that is open now is an invitation.
 */
function reachedPeriod({ mission, period, audience, now }: DailyInput): Period {
  const known = audience === "public" ? now - mission.release.delay : now;
  return { from: period.from, until: Math.max(period.from, Math.min(period.until, known)) };
}

function coverageLines({ mission, rows }: Pick<DailyInput, "mission" | "rows">, period: Period): CoverageLine[] {
  const automatic = mission.sources.filter((source) => source.link.kind !== "people");
  const total = hours(period.from, period.until);
  return automatic
    .map((source) => coverageLine(source, rows.coverage, period, total))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}

function coverageLine(
  source: SourceDescription,
  rows: readonly CoverageRow[],
  period: Period,
  total: number,
): CoverageLine {
  const own = rows
    .filter((row) => row.source === source.id)
    .map((row) => ({ ...row, from: Math.max(row.from, period.from), until: Math.min(row.until, period.until) }))
    .filter((row) => row.until > row.from)
    .sort((a, b) => a.from - b.from);
  const watched = own.filter((row) => row.watching).reduce((sum, row) => sum + hours(row.from, row.until), 0);
  return {
    source: source.id,
    name: source.name,
    means: source.means,
    heldBy: source.heldBy,
    hoursWatched: watched,
    hoursOfPeriod: total,
    gaps: gapsOf(own, period),
  };
}

/** What lies between the spans of watching: stated gaps with their cause, and time of which nothing is known. */
function gapsOf(own: readonly CoverageRow[], period: Period): CoverageLine["gaps"] {
  const gaps: { from: Instant; until: Instant; cause: string }[] = [];
  let reached = period.from;
  for (const row of own) {
    if (row.from > reached) gaps.push({ from: reached, until: row.from, cause: "no-record" });
    if (!row.watching)
      gaps.push({ from: Math.max(reached, row.from), until: row.until, cause: row.cause ?? "unknown" });
    reached = Math.max(reached, row.until);
  }
  if (reached < period.until) gaps.push({ from: reached, until: period.until, cause: "no-record" });
  return gaps.filter((gap) => gap.until > gap.from);
}

function sideLines(coverage: readonly CoverageLine[], order: readonly string[]): SideLine[] {
  const sides = new Map<string, { heldBy: string | undefined; means: Means; hoursWatched: number; sources: number }>();
  for (const line of coverage) {
    const key = `${line.heldBy ?? ""}|${line.means}`;
    const known = sides.get(key) ?? { heldBy: line.heldBy, means: line.means, hoursWatched: 0, sources: 0 };
    sides.set(key, { ...known, hoursWatched: known.hoursWatched + line.hoursWatched, sources: known.sources + 1 });
  }
  const compare = byOrder(order);
  const sorted = [...sides.keys()].sort().map((key) => sides.get(key)!);
  return sorted.sort((a, b) => compare(a.heldBy, b.heldBy));
}

function hours(from: Instant, until: Instant): number {
  return (until - from) / MICROSECONDS_PER_HOUR;
}
