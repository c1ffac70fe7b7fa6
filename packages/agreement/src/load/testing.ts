/** A small made-up mission folder for the loader's tests. */

const MISSION = `format: openjmc-mission/1
id: test
names: { en: Test }
languages: [en]
completeLanguages: [en]
authenticLanguages: [en]
timeZone: Etc/UTC
map: { lon: 10, lat: 0, zoom: 5 }
components:
  - { code: A, state: S1, names: { en: A }, colour: "#112233", languages: [en] }
  - { code: B, state: S2, names: { en: B }, colour: "#332211", languages: [en] }
parties:
  - { code: P, state: S3, names: { en: P }, colour: "#112233" }
  - { code: Q, state: S4, names: { en: Q }, colour: "#332211" }
states:
  - { code: S1, names: { en: One }, roles: [sending-state] }
  - { code: S2, names: { en: Two }, roles: [sending-state] }
  - { code: S3, names: { en: Three }, roles: [party, signatory] }
  - { code: S4, names: { en: Four }, roles: [party, signatory] }
release: { gridMetres: 1000, delayMinutes: 30 }
lapseHours: 48
reportCutOff: "19:30"
attributionThreshold: 0.8
reportUnit: { shot: shot }
`;

const ZONES = `zones:
  - id: area
    kind: ceasefire-area
    names: { en: Area }
    versions:
      - version: 1
        geometry: zones/area.geojson
        validFrom: 2030-01-01T00:00:00Z
        validUntil: 2031-01-01T00:00:00Z
        issuer: test
        precision: sketch ±2 km
        basis: test
  - id: road
    kind: corridor
    names: { en: Road }
    versions:
      - { version: 1, geometry: zones/road.geojson, widthMetres: 4000, validFrom: 2030-01-01T00:00:00Z, issuer: test, precision: survey ±20 m, basis: test }
`;

const INSTRUMENT = `id: text
kind: treaty
names: { en: Text }
textPublic: true
signatories: [{ state: S3, standing: signed }]
signedAt: 2030-01-01
announcedAt: unknown
effectiveAt: 2030-01-01T00:00:00Z
authenticLanguages: unknown
witnesses: []
provisions:
  - { id: text/1, number: "1", kind: cease-fire, names: { en: No fire }, says: No fire., dutyHolders: [P, Q], performance: omission, zone: area }
`;

const RULES = `rules:
  - { id: fire, kind: ceasefire-event, names: { en: Fire }, provision: text/1, zoneKinds: [ceasefire-area], eventKinds: [shot], severity: warning, holdSeconds: 0 }
`;

const EXERCISE = `names: { en: Exercise }
startsAt: 2030-06-01T00:00:00Z
episodeSeconds: 1800
area: { west: 9, south: -1, east: 11, north: 1 }
watermark: EXERCISE
officers:
  - { id: A-1, component: A, roles: [duty-officer] }
  - { id: B-1, component: B, roles: [duty-officer] }
`;

const SOURCES = `sources:
  - id: r1
    name: R1
    format: beast
    means: ads-b
    link: { kind: tcp-client, host: 127.0.0.1, port: 0 }
    lon: 10
    lat: 0
    heightMetres: 10
    heightReference: msl
    rangeMetres: 100000
    operator: joint
    marking: open
    authentication: address-only
`;

const FLIGHTS = `flights:
  - id: F1
    operator: test
    type: uav
    purpose: test
    zones: [drill]
    callsign: TEST1
    from: "+00:05:00"
    until: "+00:10:00"
    notifiedAt: 2030-05-31T00:00:00Z
    repeatEverySeconds: 1800
    repeatCount: 3
`;

const ring = (west: number) => [
  [west, 0],
  [west + 1, 0],
  [west + 1, 1],
  [west, 1],
  [west, 0],
];

/** The folder's texts; a test may change them. */
export function testMissionFiles(): Map<string, string> {
  return new Map([
    ["mission.yaml", MISSION],
    ["zones.yaml", ZONES],
    ["zones/area.geojson", JSON.stringify({ type: "Polygon", coordinates: [ring(10)] })],
    ["zones/road.geojson", '{ "type": "LineString", "coordinates": [[10, 0], [10.5, 0.1]] }'],
    ["rules.yaml", RULES],
    ["gazetteer.yaml", "places:\n  - { code: T1, lon: 10.5, lat: 0.5, names: { en: Town } }\n"],
    ["references.yaml", "references: []\n"],
    ["instruments/text.yaml", INSTRUMENT],
    ["exercise/exercise.yaml", EXERCISE],
    ["exercise/zones.yaml", ZONES.replace("id: area", "id: drill").replace(/ {2}- id: road[\s\S]*$/, "")],
    ["exercise/zones/area.geojson", JSON.stringify({ type: "Polygon", coordinates: [ring(10)] })],
    ["exercise/rules.yaml", RULES.replace("id: fire", "id: drill-fire")],
    ["exercise/sources.yaml", SOURCES],
    ["exercise/flights.yaml", FLIGHTS],
    ["exercise/gazetteer.yaml", "places:\n  - { code: T2, lon: 10.5, lat: 0.5, names: { en: Drill town } }\n"],
  ]);
}
