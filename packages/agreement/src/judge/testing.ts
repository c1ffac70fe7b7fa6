/** Made-up missions, tracks, events and sources for the judge's tests. */
import {
  type AlertRule,
  type EventRow,
  type Instant,
  MICROSECONDS_PER_SECOND,
  type MissionView,
  type NotifiedFlight,
  type SourceRow,
  type ZoneVersion,
} from "@openjmc/model";
import type { Mission } from "../mission.ts";
import type { JudgedTrack } from "./encounter.ts";

export const START: Instant = Date.UTC(2030, 0, 1) * 1000;

/** `START` and so many seconds. */
export function seconds(after: number): Instant {
  return START + Math.round(after * MICROSECONDS_PER_SECOND);
}

/** Near the equator a degree is about 111 km in both directions, which keeps the numbers below readable. */
const square = (west: number, south: number, size: number): ZoneVersion["geometry"] => ({
  type: "Polygon",
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});

const zone = (id: string, kind: ZoneVersion["kind"], geometry: ZoneVersion["geometry"]): ZoneVersion => ({
  zone: id,
  version: 1,
  kind,
  names: { en: id },
  geometry,
  validFrom: 0,
  issuer: "test",
  precisionMetres: 500,
  basis: "test",
  fictional: true,
});

export const NO_FLY: ZoneVersion = {
  ...zone("n1", "no-fly", square(10, 0, 0.2)),
  floorMetres: 0,
  ceilingMetres: 3000,
  altitudeReference: "msl",
};
export const CEASEFIRE: ZoneVersion = zone("c1", "ceasefire-area", square(10, 0, 0.5));

const rule = (id: string, kind: AlertRule["kind"], more: Partial<AlertRule>): AlertRule => ({
  id,
  kind,
  names: { en: id },
  zoneKinds: [],
  eventKinds: [],
  minimumProbability: 0.9,
  holdSeconds: 10,
  severity: "warning",
  ...more,
});

export const RULES: readonly AlertRule[] = [
  rule("fly", "no-fly-entry", { zoneKinds: ["no-fly"], provision: "text/1", altitudeToleranceMetres: 200 }),
  rule("fire", "ceasefire-event", {
    zoneKinds: ["ceasefire-area"],
    eventKinds: ["shot", "explosion"],
    provision: "text/2",
    holdSeconds: 0,
    groupSeconds: 120,
    groupMetres: 3000,
  }),
  rule("lost", "source-lost", { holdSeconds: 30 }),
  rule("jam", "interference", { holdSeconds: 20, severity: "caution" }),
];

export const FLIGHT: NotifiedFlight = {
  id: "F1",
  operator: "test",
  callsign: "GOOD01",
  icao: "F00001",
  type: "uav",
  purpose: "test",
  zones: ["n1"],
  from: seconds(0),
  until: seconds(1800),
  ceilingMetres: 2000,
  notifiedAt: seconds(-3600),
  fictional: true,
};

/** A mission with one no-fly zone, one ceasefire area and four rules. */
export function testMission(more: Partial<MissionView> = {}, judgedZones = [NO_FLY, CEASEFIRE]): Mission {
  const view = { zones: judgedZones, rules: RULES, flights: [FLIGHT], exercise: true, ...more } as MissionView;
  return { view, judgedZones } as unknown as Mission;
}

/** A confirmed track in the middle of the no-fly zone, 30 m exact. */
export function testTrack(more: Partial<JudgedTrack> = {}): JudgedTrack {
  return {
    id: "t1",
    at: START,
    firstAt: START,
    status: "confirmed",
    lon: 10.1,
    lat: 0.1,
    altitudeMetres: 1000,
    altitudeReference: "msl",
    velocityEast: 30,
    velocityNorth: 0,
    velocityUp: 0,
    ellipse: { semiMajorMetres: 75, semiMinorMetres: 75, azimuth: 0 },
    existence: 1,
    icao: "F0000A",
    callsign: "NOBODY",
    sources: ["r1"],
    suspicions: [],
    positionCovariance: [900, 0, 900],
    ...more,
  };
}

/** A settled shot in the middle of the ceasefire area, 20 m exact. */
export function testEvent(more: Partial<EventRow> = {}): EventRow {
  return {
    id: "e1",
    version: 1,
    originTime: START,
    originTimeErrorSeconds: 0.01,
    lon: 10.25,
    lat: 0.25,
    ellipse: { semiMajorMetres: 30, semiMinorMetres: 20, azimuth: 1 },
    kind: "shot",
    count: 1,
    countUnit: "shot",
    classes: [],
    arrivals: [],
    stations: ["s1", "s2", "s3"],
    burst: { event: "e1", rounds: 1 },
    status: "automatic",
    zones: [],
    firstSolvedAt: START,
    ...more,
  };
}

/** A live acoustic station. */
export function testSource(more: Partial<SourceRow> = {}): SourceRow {
  return {
    id: "s1",
    name: "S1",
    format: "arrivals",
    means: "acoustic",
    link: { kind: "mqtt", topic: "s1" },
    lon: 10,
    lat: 0,
    heightMetres: 0,
    heightReference: "msl",
    rangeMetres: 10_000,
    operator: "joint",
    marking: "open",
    authentication: "none",
    state: "live",
    connected: true,
    framesTotal: 10,
    bytesTotal: 100,
    ratePerSecond: 1,
    duplicatesTotal: 0,
    shedTotal: 0,
    badFrames: {},
    ...more,
  };
}
