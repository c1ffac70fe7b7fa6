import { metresPerDegree } from "@openjmc/geo";
import { FlightPath, STATE_LENGTH } from "./flight-path.ts";

/** A point to fly over (or, at `turnsWithin` metres before it, to turn away to the next one), with height and speed from there. */
export interface Waypoint {
  readonly lon: number;
  readonly lat: number;
  readonly heightMetres: number;
  readonly speed: number;
}

/** What an airframe can do; SI units, bank in radians. */
export interface Performance {
  readonly bank: number;
  readonly climb: number;
  readonly acceleration: number;
}

/** How an aircraft flies: the sampled path, and when each waypoint was passed (seconds since the scenario's start). */
export interface FlownPath {
  readonly path: FlightPath;
  readonly passedAt: readonly number[];
}

const GRAVITY = 9.80665;
const LONGEST_SECONDS = 3600;
const scale = new Float64Array(2);

/**
 * Flies from the first waypoint over all others, in steps of a second: coordinated turns at the airframe's bank, climbs and
 * speed changes at its rates. Ends at the last waypoint, or after an hour.
 */
export function fly(waypoints: readonly Waypoint[], performance: Performance, startSeconds: number): FlownPath {
  const first = waypoints[0]!;
  const second = waypoints[1]!;
  let { lon, lat, heightMetres: height, speed } = first;
  let heading = headingTo(lon, lat, second);
  let up = 0;
  let target = 1;
  const samples: number[] = [];
  const passedAt = [startSeconds];
  while (target < waypoints.length && samples.length < LONGEST_SECONDS * STATE_LENGTH) {
    samples.push(lon, lat, height, speed * Math.sin(heading), speed * Math.cos(heading), up);
    const goal = waypoints[target]!;
    const rate = (GRAVITY * Math.tan(performance.bank)) / speed;
    const turn = turnBetween(heading, headingTo(lon, lat, goal));
    const turned = clamp(turn, rate);
    const before = heading;
    heading += turned;
    const commanded = waypoints[target - 1]!;
    speed += clamp(commanded.speed - speed, performance.acceleration);
    const wanted = clamp((commanded.heightMetres - height) / 12, performance.climb);
    const upBefore = up;
    up += clamp(wanted - up, 0.6);
    const middle = before + turned / 2;
    metresPerDegree(lat, scale);
    // Along a turn the chord is shorter than the arc by sin(x)/x of half the turn.
    const chord = turned === 0 ? 1 : Math.sin(turned / 2) / (turned / 2);
    lon += (speed * chord * Math.sin(middle)) / scale[0]!;
    lat += (speed * chord * Math.cos(middle)) / scale[1]!;
    height += (up + upBefore) / 2;
    if (distanceTo(lon, lat, goal) < Math.max(speed * 1.5, (0.6 * speed) / rate)) {
      passedAt.push(startSeconds + samples.length / STATE_LENGTH);
      target++;
    }
  }
  samples.push(lon, lat, height, speed * Math.sin(heading), speed * Math.cos(heading), up);
  return { path: new FlightPath(startSeconds, Float64Array.from(samples)), passedAt };
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}

/** Turn from one heading to another, −π to π. */
function turnBetween(from: number, to: number): number {
  const turn = (to - from) % (2 * Math.PI);
  if (turn > Math.PI) return turn - 2 * Math.PI;
  return turn < -Math.PI ? turn + 2 * Math.PI : turn;
}

function headingTo(lon: number, lat: number, goal: Waypoint): number {
  metresPerDegree((lat + goal.lat) / 2, scale);
  return Math.atan2((goal.lon - lon) * scale[0]!, (goal.lat - lat) * scale[1]!);
}

function distanceTo(lon: number, lat: number, goal: Waypoint): number {
  metresPerDegree((lat + goal.lat) / 2, scale);
  return Math.hypot((goal.lon - lon) * scale[0]!, (goal.lat - lat) * scale[1]!);
}
