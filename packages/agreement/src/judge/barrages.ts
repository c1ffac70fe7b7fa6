/** Alerts about fire that still take members in: rounds near each other in time and space are one barrage, and one alert. */
import { distanceBetween } from "@openjmc/geo";
import { type AlertRule, type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { AlertDecision } from "./decision.ts";

/** One event of a barrage. */
export interface Member {
  readonly event: string;
  readonly originTime: Instant;
  readonly lon: number;
  readonly lat: number;
}

/** Plain data. */
export interface Barrage {
  readonly key: string;
  readonly rule: string;
  readonly zone: string;
  /** Latest members, for the chain in time and space; older ones count but link nothing any more. */
  readonly recent: Member[];
  count: number;
  lastAt: Instant;
  /** When the last member was believed, which may be long after it was. */
  joinedAt: Instant;
  toldAt: Instant;
  readonly untold: string[];
}

const RECENT_MEMBERS = 64;
const DEFAULT_GROUP_SECONDS = 300;
const DEFAULT_GROUP_METRES = 3000;
/** Growth is told at most this often: an entry for every round of a barrage would bury the officers. */
const TELL = 10 * MICROSECONDS_PER_SECOND;
/** Solutions may come this long after their origin; until then a barrage stays open for them. */
const LATE_SECONDS = 60;

/** A barrage of one member, told by its alert. */
export function beginBarrage(key: string, rule: string, zone: string, member: Member, at: Instant): Barrage {
  return {
    key,
    rule,
    zone,
    recent: [member],
    count: 1,
    lastAt: member.originTime,
    joinedAt: at,
    toldAt: at,
    untold: [],
  };
}

/** Whether a new member is near enough to one of the latest. */
export function isLinked(barrage: Barrage, rule: AlertRule, member: Member): boolean {
  const apart = (rule.groupSeconds ?? DEFAULT_GROUP_SECONDS) * MICROSECONDS_PER_SECOND;
  const metres = rule.groupMetres ?? DEFAULT_GROUP_METRES;
  return barrage.recent.some(
    (other) => Math.abs(other.originTime - member.originTime) <= apart && distanceBetween(other, member) <= metres,
  );
}

export function addMember(barrage: Barrage, member: Member, at: Instant): void {
  barrage.recent.push(member);
  if (barrage.recent.length > RECENT_MEMBERS) barrage.recent.shift();
  barrage.count += 1;
  barrage.lastAt = Math.max(barrage.lastAt, member.originTime);
  barrage.joinedAt = at;
  barrage.untold.push(member.event);
}

export function removeMember(barrage: Barrage, event: string): void {
  barrage.count -= 1;
  const recent = barrage.recent.findIndex((member) => member.event === event);
  if (recent >= 0) barrage.recent.splice(recent, 1);
  const untold = barrage.untold.indexOf(event);
  if (untold >= 0) barrage.untold.splice(untold, 1);
}

/** Tells members that were not told yet, unless something was told just now; `isLast` tells them in any case. */
export function tellGrowth(barrage: Barrage, at: Instant, isLast = false): AlertDecision[] {
  if (barrage.untold.length === 0 || (!isLast && at - barrage.toldAt < TELL)) return [];
  barrage.toldAt = at;
  const members = barrage.untold.splice(0);
  return [{ kind: "grow", key: barrage.key, at, count: barrage.count, until: barrage.lastAt, members }];
}

/**
 * Whether so much time has passed that no further member can be linked. What comes long after its time, as from a recorder that was
 * cut off, comes together: a barrage stays open behind its last member's coming, too.
 */
export function isOver(barrage: Barrage, rule: AlertRule, at: Instant): boolean {
  const late = LATE_SECONDS * MICROSECONDS_PER_SECOND;
  const group = (rule.groupSeconds ?? DEFAULT_GROUP_SECONDS) * MICROSECONDS_PER_SECOND;
  return at - barrage.lastAt >= group + late && at - barrage.joinedAt >= late;
}
