/** How far each component trusts a piece of evidence, by the Admiralty code: the source and what it says are judged apart. */
import { ADMIRALTY_CREDIBILITY, ADMIRALTY_RELIABILITY, type EvidenceItem } from "@openjmc/model";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { Badge } from "../../ui/controls.tsx";
import { ComponentBadge } from "../../ui/facts-of.tsx";
import { useWords } from "../../words/use-words.tsx";
import { originFields } from "./origin-fields.ts";

export function EvidenceGrade({ incident, item }: { readonly incident: string; readonly item: EvidenceItem }) {
  const words = useWords();
  const choices = useChoices();
  return (
    <details>
      <summary>
        {words.say("desk.grade")}{" "}
        {item.grades?.map((grade) => (
          <Badge
            key={grade.component}
            title={[
              words.sayCode("reliability", grade.reliability),
              words.sayCode("credibility", grade.credibility),
              grade.origin.name,
              grade.reason,
            ].join(" · ")}
          >
            <ComponentBadge code={grade.component} /> {grade.reliability}
            {grade.credibility}
          </Badge>
        ))}
      </summary>
      <ActForm
        name={`grade-${item.id}`}
        heading="desk.grade"
        send="desk.grade"
        act={{ kind: "evidence.graded", body: { incident, evidence: item.id, target: item.target } }}
        fields={[
          {
            ...{ name: "reliability", label: "desk.grade.reliability", as: "choice" },
            choices: choices.codes("reliability", ADMIRALTY_RELIABILITY),
          },
          {
            ...{ name: "credibility", label: "desk.grade.credibility", as: "choice" },
            choices: choices.codes("credibility", ADMIRALTY_CREDIBILITY),
          },
          ...originFields("origin."),
          { name: "reason", label: "desk.reason", as: "text", most: 2000 },
        ]}
      />
    </details>
  );
}
