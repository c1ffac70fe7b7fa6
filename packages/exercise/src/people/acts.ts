import {
  type AllegationBody,
  FaultError,
  formatDegrees,
  formatInstant,
  type Instant,
  type LonLat,
  type MissionView,
  type Officer,
  type PlaceBody,
  type SightingBody,
} from "@openjmc/model";
import type { ActItem } from "../play/item.ts";
import type { Random } from "../random/random.ts";

/** Something that a person could see or hear. */
export interface Witnessed {
  readonly at: Instant;
  readonly place: LonLat;
  readonly kind: "fire" | "aircraft";
  readonly rounds: number;
}

/** What a person at a post reports some minutes later: roughly when and where, never exactly. */
export function reportSighting(mission: MissionView, seen: Witnessed, post: LonLat, random: Random): ActItem {
  const officer = random.pick(officersWith(mission, "duty-officer"));
  const scale = { east: 111_300 * Math.cos((post.lat * Math.PI) / 180), north: 111_200 };
  const east = (seen.place.lon - post.lon) * scale.east;
  const north = (seen.place.lat - post.lat) * scale.north;
  const bearing = (Math.atan2(east, north) * 180) / Math.PI + random.normal(0, 5);
  const range = Math.hypot(east, north) * random.normal(1, 0.15);
  const isFire = seen.kind === "fire";
  const body: SightingBody = {
    observer: placeOf(post, 30),
    occurredAt: formatInstant(Math.round(seen.at / 1e6 + random.normal(0, 12)) * 1_000_000),
    timeUncertaintySeconds: 30,
    means: isFire ? "heard" : "saw",
    observation: isFire ? "burst" : "overflight",
    count: isFire
      ? { number: seen.rounds, unit: "round", qualifier: "about" }
      : { number: 1, unit: "flight", qualifier: "exact" },
    bearingDegrees: ((Math.round(bearing) % 360) + 360) % 360,
    bearingUncertaintyDegrees: 10,
    rangeMetres: Math.max(100, Math.round(range / 100) * 100),
    rangeUncertaintyMetres: Math.max(200, Math.round(range / 300) * 100),
    direction: "undetermined",
    weapon: "not-known",
    visibility: isFire ? "moderate" : "good",
    remark: "EXERCISE",
  };
  const at = seen.at + Math.round(random.between(120, 300)) * 1_000_000;
  return { kind: "act", at, officer: officer.id, statementKind: "sighting.reported", body };
}

/** A party's claim, by its hotline, of shelling at a place and time where there was none. */
export function alleged(
  mission: MissionView,
  at: Instant,
  occurredAt: Instant,
  place: LonLat,
  random: Random,
): ActItem {
  const [accuser, accused] = random.shuffled(mission.parties);
  if (!accuser) throw lacks("a party that could allege something");
  const liaisons = officersWith(mission, "liaison-officer", "duty-officer");
  const body: AllegationBody = {
    accuser: accuser.code,
    ...(accused === undefined ? {} : { accused: accused.code }),
    via: "hotline",
    what: "EXERCISE: artillery fire on a settlement, several explosions",
    observation: "explosion",
    count: { number: random.integer(3, 12), unit: "explosion", qualifier: "about" },
    occurredAt: formatInstant(Math.round(occurredAt / 60_000_000) * 60_000_000),
    place: placeOf(place, 500),
    harm: "none reported",
    basis: "report of a local observer",
    language: "en",
  };
  return { kind: "act", at, officer: random.pick(liaisons).id, statementKind: "allegation.received", body };
}

/** Officers with the first of these roles that anybody has. */
function officersWith(mission: MissionView, ...roles: readonly Officer["roles"][number][]): readonly Officer[] {
  for (const role of roles) {
    const found = mission.officers.filter((officer) => officer.roles.includes(role));
    if (found.length > 0) return found;
  }
  throw lacks(`an officer who is ${roles.join(" or ")}`);
}

function lacks(what: string): FaultError {
  return new FaultError({ code: "exercise.mission-lacks", what: "exercise of this mission", expected: what });
}

function placeOf(place: LonLat, uncertaintyMetres: number): PlaceBody {
  return { lon: formatDegrees(place.lon), lat: formatDegrees(place.lat), uncertaintyMetres };
}
