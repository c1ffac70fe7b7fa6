/** Fields for the particulars that an allegation lacks. They may come one by one, so none is needed at once. */
import { type AllegationRow, OBSERVATION_KINDS } from "@openjmc/model";
import type { FormField } from "../../forms/form-body.ts";
import type { Choices } from "../../forms/use-choices.ts";

type Particular = AllegationRow["missing"][number];

const PARTICULARS: Readonly<Record<Particular, (choices: Choices) => FormField[]>> = {
  when: () => [{ name: "occurredAt", label: "console.sightings.when", as: "instant", optional: true }],
  where: () => [{ name: "place", label: "console.place", as: "place", optional: true }],
  what: (choices) => [
    { name: "what", label: "console.allegations.what", as: "area", most: 8000, optional: true },
    {
      ...{ name: "observation", label: "console.finding.observation", as: "choice", optional: true },
      choices: choices.codes("observation", OBSERVATION_KINDS),
    },
  ],
  harm: () => [{ name: "harm", label: "console.allegations.harm", as: "area", most: 4000, optional: true }],
  basis: () => [{ name: "basis", label: "console.allegations.basis", as: "area", most: 4000, optional: true }],
};

/** The fields of what is missing, with a note on how it came. */
export function particularFields(missing: readonly string[], choices: Choices): FormField[] {
  return [
    ...missing.flatMap((one) => PARTICULARS[one as Particular]?.(choices) ?? []),
    { blank: true, name: "note", label: "desk.note", as: "text", most: 2000 },
  ];
}
