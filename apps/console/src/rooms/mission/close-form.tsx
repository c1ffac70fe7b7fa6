/** The last act: who was there, and the final report that both have approved; both heads sign it. */
import { formatInstant, type LifeView } from "@openjmc/model";
import { centreNow } from "../../clock/clock-store.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Note } from "../../ui/controls.tsx";
import { useWords } from "../../words/use-words.tsx";
import { useAnswerDeadline } from "./use-answer-deadline.ts";

export function CloseForm({ view, onDone }: { readonly view: LifeView; readonly onDone: () => void }) {
  const words = useWords();
  const choices = useChoices();
  const deadline = useAnswerDeadline();
  const approved = useFreshRows("reports").rows.filter((row) => row.report === "final" && row.state === "joint");
  const plan = view.plan!;
  return (
    <section aria-label={words.sayCode("kind", "centre.closed")}>
      <Note tone="warning">{words.say("mission.closure.last")}</Note>
      <ActForm
        name="closure"
        heading="mission.closure.close"
        send="mission.closure.close"
        binding
        act={{ kind: "centre.closed", body: { plan: plan.statement, trigger: plan.trigger } }}
        fields={[
          {
            ...{ name: "finalReport", label: "mission.closure.finalReport", as: "choice" },
            choices: approved.map(({ sha256, date, language }) => ({
              value: sha256,
              label: `${date} · ${language} · ${sha256.slice(0, 12)}…`,
            })),
          },
          {
            ...{ name: "attendance", label: "mission.closure.attendance", as: "lines", most: 60, optional: true },
            parts: [
              { name: "of", label: "mission.column.by", as: "choice", choices: choices.speakers },
              { name: "role", label: "mission.closure.role", as: "text", most: 200 },
            ],
          },
          { name: "note", label: "mission.column.note", as: "area", most: 8000, optional: true, blank: true },
        ]}
        finish={(act) => ({
          ...act,
          body: { ...act.body, closedAt: formatInstant(centreNow()), deadline: deadline() },
        })}
        onDone={onDone}
      />
    </section>
  );
}
