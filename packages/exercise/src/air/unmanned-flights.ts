import { destinationOf } from "@openjmc/geo";
import { FaultError, type LonLat, type NotifiedFlight } from "@openjmc/model";
import type { Random } from "../random/random.ts";
import { type Aircraft, drawIdentity, drawTransponder, UNMANNED, UNMANNED_CATEGORY } from "./aircraft.ts";
import { isInside, type NoFlyZone, staysClear } from "./airspace.ts";
import { type FlightPath, STATE_LENGTH } from "./flight-path.ts";
import { type FlownPath, fly, type Waypoint } from "./fly.ts";

/** What an unmanned flight does: come to the zone, circle in the midst of it, go. Times in scenario seconds. */
interface Visit {
  readonly zone: NoFlyZone;
  /** When it is to be inside, and how long at least it circles there. */
  readonly insideSeconds: number;
  readonly circlingSeconds: number;
  readonly heightMetres: number;
  /** Other zones that it must not touch on the way. */
  readonly others: readonly NoFlyZone[];
}

const APPROACH_METRES = 9000;
const SERIAL_INTRUDER = 200;
const SERIAL_NOTIFIED = 201;

/** The unmanned aircraft that nobody was told of: enters the zone `insideSeconds` into the scenario, or a little later. */
export function planIntruder(
  episode: number,
  zone: NoFlyZone,
  others: readonly NoFlyZone[],
  insideSeconds: number,
  random: Random,
): Aircraft {
  const speed = random.between(34, 48);
  const band = Math.min(zone.ceilingMetres, Math.max(0, zone.floorMetres) + 6000) - Math.max(0, zone.floorMetres);
  const heightMetres = Math.max(0, zone.floorMetres) + band * random.between(0.45, 0.65);
  const circlingSeconds = random.between(150, 260);
  const visit: Visit = { zone, insideSeconds, circlingSeconds, heightMetres, others };
  const identity = drawIdentity(episode, SERIAL_INTRUDER, random);
  return {
    id: `uav-intruder-${episode}`,
    role: "intruder",
    ...identity,
    callsign: `QZU${random.integer(10, 99)}`,
    category: UNMANNED_CATEGORY,
    path: drawVisit(visit, speed, random).path,
    transponder: drawTransponder(random),
  };
}

/**
 * The unmanned aircraft that was notified, flying within its notice: inside the zone only between `flight.from` and
 * `flight.until` and within its heights. Undefined where the notice leaves no room for that.
 */
export function planNotified(
  episode: number,
  flight: NotifiedFlight,
  window: { readonly fromSeconds: number; readonly untilSeconds: number },
  zone: NoFlyZone,
  others: readonly NoFlyZone[],
  random: Random,
): Aircraft | undefined {
  const floor = Math.max(zone.floorMetres, flight.floorMetres ?? zone.floorMetres, 0);
  const ceiling = Math.min(zone.ceilingMetres, flight.ceilingMetres ?? zone.ceilingMetres, floor + 6000);
  const speed = random.between(30, 42);
  const heightMetres = floor + (ceiling - floor) * random.between(0.4, 0.6);
  const path = flyWithin(window, { zone, others, heightMetres }, speed, random);
  return (
    path && {
      id: `uav-notified-${episode}`,
      role: "notified",
      ...drawIdentity(episode, SERIAL_NOTIFIED, random),
      ...(flight.icao === undefined ? {} : { icao: Number.parseInt(flight.icao, 16) }),
      callsign: flight.callsign ?? `QZN${random.integer(10, 99)}`,
      category: UNMANNED_CATEGORY,
      path,
      transponder: drawTransponder(random),
    }
  );
}

function flyWithin(
  window: { readonly fromSeconds: number; readonly untilSeconds: number },
  where: Pick<Visit, "zone" | "others" | "heightMetres">,
  speed: number,
  random: Random,
): FlightPath | undefined {
  for (let circling = (window.untilSeconds - window.fromSeconds) * 0.6; circling > 30; circling *= 0.8) {
    const insideSeconds = window.fromSeconds + 75;
    const { path } = drawVisit({ ...where, insideSeconds, circlingSeconds: circling }, speed, random);
    const stay = staysInside(path, where.zone);
    if (stay && stay.from > window.fromSeconds + 30 && stay.until < window.untilSeconds - 30) return path;
  }
  return undefined;
}

/** First and last second inside a zone; undefined where the flight never is. */
export function staysInside(
  path: FlightPath,
  zone: NoFlyZone,
): { readonly from: number; readonly until: number } | undefined {
  const state = new Float64Array(STATE_LENGTH);
  let from: number | undefined;
  let until = 0;
  for (let seconds = path.startSeconds; seconds <= path.endSeconds; seconds++) {
    path.stateAt(seconds, state);
    if (!isInside(zone, state[0]!, state[1]!, state[2]!)) continue;
    from ??= seconds;
    until = seconds;
  }
  return from === undefined ? undefined : { from, until };
}

/** Flies the visit from one of several sides; the clock is then set so that the zone's edge is crossed in time. */
function drawVisit(visit: Visit, speed: number, random: Random): FlownPath {
  const heart = heartOf(visit.zone);
  for (let attempt = 0; attempt < 60; attempt++) {
    const inbound = random.between(0, 2 * Math.PI);
    const outbound = inbound + random.between(1.5, 4.7);
    const route = routeOf(visit, heart, inbound, outbound, speed);
    const trial = fly(route, UNMANNED, 0);
    const stay = staysInside(trial.path, visit.zone);
    if (stay === undefined || !staysClear(trial.path, visit.others)) continue;
    return fly(route, UNMANNED, Math.floor(visit.insideSeconds - stay.from));
  }
  throw new FaultError({
    code: "exercise.zone-unreachable",
    what: "no-fly zone of the exercise",
    where: { field: visit.zone.id },
    expected: "a way in that touches no other zone",
  });
}

function routeOf(visit: Visit, heart: Heart, inbound: number, outbound: number, speed: number): Waypoint[] {
  const at = (point: LonLat): Waypoint => ({ ...point, heightMetres: visit.heightMetres, speed });
  // A hexagon well inside; flown as often as the visit is long.
  const radius = Math.min(2500, heart.depthMetres * 0.4);
  const corners = Math.max(3, Math.ceil((visit.circlingSeconds * speed) / radius));
  const circle = Array.from({ length: corners }, (_, corner) =>
    at(destinationOf(heart.point, inbound + (corner * Math.PI) / 3, radius)),
  );
  return [at(outsideOf(visit.zone, heart.point, inbound)), ...circle, at(outsideOf(visit.zone, heart.point, outbound))];
}

/** The first point on the way out at an azimuth that lies a good way outside the zone. */
function outsideOf(zone: NoFlyZone, heart: LonLat, azimuth: number): LonLat {
  for (let distance = 0; ; distance += 500) {
    const point = destinationOf(heart, azimuth, distance);
    if (zone.area.signedDistanceMetres(point.lon, point.lat) > APPROACH_METRES) return point;
  }
}

interface Heart {
  readonly point: LonLat;
  readonly depthMetres: number;
}

/** The point deepest inside a zone, to within a twentieth of its size. */
function heartOf(zone: NoFlyZone): Heart {
  const [west, south, east, north] = zone.area.box;
  let best: Heart = { point: { lon: west, lat: south }, depthMetres: Number.NEGATIVE_INFINITY };
  for (let column = 1; column < 40; column++) {
    for (let row = 1; row < 40; row++) {
      const point = { lon: west + ((east - west) * column) / 40, lat: south + ((north - south) * row) / 40 };
      const depthMetres = -zone.area.signedDistanceMetres(point.lon, point.lat);
      if (depthMetres > best.depthMetres) best = { point, depthMetres };
    }
  }
  if (best.depthMetres < zone.precisionMetres + 1000)
    throw new FaultError({
      code: "exercise.zone-too-narrow",
      what: "no-fly zone of the exercise",
      where: { field: zone.id },
      expected: `a point at least ${zone.precisionMetres + 1000} m inside`,
      got: `${Math.round(best.depthMetres)} m`,
    });
  return best;
}

/** What a survey flight may use. */
interface SurveyPlan {
  readonly episode: number;
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly centre: LonLat;
  readonly heightMetres: number;
  readonly zones: readonly NoFlyZone[];
}

/** An unmanned flight on an errand of its own that keeps clear of every zone. */
export function planSurvey(plan: SurveyPlan, random: Random): Aircraft {
  for (let attempt = 0; attempt < 200; attempt++) {
    const middle = destinationOf(plan.centre, random.between(0, 2 * Math.PI), random.between(3000, 30_000));
    const start = plan.startSeconds + random.between(0.1, 0.3) * plan.durationSeconds;
    const path = flySurvey(middle, plan, Math.floor(start), random);
    if (!staysClear(path, plan.zones)) continue;
    return {
      id: `uav-survey-${plan.episode}`,
      role: "civil",
      ...drawIdentity(plan.episode, SERIAL_NOTIFIED, random),
      callsign: `QZN${random.integer(10, 99)}`,
      category: UNMANNED_CATEGORY,
      path,
      transponder: drawTransponder(random),
    };
  }
  throw new FaultError({
    code: "exercise.no-room",
    what: "survey flight of the exercise",
    expected: "a place clear of the no-fly zones",
  });
}

function flySurvey(middle: LonLat, plan: SurveyPlan, startSeconds: number, random: Random): FlightPath {
  const speed = random.between(30, 42);
  const corners = Math.max(4, Math.round((0.4 * plan.durationSeconds * speed) / 3000));
  const turn = random.between(0, 2 * Math.PI);
  const points = Array.from({ length: corners }, (_, corner) =>
    destinationOf(middle, turn + (corner * Math.PI) / 3, 3000),
  );
  return fly(
    points.map((point) => ({ ...point, heightMetres: plan.heightMetres, speed })),
    UNMANNED,
    startSeconds,
  ).path;
}
