import { destinationOf } from "@openjmc/geo";
import type { LonLat } from "@openjmc/model";
import { STATE_LENGTH } from "../air/flight-path.ts";
import { alleged, reportSighting } from "../people/acts.ts";
import type { ActItem } from "../play/item.ts";
import { instantOf } from "../play/time.ts";
import type { Random } from "../random/random.ts";
import type { FireEvent } from "../sound/fire-plan.ts";
import type { Stage } from "../stage.ts";
import type { AllegationRecord } from "../truth/truth-record.ts";
import type { AirPlan } from "./air-plan.ts";
import type { Timetable } from "./timetable.ts";

/** What people state in an episode, and which claim among it is false. */
export interface PeoplePlan {
  readonly acts: readonly ActItem[];
  readonly allegation: AllegationRecord;
}

/** Nothing may have happened this near to an alleged event in place and time. */
const QUIET_METRES = 4000;
const QUIET_SECONDS = 240;

export function planPeople(stage: Stage, table: Timetable, fire: readonly FireEvent[], air: AirPlan): PeoplePlan {
  const random = stage.streamOf("people", table.episode);
  const { acts, record } = allege(stage, table, fire, random);
  const heard = hearBurst(stage, fire, random);
  const seen = seeIntruder(stage, air, random);
  return { acts: [...acts, ...heard, ...seen], allegation: record };
}

function allege(
  stage: Stage,
  table: Timetable,
  fire: readonly FireEvent[],
  random: Random,
): { readonly acts: ActItem[]; readonly record: AllegationRecord } {
  const { mission, startsAt } = stage.options;
  const { seconds, place } = quietPlace(stage, table, fire, random);
  const occurredAt = instantOf(startsAt, seconds);
  const at = instantOf(startsAt, seconds + table.durationSeconds * random.between(0.12, 0.25));
  const record: AllegationRecord = { type: "allegation", at, true: false, occurredAt, lon: place.lon, lat: place.lat };
  return { acts: [alleged(mission, at, occurredAt, place, random)], record };
}

/** A moment and a place among the stations where nothing went off: the quietest of many. */
function quietPlace(
  stage: Stage,
  table: Timetable,
  fire: readonly FireEvent[],
  random: Random,
): { readonly seconds: number; readonly place: LonLat } {
  const lonLat = new Float64Array(2);
  let best = { seconds: table.startSeconds, place: stage.airCentre, nearest: -1 };
  for (let attempt = 0; attempt < 200 && best.nearest < QUIET_METRES; attempt++) {
    const seconds = table.startSeconds + table.durationSeconds * random.between(0.3, 0.6);
    const point = stage.places.draw(random);
    const nearest = Math.min(
      Number.MAX_VALUE,
      ...fire
        .filter((event) => Math.abs(event.rounds[0]!.seconds - seconds) < QUIET_SECONDS)
        .map((event) => Math.hypot(event.point.east - point.east, event.point.north - point.north)),
    );
    if (nearest <= best.nearest) continue;
    stage.soundFrame.toSurface(point.east, point.north, lonLat);
    best = { seconds, place: { lon: lonLat[0]!, lat: lonLat[1]! }, nearest };
  }
  return best;
}

function hearBurst(stage: Stage, fire: readonly FireEvent[], random: Random): ActItem[] {
  const bursts = fire.filter((event) => event.rounds.length >= 3);
  if (bursts.length === 0) return [];
  const burst = random.pick(bursts);
  const place = { lon: burst.lon, lat: burst.lat };
  const post = destinationOf(place, random.between(0, 2 * Math.PI), random.between(1500, 4000));
  const at = instantOf(stage.options.startsAt, burst.rounds[0]!.seconds);
  const seen = { at, place, kind: "fire", rounds: burst.rounds.length } as const;
  return [reportSighting(stage.options.mission, seen, post, random)];
}

function seeIntruder(stage: Stage, air: AirPlan, random: Random): ActItem[] {
  const stay = air.stays.find((candidate) => candidate.aircraft.role === "intruder");
  if (stay === undefined) return [];
  const seconds = (stay.fromSeconds + stay.untilSeconds) / 2;
  const state = new Float64Array(STATE_LENGTH);
  stay.aircraft.path.stateAt(seconds, state);
  const place = { lon: state[0]!, lat: state[1]! };
  const post = destinationOf(place, random.between(0, 2 * Math.PI), random.between(1500, 3500));
  const seen = { at: instantOf(stage.options.startsAt, seconds), place, kind: "aircraft", rounds: 0 } as const;
  return [reportSighting(stage.options.mission, seen, post, random)];
}
