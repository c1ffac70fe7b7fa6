/** Choices that many forms offer: parties, whoever may speak, provisions, languages, codes of a list. */
import { useMemo } from "react";
import { nameIn, useCentre } from "../centre/use-centre.ts";
import { provisionName } from "../rooms/common/describe.ts";
import { languageName } from "../sign/signed-text.tsx";
import { useWords } from "../words/use-words.tsx";
import type { FieldChoice } from "./form-body.ts";

export interface Choices {
  readonly parties: readonly FieldChoice[];
  /** Parties and components. */
  readonly sides: readonly FieldChoice[];
  /** Whoever may have said something: states and bodies, parties, components. */
  readonly speakers: readonly FieldChoice[];
  /** States and bodies that have a part in the mission. */
  readonly states: readonly FieldChoice[];
  /** States and bodies that sign. */
  readonly signatories: readonly FieldChoice[];
  /** Whom the mission has told of flashes and escalations. */
  readonly recipients: readonly FieldChoice[];
  readonly provisions: readonly FieldChoice[];
  readonly languages: readonly FieldChoice[];
  codes(list: string, values: readonly string[]): readonly FieldChoice[];
  /** A side's or a party's name; the code where there is none. */
  nameOf(code: string): string;
}

export function useChoices(): Choices {
  const words = useWords();
  const { mission } = useCentre();
  return useMemo(() => {
    const named = (one: { code: string; names: Parameters<typeof nameIn>[0] }): FieldChoice => ({
      value: one.code,
      label: nameIn(one.names, words.locale) || one.code,
    });
    const parties = mission.parties.map(named);
    const sides = [...parties, ...mission.components.map(named)];
    const states = (mission.states ?? []).map(named);
    // A state and the party or component that it sends may bear like names: the code tells them apart.
    const speakers = [...states, ...sides].map(({ value, label }) => ({ value, label: `${label} (${value})` }));
    const recipients = (mission.escalation?.recipients ?? []).map(({ id, names }) => named({ code: id, names }));
    return {
      ...{ parties, sides, states, speakers, recipients },
      signatories: (mission.states ?? []).filter(({ roles }) => roles.includes("signatory")).map(named),
      provisions: mission.provisions.map(({ id }) => ({ value: id, label: provisionName(id, mission, words) })),
      languages: mission.languages.map((value) => ({ value, label: languageName(value, words.locale) })),
      codes: (list, values) => values.map((value) => ({ value, label: words.sayCode(list, value) })),
      nameOf: (code) => [...states, ...sides, ...recipients].find((one) => one.value === code)?.label ?? code,
    };
  }, [words, mission]);
}
