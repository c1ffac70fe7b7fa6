/** Taking down what somebody stated about an obligation: a claim with its speaker, which the centre does not thereby adopt. */
import { useQueryClient } from "@tanstack/react-query";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useWords } from "../../words/use-words.tsx";

const KINDS = [
  "declared",
  "acknowledged",
  "observed",
  "breach-claimed",
  "breach-denied",
  "breach-established",
  "suspended",
  "resumed",
  "terminated",
  "upheld",
  "decided",
  "begun",
] as const;
/** How well the time is known, in seconds either way: to the second, the hour, the day. */
const PRECISIONS = { second: 0, hour: 1_800, day: 43_200 } as const;

export function StateFact({ provision }: { readonly provision: string }) {
  const words = useWords();
  const queries = useQueryClient();
  const choices = useChoices();
  return (
    <ActForm
      name={`fact-${provision.replaceAll("/", ".")}`}
      heading="console.agreement.stateFact"
      send="console.agreement.stateFact"
      act={{ kind: "fact.stated", body: { about: provision } }}
      first={{ kind: "declared", uncertaintySeconds: "0" }}
      fields={[
        { name: "kind", label: "console.agreement.kind", as: "choice", choices: choices.codes("fact", KINDS) },
        { name: "by", label: "console.agreement.speaker", as: "choice", choices: choices.speakers },
        { name: "occurredAt", label: "console.agreement.occurred", as: "instant" },
        {
          ...{ name: "uncertaintySeconds", label: "console.agreement.precision", as: "numbered" },
          choices: (Object.keys(PRECISIONS) as (keyof typeof PRECISIONS)[]).map((to) => ({
            value: String(PRECISIONS[to]),
            label: words.say(`console.agreement.to.${to}`),
          })),
        },
        { name: "note", label: "console.agreement.note", as: "text", most: 4000, optional: true, blank: true },
      ]}
      onDone={() => void queries.invalidateQueries({ queryKey: ["agreement"] })}
    />
  );
}
