import { destinationOf } from "@openjmc/geo";
import type { LonLat } from "@openjmc/model";
import type { Random } from "../random/random.ts";
import { AIRLINER, type Aircraft, drawIdentity, drawTransponder, LIGHT, PROPELLER } from "./aircraft.ts";
import { type NoFlyZone, staysClear } from "./airspace.ts";
import type { FlightPath } from "./flight-path.ts";
import { fly, type Performance, type Waypoint } from "./fly.ts";

/** What civil traffic an episode has and where. */
export interface TrafficPlan {
  readonly episode: number;
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly centre: LonLat;
  /** Radius around the centre within which traffic is simulated, metres. */
  readonly radiusMetres: number;
  /** Highest ground that light aircraft must clear, metres above the sea. */
  readonly groundMetres: number;
  readonly zones: readonly NoFlyZone[];
}

/** A kind of civil flight: shares of traffic, heights in metres, speeds in m/s, category. */
interface FlightKind {
  readonly performance: Performance;
  readonly category: number;
  readonly heights: readonly [number, number];
  readonly speeds: readonly [number, number];
  /** Change of height on the way: 0 level, 1 climbing out, −1 descending. */
  readonly profile: -1 | 0 | 1;
  /** Share of the radius that it crosses. */
  readonly reach: number;
}

const FOOT = 0.3048;
const flightLevel = (level: number): number => level * 100 * FOOT;
const OVERFLIGHT: FlightKind = {
  performance: AIRLINER,
  category: 0xa3,
  heights: [flightLevel(290), flightLevel(400)],
  speeds: [215, 260],
  profile: 0,
  reach: 1,
};
const CLIMBING: FlightKind = {
  ...OVERFLIGHT,
  heights: [flightLevel(150), flightLevel(240)],
  speeds: [165, 215],
  profile: 1,
};
const DESCENDING: FlightKind = {
  ...CLIMBING,
  heights: [flightLevel(230), flightLevel(330)],
  speeds: [190, 230],
  profile: -1,
};
const REGIONAL: FlightKind = {
  performance: PROPELLER,
  category: 0xa2,
  heights: [flightLevel(150), flightLevel(240)],
  speeds: [120, 150],
  profile: 0,
  reach: 0.85,
};

/** Apart from the serials of civil and unmanned flights; the address's last octet holds six times the serial, modulo 256. */
const GHOST_SERIAL = 35;

/** Draws 10 to 18 civil flights that come in over the time of the episode (fewer in a shorter one). */
export function planCivilFlights(plan: TrafficPlan, random: Random): Aircraft[] {
  const count = Math.max(2, Math.round((random.integer(10, 18) * plan.durationSeconds) / 1800));
  const flights: Aircraft[] = [];
  for (let serial = 0; serial < count; serial++) {
    const kind =
      serial === 0
        ? lightKind(plan)
        : random.pick([OVERFLIGHT, OVERFLIGHT, OVERFLIGHT, CLIMBING, DESCENDING, REGIONAL]);
    const start = plan.startSeconds + (plan.durationSeconds * (serial + random.uniform())) / count;
    flights.push({
      id: `civil-${plan.episode}-${serial}`,
      role: "civil",
      ...drawIdentity(plan.episode, serial, random),
      category: kind.category,
      path: drawClearPath(plan, kind, Math.floor(start), random),
      transponder: drawTransponder(random),
    });
  }
  return flights;
}

/** A flight that is told of and is not there: somebody on the ground sends its messages, in reach of the receivers. */
export function planGhost(plan: TrafficPlan, emitter: NonNullable<Aircraft["emitter"]>, random: Random): Aircraft {
  const start = plan.startSeconds + plan.durationSeconds * random.between(0.1, 0.5);
  return {
    id: `ghost-${plan.episode}`,
    role: "ghost",
    ...drawIdentity(plan.episode, GHOST_SERIAL, random),
    category: REGIONAL.category,
    path: drawClearPath(plan, REGIONAL, Math.floor(start), random),
    transponder: drawTransponder(random),
    emitter,
  };
}

function lightKind(plan: TrafficPlan): FlightKind {
  const lowest = plan.groundMetres + 1000;
  return {
    performance: LIGHT,
    category: 0xa1,
    heights: [lowest, lowest + 900],
    speeds: [52, 72],
    profile: 0,
    reach: 0.4,
  };
}

/** A route through the area that keeps clear of every no-fly zone; higher and farther off as attempts fail. */
function drawClearPath(plan: TrafficPlan, kind: FlightKind, startSeconds: number, random: Random): FlightPath {
  for (let attempt = 0; attempt < 300; attempt++) {
    const { path } = fly(drawRoute(plan, kind, random), kind.performance, startSeconds);
    if (staysClear(path, plan.zones)) return path;
  }
  throw new RangeError("no civil route keeps clear of the no-fly zones");
}

function drawRoute(plan: TrafficPlan, kind: FlightKind, random: Random): Waypoint[] {
  const radius = plan.radiusMetres * kind.reach;
  const from = random.between(0, 2 * Math.PI);
  // Opposite side, give or take; the middle points bend the route by up to some tens of degrees.
  const to = from + Math.PI + random.between(-0.9, 0.9);
  const bends = random.integer(0, 2);
  const height = random.between(...kind.heights);
  const speed = random.between(...kind.speeds);
  const points = [destinationOf(plan.centre, from, radius)];
  for (let bend = 0; bend < bends; bend++)
    points.push(destinationOf(plan.centre, random.between(0, 2 * Math.PI), radius * random.between(0.1, 0.35)));
  points.push(destinationOf(plan.centre, to, radius));
  const change = kind.profile * random.between(2500, 4500);
  return points.map((point, index) => ({
    ...point,
    heightMetres: height + (index === 0 ? 0 : change),
    speed: speed + (index === 0 ? 0 : kind.profile * 15),
  }));
}
