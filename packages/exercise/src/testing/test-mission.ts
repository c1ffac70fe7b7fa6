import {
  formatInstant,
  type Instant,
  type MissionView,
  type SourceDescription,
  type ZoneVersion,
} from "@openjmc/model";

/** 2030-05-01T06:00:00Z. */
export const TEST_START: Instant = 1_903_845_600_000_000;
export const TEST_EPISODE = 1800;

const CENTRE = { lon: -30.5, lat: 36.5 };
const names = (text: string) => ({ en: text });

function ring(lon: number, lat: number, radiusDegrees: number, corners: number): (readonly [number, number])[] {
  const points = Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners;
    return [lon + 1.25 * radiusDegrees * Math.cos(angle), lat + radiusDegrees * Math.sin(angle)] as const;
  });
  return [...points, points[0]!];
}

function source(id: string, east: number, north: number, rest: Partial<SourceDescription>): SourceDescription {
  return {
    id,
    name: id,
    format: "beast",
    means: "ads-b",
    link: { kind: "tcp-client", host: "127.0.0.1", port: 0 },
    lon: CENTRE.lon + east / 89_500,
    lat: CENTRE.lat + north / 111_000,
    heightMetres: 150,
    heightReference: "msl",
    rangeMetres: 220_000,
    operator: "joint",
    marking: "open",
    authentication: "address-only",
    ...rest,
  };
}

function station(index: number): SourceDescription {
  const along = (index - 5.5) * 4200;
  const aside = index % 2 === 0 ? 2300 : -2300;
  return source(`s-${String(index + 1).padStart(2, "0")}`, along, 0.3 * along + aside, {
    format: "arrivals",
    means: "acoustic",
    link: { kind: "tcp-listener", host: "127.0.0.1", port: 0 },
    heightMetres: 80 + 25 * (index % 5),
    rangeMetres: 15_000,
  });
}

function zone(id: string, kind: ZoneVersion["kind"], radiusDegrees: number, rest: Partial<ZoneVersion>): ZoneVersion {
  return {
    zone: id,
    version: 1,
    kind,
    names: names(id),
    geometry: { type: "Polygon", coordinates: [ring(CENTRE.lon + 0.05, CENTRE.lat, radiusDegrees, 14)] },
    validFrom: TEST_START - 86_400_000_000,
    issuer: "test",
    precisionMetres: 150,
    basis: "made up",
    fictional: true,
    ...rest,
  };
}

/** A made-up mission in the middle of an ocean: three receivers, twelve stations, a no-fly zone, a ceasefire area. */
export function testMission(): MissionView {
  return {
    id: "test-mission",
    names: names("Test"),
    exercise: true,
    components: ["A", "B"].map((code) => ({ code, names: names(code), colour: "#336699", languages: ["en"] })),
    parties: ["P", "Q"].map((code) => ({ code, names: names(code), colour: "#996633" })),
    officers: ["A", "B"].map((code) => ({ id: `${code}-Duty-1`, component: code, roles: ["duty-officer"] as const })),
    languages: ["en"],
    authenticLanguages: ["en"],
    timeZone: "UTC",
    mapCentre: { ...CENTRE, zoom: 8 },
    zones: [
      zone("n1", "no-fly", 0.09, { floorMetres: 0, ceilingMetres: 3000, altitudeReference: "msl" }),
      zone("c1", "ceasefire-area", 0.4, {}),
    ],
    flights: [
      {
        id: "F-1",
        operator: "tester",
        callsign: "TSTUAV1",
        icao: "F00002",
        type: "unmanned",
        purpose: "watch",
        zones: ["n1"],
        from: TEST_START + 300_000_000,
        until: TEST_START + 1_500_000_000,
        notifiedAt: TEST_START - 3_600_000_000,
        fictional: true,
      },
    ],
    rules: [],
    provisions: [],
    places: [],
    sources: [
      source("r-1", -20_000, 12_000, {}),
      source("r-2", 24_000, -4_000, { link: { kind: "tcp-listener", host: "127.0.0.1", port: 0 } }),
      source("r-3", 2_000, -22_000, { format: "sbs", rangeMetres: 200_000 }),
      ...Array.from({ length: 12 }, (_, index) => station(index)),
    ],
    lapseHours: 48,
    release: { gridMetres: 1000, delay: 1_800_000_000 },
    reportCutOff: "19:30",
    attributionThreshold: 0.8,
    reportUnit: {},
  };
}

/** The same with a radar and a receiver of Remote ID. */
export function watchedMission(): MissionView {
  const mission = testMission();
  const radar = source("rd-1", -6_000, -9_000, {
    format: "asterix",
    means: "radar",
    link: { kind: "udp", host: "127.0.0.1", port: 0 },
    heightReference: "ellipsoid",
    rangeMetres: 120_000,
    asterix: { sac: 3, sic: 4, editions: { "48": "1.30" } },
    accuracy: {
      rangeMetres: 40,
      azimuthDegrees: 0.06,
      periodSeconds: 4,
      detectionProbability: 0.9,
      falsePlotsPerPeriod: 2,
    },
  });
  const identifier = source("ri-1", 4_000, 1_000, {
    format: "remote-id",
    means: "rf",
    link: { kind: "tcp-listener", host: "127.0.0.1", port: 0 },
    rangeMetres: 12_000,
  });
  return { ...mission, sources: [...mission.sources, radar, identifier] };
}

/** Options of a scenario of a made-up mission. */
export function testOptions(seed: string, durationSeconds = TEST_EPISODE, mission = testMission()) {
  return { seed, mission, startsAt: TEST_START, durationSeconds };
}

/** For messages of failing tests. */
export function timeText(instant: Instant): string {
  return formatInstant(instant).slice(11, 23);
}
