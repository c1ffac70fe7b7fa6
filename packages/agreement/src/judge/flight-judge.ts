/**
 * Judges tracks against the flights that were notified and the sorties that were cleared: which of them each one is, and by how
 * much it does not keep to its route, its time and its altitudes. Every flight ends with what was seen of it; one that is in the air
 * when the watch stops is told in parts. After a crash the next watch goes on with what the crashed one had seen.
 */
import {
  type AlertRule,
  type FlightDeviation,
  type Instant,
  MICROSECONDS_PER_SECOND,
  type NotifiedFlight,
} from "@openjmc/model";
import type { AlertDecision, ZoneMembership } from "./decision.ts";
import { DEFAULT_TOLERANCE_METRES, type JudgedTrack } from "./encounter.ts";
import { altitudeDeviation, routeDeviation, routeOf, timeDeviation, worseOf } from "./flight-deviation.ts";
import { addSighting, beginFlown, type Flown } from "./flown.ts";
import { isAllowed, nearestFlight } from "./match-flight.ts";
import { outlineOfFlight } from "./outline.ts";

/** Plain data, for replay from a mark. */
export interface FlightJudgeState {
  readonly flown: readonly Flown[];
}

/** What the judge of zones found of the same track at the same instant. */
export interface ZonesFound {
  readonly zones: readonly ZoneMembership[];
  /** An alert about it stands: it says by how much the flight departs from its notice. */
  readonly isAlarmed: boolean;
}

/** Seen so long before or after its time, an aircraft may still be on its flight; beyond, it is on an errand of its own. */
const REACH = 3_600 * MICROSECONDS_PER_SECOND;
/** Not seen for so long, a flight is over; what is seen of it later is another part of it. */
const UNSEEN = 180 * MICROSECONDS_PER_SECOND;
const INSIDE = 0.5;
const SIEVED = 60 * MICROSECONDS_PER_SECOND;

/** Where a rule names none. */
const ROUTE_TOLERANCE_METRES = 0;
const TIME_TOLERANCE_SECONDS = 60;

export class FlightJudge {
  readonly #rule: AlertRule | undefined;
  readonly #flights: () => readonly NotifiedFlight[];
  readonly #flown = new Map<string, Flown>();
  /** Flights that could be meant about an instant: years of notices are not looked through for every track. */
  #near: { readonly of: readonly NotifiedFlight[]; readonly at: Instant; readonly flights: readonly NotifiedFlight[] } =
    {
      ...{ of: [], flights: [], at: Number.NEGATIVE_INFINITY },
    };

  constructor(rules: readonly AlertRule[], flights: () => readonly NotifiedFlight[]) {
    this.#rule = rules.find((rule) => rule.kind === "flight-deviation");
    this.#flights = flights;
  }

  judge(track: JudgedTrack, at: Instant, found: ZonesFound): AlertDecision[] {
    if (track.status !== "confirmed" || track.onGround) return [];
    const flight = nearestFlight(this.#flightsNear(track.at), track, track.at, REACH);
    if (!flight || !isUnderWay(flight, track, found)) return [];
    const known = this.#flown.get(flight.id) ?? beginFlown(flight, track);
    this.#flown.set(flight.id, known);
    const deviation = this.#deviationOf(flight, track, found);
    // Time inside that an alert stands for is not time inside as notified.
    const isAsTold = !found.isAlarmed && isAllowed(flight);
    addSighting(known, track, isAsTold ? found.zones : [], deviation);
    return this.#follow(known, flight, track, at, deviation, found.isAlarmed);
  }

  /** Flights that have not been seen for a while are over. */
  tick(at: Instant): AlertDecision[] {
    return [...this.#flown.values()].filter((one) => at - one.until >= UNSEEN).flatMap((one) => this.#end(one, at));
  }

  /** The watch stops: what has been seen of the flights in the air is told. */
  stop(at: Instant): AlertDecision[] {
    return [...this.#flown.values()].flatMap((one) => this.#end(one, at));
  }

  /** Ids of the flights in the air. */
  inAir(): readonly string[] {
    return [...this.#flown.keys()];
  }

  /** Goes on with what an earlier watch saw that could not end. Its alerts were its own: nobody here knows them. */
  goOn({ flown }: FlightJudgeState): void {
    this.restore({ flown: flown.map((one) => ({ ...one, alert: undefined, since: undefined, keptSince: undefined })) });
  }

  snapshot(): FlightJudgeState {
    return structuredClone({ flown: [...this.#flown.values()] });
  }

  restore(state: FlightJudgeState): void {
    this.#flown.clear();
    for (const one of structuredClone(state.flown)) this.#flown.set(one.flight, one);
  }

  #flightsNear(at: Instant): readonly NotifiedFlight[] {
    const all = this.#flights();
    const { of, at: sieved, flights } = this.#near;
    if (of === all && Math.abs(at - sieved) <= SIEVED) return flights;
    const reach = REACH + SIEVED;
    const near = all.filter(({ from, until }) => from - reach <= at && at <= until + reach);
    this.#near = { of: all, at, flights: near };
    return near;
  }

  #deviationOf(flight: NotifiedFlight, track: JudgedTrack, found: ZonesFound): FlightDeviation {
    const rule = this.#rule;
    const time = timeDeviation(flight, track.at);
    const isAway = Math.max(time.earlySeconds ?? 0, time.lateSeconds ?? 0);
    return {
      ...(isAway > (rule?.timeToleranceSeconds ?? TIME_TOLERANCE_SECONDS) ? time : {}),
      ...(isThere(flight, track, found)
        ? altitudeDeviation(flight, track, rule?.altitudeToleranceMetres ?? DEFAULT_TOLERANCE_METRES)
        : {}),
      ...routeDeviation(flight, track, rule?.routeToleranceMetres ?? ROUTE_TOLERANCE_METRES),
    };
  }

  /** An alert for what lasts, ended when the flight has kept to its notice again for as long. One alert says it: none beside a zone's. */
  #follow(
    flown: Flown,
    flight: NotifiedFlight,
    track: JudgedTrack,
    at: Instant,
    deviation: FlightDeviation,
    isAlarmed: boolean,
  ): AlertDecision[] {
    if (!this.#rule) return [];
    const departs = Object.keys(deviation).length > 0 || !isAllowed(flight);
    const hold = this.#rule.holdSeconds * MICROSECONDS_PER_SECOND;
    flown.since = departs && !isAlarmed ? (flown.since ?? track.at) : undefined;
    flown.keptSince = departs ? undefined : (flown.keptSince ?? track.at);
    if (flown.alert !== undefined) {
      if (flown.keptSince === undefined || track.at - flown.keptSince < hold) return [];
      const ended: AlertDecision = { kind: "end", key: flown.alert, at, endedAt: flown.keptSince };
      flown.alert = undefined;
      return [ended];
    }
    if (flown.since === undefined || track.at - flown.since < hold) return [];
    flown.alert = `${this.#rule.id}|-|flight:${flight.id}|${flown.since}`;
    return [raise(this.#rule, flown, flight, track, at, deviation)];
  }

  #end(flown: Flown, at: Instant): AlertDecision[] {
    this.#flown.delete(flown.flight);
    const { flight, name, tracks, from, until, zones, worst, clearance, alert } = flown;
    const ended: AlertDecision[] = alert === undefined ? [] : [{ kind: "end", key: alert, at, endedAt: until }];
    return [
      ...ended,
      {
        kind: "flown",
        key: `flown|${flight}|${from}`,
        ...{ at, flight, name, tracks, from, until },
        zones: Object.keys(zones)
          .sort()
          .map((zone) => ({ zone, seconds: Math.round(zones[zone]! / MICROSECONDS_PER_SECOND) })),
        ...(clearance === undefined ? {} : { clearance }),
        ...worst,
      },
    ];
  }
}

/** In one of its zones, or on its route where it has no zone: where its altitudes count and, outside its time, it is on its flight. */
function isThere(flight: NotifiedFlight, track: JudgedTrack, { zones }: ZonesFound): boolean {
  if (zones.some(({ zone, probability }) => probability >= INSIDE && flight.zones.includes(zone))) return true;
  const route = flight.zones.length === 0 ? routeOf(flight) : undefined;
  return route !== undefined && route.distanceMetres(track) <= Math.max(flight.corridorMetres ?? 0, NEAR_METRES);
}

/** Where a route has no corridor, so near to it is on it. */
const NEAR_METRES = 1_000;

/** Within its time wherever it is; before and after only where it was to be. */
function isUnderWay(flight: NotifiedFlight, track: JudgedTrack, found: ZonesFound): boolean {
  const isInTime = track.at >= flight.from && track.at <= flight.until;
  return isInTime || isThere(flight, track, found);
}

function raise(
  rule: AlertRule,
  flown: Flown,
  flight: NotifiedFlight,
  track: JudgedTrack,
  at: Instant,
  deviation: FlightDeviation,
): AlertDecision {
  return {
    kind: "raise",
    key: flown.alert!,
    rule: rule.id,
    severity: rule.severity,
    subject: { kind: "track", id: track.id },
    ...(rule.provision === undefined ? {} : { provision: rule.provision }),
    occurredAt: flown.since!,
    at,
    lon: track.lon,
    lat: track.lat,
    ...(track.altitudeMetres === undefined ? {} : { altitudeMetres: Math.round(track.altitudeMetres) }),
    probability: track.existence,
    outline: outlineOfFlight(track, flight, worseOf({}, deviation)),
  };
}
