/**
 * Obligations judged per second, and tracks judged against zones per second, on one core. The first shows that the cost is
 * linear: ten times the obligations and facts must take about ten times as long. Inputs are made up here; the sums of what was
 * found are printed, so that no work can be left out.
 */
import { type AgreementFact, createAgreement, createJudge, type JudgedTrack, type Mission } from "@openjmc/agreement";
import { type Instant, MICROSECONDS_PER_DAY, type MissionView, type ZoneVersion } from "@openjmc/model";

const START: Instant = Date.UTC(2030, 0, 1) * 1000;

export interface AgreementBench {
  readonly name: string;
  /** Seconds for 10,000 obligations with 10,000 facts, prepared and asked once; and for a tenth of both. */
  readonly seconds: number;
  readonly secondsOfTenth: number;
  readonly tracksPerSecond: number;
  readonly checksum: string;
}

export function run(): AgreementBench {
  const tenth = judgeObligations(1000);
  const whole = judgeObligations(10_000);
  const tracks = judgeTracks(200_000);
  return {
    name: "agreement: 10,000 obligations under 10,000 facts; tracks against 20 zones",
    seconds: whole.seconds,
    secondsOfTenth: tenth.seconds,
    tracksPerSecond: Math.round(tracks.perSecond),
    checksum: `${whole.checksum}/${tracks.checksum}`,
  };
}

function judgeObligations(count: number): { seconds: number; checksum: number } {
  const began = performance.now();
  const agreement = createAgreement({
    instruments: [instrumentOf(count)],
    amendments: [],
    facts: factsOf(count),
    monitoring: [{ from: START }],
  });
  const at = START + 400 * MICROSECONDS_PER_DAY;
  const checksum = agreement.obligations(at, at).reduce((sum, one) => sum + one.variants[0]!.states[0]!.length, 0);
  return { seconds: (performance.now() - began) / 1000, checksum };
}

function instrumentOf(count: number): Parameters<typeof createAgreement>[0]["instruments"][number] {
  return {
    id: "text",
    kind: "treaty",
    names: { en: "Text" },
    textPublic: true,
    signatories: [{ state: "P", standing: "signed" }],
    signedAt: "2030-01-01",
    announcedAt: "unknown",
    effectiveAt: "2030-01-01T00:00:00Z",
    authenticLanguages: "unknown",
    witnesses: [],
    provisions: Array.from({ length: count }, (_, index) => ({
      id: `text/${index}`,
      number: `${index}`,
      kind: "hand-over" as const,
      names: { en: "Duty" },
      says: "A duty.",
      dutyHolders: ["P"],
      performance: "act" as const,
      deadline: {
        day: `2030-${String(1 + (index % 12)).padStart(2, "0")}-15`,
        inclusive: "open" as const,
        timeZones: ["Etc/UTC", "Etc/GMT-4"],
      },
    })),
  };
}

function factsOf(count: number): AgreementFact[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `fact ${index}`,
    kind: index % 2 === 0 ? ("observed" as const) : ("declared" as const),
    about: `text/${(index * 7919) % count}`,
    by: "P",
    occurredAt: START + (index % 365) * MICROSECONDS_PER_DAY,
    recordedAt: START + (index % 365) * MICROSECONDS_PER_DAY,
  }));
}

function judgeTracks(count: number): { perSecond: number; checksum: number } {
  const zones = Array.from({ length: 20 }, (_, index) => zoneOf(index));
  const rules = [
    {
      id: "fly",
      kind: "no-fly-entry",
      names: {},
      zoneKinds: ["no-fly"],
      eventKinds: [],
      minimumProbability: 0.9,
      holdSeconds: 10,
      severity: "warning",
    },
  ];
  const judge = createJudge({
    view: { rules, flights: [] } as unknown as MissionView,
    judgedZones: zones,
  } as unknown as Mission);
  const began = performance.now();
  let checksum = 0;
  for (let index = 0; index < count; index++) {
    const at = START + index * 200;
    const judged = judge.track(trackOf(index, at), at);
    checksum += judged.decisions.length + judged.zones.length;
  }
  return { perSecond: count / ((performance.now() - began) / 1000), checksum };
}

/** A ring of sixty sides, some fifteen kilometres wide; the zones overlap each other. */
function zoneOf(index: number): ZoneVersion {
  const ring = Array.from({ length: 61 }, (_, step): [number, number] => {
    const angle = ((step % 60) * Math.PI) / 30;
    return [10 + (index % 5) * 0.1 + 0.08 * Math.cos(angle), Math.floor(index / 5) * 0.1 + 0.08 * Math.sin(angle)];
  });
  return {
    zone: `z${index}`,
    version: 1,
    kind: "no-fly",
    names: {},
    geometry: { type: "Polygon", coordinates: [ring] },
    validFrom: 0,
    issuer: "bench",
    precisionMetres: 500,
    basis: "bench",
    floorMetres: 0,
    ceilingMetres: 3000,
    fictional: true,
  };
}

/** Five hundred aircraft, each on its own line through the zones. */
function trackOf(index: number, at: Instant): JudgedTrack {
  const aircraft = index % 500;
  return {
    id: `t${aircraft}`,
    at,
    firstAt: START,
    status: "confirmed",
    lon: 9.9 + ((aircraft * 37 + index / 400) % 700) / 1000,
    lat: -0.1 + ((aircraft * 13) % 500) / 1000,
    altitudeMetres: 500 + (aircraft % 10) * 800,
    altitudeReference: "msl",
    velocityEast: 100,
    velocityNorth: 0,
    velocityUp: 0,
    ellipse: { semiMajorMetres: 50, semiMinorMetres: 50, azimuth: 0 },
    existence: 1,
    icao: `F${aircraft}`,
    sources: ["bench"],
    suspicions: [],
    positionCovariance: [400, 0, 400],
  };
}

if (import.meta.main) console.log(JSON.stringify(run(), undefined, 1));
