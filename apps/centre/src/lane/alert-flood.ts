/**
 * More alerts of one rule from one source than a person can look at are one alert that counts. Anybody with a transmitter can
 * invent aircraft by the hundred, and what is true would drown among them. Nothing is lost by it: the alert names every subject,
 * and the sealed picture holds each with what is suspected of it.
 */
import type { AlertDecision, EndDecision, GrowDecision, RaiseDecision } from "@openjmc/agreement";
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { AlertGrowth } from "./alert-growth.ts";

/** An operator follows ten alarms in ten minutes; more are a flood (EEMUA 191, ISA-18.2). */
const MOST_ALONE = 10;
const WINDOW = 600 * MICROSECONDS_PER_SECOND;
/** A group is over when nothing has joined it for so long. */
const QUIET = 600 * MICROSECONDS_PER_SECOND;
/** Alerts remembered as told within a group, so that what comes of them later is told there or not at all. */
const MOST_WITHIN = 5_000;

interface Group {
  readonly growth: AlertGrowth;
  lastAt: Instant;
}

export class AlertFlood {
  /** Alerts that stand by themselves. */
  readonly #alone = new Set<string>();
  /** When the latest that stood by themselves were raised, by rule, zone and source. */
  readonly #latest = new Map<string, Instant[]>();
  readonly #groups = new Map<string, Group>();
  /** In which group's name an alert was told, the longest untouched first. */
  readonly #within = new Map<string, string>();

  /** Tells of an alert by itself, or of the group that it joins. `source`: what it rests on; without one it belongs to no group. */
  raise(decision: RaiseDecision, source: string | undefined): readonly AlertDecision[] {
    const name = `${decision.rule}|${decision.zone ?? ""}|${source}`;
    const isAlone = !this.#groups.has(name) && this.#mayStandAlone(name, decision.at);
    if (source !== undefined && !isAlone) return this.#join(name, decision, source);
    this.#alone.add(decision.key);
    return [decision];
  }

  /** What of a later decision about an alert is told, now or with a later tick. */
  follow(decision: GrowDecision | EndDecision): readonly AlertDecision[] {
    if (decision.kind === "end") return this.#alone.delete(decision.key) ? [decision] : this.#forget(decision);
    if (this.#alone.has(decision.key)) return [decision];
    this.#groups.get(this.#within.get(decision.key) ?? "")?.growth.add(decision.members, 0);
    return [];
  }

  /** Tells growth, and ends what nothing joins any more. */
  tick(at: Instant): readonly AlertDecision[] {
    return [...this.#groups].flatMap(([name, { growth, lastAt }]) => {
      const isOver = at - lastAt >= QUIET;
      const told = growth.tell(at, lastAt, isOver);
      if (!isOver) return told;
      this.#groups.delete(name);
      return [...told, { kind: "end" as const, key: growth.key, at, endedAt: lastAt }];
    });
  }

  #join(name: string, decision: RaiseDecision, source: string): readonly AlertDecision[] {
    const { at, key, subject } = decision;
    const known = this.#groups.get(name);
    const group = known ?? { growth: new AlertGrowth(`group|${name}|${at}`, at), lastAt: at };
    this.#groups.set(name, group);
    this.#remember(key, name);
    group.lastAt = at;
    group.growth.add([subject.id]);
    return known ? [] : [firstOf(group.growth.key, decision, source)];
  }

  #mayStandAlone(name: string, at: Instant): boolean {
    const latest = (this.#latest.get(name) ?? []).filter((raised) => at - raised < WINDOW);
    this.#latest.set(name, latest);
    if (latest.length >= MOST_ALONE) return false;
    latest.push(at);
    return true;
  }

  #remember(key: string, group: string): void {
    this.#within.set(key, group);
    const [oldest] = this.#within.keys();
    if (this.#within.size > MOST_WITHIN && oldest !== undefined) this.#within.delete(oldest);
  }

  #forget({ key }: EndDecision): readonly [] {
    this.#within.delete(key);
    return [];
  }
}

/** The alert of the group: of its source, as the first that joined it was. */
function firstOf(
  key: string,
  { zone, zoneVersion, provision, ...first }: RaiseDecision,
  source: string,
): RaiseDecision {
  const { rule, severity, occurredAt, at, probability, capped, lon, lat } = first;
  return {
    ...{ kind: "raise", key, rule, severity, subject: { kind: "source", id: source }, grouped: "source" },
    ...{ occurredAt, at, probability, outline: { sources: source } },
    ...(zone === undefined ? {} : { zone }),
    ...(zoneVersion === undefined ? {} : { zoneVersion }),
    ...(provision === undefined ? {} : { provision }),
    ...(capped === undefined ? {} : { capped }),
    ...(lon === undefined || lat === undefined ? {} : { lon, lat }),
  };
}
