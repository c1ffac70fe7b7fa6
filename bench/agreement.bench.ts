/**
 * Obligations judged against facts and against events, and tracks against zones, on one core. Ten times the obligations with ten times
 * the facts, and ten times the events under the same obligations, must take about ten times as long. Inputs are made up here; the sums
 * of what was found are printed, so that no work can be left out. Seconds are the processor's.
 */
import {
  type AgreementFact,
  createAgreement,
  createEventJudge,
  createJudge,
  type JudgedTrack,
  type Mission,
} from "@openjmc/agreement";
import { type Instant, MICROSECONDS_PER_DAY, type MissionView, type ZoneVersion } from "@openjmc/model";

const START: Instant = Date.UTC(2030, 0, 1) * 1000;

export interface AgreementBench {
  readonly name: string;
  readonly headline: string;
  /** Seconds for 10,000 obligations with 10,000 facts, prepared and asked once; and for a tenth of both. */
  readonly seconds: number;
  readonly secondsOfTenth: number;
  /** Seconds for 10,000 events under 10,000 obligations in as many zones; for a tenth of the events; and to prepare the zones. */
  readonly eventSeconds: number;
  readonly eventSecondsOfTenth: number;
  readonly prepareSeconds: number;
  readonly tracksPerSecond: number;
  readonly checksum: string;
}

export function run(): AgreementBench {
  const tenth = judgeObligations(1000);
  const whole = judgeObligations(10_000);
  const events = judgeEvents(10_000, 10_000);
  const tracks = judgeTracks(200_000);
  const perSecond = Math.round(tracks.perSecond);
  return {
    name: "agreement: 10,000 obligations under 10,000 facts, and against 10,000 events; tracks against 20 zones",
    headline: [
      `10,000 obligations × 10,000 events in ${seconds(events.seconds)} s (a tenth of the events: ${seconds(events.ofTenth)} s)`,
      `with 10,000 facts ${seconds(whole.seconds)} s (a tenth of both: ${seconds(tenth.seconds)} s)`,
      `${perSecond.toLocaleString("en")} tracks/s`,
    ].join("; "),
    ...{ seconds: seconds(whole.seconds), secondsOfTenth: seconds(tenth.seconds) },
    ...{ eventSeconds: seconds(events.seconds), eventSecondsOfTenth: seconds(events.ofTenth) },
    prepareSeconds: seconds(events.prepare),
    tracksPerSecond: perSecond,
    checksum: `${whole.checksum}/${events.checksum}/${tracks.checksum}`,
  };
}

/** Processor seconds spent so far: other processes do not count, as they would by the clock. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const seconds = (value: number): number => Number(value.toPrecision(2));

/** Each obligation holds in a zone of its own, some fifteen kilometres wide, of two versions; each event is judged by all of them. */
function judgeEvents(obligations: number, events: number) {
  const began = processor();
  const instrument = instrumentOf(obligations);
  const provisions = instrument.provisions.map((provision, index) => ({ ...provision, zone: `z${index}` }));
  const zones = provisions.flatMap((_, index) => versionsOf(index));
  const agreement = createAgreement({
    instruments: [{ ...instrument, provisions }],
    amendments: [],
    facts: [],
    monitoring: [{ from: START }],
  });
  const judge = createEventJudge(agreement, provisions, zones);
  const prepare = processor() - began;
  const spend = (count: number, first: number) => {
    const from = processor();
    let checksum = 0;
    for (let index = first; index < first + count; index++)
      checksum += judge(eventOf(index), START + 400 * MICROSECONDS_PER_DAY).filter(
        ({ falls }) => falls === "inside",
      ).length;
    return { seconds: processor() - from, checksum };
  };
  // What is prepared when it is first asked for is prepared before the clock runs.
  spend(events, 0);
  const tenth = spend(events / 10, 0);
  const whole = spend(events, 0);
  return { prepare, ofTenth: tenth.seconds, seconds: whole.seconds, checksum: whole.checksum };
}

/** Spread over ten degrees either way; the second version takes in a little more. */
function versionsOf(index: number): ZoneVersion[] {
  const ring = (grown: number) =>
    Array.from({ length: 61 }, (_, step): [number, number] => {
      const angle = ((step % 60) * Math.PI) / 30;
      const radius = 0.08 + grown;
      return [
        20 + (index % 100) * 0.1 + radius * Math.cos(angle),
        Math.floor(index / 100) * 0.1 + radius * Math.sin(angle),
      ];
    });
  const middle = START + 180 * MICROSECONDS_PER_DAY;
  const shape = (grown: number): ZoneVersion["geometry"] => ({ type: "Polygon", coordinates: [ring(grown)] });
  return [
    { ...zoneOf(0), zone: `z${index}`, kind: "ceasefire-area", geometry: shape(0), validUntil: middle },
    { ...zoneOf(0), zone: `z${index}`, version: 2, kind: "ceasefire-area", geometry: shape(0.02), validFrom: middle },
  ];
}

/** Somewhere in the zones, some time in the year, within half a kilometre. */
function eventOf(index: number) {
  return {
    place: { lon: 20 + ((index * 7919) % 10_000) / 1000, lat: ((index * 104_729) % 10_000) / 1000 },
    covariance: { eastEast: 62_500, eastNorth: 0, northNorth: 62_500 },
    at: START + (index % 365) * MICROSECONDS_PER_DAY,
  };
}

function judgeObligations(count: number): { seconds: number; checksum: number } {
  const began = processor();
  const agreement = createAgreement({
    instruments: [instrumentOf(count)],
    amendments: [],
    facts: factsOf(count),
    monitoring: [{ from: START }],
  });
  const at = START + 400 * MICROSECONDS_PER_DAY;
  const checksum = agreement.obligations(at, at).reduce((sum, one) => sum + one.variants[0]!.states[0]!.length, 0);
  return { seconds: processor() - began, checksum };
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
  const began = processor();
  let checksum = 0;
  for (let index = 0; index < count; index++) {
    const at = START + index * 200;
    const judged = judge.track(trackOf(index, at), at);
    checksum += judged.decisions.length + judged.zones.length;
  }
  return { perSecond: count / (processor() - began), checksum };
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
