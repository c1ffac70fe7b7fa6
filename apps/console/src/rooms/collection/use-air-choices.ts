/** Choices of the forms about the air: zones, sources, and whose leave can be asked. */
import type { ZoneVersion } from "@openjmc/model";
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
  /** Zones that nobody may fly into untold; all of them where no rule says which. */
  readonly keptOut: readonly FieldChoice[];
  readonly sources: readonly FieldChoice[];
}

export function useAirChoices(): AirChoices {
  const words = useWords();
  const { mission } = useCentre();
  const { sides } = useChoices();
  const { component } = useOfficer();
  return useMemo(() => {
    const zones = [...new Map(mission.zones.map((zone) => [zone.zone, zone])).values()];
    const choiceOf = (zone: ZoneVersion): FieldChoice => ({
      value: zone.zone,
      label: nameIn(zone.names, words.locale),
    });
    const kinds = new Set(
      mission.rules.filter(({ kind }) => kind === "no-fly-entry").flatMap((rule) => rule.zoneKinds),
    );
    return {
      keptOut: zones.filter(({ kind }) => kinds.size === 0 || kinds.has(kind)).map(choiceOf),
      asked: sides.filter(({ value }) => value !== component),
      zones: zones.map(choiceOf),
      sources: mission.sources
        .filter((source) => source.link.kind !== "people")
        .map(({ id, name }) => ({ value: id, label: name })),
    };
  }, [words, mission, sides, component]);
}
