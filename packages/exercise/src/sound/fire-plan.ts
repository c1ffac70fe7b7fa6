import type { LocalFrame } from "@openjmc/geo";
import type { Random } from "../random/random.ts";
import type { Audience } from "./audience.ts";
import { type Blast, type BlastClass, drawBlast } from "./blast.ts";
import type { SoundPoint } from "./path.ts";
import type { PlaceSampler } from "./places.ts";

/** One round: when it went off (seconds since the scenario's start) and exactly where. */
export interface Round {
  readonly seconds: number;
  readonly point: SoundPoint;
}

/** One firing or one group of impacts: one place, one or more rounds. */
export interface FireEvent {
  readonly id: string;
  /** Which draw of its place and loudness it is: earlier ones were not heard well enough. */
  readonly draw: number;
  readonly blast: Blast;
  readonly point: SoundPoint;
  readonly lon: number;
  readonly lat: number;
  readonly rounds: readonly Round[];
}

/** When an episode may have fire: its quiet ends let every sound and its processing end within the episode. */
export interface FireSpan {
  readonly episode: number;
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

const QUIET_START = 60;
const QUIET_END = 150;
/** A firing position is used again only after this, so that two events at one place are two events for everybody. */
const REUSE_SECONDS = 60;
/** Places and loudnesses tried for one event before it is given up. */
const MOST_DRAWS = 60;
const LOUD: readonly BlastClass[] = ["howitzer", "howitzer", "tank-gun", "mortar-120", "mortar-120", "mortar-82"];

/**
 * Plans the fire of an episode: single shots, bursts, impacts of some of them, overlapping pairs and a few light guns. What
 * happens is loud enough, and happens where enough of the audience hears it in the air of that moment.
 */
export function planFire(
  span: FireSpan,
  places: PlaceSampler,
  frame: LocalFrame,
  audience: Audience,
  random: Random,
): FireEvent[] {
  const plan = new FirePlan(span, places, frame, audience, random);
  const usable = span.durationSeconds - QUIET_START - QUIET_END;
  const count = Math.max(3, Math.round((usable / 1590) * random.integer(22, 27)));
  const slot = usable / count;
  const companions = new Set(random.shuffled(Array.from({ length: count }, (_, index) => index)).slice(0, count / 8));
  for (let index = 0; index < count; index++) {
    const start = span.startSeconds + QUIET_START + (index + random.between(0, 0.9)) * slot;
    const first = plan.addLoud(start);
    if (companions.has(index)) plan.addLoud(start + random.between(0, 4), first);
  }
  for (let index = 0; index < Math.max(1, Math.round(usable / 400)); index++)
    plan.addLightGun(span.startSeconds + QUIET_START + random.between(0, usable));
  return plan.finish();
}

class FirePlan {
  readonly #events: FireEvent[] = [];
  readonly #span: FireSpan;
  readonly #places: PlaceSampler;
  readonly #frame: LocalFrame;
  readonly #audience: Audience;
  readonly #random: Random;

  constructor(span: FireSpan, places: PlaceSampler, frame: LocalFrame, audience: Audience, random: Random) {
    this.#span = span;
    this.#places = places;
    this.#frame = frame;
    this.#audience = audience;
    this.#random = random;
  }

  /** A single shot or a burst; a howitzer's or mortar's burst sometimes lands where stations hear it land. */
  addLoud(start: number, apartFrom?: FireEvent): FireEvent | undefined {
    const random = this.#random;
    const kind = random.pick(LOUD);
    const event = this.#add(kind, this.#roundTimes(start, kind), 12, apartFrom?.point, 3000);
    if (event && kind !== "tank-gun" && random.chance(0.2)) this.#addImpacts(event);
    return event;
  }

  addLightGun(start: number): void {
    const times = this.#random.chance(0.5) ? [start] : [start, start + this.#random.between(0.6, 2.5)];
    this.#add("autocannon", times, 2);
  }

  finish(): FireEvent[] {
    return this.#events.sort((a, b) => a.rounds[0]!.seconds - b.rounds[0]!.seconds);
  }

  /** Impacts a few kilometres off; time of flight of a high trajectory, roughly. */
  #addImpacts(fired: FireEvent): void {
    const random = this.#random;
    const lastSecond = this.#span.startSeconds + this.#span.durationSeconds - QUIET_END;
    const flight = 8 + random.between(4000, 12_000) / random.between(230, 300);
    const times = fired.rounds.map((round) => round.seconds + flight + random.normal(0, 0.15)).sort((a, b) => a - b);
    if (times.at(-1)! < lastSecond) this.#add("impact", times, 50, fired.point, 3500);
  }

  #roundTimes(start: number, kind: BlastClass): number[] {
    const random = this.#random;
    const longest = kind === "tank-gun" ? 3 : 8;
    if (random.chance(0.45)) return [start];
    const spacing = random.pick([random.between(0.5, 0.9), random.between(0.9, 1.6), random.between(1.6, 3)]);
    const times = [start];
    for (let round = random.integer(2, longest); round > 1; round--)
      times.push(times.at(-1)! + Math.min(3, Math.max(0.3, spacing * random.normal(1, 0.12))));
    return times;
  }

  /** Draws place and loudness until the audience hears it; nothing happens where it never does. */
  #add(
    kind: BlastClass,
    times: readonly number[],
    scatterMetres: number,
    apartFrom?: SoundPoint,
    apartMetres = 0,
  ): FireEvent | undefined {
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const point = this.#freePlace(times[0]!, apartFrom, apartMetres);
      if (point === undefined) return undefined;
      const event = this.#make(draw, drawBlast(kind, this.#random), point, times, scatterMetres);
      if (!this.#audience.isHeard(event)) continue;
      this.#events.push(event);
      return event;
    }
    return undefined;
  }

  #make(draw: number, blast: Blast, point: SoundPoint, times: readonly number[], scatterMetres: number): FireEvent {
    const random = this.#random;
    const rounds = times.map((seconds) => ({
      seconds,
      point: {
        east: point.east + random.normal(0, scatterMetres),
        north: point.north + random.normal(0, scatterMetres),
        height: point.height,
      },
    }));
    const lonLat = new Float64Array(2);
    this.#frame.toSurface(point.east, point.north, lonLat);
    const id = `fire-${this.#span.episode}-${this.#events.length}`;
    return { id, draw, blast, point, lon: lonLat[0]!, lat: lonLat[1]!, rounds };
  }

  /** A place away from `apartFrom` and from everything that fires within a minute; undefined where there is none. */
  #freePlace(start: number, apartFrom: SoundPoint | undefined, apartMetres: number): SoundPoint | undefined {
    for (let attempt = 0; attempt < 200; attempt++) {
      const point = this.#places.draw(this.#random);
      const clear =
        apartFrom === undefined || Math.hypot(point.east - apartFrom.east, point.north - apartFrom.north) > apartMetres;
      if (clear && !this.#isBusy(point, start)) return point;
    }
    return undefined;
  }

  #isBusy(point: SoundPoint, start: number): boolean {
    return this.#events.some(
      (event) =>
        Math.abs(event.rounds[0]!.seconds - start) < REUSE_SECONDS &&
        Math.hypot(point.east - event.point.east, point.north - event.point.north) < 2500,
    );
  }
}
