/** Judges tracks against zones in which nobody flies unless the centre was told. */
import { type AlertRule, type Instant, MICROSECONDS_PER_SECOND, type NotifiedFlight } from "@openjmc/model";
import type { AlertDecision, RaiseDecision, ZoneMembership } from "./decision.ts";
import { DEFAULT_TOLERANCE_METRES, type Encounter, type JudgedTrack, meet } from "./encounter.ts";
import { nearestFlight } from "./match-flight.ts";
import { type OpenAlert, OpenAlerts } from "./open-alerts.ts";
import { outlineOfTrack } from "./outline.ts";
import { advancePresence, beginPresence, type Presence, presenceKey } from "./presence.ts";
import { isInForce, ofKinds, type WatchedZone } from "./watched-zones.ts";

/** What was found of one track at one instant. */
export interface TrackJudgement {
  /** Watched zones that hold it with a probability of one per cent or more, unless its altitude is surely outside the band. */
  readonly zones: readonly ZoneMembership[];
  /** The notified flight that it is, in whichever zone. */
  readonly flight?: string;
  /** Whether an alert about it stands in some zone. */
  readonly isAlarmed: boolean;
  readonly decisions: readonly AlertDecision[];
}

/** Plain data, for replay from a mark. */
export interface TrackJudgeState {
  readonly presences: readonly Presence[];
  readonly alerts: readonly OpenAlert[];
}

/** A lost track has so long to be found again before its alert ends. */
const LOST = 60 * MICROSECONDS_PER_SECOND;
/** A track of which nothing was heard for so long counts as lost, should its end never be told. */
const FORGOTTEN = 600 * MICROSECONDS_PER_SECOND;
/** A notification whose window lies within a day still says whose flight this is. */
const DAY = 86_400 * MICROSECONDS_PER_SECOND;
const LEAST_MEMBERSHIP = 0.01;

export class TrackJudge {
  readonly #rules: readonly AlertRule[];
  readonly #zones: ReadonlyMap<string, readonly WatchedZone[]>;
  readonly #flights: () => readonly NotifiedFlight[];
  readonly #presences = new Map<string, Presence>();
  readonly #alerts = new OpenAlerts();

  constructor(rules: readonly AlertRule[], zones: readonly WatchedZone[], flights: () => readonly NotifiedFlight[]) {
    this.#rules = rules.filter((rule) => rule.kind === "no-fly-entry");
    this.#zones = new Map(this.#rules.map((rule) => [rule.id, ofKinds(zones, rule.zoneKinds)]));
    this.#flights = flights;
  }

  judge(track: JudgedTrack, at: Instant): TrackJudgement {
    const encounters = this.#rules.flatMap((rule) => this.#meetZones(rule, track, at));
    const decisions = encounters.flatMap((encounter) => this.#follow(encounter));
    const zones = encounters
      .filter(({ probability, band }) => probability >= LEAST_MEMBERSHIP && band !== "outside")
      .map(({ zone, probability }) => ({ zone: zone.version.zone, probability }));
    const flight = encounters.find((encounter) => encounter.flight)?.flight;
    const isAlarmed = encounters.some(({ rule, zone }) =>
      this.#isAlarmed(presenceKey(rule.id, zone.version.zone, track.id)),
    );
    return { zones, ...(flight ? { flight: flight.id } : {}), isAlarmed, decisions };
  }

  /** Ends alerts whose tracks were lost and not found again, or whose zone is no longer in force. */
  tick(at: Instant): AlertDecision[] {
    for (const [key, presence] of this.#presences) {
      const isForgotten = at - presence.lastAt >= FORGOTTEN;
      if (!isForgotten && this.#isWatched(presence, at)) continue;
      this.#presences.delete(key);
      if (presence.alert !== undefined) this.#alerts.lose(presence.alert, presence.track, presence.lastAt);
    }
    return this.#alerts.giveUp(at - LOST).map(({ key, lostAt }) => ({ kind: "end", key, at, endedAt: lostAt! }));
  }

  snapshot(): TrackJudgeState {
    return structuredClone({ presences: [...this.#presences.values()], alerts: this.#alerts.all() });
  }

  restore(state: TrackJudgeState): void {
    const { presences, alerts } = structuredClone(state);
    this.#presences.clear();
    for (const one of presences)
      if (this.#zones.has(one.rule)) this.#presences.set(presenceKey(one.rule, one.zone, one.track), one);
    this.#alerts.replace(alerts);
  }

  #meetZones(rule: AlertRule, track: JudgedTrack, at: Instant): Encounter[] {
    return this.#zones
      .get(rule.id)!
      .filter((zone) => isInForce(zone.version, track.at))
      .map((zone) => {
        const known = this.#presences.get(presenceKey(rule.id, zone.version.zone, track.id));
        return meet(rule, zone, track, at, this.#flights(), known?.insideSince);
      });
  }

  #isAlarmed(key: string): boolean {
    return this.#presences.get(key)?.alert !== undefined;
  }

  #isWatched(presence: Presence, at: Instant): boolean {
    const zones = this.#zones.get(presence.rule) ?? [];
    return zones.some(({ version }) => version.zone === presence.zone && isInForce(version, at));
  }

  /** Moves the presence on and decides. */
  #follow(encounter: Encounter): AlertDecision[] {
    const { rule, zone, track, standing } = encounter;
    const key = presenceKey(rule.id, zone.version.zone, track.id);
    const known = this.#presences.get(key);
    if (track.status === "ended") {
      this.#presences.delete(key);
      if (known?.alert !== undefined) this.#alerts.lose(known.alert, track.id, track.at);
      return [];
    }
    if (!known && standing !== "inside") return [];
    const presence = known ?? beginPresence(encounter);
    this.#presences.set(key, presence);
    advancePresence(presence, encounter);
    return presence.alert === undefined
      ? this.#awaitEntry(key, presence, encounter)
      : this.#awaitExit(key, presence, encounter);
  }

  #awaitEntry(key: string, presence: Presence, encounter: Encounter): AlertDecision[] {
    const { rule, track } = encounter;
    if (presence.insideSince === undefined) {
      this.#presences.delete(key);
      return [];
    }
    const hasHeld = track.at - presence.insideSince >= rule.holdSeconds * MICROSECONDS_PER_SECOND;
    return hasHeld && track.status === "confirmed" ? [this.#raiseOrJoin(presence, encounter)] : [];
  }

  #awaitExit(key: string, presence: Presence, { rule, track, at }: Encounter): AlertDecision[] {
    const { outsideSince, alert } = presence;
    const hold = rule.holdSeconds * MICROSECONDS_PER_SECOND;
    if (outsideSince === undefined || track.at - outsideSince < hold) return [];
    this.#presences.delete(key);
    return this.#alerts.leave(alert!, track.id) ? [{ kind: "end", key: alert!, at, endedAt: outsideSince }] : [];
  }

  #raiseOrJoin(presence: Presence, encounter: Encounter): AlertDecision {
    const { rule, zone, track, at } = encounter;
    const same = this.#alerts.join(rule.id, zone.version.zone, track.icao, track.id);
    if (same) {
      presence.alert = same.key;
      return { kind: "grow", key: same.key, at, count: same.tracks.length, until: track.at, members: [track.id] };
    }
    const raised = this.#raise(presence.insideSince!, encounter);
    const { key } = raised;
    presence.alert = key;
    this.#alerts.open({
      key,
      rule: rule.id,
      zone: zone.version.zone,
      icao: track.icao,
      tracks: [track.id],
      lostAt: undefined,
    });
    return raised;
  }

  #raise(since: Instant, { rule, zone, track, at, inside, probability }: Encounter): RaiseDecision {
    const told = this.#flights().filter((flight) => flight.notifiedAt <= since);
    const expected = nearestFlight(told, track, since, DAY);
    return {
      kind: "raise",
      key: `${rule.id}|${zone.version.zone}|track:${track.id}|${since}`,
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
      probability,
      outline: outlineOfTrack(track, zone, inside, expected, rule.altitudeToleranceMetres ?? DEFAULT_TOLERANCE_METRES),
    };
  }
}
