/** How one track has stood to one zone under one rule, over time. Plain data. */
import type { Instant } from "@openjmc/model";
import type { Encounter } from "./encounter.ts";

export interface Presence {
  readonly rule: string;
  readonly zone: string;
  readonly track: string;
  insideSince: Instant | undefined;
  outsideSince: Instant | undefined;
  /** Key of the alert that it belongs to. */
  alert: string | undefined;
  lastAt: Instant;
}

/** A presence that has just begun. */
export function beginPresence({ rule, zone, track }: Encounter): Presence {
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

/** Takes the newest standing in; what is undetermined breaks both holds and so changes nothing. */
export function advancePresence(presence: Presence, { standing, track }: Encounter): void {
  presence.lastAt = track.at;
  presence.insideSince = standing === "inside" ? (presence.insideSince ?? track.at) : undefined;
  presence.outsideSince = standing === "outside" ? (presence.outsideSince ?? track.at) : undefined;
}

/** The key under which a presence is kept. */
export function presenceKey(rule: string, zone: string, track: string): string {
  return `${rule}|${zone}|${track}`;
}
