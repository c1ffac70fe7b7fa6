/** Judges tracks against zones in which nobody flies unless the centre was told. */
import { type InsideProbability, probabilityInside } from "@openjmc/geo";
import {
  type AlertRule,
  type Instant,
  MICROSECONDS_PER_SECOND,
  type NotifiedFlight,
  type TrackRow,
} from "@openjmc/model";
import { judgeBand } from "./altitude-band.ts";
import type { AlertDecision, RaiseDecision, ZoneMembership } from "./decision.ts";
import { isSameAircraft, matchFlight } from "./match-flight.ts";
import { outlineOfTrack } from "./outline.ts";
import { isInForce, ofKinds, type WatchedZone } from "./watched-zones.ts";

/** A track with the covariance of its position: east-east, east-north, north-north, square metres. */
export type JudgedTrack = Omit<TrackRow, "zones" | "flight"> & {
  readonly positionCovariance: readonly [number, number, number];
};

/** What was found of one track at one instant. */
export interface TrackJudgement {
  /** Watched zones that hold it with a probability of one per cent or more, altitude taken into account. */
  readonly zones: readonly ZoneMembership[];
  /** The notified flight that it is, in whichever zone. */
  readonly flight?: string;
  readonly decisions: readonly AlertDecision[];
}

/** How one track stands to one zone under one rule. Plain data. */
interface Presence {
  readonly rule: string;
  readonly zone: string;
  readonly track: string;
  insideSince: Instant | undefined;
  outsideSince: Instant | undefined;
  /** Key of the alert that it belongs to. */
  alert: string | undefined;
  lastAt: Instant;
}

/** An alert that has not ended, and the tracks that it stands for: an aircraft that is lost and found again is one alert. */
interface OpenAlert {
  readonly key: string;
  readonly rule: string;
  readonly zone: string;
  readonly icao: string | undefined;
  readonly tracks: string[];
  /** When its last track vanished without having left the zone. */
  lostAt: Instant | undefined;
}

/** Plain data, for replay from a mark. */
export interface TrackJudgeState {
  readonly presences: readonly Presence[];
  readonly alerts: readonly OpenAlert[];
}

const DEFAULT_TOLERANCE_METRES = 250;
/** A lost track has so long to be found again before its alert ends. */
const LOST_SECONDS = 60;
const LEAST_MEMBERSHIP = 0.01;

type Standing = "inside" | "outside" | "undetermined";

export class TrackJudge {
  readonly #rules: readonly AlertRule[];
  readonly #zones: ReadonlyMap<string, readonly WatchedZone[]>;
  readonly #flights: () => readonly NotifiedFlight[];
  readonly #presences = new Map<string, Presence>();
  readonly #alerts = new Map<string, OpenAlert>();

  constructor(rules: readonly AlertRule[], zones: readonly WatchedZone[], flights: () => readonly NotifiedFlight[]) {
    this.#rules = rules.filter((rule) => rule.kind === "no-fly-entry");
    this.#zones = new Map(this.#rules.map((rule) => [rule.id, ofKinds(zones, rule.zoneKinds)]));
    this.#flights = flights;
  }

  judge(track: JudgedTrack, at: Instant): TrackJudgement {
    const decisions: AlertDecision[] = [];
    const memberships = new Map<string, number>();
    let flight: NotifiedFlight | undefined;
    for (const rule of this.#rules) {
      for (const zone of this.#zones.get(rule.id)!) {
        if (!isInForce(zone.version, track.at)) continue;
        const matched = this.#judgeZone(rule, zone, track, at, memberships, decisions);
        flight ??= matched;
      }
    }
    const zones = [...memberships].map(([zone, probability]) => ({ zone, probability }));
    return { zones, ...(flight ? { flight: flight.id } : {}), decisions };
  }

  /** Ends alerts whose tracks were lost and not found again. */
  tick(at: Instant): AlertDecision[] {
    const decisions: AlertDecision[] = [];
    for (const alert of this.#alerts.values()) {
      if (alert.lostAt === undefined || at - alert.lostAt < LOST_SECONDS * MICROSECONDS_PER_SECOND) continue;
      this.#alerts.delete(alert.key);
      decisions.push({ kind: "end", key: alert.key, at, endedAt: alert.lostAt });
    }
    return decisions;
  }

  snapshot(): TrackJudgeState {
    return structuredClone({ presences: [...this.#presences.values()], alerts: [...this.#alerts.values()] });
  }

  restore(state: TrackJudgeState): void {
    this.#presences.clear();
    this.#alerts.clear();
    for (const presence of structuredClone(state.presences)) this.#presences.set(keyOf(presence), presence);
    for (const alert of structuredClone(state.alerts)) this.#alerts.set(alert.key, alert);
  }

  /** Judges one track in one zone; answers with the notified flight that it is there, if it is one. */
  #judgeZone(
    rule: AlertRule,
    zone: WatchedZone,
    track: JudgedTrack,
    at: Instant,
    memberships: Map<string, number>,
    decisions: AlertDecision[],
  ): NotifiedFlight | undefined {
    const inside = insideOf(zone, track);
    const tolerance = rule.altitudeToleranceMetres ?? DEFAULT_TOLERANCE_METRES;
    const band = track.onGround
      ? "outside"
      : judgeBand(zone.version, track.altitudeMetres, track.altitudeReference, tolerance);
    if (inside.probability >= LEAST_MEMBERSHIP && band !== "outside") {
      memberships.set(zone.version.zone, inside.probability);
    }
    const enteredAt = this.#presences.get(
      keyOf({ rule: rule.id, zone: zone.version.zone, track: track.id }),
    )?.insideSince;
    const flight =
      inside.atMost === 0
        ? undefined
        : matchFlight(this.#flights(), track, zone.version.zone, track.at, tolerance, enteredAt);
    const standing = flight ? "outside" : standingOf(rule, inside, band);
    this.#follow(rule, zone, track, at, standing, inside, decisions);
    return flight;
  }

  /** Moves the presence on and decides. */
  #follow(
    rule: AlertRule,
    zone: WatchedZone,
    track: JudgedTrack,
    at: Instant,
    standing: Standing,
    inside: InsideProbability,
    decisions: AlertDecision[],
  ): void {
    const id = keyOf({ rule: rule.id, zone: zone.version.zone, track: track.id });
    const known = this.#presences.get(id);
    if (!known && standing !== "inside") return;
    const presence = known ?? freshPresence(rule, zone, track);
    this.#presences.set(id, presence);
    presence.lastAt = track.at;
    if (track.status === "ended") {
      this.#presences.delete(id);
      this.#lose(presence, track.at);
      return;
    }
    presence.insideSince = standing === "inside" ? (presence.insideSince ?? track.at) : undefined;
    presence.outsideSince = standing === "outside" ? (presence.outsideSince ?? track.at) : undefined;
    const hold = rule.holdSeconds * MICROSECONDS_PER_SECOND;
    if (presence.alert !== undefined) {
      if (presence.outsideSince !== undefined && track.at - presence.outsideSince >= hold) {
        this.#presences.delete(id);
        decisions.push(...this.#leave(presence, at));
      }
    } else if (presence.insideSince === undefined) {
      this.#presences.delete(id);
    } else if (track.status === "confirmed" && track.at - presence.insideSince >= hold) {
      decisions.push(this.#raiseOrJoin(rule, zone, track, presence, at, inside));
    }
  }

  #raiseOrJoin(
    rule: AlertRule,
    zone: WatchedZone,
    track: JudgedTrack,
    presence: Presence,
    at: Instant,
    inside: InsideProbability,
  ): AlertDecision {
    const same = [...this.#alerts.values()].find(
      (alert) =>
        alert.rule === rule.id && alert.zone === presence.zone && alert.icao !== undefined && alert.icao === track.icao,
    );
    if (same) {
      same.tracks.push(track.id);
      same.lostAt = undefined;
      presence.alert = same.key;
      return { kind: "grow", key: same.key, at, count: same.tracks.length, until: track.at, members: [track.id] };
    }
    const since = presence.insideSince!;
    const key = `${rule.id}|${presence.zone}|track:${track.id}|${since}`;
    presence.alert = key;
    this.#alerts.set(key, {
      key,
      rule: rule.id,
      zone: presence.zone,
      icao: track.icao,
      tracks: [track.id],
      lostAt: undefined,
    });
    return this.#raise(rule, zone, track, key, since, at, inside);
  }

  #raise(
    rule: AlertRule,
    zone: WatchedZone,
    track: JudgedTrack,
    key: string,
    since: Instant,
    at: Instant,
    inside: InsideProbability,
  ): RaiseDecision {
    const expected = this.#flights().find(
      (flight) => flight.notifiedAt <= since && flight.until >= since - DAY && isSameAircraft(flight, track),
    );
    return {
      kind: "raise",
      key,
      rule: rule.id,
      severity: rule.severity,
      subject: { kind: "track", id: track.id },
      zone: zone.version.zone,
      zoneVersion: zone.version.version,
      ...(rule.provision === undefined ? {} : { provision: rule.provision }),
      occurredAt: since,
      at,
      lon: track.lon,
      lat: track.lat,
      ...(track.altitudeMetres === undefined ? {} : { altitudeMetres: Math.round(track.altitudeMetres) }),
      probability: inside.probability,
      outline: outlineOfTrack(track, zone, inside, expected),
    };
  }

  /** A track has left: its alert ends when no other track of it remains. */
  #leave(presence: Presence, at: Instant): AlertDecision[] {
    const alert = this.#alerts.get(presence.alert!);
    if (!alert) return [];
    alert.tracks.splice(alert.tracks.indexOf(presence.track), 1);
    if (alert.tracks.length > 0) return [];
    this.#alerts.delete(alert.key);
    return [{ kind: "end", key: alert.key, at, endedAt: presence.outsideSince! }];
  }

  #lose(presence: Presence, lostAt: Instant): void {
    const alert = presence.alert === undefined ? undefined : this.#alerts.get(presence.alert);
    if (!alert) return;
    alert.tracks.splice(alert.tracks.indexOf(presence.track), 1);
    if (alert.tracks.length === 0) alert.lostAt = lostAt;
  }
}

const DAY = 86_400 * MICROSECONDS_PER_SECOND;

function insideOf(zone: WatchedZone, track: JudgedTrack): InsideProbability {
  const [eastEast, eastNorth, northNorth] = track.positionCovariance;
  return probabilityInside(zone.area, track, { eastEast, eastNorth, northNorth }, zone.version.precisionMetres);
}

/** Inside and outside are both certain; what clips the edge within its precision, or the band within its tolerance, is neither. */
function standingOf(rule: AlertRule, inside: InsideProbability, band: Standing): Standing {
  if (band === "outside" || inside.atMost < rule.minimumProbability) return "outside";
  return band === "inside" && inside.atLeast >= rule.minimumProbability ? "inside" : "undetermined";
}

function freshPresence(rule: AlertRule, zone: WatchedZone, track: JudgedTrack): Presence {
  return {
    rule: rule.id,
    zone: zone.version.zone,
    track: track.id,
    insideSince: undefined,
    outsideSince: undefined,
    alert: undefined,
    lastAt: track.at,
  };
}

function keyOf({ rule, zone, track }: Pick<Presence, "rule" | "zone" | "track">): string {
  return `${rule}|${zone}|${track}`;
}
