/** An event judged by the zone and by the text in force at its time, and on what the answer turns where it turns. */
import { cellOf, cellsOfBox, type GroundCovariance, largestDeviation, prepareArea } from "@openjmc/geo";
import type { EventVerdict, Instant, LonLat, ZoneVersion } from "@openjmc/model";
import type { Agreement, Obligation } from "./obligation.ts";
import type { ObligationState } from "./state.ts";
import { judgeByVersions, type ZoneFlip } from "./zone-verdicts.ts";

/** An event as far as it is judged: where, how surely, when. */
export interface JudgedPlace {
  readonly place: LonLat;
  readonly covariance: GroundCovariance;
  readonly at: Instant;
}

/** Which provision holds in which zones. */
export interface ZonedProvision {
  readonly id: string;
  readonly zone?: string;
  readonly zones?: readonly string[];
}

export type EventJudge = (event: JudgedPlace, knownAt: Instant) => EventVerdict[];

/** Under these the provision does not bind at that time. */
const NOT_BINDING: ReadonlySet<ObligationState> = new Set(["not-yet-due", "suspended", "superseded", "lapsed"]);
/** Beyond this many cells a zone is looked at for every event: it is nearly everywhere. */
const MOST_CELLS = 20_000;
/** An event less sure than this may lie in any zone. */
const FARTHEST_METRES = 200_000;
const DEGREE_METRES = 111_195;

/**
 * Prepares zones and provisions for many events. A zone is looked at only for events in the cells (0.1 degree) that it, widened by
 * its precision, touches, so that the cost grows with the events and not with events times zones. Verdicts are given for the
 * provisions of those zones of which some version holds the place, or may.
 */
export function createEventJudge(
  agreement: Pick<Agreement, "obligation">,
  provisions: readonly ZonedProvision[],
  zones: readonly ZoneVersion[],
): EventJudge {
  const versionsOf = Map.groupBy(zones, ({ zone }) => zone);
  const provisionsOf = new Map<string, string[]>();
  for (const { id, zone, zones: more } of provisions)
    for (const name of [...(zone === undefined ? [] : [zone]), ...(more ?? [])])
      provisionsOf.set(name, [...(provisionsOf.get(name) ?? []), id]);
  const near = zonesNear(new Map([...versionsOf].filter(([zone]) => provisionsOf.has(zone))));
  return (event, knownAt) =>
    near(event).flatMap((zone) => {
      const judged = judgeByVersions(versionsOf.get(zone)!, event.place, event.covariance, event.at);
      if (judged.verdicts.every(({ lies }) => lies === "outside")) return [];
      return provisionsOf
        .get(zone)!
        .map((id) => verdictOf(id, zone, judged, agreement.obligation(id, event.at, knownAt)!));
    });
}

function verdictOf(provision: string, zone: string, judged: ZoneFlip, obligation: Obligation): EventVerdict {
  const inForce = judged.verdicts.find((verdict) => verdict.isInForce);
  const binds = obligation.variants.flatMap(({ states }) => states.map((state) => !NOT_BINDING.has(state)));
  const isBinding = binds.every((one) => one) ? "yes" : binds.some((one) => one) ? "turns" : "no";
  const lies = inForce?.lies ?? "no-version";
  const flipsOn = [
    ...(judged.flips || (!inForce && judged.verdicts.some((one) => one.lies === "inside")) ? ["zone-version"] : []),
    ...(inForce?.lies === "undetermined" ? ["precision"] : []),
    ...(isBinding === "turns" ? obligation.flipsOn : []),
  ];
  return {
    ...{ provision, zone, lies, isBinding, flipsOn },
    ...(inForce ? { version: inForce.version, probability: inForce.probability } : {}),
    falls: fallsOf(lies, isBinding),
  };
}

function fallsOf(lies: EventVerdict["lies"], isBinding: EventVerdict["isBinding"]): EventVerdict["falls"] {
  if (lies === "outside" || lies === "no-version" || isBinding === "no") return "outside";
  return lies === "inside" && isBinding === "yes" ? "inside" : "undetermined";
}

/** Names of zones that an event may touch, in the order of their first version. */
function zonesNear(versionsOf: ReadonlyMap<string, readonly ZoneVersion[]>): (event: JudgedPlace) => string[] {
  const byCell = new Map<number, Set<string>>();
  const everywhere = new Set<string>();
  for (const [zone, versions] of versionsOf) {
    for (const version of versions) {
      const cells = cellsOf(version);
      if (cells === undefined) everywhere.add(zone);
      for (const cell of cells ?? []) {
        const own = byCell.get(cell);
        if (own) own.add(zone);
        else byCell.set(cell, new Set([zone]));
      }
    }
  }
  const order = new Map([...versionsOf.keys()].map((zone, index) => [zone, index]));
  return ({ place, covariance }) => {
    const reach = 4 * largestDeviation(covariance);
    const found = new Set(everywhere);
    if (reach > FARTHEST_METRES) return [...versionsOf.keys()];
    for (const cell of reach === 0 ? [cellOf(place)] : cellsAround(place, reach))
      for (const zone of byCell.get(cell) ?? []) found.add(zone);
    return [...found].sort((left, right) => order.get(left)! - order.get(right)!);
  };
}

function cellsOf({ geometry, precisionMetres }: ZoneVersion): number[] | undefined {
  const [west, south, east, north] = prepareArea(geometry).box;
  const high = Math.min(Math.max(Math.abs(south), Math.abs(north)) + precisionMetres / DEGREE_METRES, 89);
  const up = precisionMetres / DEGREE_METRES;
  const along = up / Math.cos((high * Math.PI) / 180);
  const count = (((east - west + 2 * along) * 10 + 2) * ((north - south + 2 * up) * 10 + 2)) | 0;
  if (count > MOST_CELLS || high >= 89) return undefined;
  return cellsOfBox(west - along, south - up, east + along, north + up);
}

function cellsAround({ lon, lat }: LonLat, metres: number): number[] {
  const up = metres / DEGREE_METRES;
  const along = up / Math.max(0.02, Math.cos((Math.min(Math.abs(lat) + up, 89) * Math.PI) / 180));
  return cellsOfBox(lon - along, Math.max(-90, lat - up), lon + along, Math.min(90, lat + up));
}
