/** What the centre says of itself, for every screen inside it. */
import type { CentreDescription, Component, Names, Party, Place, Told, ZoneVersion } from "@openjmc/model";
import type { Locale } from "@openjmc/words";
import { createContext, useContext } from "react";

export const CentreContext = createContext<CentreDescription | undefined>(undefined);

export function useCentre(): CentreDescription {
  const centre = useContext(CentreContext);
  if (centre === undefined) throw new Error("no centre");
  return centre;
}

/** A name in the reader's language; else in English; else in whichever language there is. */
export function nameIn(names: Names | undefined, locale: Locale): string {
  if (names === undefined) return "";
  return names[locale] ?? names.en ?? Object.values(names)[0] ?? "";
}

/** A text of the mission's files in the reader's language, or in the one that it has. */
export function toldIn(told: Told | undefined, locale: Locale): string {
  return typeof told === "string" ? told : nameIn(told, locale);
}

export function componentOf(centre: CentreDescription, code: string): Component | undefined {
  return centre.mission.components.find((component) => component.code === code);
}

export function partyOf(centre: CentreDescription, code: string): Party | undefined {
  return centre.mission.parties.find((party) => party.code === code);
}

/** The version of each zone that is in force at an instant. */
export function zonesAt(zones: readonly ZoneVersion[], at: number): ZoneVersion[] {
  return zones.filter((zone) => zone.validFrom <= at && (zone.validUntil === undefined || at < zone.validUntil));
}

/** The nearest named place to a position and its distance in metres (sphere; for reading, not for judging). */
export function nearestPlace(
  places: readonly Place[],
  lon: number,
  lat: number,
): { readonly place: Place; readonly metres: number; readonly azimuth: number } | undefined {
  let best: { place: Place; metres: number; azimuth: number } | undefined;
  for (const place of places) {
    const east = (lon - place.lon) * 111_195 * Math.cos((lat * Math.PI) / 180);
    const north = (lat - place.lat) * 111_195;
    const metres = Math.hypot(east, north);
    if (best === undefined || metres < best.metres) best = { place, metres, azimuth: Math.atan2(east, north) };
  }
  return best;
}
