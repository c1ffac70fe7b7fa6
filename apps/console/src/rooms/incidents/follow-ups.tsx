/** What a finding asked for, and what has become of each demand. */
import { type FindingRow, FOLLOW_UP_STATES } from "@openjmc/model";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { Badge } from "../../ui/controls.tsx";
import { Mark } from "../../ui/facts-of.tsx";
import { useWords } from "../../words/use-words.tsx";

const ISSUED: ReadonlySet<FindingRow["state"]> = new Set(["joint", "split", "one-sided"]);

export function FollowUps({ finding }: { readonly finding: FindingRow }) {
  const words = useWords();
  const choices = useChoices();
  const { asked = [] } = finding.proposal;
  if (asked.length === 0 || !ISSUED.has(finding.state)) return null;
  const standing = new Map(finding.followUps?.map((one) => [one.demand, one]));
  return (
    <section aria-label={words.say("desk.followUp")}>
      <h3>{words.say("desk.followUp")}</h3>
      <ol>
        {asked.map((ask, index) => {
          const followUp = standing.get(index);
          return (
            <li key={`${ask.of}${ask.what}`}>
              {choices.nameOf(ask.of)}: {ask.what}{" "}
              <Badge tone={followUp === undefined ? "warning" : followUp.state === "done" ? "good" : "neutral"}>
                {followUp === undefined ? words.say("desk.open") : words.sayCode("followUpState", followUp.state)}
              </Badge>{" "}
              {followUp?.text} {followUp === undefined ? null : <Mark mark={followUp.mark} />}
            </li>
          );
        })}
      </ol>
      <details>
        <summary>{words.say("desk.followUp.record")}</summary>
        <ActForm
          name={`follow-up-${finding.id}-${finding.revision}`}
          heading="desk.followUp.record"
          send="desk.followUp.record"
          act={{ kind: "followup.recorded", body: { finding: finding.statement } }}
          fields={[
            {
              ...{ name: "demand", label: "desk.followUp.demand", as: "numbered" },
              choices: asked.map(({ of, what }, index) => ({
                value: String(index),
                label: `${index + 1}. ${choices.nameOf(of)}: ${what}`,
              })),
            },
            {
              ...{ name: "state", label: "console.state", as: "choice" },
              choices: choices.codes("followUpState", FOLLOW_UP_STATES),
            },
            { name: "text", label: "desk.note", as: "area", most: 4000 },
          ]}
        />
      </details>
    </section>
  );
}
