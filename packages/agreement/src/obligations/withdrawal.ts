/** Weapons measured against lines from which they must be withdrawn. */
import { prepareArea } from "@openjmc/geo";
import type { Instant, LonLat, Weapon, ZoneVersion } from "@openjmc/model";
import type { ProvisionEntry } from "../files/instrument-file.ts";

/** What a weapon's place means under one provision. */
export interface WithdrawalVerdict {
  readonly provision: string;
  readonly line: string;
  readonly lineVersion: number;
  readonly distanceMetres: number;
  readonly demandedMetres: number;
  readonly verdict: "withdrawn" | "not-withdrawn" | "undetermined";
}

/**
 * Verdicts on a weapon at a place: its distance to the version of the line in force, against what each provision demands of its
 * kind. `placeErrorMetres` and the line's precision together decide what is undetermined.
 */
export function judgeWithdrawal(
  provisions: readonly ProvisionEntry[],
  zones: readonly ZoneVersion[],
  weapon: Weapon,
  place: LonLat,
  placeErrorMetres: number,
  at: Instant,
): WithdrawalVerdict[] {
  return provisions.flatMap((provision) => {
    const limit = provision.withdrawal?.find((one) => one.weapons.includes(weapon));
    const line = zones.find(
      (zone) =>
        zone.zone === provision.zone && zone.validFrom <= at && (zone.validUntil === undefined || at < zone.validUntil),
    );
    if (!limit || !line) return [];
    const distanceMetres = Math.abs(prepareArea(line.geometry).signedDistanceMetres(place.lon, place.lat));
    const doubt = placeErrorMetres + line.precisionMetres;
    const margin = distanceMetres - limit.metresFromLine;
    const verdict = Math.abs(margin) <= doubt ? "undetermined" : margin > 0 ? "withdrawn" : "not-withdrawn";
    return [
      {
        provision: provision.id,
        line: line.zone,
        lineVersion: line.version,
        distanceMetres,
        demandedMetres: limit.metresFromLine,
        verdict,
      },
    ];
  });
}
