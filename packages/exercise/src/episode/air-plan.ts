import { destinationOf } from "@openjmc/geo";
import { FaultError, type NotifiedFlight } from "@openjmc/model";
import type { Aircraft } from "../air/aircraft.ts";
import { type NoFlyZone, noFlyZonesAt } from "../air/airspace.ts";
import { planCivilFlights, planGhost, type TrafficPlan } from "../air/civil-flights.ts";
import { planIntruder, planNotified, planSurvey } from "../air/unmanned-flights.ts";
import { type ZoneStay, zoneStays } from "../air/zone-stay.ts";
import { instantOf, secondsOf } from "../play/time.ts";
import type { Stage } from "../stage.ts";
import type { Jamming } from "../trouble/jamming.ts";
import type { Timetable } from "./timetable.ts";

/** All flights of an episode and their stays in no-fly zones. */
export interface AirPlan {
  readonly aircraft: readonly Aircraft[];
  readonly stays: readonly ZoneStay[];
}

/** An intrusion counts for nothing if nobody could have seen it for at least this long. */
const SEEN_SECONDS = 120;
const ATTEMPTS = 12;

/** Plans the flights of an episode. Before the first episode (−1) there is civil traffic only. */
export function planAir(stage: Stage, table: Timetable, jammings: readonly Jamming[]): AirPlan {
  const { episode, startSeconds, durationSeconds } = table;
  const at = instantOf(stage.options.startsAt, Math.max(0, startSeconds));
  const zones = noFlyZonesAt(stage.options.mission, at, stage.groundMetres);
  const traffic = {
    episode,
    startSeconds,
    durationSeconds,
    centre: stage.airCentre,
    radiusMetres: stage.airRadiusMetres,
    groundMetres: stage.highestGroundMetres,
    zones,
  };
  const civil = planCivilFlights(traffic, stage.streamOf("civil", episode));
  if (episode < 0) return { aircraft: civil, stays: [] };
  const intruder = bestIntruder(stage, table, zones, jammings);
  const second = secondUnmanned(stage, table, zones);
  const stays = [...zoneStays(intruder, zones, stage, jammings), ...zoneStays(second, zones, stage, jammings)];
  return { aircraft: [...civil, intruder, second, ...ghostsOf(stage, traffic)], stays };
}

/** Where there is a radar to give it the lie, somebody sends the messages of an aircraft that is not there. */
function ghostsOf(stage: Stage, traffic: TrafficPlan): Aircraft[] {
  if (stage.radars.length === 0) return [];
  const random = stage.streamOf("ghost", traffic.episode);
  const near = random.pick(stage.receiverSources);
  const place = destinationOf(near, random.between(0, 2 * Math.PI), random.between(3000, 9000));
  return [planGhost(traffic, { ...place, heightMetres: near.heightMetres + 150 }, random)];
}

/** The first intruder drawn that receivers could see inside for long enough, or else the one seen longest. */
function bestIntruder(
  stage: Stage,
  table: Timetable,
  zones: readonly NoFlyZone[],
  jammings: readonly Jamming[],
): Aircraft {
  let best: { readonly aircraft: Aircraft; readonly seen: number } | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const random = stage.streamOf("intruder", table.episode, attempt);
    const zone = zones[attempt === 0 ? random.integer(0, Math.max(0, zones.length - 1)) : attempt % zones.length];
    if (zone === undefined) break;
    const others = zones.filter((other) => other !== zone);
    const aircraft = planIntruder(table.episode, zone, others, table.intrusionSeconds, random);
    const seen = Math.max(0, ...zoneStays(aircraft, zones, stage, jammings).map((stay) => stay.beyondDoubtSeconds));
    if (best === undefined || seen > best.seen) best = { aircraft, seen };
    if (seen >= SEEN_SECONDS) break;
  }
  if (best) return best.aircraft;
  const what = "exercise of this mission";
  throw new FaultError({
    code: "exercise.mission-lacks",
    what,
    where: { field: "zones" },
    expected: "a no-fly zone in force",
  });
}

/** The unmanned aircraft that does nothing wrong: inside a zone as notified, or, where no notice holds, far from all of them. */
function secondUnmanned(stage: Stage, table: Timetable, zones: readonly NoFlyZone[]): Aircraft {
  const random = stage.streamOf("notified", table.episode);
  for (const flight of stage.options.mission.flights) {
    const zone = zones.find((candidate) => flight.zones.includes(candidate.id));
    const window = windowOf(stage, table, flight);
    if (zone === undefined || window === undefined) continue;
    const others = zones.filter((other) => !flight.zones.includes(other.id));
    const notified = planNotified(table.episode, flight, window, zone, others, random);
    if (notified) return notified;
  }
  return planSurvey(
    { ...table, centre: stage.airCentre, heightMetres: stage.highestGroundMetres + 900, zones },
    random,
  );
}

const SHORTEST_WINDOW = 420;

/** The window of a flight that begins in this episode. */
function windowOf(
  stage: Stage,
  table: Timetable,
  flight: NotifiedFlight,
): { readonly fromSeconds: number; readonly untilSeconds: number } | undefined {
  const { startsAt } = stage.options;
  const fromSeconds = secondsOf(startsAt, flight.from);
  const untilSeconds = secondsOf(startsAt, flight.until);
  const isOfEpisode = fromSeconds >= table.startSeconds && fromSeconds < table.startSeconds + table.durationSeconds;
  return isOfEpisode && untilSeconds - fromSeconds >= SHORTEST_WINDOW ? { fromSeconds, untilSeconds } : undefined;
}
