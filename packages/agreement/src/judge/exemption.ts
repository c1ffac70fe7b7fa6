/** Who needs no notice in a zone: what the zone itself exempts. */
import type { ZoneVersion } from "@openjmc/model";
import type { FlownTrack } from "./match-flight.ts";

/**
 * Whether a zone exempts a track: all that an exemption names of an identity must be heard and agree. One that names none exempts
 * nobody by itself, as nothing that is heard could tell.
 */
export function isExempt({ exemptions = [] }: Pick<ZoneVersion, "exemptions">, track: FlownTrack): boolean {
  return exemptions.some(({ icao, callsign, serial }) => {
    const named = [
      icao === undefined ? undefined : same(icao, track.icao),
      callsign === undefined
        ? undefined
        : (track.callsign ?? "").trim().toUpperCase().startsWith(callsign.toUpperCase()),
      serial === undefined ? undefined : same(serial, track.serial),
    ].filter((one) => one !== undefined);
    return named.length > 0 && named.every((agrees) => agrees);
  });
}

const same = (named: string, heard: string | undefined): boolean => named.toUpperCase() === heard?.toUpperCase();
