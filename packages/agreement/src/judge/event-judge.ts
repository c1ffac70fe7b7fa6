/** Judges events against the ceasefire area, and keeps a barrage one alert. */
import { type GroundCovariance, type InsideProbability, probabilityInside } from "@openjmc/geo";
import {
  type AlertRule,
  type EventRow,
  type Instant,
  MICROSECONDS_PER_HOUR,
  MICROSECONDS_PER_SECOND,
} from "@openjmc/model";
import { addMember, type Barrage, beginBarrage, isLinked, isOver, removeMember, tellGrowth } from "./barrages.ts";
import type { AlertDecision, RaiseDecision, ZoneMembership } from "./decision.ts";
import { outlineOfEvent } from "./outline.ts";
import { isInForce, type WatchedZone } from "./watched-zones.ts";

/** What was found of one event. */
export interface EventJudgement {
  /** Judged zones that hold it with a probability of one per cent or more. */
  readonly zones: readonly ZoneMembership[];
  readonly decisions: readonly AlertDecision[];
}

/** An event that meets a rule but is not yet old enough to be believed. Plain data. */
interface Waiting {
  readonly rule: string;
  readonly since: Instant;
  row: EventRow;
}

/** Plain data, for replay from a mark. */
export interface EventJudgeState {
  readonly barrages: readonly Barrage[];
  readonly waiting: readonly Waiting[];
  /** Rule and event, the barrage that it was counted in, and when it was. */
  readonly counted: readonly (readonly [string, string, Instant])[];
}

/** An event in a zone. */
interface Hit {
  readonly zone: WatchedZone;
  readonly inside: InsideProbability;
}

const LEAST_MEMBERSHIP = 0.01;
/** Longer than a locator keeps an event that may still change. */
const REMEMBERED = 2 * MICROSECONDS_PER_HOUR;
/** 95 % quantile of chi-square with two degrees of freedom: from the ellipse's axes back to variances. */
const CHI_SQUARE = 5.991464547;

export class EventJudge {
  readonly #rules: ReadonlyMap<string, AlertRule>;
  readonly #zones: readonly WatchedZone[];
  readonly #barrages = new Map<string, Barrage>();
  readonly #waiting = new Map<string, Waiting>();
  /** Which barrage an event was counted in, by rule and event. Kept behind the barrage: an event's last word comes late. */
  readonly #counted = new Map<string, { readonly barrage: string; readonly at: Instant }>();

  constructor(rules: readonly AlertRule[], zones: readonly WatchedZone[]) {
    this.#rules = new Map(rules.filter((rule) => rule.kind === "ceasefire-event").map((rule) => [rule.id, rule]));
    this.#zones = zones;
  }

  judge(row: EventRow, at: Instant): EventJudgement {
    const hits = this.#hitsOf(row);
    const decisions = [...this.#rules.values()].flatMap((rule) => this.#judgeRule(rule, row, hits, at));
    const zones = hits
      .filter(({ inside }) => inside.probability >= LEAST_MEMBERSHIP)
      .map(({ zone, inside }) => ({ zone: zone.version.zone, probability: inside.probability }));
    return { zones, decisions };
  }

  /** Believes what has waited long enough, tells growth, ends barrages that have fallen silent. */
  tick(at: Instant): AlertDecision[] {
    const decisions: AlertDecision[] = [];
    for (const [id, { rule: ruleId, since, row }] of this.#waiting) {
      const rule = this.#rules.get(ruleId)!;
      if (at - since < rule.holdSeconds * MICROSECONDS_PER_SECOND) continue;
      this.#waiting.delete(id);
      const hit = surelyHit(rule, row, this.#hitsOf(row));
      if (hit) decisions.push(...this.#believe(rule, row, hit, at));
    }
    for (const barrage of this.#barrages.values()) decisions.push(...this.#tend(barrage, at));
    return decisions;
  }

  snapshot(): EventJudgeState {
    return structuredClone({
      barrages: [...this.#barrages.values()],
      waiting: [...this.#waiting.values()],
      counted: [...this.#counted].map(([id, { barrage, at }]) => [id, barrage, at]),
    });
  }

  restore(state: EventJudgeState): void {
    const { barrages, waiting, counted } = structuredClone(state);
    this.#barrages.clear();
    this.#waiting.clear();
    this.#counted.clear();
    for (const barrage of barrages) if (this.#rules.has(barrage.rule)) this.#barrages.set(barrage.key, barrage);
    for (const one of waiting) if (this.#rules.has(one.rule)) this.#waiting.set(`${one.rule}|${one.row.id}`, one);
    for (const [id, barrage, at] of counted) this.#counted.set(id, { barrage, at });
  }

  #hitsOf(row: EventRow): Hit[] {
    const covariance = covarianceOf(row);
    return this.#zones
      .filter((zone) => isInForce(zone.version, row.originTime))
      .map((zone) => ({
        zone,
        inside: probabilityInside(zone.area, row, covariance, zone.version.precisionMetres),
      }));
  }

  #judgeRule(rule: AlertRule, row: EventRow, hits: readonly Hit[], at: Instant): AlertDecision[] {
    const id = `${rule.id}|${row.id}`;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (row.status === "withdrawn" || row.status === "merged") return this.#takeBack(id, row.id, at);
    if (this.#counted.has(id)) return [];
    const hit = surelyHit(rule, row, hits);
    if (!hit) return [];
    if (rule.holdSeconds === 0 || row.status === "settled") return this.#believe(rule, row, hit, at);
    this.#waiting.set(id, { rule: rule.id, since: waiting?.since ?? at, row });
    return [];
  }

  #believe(rule: AlertRule, row: EventRow, hit: Hit, at: Instant): AlertDecision[] {
    const member = { event: row.id, originTime: row.originTime, lon: row.lon, lat: row.lat };
    const zone = hit.zone.version.zone;
    const open = [...this.#barrages.values()].find(
      (barrage) => barrage.rule === rule.id && barrage.zone === zone && isLinked(barrage, rule, member),
    );
    const raised = open ? undefined : raiseDecision(rule, row, hit, at);
    const barrage = open ?? beginBarrage(raised!.key, rule.id, zone, member, at);
    this.#counted.set(`${rule.id}|${row.id}`, { barrage: barrage.key, at });
    if (raised) {
      this.#barrages.set(barrage.key, barrage);
      return [raised];
    }
    addMember(barrage, member, at);
    return tellGrowth(barrage, at);
  }

  #tend(barrage: Barrage, at: Instant): AlertDecision[] {
    if (!isOver(barrage, this.#rules.get(barrage.rule)!, at)) return tellGrowth(barrage, at);
    this.#close(barrage, at);
    return [...tellGrowth(barrage, at, true), { kind: "end", key: barrage.key, at, endedAt: barrage.lastAt }];
  }

  #close(barrage: Barrage, at: Instant): void {
    this.#barrages.delete(barrage.key);
    for (const [id, counted] of this.#counted)
      if (at - counted.at >= REMEMBERED && !this.#barrages.has(counted.barrage)) this.#counted.delete(id);
  }

  /** The locator has withdrawn an event: an alert that counted it stays while others carry it, and ends when none does. */
  #takeBack(id: string, event: string, at: Instant): AlertDecision[] {
    const barrage = this.#barrages.get(this.#counted.get(id)?.barrage ?? "");
    this.#counted.delete(id);
    if (!barrage) return [];
    removeMember(barrage, event);
    if (barrage.count > 0) return [];
    this.#close(barrage, at);
    return [{ kind: "end", key: barrage.key, at, endedAt: at }];
  }
}

/** The first zone of the rule's kinds that holds the event as surely as the rule asks, whatever its edge's precision. */
function surelyHit(rule: AlertRule, row: EventRow, hits: readonly Hit[]): Hit | undefined {
  if (!rule.eventKinds.includes(row.kind)) return undefined;
  return hits.find(
    ({ zone, inside }) => rule.zoneKinds.includes(zone.version.kind) && inside.atLeast >= rule.minimumProbability,
  );
}

function covarianceOf({ ellipse }: EventRow): GroundCovariance {
  const major = ellipse.semiMajorMetres ** 2 / CHI_SQUARE;
  const minor = ellipse.semiMinorMetres ** 2 / CHI_SQUARE;
  const sine = Math.sin(ellipse.azimuth);
  const cosine = Math.cos(ellipse.azimuth);
  return {
    eastEast: major * sine * sine + minor * cosine * cosine,
    eastNorth: (major - minor) * sine * cosine,
    northNorth: major * cosine * cosine + minor * sine * sine,
  };
}

function raiseDecision(rule: AlertRule, row: EventRow, { zone, inside }: Hit, at: Instant): RaiseDecision {
  return {
    kind: "raise",
    key: `${rule.id}|${zone.version.zone}|event:${row.id}|${row.originTime}`,
    rule: rule.id,
    severity: rule.severity,
    subject: { kind: "event", id: row.id },
    zone: zone.version.zone,
    zoneVersion: zone.version.version,
    ...(rule.provision === undefined ? {} : { provision: rule.provision }),
    occurredAt: row.originTime,
    at,
    lon: row.lon,
    lat: row.lat,
    probability: inside.probability,
    outline: outlineOfEvent(row, zone, inside),
  };
}
