import { createLocalFrame, type LocalFrame } from "@openjmc/geo";
import type { SourceDescription } from "@openjmc/model";
import type { Random } from "../random/random.ts";

/** A receiver of the exercise: where it stands, what its horizon hides, how its counter runs. */
export interface Receiver {
  readonly id: string;
  readonly format: "beast" | "avr" | "sbs";
  readonly frame: LocalFrame;
  readonly rangeMetres: number;
  /** Elevation of the skyline by sector of ten degrees, radians. */
  readonly skyline: Float64Array;
  /** Counter: ticks at the scenario's start and ticks per second (12 MHz and its quartz's error). */
  readonly ticksAtStart: number;
  readonly ticksPerSecond: number;
  /** Seconds from reception to the wire: least, and mean of what comes on top. */
  readonly latencyLeast: number;
  readonly latencyMean: number;
}

/** How well one receiver hears one aircraft now. Zero `chance`: not at all. */
export interface Reception {
  chance: number;
  /** Signal level as Beast receivers state it, 0 to 255. */
  signal: number;
  /** Time of flight in seconds. */
  delaySeconds: number;
}

/** From this chance per message on, an aircraft counts as one that the receiver could receive. */
export const COULD_RECEIVE = 0.25;

const EARTH_RADIUS = 6_371_000;
const LIGHT_SPEED = 299_792_458;
const SECTORS = 36;
/** Share of messages that survive the crowd on the frequency at the best. */
const BEST_CHANCE = 0.93;

/**
 * Draws a receiver's place-bound habits; the same in all episodes. Its antenna stands ten metres above the given height.
 * GAP: the skyline is drawn, not taken from the land's shape; an elevation model in the mission would give the true one.
 */
export function drawReceiver(source: SourceDescription, random: Random): Receiver {
  const phase = random.between(0, 2 * Math.PI);
  const skyline = Float64Array.from(
    { length: SECTORS },
    (_, sector) => 0.006 * (1 + Math.sin((sector / SECTORS) * 4 * Math.PI + phase)) * random.between(0.3, 1),
  );
  return {
    id: source.id,
    format: source.format === "sbs" ? "sbs" : source.format === "avr" ? "avr" : "beast",
    frame: createLocalFrame(source.id, { lon: source.lon, lat: source.lat }, source.heightMetres + 10),
    rangeMetres: source.rangeMetres,
    skyline,
    ticksAtStart: Math.floor(random.between(1e9, 1e13)),
    ticksPerSecond: 12_000_000 * (1 + random.normal(0, 4e-6)),
    latencyLeast: random.between(0.004, 0.02),
    latencyMean: random.between(0.002, 0.008),
  };
}

const local = new Float64Array(3);

/**
 * Chance that one message from a place comes through: line of sight above the skyline (with refraction as on an earth of
 * 4/3 the radius, ITU-R P.834), then falling with distance. `heightMetres` above the ellipsoid.
 */
export function receptionAt(receiver: Receiver, lon: number, lat: number, heightMetres: number, out: Reception): void {
  receiver.frame.toLocal(lon, lat, heightMetres, local);
  const ground = Math.hypot(local[0]!, local[1]!);
  const distance = Math.hypot(ground, local[2]!);
  const elevation = Math.atan2(local[2]! + (ground * ground) / (8 * EARTH_RADIUS), ground);
  const azimuth = Math.atan2(local[0]!, local[1]!);
  const sector = Math.floor((azimuth / (2 * Math.PI) + 1) * SECTORS) % SECTORS;
  const isHidden = elevation < receiver.skyline[sector]! || distance > receiver.rangeMetres;
  out.chance = isHidden ? 0 : BEST_CHANCE * (1 - (distance / receiver.rangeMetres) ** 4);
  out.signal = Math.max(4, Math.min(250, Math.round(250 * Math.sqrt(5000 / Math.max(5000, distance)))));
  out.delaySeconds = distance / LIGHT_SPEED;
}
