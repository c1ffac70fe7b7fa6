/** Choices of the forms about the air: zones, sources, and whose leave can be asked. */
import { useMemo } from "react";
import { nameIn, useCentre } from "../../centre/use-centre.ts";
import type { FieldChoice } from "../../forms/form-body.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { useOfficer } from "../../session/session.ts";
import { useWords } from "../../words/use-words.tsx";

export interface AirChoices {
  /** Parties and components; never one's own, of whom nobody asks leave. */
  readonly asked: readonly FieldChoice[];
  readonly zones: readonly FieldChoice[];
  readonly sources: readonly FieldChoice[];
}

export function useAirChoices(): AirChoices {
  const words = useWords();
  const { mission } = useCentre();
  const { sides } = useChoices();
  const { component } = useOfficer();
  return useMemo(() => {
    const zones = [...new Map(mission.zones.map((zone) => [zone.zone, zone])).values()];
    return {
      asked: sides.filter(({ value }) => value !== component),
      zones: zones.map((zone) => ({ value: zone.zone, label: nameIn(zone.names, words.locale) })),
      sources: mission.sources
        .filter((source) => source.link.kind !== "people")
        .map(({ id, name }) => ({ value: id, label: name })),
    };
  }, [words, mission, sides, component]);
}
