/** Places as the mission wants them named where both components and the parties read. */
import type { MissionView, Place } from "@openjmc/model";
import type { Locale } from "@openjmc/words";
import { nameIn } from "./use-centre.ts";

type Naming = Pick<MissionView, "parties" | "placeNaming">;

/** In the reader's language; or each party's own name, in the parties' order; or the neutral code alone. */
export function placeName(place: Place, { parties, placeNaming }: Naming, locale: Locale): string {
  if (placeNaming === "code") return place.code;
  const own = placeNaming === "each-party" ? parties.flatMap(({ code }) => place.partyNames[code] ?? []) : [];
  return own.length > 0 ? [...new Set(own)].join(" / ") : nameIn(place.names, locale);
}
