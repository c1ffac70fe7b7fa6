/** A mission's places and names as the reading looks for them. */
import type { Mission } from "@openjmc/agreement";
import {
  entryOfPlace,
  type FactDefinition,
  Gazetteer,
  type GazetteerEntry,
  type NamedClock,
  PRESS_LANGUAGES,
  type PressLanguage,
} from "@openjmc/press";

/** Places stand in the mission's gazetteer, everything else among the names of its open-source desk. */
export function gazetteerOf(mission: Mission): Gazetteer {
  return new Gazetteer([...mission.view.places.map(entryOfPlace), ...mission.openSource.names.map(entryOfName)]);
}

export function factsOf(mission: Mission): readonly FactDefinition[] {
  return mission.openSource.facts;
}

/** Clocks by the words that name them: "the capital's time". */
export function clocksOf(mission: Mission): readonly NamedClock[] {
  return mission.openSource.clocks;
}

function entryOfName({ id, kind, names }: Mission["openSource"]["names"][number]): GazetteerEntry {
  const spellings = Object.entries(names).flatMap(([language, own]) =>
    isRead(language) ? own.map((name) => ({ name, language })) : [],
  );
  return { id, kind, names: spellings };
}

export function isRead(language: string): language is PressLanguage {
  return (PRESS_LANGUAGES as readonly string[]).includes(language);
}
