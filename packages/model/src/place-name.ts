/** Places as the mission wants them named where both components and the parties read. */
import type { MissionView, Place } from "./mission.ts";

type Naming = Pick<MissionView, "parties" | "placeNaming">;

/** In the reader's language; or each party's own name, in the parties' order; or the neutral code alone. */
export function placeName(place: Place, { parties, placeNaming }: Naming, language: string): string {
  if (placeNaming === "code") return place.code;
  const own = placeNaming === "each-party" ? parties.flatMap(({ code }) => place.partyNames[code] ?? []) : [];
  if (own.length > 0) return [...new Set(own)].join(" / ");
  return place.names[language] ?? place.names.en ?? Object.values(place.names)[0] ?? place.code;
}
