/**
 * A centre whose record holds a year of sightings, one day of it a storm: each signed by one of four duty officers, checked and made
 * durable by a registrar as at work, half a day at once, with the clock set behind it; a thread signs what comes next meanwhile. Beside
 * them what a queue holds: alerts, allegations and incidents. Filled so because over HTTP, whose entry is measured apart, it would take hours.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { formatDegrees, formatInstant, type Instant, MICROSECONDS_PER_HOUR, makeUlid } from "@openjmc/model";
import type { FoundedCentre } from "../../test/support/centre.ts";
import { seeded } from "../../test/support/random.ts";
import { type OpenRegistrar, withRegistrar } from "./registrar-of.ts";
import type { Act, SignJob } from "./sign-thread.ts";

export interface DeskYear {
  readonly founded: FoundedCentre;
  /** Midnight UTC of the first day. */
  readonly startsAt: Instant;
  readonly days: number;
  readonly sightings: number;
  /** The day of the storm, and how many fall on it. */
  readonly stormDay: number;
  readonly stormSightings: number;
  readonly onDay?: (day: number, entries: number) => void;
}

const OFFICERS = ["A-Duty-1", "A-Duty-2", "B-Duty-1", "B-Duty-2"] as const;
/** Three quarters of a year's fire lie near four places; the rest along the line. */
const HOTSPOTS = [
  [46.35, 39.55],
  [46.92, 39.98],
  [47.05, 39.42],
  [46.62, 40.21],
] as const;
const HOTSPOT_SHARE = 0.76;
const HOURS = 24;
/** Heard by night more than by day, in shares of a day. */
const BY_HOUR = [6, 6, 5, 5, 4, 3, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 5, 6, 7, 8, 7, 6];
const ALLEGATION_EVERY_HOURS = 4;
/** Taken in together: the disk is waited for once. */
const HOURS_AT_ONCE = 12;
const REMARKS = [
  "burst near the mill, dogs barking",
  "three heavy detonations behind the ridge, window panes rattled",
  "короткая очередь у моста, затем тишина",
  "tepenin arkasından havan sesi",
  "tracer towards the quarry",
  "vehicle engine, then single shots by the orchard",
];

/** What is taken in together. */
interface HalfDay {
  readonly acts: readonly Act[];
  readonly until: Instant;
  /** The day that ends with it. */
  readonly ends?: number;
}

/** Returns how many entries the record holds. */
export async function fillYear(year: DeskYear): Promise<number> {
  const { founded, startsAt, onDay } = year;
  let entries = 0;
  const thread = new Worker(new URL("./sign-thread.ts", import.meta.url), { workerData: founded });
  await withRegistrar(founded.folder, startsAt, async (open) => {
    const { registrar, origin, setNow } = open;
    const take = async ({ until, ends }: HalfDay, leaves: readonly Uint8Array[]): Promise<void> => {
      setNow(until);
      await submit(open, leaves);
      if (ends === undefined) return;
      await registrar.act([...alertsOf(startsAt + ends * HOURS * MICROSECONDS_PER_HOUR, ends)]);
      onDay?.(ends, registrar.size);
    };
    let before: (() => Promise<void>) | undefined;
    for (const half of halfDaysOf(year)) {
      const signed = once(thread, "message") as Promise<[Uint8Array[]]>;
      thread.postMessage({ origin, anchor: registrar.anchor(), acts: half.acts } satisfies SignJob);
      await before?.();
      // The thread answers one job at a time, so what it says next is of this half day.
      const [leaves] = await signed;
      before = () => take(half, leaves);
    }
    await before?.();
    entries = registrar.size;
  });
  await thread.terminate();
  return entries;
}

function* halfDaysOf({ startsAt, days, sightings, stormDay, stormSightings }: DeskYear): Generator<HalfDay> {
  const random = seeded(400_000);
  const perDay = (sightings - stormSightings) / (days - 1);
  let [wanted, told] = [0, 0];
  for (let day = 0; day < days; day += 1) {
    const ofDay = day === stormDay ? stormSightings : perDay;
    let shared = 0;
    let acts: Act[] = [];
    for (let hour = 0; hour < HOURS; hour += 1) {
      shared += BY_HOUR[hour]! / BY_HOUR.reduce((sum, part) => sum + part);
      const begins = startsAt + (day * HOURS + hour) * MICROSECONDS_PER_HOUR;
      const until = Math.round(wanted + ofDay * shared);
      for (; told < until; told += 1) acts.push(sighting(begins, random));
      if (hour % ALLEGATION_EVERY_HOURS === 0) acts.push(allegation(begins, random));
      if ((hour + 1) % HOURS_AT_ONCE !== 0) continue;
      yield { acts, until: begins + MICROSECONDS_PER_HOUR, ...(hour + 1 === HOURS ? { ends: day } : {}) };
      acts = [];
    }
    wanted += ofDay;
  }
}

async function submit({ registrar }: OpenRegistrar, leaves: readonly Uint8Array[]): Promise<void> {
  const taken = await Promise.all(leaves.map((leaf) => registrar.submit(leaf)));
  const refused = taken.find((one) => !one.ok);
  if (refused && !refused.ok) throw new Error(JSON.stringify(refused.fault));
}

function actOf(random: () => number, act: Pick<Act, "kind" | "at" | "body">): Act {
  const officer = OFFICERS[Math.floor(random() * OFFICERS.length)]!;
  const bytes = createHash("sha256").update(`${act.at} ${random()}`).digest().subarray(0, 10);
  return { ...act, officer, subject: makeUlid(act.at, new Uint8Array(bytes)) };
}

/** As monitors tell it: by ear mostly, where it was by bearing and range from where they stood. */
export function sightingBodyOf(at: Instant, random: () => number): object {
  const [lon, lat] = placeOf(random);
  const isBurst = random() < 0.7;
  return {
    observer: { lon: formatDegrees(lon), lat: formatDegrees(lat), uncertaintyMetres: 20 },
    ...{ occurredAt: formatInstant(at), timeUncertaintySeconds: 5, means: random() < 0.8 ? "heard" : "saw" },
    observation: isBurst ? "burst" : random() < 0.7 ? "explosion" : "tracer",
    count: { number: 1 + Math.floor(random() * 6), unit: isBurst ? "burst" : "explosion", qualifier: "about" },
    ...{ bearingDegrees: Math.floor(random() * 360), bearingUncertaintyDegrees: 5 },
    ...{ rangeMetres: 1_000 + Math.floor(random() * 4_000), rangeUncertaintyMetres: 1_000 },
    ...{ direction: "undetermined", weapon: isBurst ? "small-arms" : "not-known", visibility: "good" },
    remark: random() < 0.3 ? REMARKS[Math.floor(random() * REMARKS.length)]! : "",
  };
}

function placeOf(random: () => number): [number, number] {
  const hot = HOTSPOTS[Math.floor(random() * HOTSPOTS.length)]!;
  return random() < HOTSPOT_SHARE
    ? [hot[0] + (random() - 0.5) / 20, hot[1] + (random() - 0.5) / 20]
    : [46.2 + random(), 39.2 + random() * 1.1];
}

function sighting(begins: Instant, random: () => number): Act {
  const at = begins + Math.floor(random() * 3_500) * 1_000_000;
  const body = sightingBodyOf(at, random);
  return actOf(random, { kind: "sighting.reported", at: at + 60_000_000, body });
}

function allegation(begins: Instant, random: () => number): Act {
  const [lon, lat] = placeOf(random);
  const [accuser, accused] = random() < 0.5 ? ["P", "Q"] : ["Q", "P"];
  const body = {
    ...{ accuser, accused, via: "hotline", what: "Fire at a position beside the road.", harm: "none", basis: "seen" },
    occurredAt: formatInstant(begins),
    place: { lon: formatDegrees(lon), lat: formatDegrees(lat), uncertaintyMetres: 500 },
    language: "en",
  };
  return actOf(random, { kind: "allegation.received", at: begins + 60_000_000, body });
}

function* alertsOf(begins: Instant, day: number) {
  for (let index = 0; index < 20; index += 1) {
    const at = begins + index * MICROSECONDS_PER_HOUR;
    const subject = createHash("sha256").update(`alert ${day} ${index}`).digest("hex").slice(0, 32);
    const body = {
      ...{ rule: "K2-source-lost", severity: "caution", subjectKind: "source", subjectId: `source-${index}` },
      ...{ occurredAt: formatInstant(at), probabilityPerMille: 1000, outline: {} },
    };
    yield { kind: "alert.raised", subject, body };
    yield { kind: "alert.ended", subject, body: { endedAt: formatInstant(at + MICROSECONDS_PER_HOUR) } };
  }
}
