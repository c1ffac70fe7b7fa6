/** A value as people read it: a place by its name in the reader's language, with its code; anything else as it is. */
import type { MissionView } from "@openjmc/model";
import type { Locale } from "@openjmc/words";
import { nameIn } from "../../centre/use-centre.ts";

export function valueName(value: string, mission: MissionView, locale: Locale): string {
  const place = mission.places.find(({ code }) => code === value);
  return place === undefined ? value : `${nameIn(place.names, locale)} (${value})`;
}
