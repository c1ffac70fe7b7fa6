/** Proposing the plan of an end: its trigger, who decided and when, who announced it, the last day. */
import { CLOSURE_TRIGGERS } from "@openjmc/model";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useAnswerDeadline } from "./use-answer-deadline.ts";

export function NewPlan({ onDone }: { readonly onDone: () => void }) {
  const choices = useChoices();
  const deadline = useAnswerDeadline();
  return (
    <ActForm
      name="closure-plan"
      heading="mission.closure.newPlan"
      send="mission.closure.proposePlan"
      binding
      act={{ kind: "closure.planned" }}
      first={{ trigger: "joint-decision" }}
      fields={[
        {
          ...{ name: "trigger", label: "mission.closure.trigger", as: "choice" },
          choices: choices.codes("trigger", CLOSURE_TRIGGERS),
        },
        { name: "decidedBy", label: "mission.closure.decidedBy", as: "several", least: 1, choices: choices.states },
        { name: "decidedAt", label: "mission.closure.decidedAt", as: "instant" },
        { name: "announcedBy", label: "mission.closure.announcedBy", as: "choice", choices: choices.speakers },
        { name: "lastDay", label: "mission.closure.lastDay", as: "day" },
        { name: "note", label: "mission.column.note", as: "area", most: 8000, optional: true, blank: true },
      ]}
      finish={(act) => ({ ...act, body: { ...act.body, deadline: deadline() } })}
      onDone={onDone}
    />
  );
}
