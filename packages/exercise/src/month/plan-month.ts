/** Plans a month from a seed: what happens, what is only said, who hears it, which stations are out, and what parties claim. */
import { FaultError, type LonLat } from "@openjmc/model";
import { instantOf } from "../play/time.ts";
import type { Random } from "../random/random.ts";
import { type BlastClass, drawBlast } from "../sound/blast.ts";
import type { FireEvent } from "../sound/fire-plan.ts";
import type { SoundPoint } from "../sound/path.ts";
import type { SoundStage } from "../stage.ts";
import { detectionProbability } from "./detection.ts";
import type { Month, MonthShares, Outage, PartyClaim, Suspicion, SuspicionTruth } from "./suspicion.ts";

const DAY_SECONDS = 86_400;
/** Parts of all suspicions. */
const FALSE_SHARE = 0.25;
const UNDECIDABLE_SHARE = 0.15;
const CASUALTY_SHARE = 0.1;
const OUTAGE_SHARE = 0.05;
const WRONG_CLOCK_SHARE = 0.025;
const LOUD: readonly BlastClass[] = ["howitzer", "tank-gun", "mortar-120", "mortar-120", "mortar-82", "impact"];
/** Nobody listens so far from all stations. */
const OUT_OF_HEARING_METRES = 45_000;
/** Before and after what happens in an outage. */
const OUTAGE_LEAD = 5_400;
const OUTAGE_TAIL = 2_700;

interface Lot {
  readonly id: string;
  readonly seconds: number;
  readonly truth: SuspicionTruth;
  readonly isInOutage: boolean;
  readonly hasCasualties: boolean;
  readonly hasWrongClock: boolean;
}

/** Error: `exercise.mission-lacks` (a FaultError) where there are not two parties to accuse each other. */
export function planMonth(stage: SoundStage, shares: MonthShares): Month {
  const { parties } = stage.options.mission;
  if (parties.length < 2)
    throw new FaultError({
      ...{ code: "exercise.mission-lacks", what: "exercise of this mission", where: { field: "parties" } },
      ...{ expected: "two parties", got: String(parties.length) },
    });
  const lots = drawLots(shares, stage.streamOf("lots", shares.seed));
  const outages: Outage[] = [];
  const suspicions = lots.map((lot) => planOne(stage, lot, outages, stage.streamOf("suspicion", shares.seed, lot.id)));
  return { suspicions, outages };
}

/** Which is what: exact numbers, in an order that the seed gives. At least one of each. */
function drawLots({ days, suspicions }: MonthShares, random: Random): Lot[] {
  const count = (share: number): number => Math.max(1, Math.round(share * suspicions));
  const [falses, open] = [count(FALSE_SHARE), count(UNDECIDABLE_SHARE)];
  const places = random.shuffled(Array.from({ length: suspicions }, (_, index) => index));
  const truthOf = (rank: number): SuspicionTruth =>
    rank < falses ? "false" : rank < falses + open ? "undecidable" : "true";
  const truths = new Array<SuspicionTruth>(suspicions);
  places.forEach((place, rank) => {
    truths[place] = truthOf(rank);
  });
  const trueOnes = random.shuffled(places.filter((place) => truths[place] === "true"));
  const chosen = (from: number, share: number) => new Set(trueOnes.slice(from, from + count(share)));
  const outage = chosen(0, OUTAGE_SHARE);
  const clocks = chosen(count(OUTAGE_SHARE), WRONG_CLOCK_SHARE);
  const hurt = new Set(
    random.shuffled(places.filter((place) => truths[place] !== "false")).slice(0, count(CASUALTY_SHARE)),
  );
  const slot = (days * DAY_SECONDS - 2 * 3600) / suspicions;
  return truths.map((truth, place) => ({
    id: `s${String(place + 1).padStart(3, "0")}`,
    seconds: 3600 + (place + random.between(0.05, 0.85)) * slot,
    truth,
    isInOutage: outage.has(place),
    hasCasualties: hurt.has(place),
    hasWrongClock: clocks.has(place),
  }));
}

function planOne(stage: SoundStage, lot: Lot, outages: Outage[], random: Random): Suspicion {
  const { startsAt } = stage.options;
  const isHeard = lot.truth === "true";
  const far = lot.truth === "undecidable" && random.chance(0.6);
  const silenced = lot.isInOutage || (lot.truth === "undecidable" && !far);
  const out = silenced ? drawOutage(stage, lot, random) : [];
  outages.push(...out);
  const listening = stage.stations.filter(({ id }) => !out.some((one) => one.station === id));
  const fire = isHeard ? drawFire(stage, lot, random) : undefined;
  const place = fire ?? placeOf(stage, far ? farPoint(stage, random) : stage.places.draw(random));
  const at = instantOf(startsAt, lot.seconds);
  const claim = !isHeard || lot.hasCasualties || random.chance(0.45);
  const drawn = random.pick(stage.stations).id;
  return {
    ...{ id: lot.id, truth: lot.truth, at, place: { lon: place.lon, lat: place.lat } },
    ...(fire ? { fire } : {}),
    detectionProbability: fire ? detectionProbability(fire, listening, stage.atmosphere) : 0,
    ...(claim ? { claim: drawClaim(stage, lot, place, random) } : {}),
    ...(lot.hasCasualties
      ? {
          casualties: {
            group: random.chance(0.5) ? "civilian" : "military",
            number: random.integer(1, 4),
            isCorroborated: random.chance(0.5),
          } as const,
        }
      : {}),
    outage: out.map(({ station }) => station),
    ...(lot.hasWrongClock ? { wrongClock: { station: drawn, seconds: random.between(30, 95) } } : {}),
  };
}

/** A true event loses most stations, so that it may be missed; what nobody can decide loses all of them. */
function drawOutage(stage: SoundStage, lot: Lot, random: Random): Outage[] {
  const all = random.shuffled(stage.stations);
  const lost = lot.truth === "true" ? all.slice(0, Math.round(all.length * random.between(0.5, 0.8))) : all;
  return lost.map(({ id }) => ({
    station: id,
    fromSeconds: lot.seconds - OUTAGE_LEAD + random.between(-300, 300),
    untilSeconds: lot.seconds + OUTAGE_TAIL + random.between(-300, 300),
  }));
}

function drawFire(stage: SoundStage, lot: Lot, random: Random): FireEvent {
  const point = stage.places.draw(random);
  const kind = random.pick(LOUD);
  const times = [lot.seconds];
  const rounds = random.chance(0.4) ? 1 : random.integer(2, 7);
  const spacing = random.between(0.8, 2.6);
  while (times.length < rounds) times.push(times.at(-1)! + Math.max(0.4, spacing * random.normal(1, 0.1)));
  const scattered = times.map((seconds) => ({
    seconds,
    point: { east: point.east + random.normal(0, 12), north: point.north + random.normal(0, 12), height: point.height },
  }));
  // Some are as quiet as such weapons can be, so that not everything that happens can be heard.
  const blast = drawBlast(kind, random);
  const muffled = random.chance(0.12) ? random.between(8, 20) : 0;
  return {
    ...{ id: `fire-${lot.id}`, draw: 0, blast: { ...blast, levelDecibel: blast.levelDecibel - muffled }, point },
    ...placeOf(stage, point),
    rounds: scattered,
  };
}

/** The accuser is roughly right about a true event, and sure of a false one. */
function drawClaim(stage: SoundStage, lot: Lot, place: LonLat, random: Random): PartyClaim {
  const { startsAt, mission } = stage.options;
  const [accuser, accused] = random.shuffled(mission.parties);
  const said = instantOf(startsAt, lot.seconds + random.normal(0, lot.truth === "true" ? 40 : 300));
  const metres = lot.truth === "true" ? 400 : 900;
  const lonMetres = 111_300 * Math.cos((place.lat * Math.PI) / 180);
  const fate = random.uniform();
  const completeAfterSeconds = fate < 0.72 ? 0 : fate < 0.88 ? random.between(2, 18) * 3600 : Number.POSITIVE_INFINITY;
  return {
    ...{ accuser: accuser!.code, accused: accused!.code },
    at: instantOf(startsAt, lot.seconds + random.between(900, 7_200)),
    completeAfterSeconds: lot.truth === "true" ? 0 : completeAfterSeconds,
    occurredAt: Math.round(said / 60_000_000) * 60_000_000,
    place: {
      lon: place.lon + random.normal(0, metres) / lonMetres,
      lat: place.lat + random.normal(0, metres) / 111_200,
    },
    number: random.integer(2, 9),
    ...(random.chance(0.75)
      ? {
          answer: {
            position: random.pick(["denied", "denied", "justified", "not-known"] as const),
            afterSeconds: random.between(2, 14) * 3600,
          },
        }
      : {}),
  };
}

function farPoint(stage: SoundStage, random: Random): SoundPoint {
  const azimuth = random.between(0, 2 * Math.PI);
  const distance = stage.networkRadiusMetres + OUT_OF_HEARING_METRES + random.between(0, 20_000);
  return { east: distance * Math.sin(azimuth), north: distance * Math.cos(azimuth), height: stage.groundMetres };
}

function placeOf(stage: SoundStage, point: SoundPoint): LonLat {
  const lonLat = new Float64Array(2);
  stage.soundFrame.toSurface(point.east, point.north, lonLat);
  return { lon: lonLat[0]!, lat: lonLat[1]! };
}
