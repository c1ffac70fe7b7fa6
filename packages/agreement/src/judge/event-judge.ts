/** Judges events against the ceasefire area, and keeps a barrage one alert. */
import { distanceBetween, type InsideProbability, probabilityInside } from "@openjmc/geo";
import { type AlertRule, type EventRow, type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { AlertDecision, RaiseDecision, ZoneMembership } from "./decision.ts";
import { outlineOfEvent } from "./outline.ts";
import { isInForce, ofKinds, type WatchedZone } from "./watched-zones.ts";

/** What was found of one event. */
export interface EventJudgement {
  /** Judged zones that hold it with a probability of one per cent or more. */
  readonly zones: readonly ZoneMembership[];
  readonly decisions: readonly AlertDecision[];
}

interface Member {
  readonly event: string;
  readonly originTime: Instant;
  readonly lon: number;
  readonly lat: number;
}

/** An alert that still takes members in. Plain data. */
interface Barrage {
  readonly key: string;
  readonly rule: string;
  readonly zone: string;
  /** Latest members, for the chain in time and space; older ones count but link nothing any more. */
  readonly recent: Member[];
  count: number;
  lastAt: Instant;
  toldAt: Instant;
  readonly untold: string[];
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
  readonly counted: readonly (readonly [string, string, Instant])[];
}

const RECENT_MEMBERS = 64;
const DEFAULT_GROUP_SECONDS = 300;
const DEFAULT_GROUP_METRES = 3000;
/** Growth is told at most this often: an entry for every round of a barrage would bury the officers. */
const TELL_SECONDS = 10;
/** Solutions may come this long after their origin; until then a barrage stays open for them. */
const LATE_SECONDS = 60;
const LEAST_MEMBERSHIP = 0.01;
/** 95 % quantile of chi-square with two degrees of freedom: from the ellipse's axes back to variances. */
const CHI_SQUARE = 5.991464547;

export class EventJudge {
  readonly #rules: readonly AlertRule[];
  readonly #zones: readonly WatchedZone[];
  readonly #barrages = new Map<string, Barrage>();
  readonly #waiting = new Map<string, Waiting>();
  /** Which barrage an event was counted in, by rule and event; forgotten with the barrage. */
  readonly #counted = new Map<string, { readonly key: string; readonly originTime: Instant }>();

  constructor(rules: readonly AlertRule[], zones: readonly WatchedZone[]) {
    this.#rules = rules.filter((rule) => rule.kind === "ceasefire-event");
    this.#zones = zones;
  }

  judge(row: EventRow, at: Instant): EventJudgement {
    const found = this.#zones
      .filter((zone) => isInForce(zone.version, row.originTime))
      .map((zone) => ({ zone, inside: insideOf(zone, row) }));
    const decisions: AlertDecision[] = [];
    for (const rule of this.#rules) decisions.push(...this.#judgeRule(rule, row, at));
    const zones = found
      .filter(({ inside }) => inside.probability >= LEAST_MEMBERSHIP)
      .map(({ zone, inside }) => ({ zone: zone.version.zone, probability: inside.probability }));
    return { zones, decisions };
  }

  /** Believes what has waited long enough, tells growth, ends barrages that have fallen silent. */
  tick(at: Instant): AlertDecision[] {
    const decisions: AlertDecision[] = [];
    for (const [id, waiting] of this.#waiting) {
      const rule = this.#rules.find((one) => one.id === waiting.rule)!;
      if (at - waiting.since < rule.holdSeconds * MICROSECONDS_PER_SECOND) continue;
      this.#waiting.delete(id);
      decisions.push(...this.#believe(rule, waiting.row, at));
    }
    for (const barrage of this.#barrages.values()) decisions.push(...this.#tend(barrage, at));
    return decisions;
  }

  snapshot(): EventJudgeState {
    return structuredClone({
      barrages: [...this.#barrages.values()],
      waiting: [...this.#waiting.values()],
      counted: [...this.#counted].map(([id, { key, originTime }]) => [id, key, originTime] as const),
    });
  }

  restore(state: EventJudgeState): void {
    const { barrages, waiting, counted } = structuredClone(state);
    this.#barrages.clear();
    this.#waiting.clear();
    this.#counted.clear();
    for (const barrage of barrages) this.#barrages.set(barrage.key, barrage);
    for (const one of waiting) this.#waiting.set(`${one.rule}|${one.row.id}`, one);
    for (const [id, key, originTime] of counted) this.#counted.set(id, { key, originTime });
  }

  #judgeRule(rule: AlertRule, row: EventRow, at: Instant): AlertDecision[] {
    const id = `${rule.id}|${row.id}`;
    const waiting = this.#waiting.get(id);
    if (row.status === "withdrawn" || row.status === "merged") {
      this.#waiting.delete(id);
      return this.#counted.has(id) ? this.#takeBack(id, row.id, at) : [];
    }
    if (this.#counted.has(id) || !this.#meets(rule, row)) {
      if (waiting && !this.#counted.has(id)) this.#waiting.delete(id);
      return [];
    }
    if (rule.holdSeconds > 0 && row.status !== "settled") {
      if (waiting) waiting.row = row;
      else this.#waiting.set(id, { rule: rule.id, since: at, row });
      return [];
    }
    this.#waiting.delete(id);
    return this.#believe(rule, row, at);
  }

  /** The zone of a rule that surely enough holds the event, with how surely. */
  #meets(rule: AlertRule, row: EventRow): { zone: WatchedZone; inside: InsideProbability } | undefined {
    if (!rule.eventKinds.includes(row.kind)) return undefined;
    for (const zone of ofKinds(this.#zones, rule.zoneKinds)) {
      if (!isInForce(zone.version, row.originTime)) continue;
      const inside = insideOf(zone, row);
      if (inside.atLeast >= rule.minimumProbability) return { zone, inside };
    }
    return undefined;
  }

  #believe(rule: AlertRule, row: EventRow, at: Instant): AlertDecision[] {
    const met = this.#meets(rule, row);
    if (!met) return [];
    const member: Member = { event: row.id, originTime: row.originTime, lon: row.lon, lat: row.lat };
    const open = this.#findBarrage(rule, met.zone.version.zone, member);
    if (open) {
      this.#join(open, member);
      this.#counted.set(`${rule.id}|${row.id}`, { key: open.key, originTime: row.originTime });
      return this.#tellGrowth(open, at);
    }
    const raised = raiseDecision(rule, row, met.zone, met.inside, at);
    this.#barrages.set(raised.key, {
      key: raised.key,
      rule: rule.id,
      zone: met.zone.version.zone,
      recent: [member],
      count: 1,
      lastAt: row.originTime,
      toldAt: at,
      untold: [],
    });
    this.#counted.set(`${rule.id}|${row.id}`, { key: raised.key, originTime: row.originTime });
    return [raised];
  }

  #findBarrage(rule: AlertRule, zone: string, member: Member): Barrage | undefined {
    const apart = (rule.groupSeconds ?? DEFAULT_GROUP_SECONDS) * MICROSECONDS_PER_SECOND;
    const metres = rule.groupMetres ?? DEFAULT_GROUP_METRES;
    for (const barrage of this.#barrages.values()) {
      if (barrage.rule !== rule.id || barrage.zone !== zone) continue;
      const linked = barrage.recent.some(
        (other) => Math.abs(other.originTime - member.originTime) <= apart && distanceBetween(other, member) <= metres,
      );
      if (linked) return barrage;
    }
    return undefined;
  }

  #join(barrage: Barrage, member: Member): void {
    barrage.recent.push(member);
    if (barrage.recent.length > RECENT_MEMBERS) barrage.recent.shift();
    barrage.count += 1;
    barrage.lastAt = Math.max(barrage.lastAt, member.originTime);
    barrage.untold.push(member.event);
  }

  #tellGrowth(barrage: Barrage, at: Instant): AlertDecision[] {
    if (barrage.untold.length === 0 || at - barrage.toldAt < TELL_SECONDS * MICROSECONDS_PER_SECOND) return [];
    barrage.toldAt = at;
    const members = barrage.untold.splice(0);
    return [{ kind: "grow", key: barrage.key, at, count: barrage.count, until: barrage.lastAt, members }];
  }

  #tend(barrage: Barrage, at: Instant): AlertDecision[] {
    const rule = this.#rules.find((one) => one.id === barrage.rule)!;
    const quiet = ((rule.groupSeconds ?? DEFAULT_GROUP_SECONDS) + LATE_SECONDS) * MICROSECONDS_PER_SECOND;
    if (at - barrage.lastAt < quiet) return this.#tellGrowth(barrage, at);
    barrage.toldAt = Number.NEGATIVE_INFINITY;
    const last = this.#tellGrowth(barrage, at);
    this.#close(barrage);
    return [...last, { kind: "end", key: barrage.key, at, endedAt: barrage.lastAt }];
  }

  #close(barrage: Barrage): void {
    this.#barrages.delete(barrage.key);
    for (const [id, counted] of this.#counted) if (counted.key === barrage.key) this.#counted.delete(id);
  }

  /** The locator has withdrawn a counted event: the alert stays while others carry it, and ends when none does. */
  #takeBack(id: string, event: string, at: Instant): AlertDecision[] {
    const barrage = this.#barrages.get(this.#counted.get(id)!.key);
    this.#counted.delete(id);
    if (!barrage) return [];
    barrage.count -= 1;
    const recent = barrage.recent.findIndex((member) => member.event === event);
    if (recent >= 0) barrage.recent.splice(recent, 1);
    const untold = barrage.untold.indexOf(event);
    if (untold >= 0) barrage.untold.splice(untold, 1);
    if (barrage.count > 0) return [];
    this.#close(barrage);
    return [{ kind: "end", key: barrage.key, at, endedAt: at }];
  }
}

function insideOf(zone: WatchedZone, row: EventRow): InsideProbability {
  return probabilityInside(zone.area, row, covarianceOf(row), zone.version.precisionMetres);
}

function covarianceOf({ ellipse }: EventRow): { eastEast: number; eastNorth: number; northNorth: number } {
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

function raiseDecision(
  rule: AlertRule,
  row: EventRow,
  zone: WatchedZone,
  inside: InsideProbability,
  at: Instant,
): RaiseDecision {
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
