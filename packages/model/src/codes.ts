/** Code lists: the field's own terms, stable in the record; the words package names them in each language. */

/** How something came to be known. */
export const MEANS = [
  "saw",
  "heard",
  "camera-day",
  "camera-thermal",
  "acoustic",
  "seismic",
  "infrasound",
  "radar",
  "uav-mini",
  "uav-mid",
  "uav-long",
  "satellite-optical",
  "satellite-sar",
  "satellite-thermal",
  "rf",
  "ads-b",
  "document",
  "interview",
  "hotline",
  "party-report",
  "media",
] as const;
export type Means = (typeof MEANS)[number];

/** What was observed. */
export const OBSERVATION_KINDS = [
  "explosion",
  "burst",
  "shot",
  "projectile",
  "impact",
  "muzzle-flash",
  "tracer",
  "flare",
  "overflight",
  "movement",
  "fortification",
  "weapon",
  "jamming",
  "crossing",
  "detention",
  "access-denied",
  "other",
] as const;
export type ObservationKind = (typeof OBSERVATION_KINDS)[number];

/** The unit in which something is counted; never mixed and never converted without a stated rule. */
export const COUNT_UNITS = [
  "explosion",
  "round",
  "burst",
  "shot",
  "exchange",
  "hour-block",
  "flight",
  "object",
  "person",
] as const;
export type CountUnit = (typeof COUNT_UNITS)[number];

/** How firmly a number is known. */
export const COUNT_QUALIFIERS = ["exact", "at-least", "about"] as const;
export type CountQualifier = (typeof COUNT_QUALIFIERS)[number];

export const DIRECTIONS = ["incoming", "outgoing", "both", "undetermined"] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const WEAPONS = [
  "small-arms",
  "heavy-machine-gun",
  "automatic-grenade-launcher",
  "rpg",
  "recoilless-gun",
  "atgm",
  "mortar-82-or-less",
  "mortar-120",
  "gun-howitzer-under-100",
  "gun-howitzer-100-or-more",
  "mlrs-122",
  "mlrs-220",
  "mlrs-300",
  "tactical-missile",
  "tank",
  "ifv-cannon",
  "anti-aircraft-gun",
  "sam",
  "loitering-munition",
  "fpv",
  "bomb",
  "mine",
  "ied",
  "not-known",
] as const;
export type Weapon = (typeof WEAPONS)[number];

export const VISIBILITIES = ["good", "moderate", "poor", "none"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Reliability of a source (letter) and credibility of what it says (digit), judged apart: the Admiralty code, AJP-2.1. */
export const ADMIRALTY_RELIABILITY = ["A", "B", "C", "D", "E", "F"] as const;
export const ADMIRALTY_CREDIBILITY = ["1", "2", "3", "4", "5", "6"] as const;
export type AdmiraltyCode = `${(typeof ADMIRALTY_RELIABILITY)[number]}${(typeof ADMIRALTY_CREDIBILITY)[number]}`;

/** How a source proves that a frame is its own; the weaker ones cap the confidence of what rests on them alone. */
export const AUTHENTICATION_STATES = ["signed", "tls", "mqtt-user", "address-only", "person", "none"] as const;
export type AuthenticationState = (typeof AUTHENTICATION_STATES)[number];

/** Why a sensor could not see. */
export const GAP_CAUSES = [
  "down",
  "jamming",
  "damage",
  "denial",
  "weather",
  "maintenance",
  "not-tasked",
  "link",
  "no-record",
  "unknown",
] as const;
export type GapCause = (typeof GAP_CAUSES)[number];

/** Who may read something. `common` is the two components' common room. */
export type Audience = "common" | "component" | "party" | "contingent" | "host" | "tak" | "public";
