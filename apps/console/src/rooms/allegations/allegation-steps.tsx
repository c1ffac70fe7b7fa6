/** What may be done with an allegation where it stands: ask, complete, admit, answer, join, withdraw, close. */
import { type AllegationRow, ANSWER_POSITIONS, CLOSING_OUTCOMES, clocksOf } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { type Choices, useChoices } from "../../forms/use-choices.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { useWords } from "../../words/use-words.tsx";
import { allegationName } from "../common/describe.ts";
import { language } from "../desk/fields.ts";
import { particularFields } from "./particular-fields.ts";
import { similarTo } from "./similar.ts";

export function AllegationSteps({ row }: { readonly row: AllegationRow }) {
  const words = useWords();
  const choices = useChoices();
  const { mission } = useCentre();
  if (row.state === "ended") return null;
  const of = { name: row.id, subject: row.id };
  return (
    <>
      {row.state === "incomplete" ? <Particulars row={row} choices={choices} /> : null}
      {row.state === "received" ? (
        <ActForm
          name={`admit-${of.name}`}
          heading="desk.allegation.admit"
          send="desk.allegation.admit"
          act={{ kind: "allegation.admitted", subject: of.subject }}
          first={{ answerUntil: String(clocksOf(mission).answerHours) }}
          fields={[
            { name: "answerUntil", label: "desk.allegation.answerHours", as: "hours" },
            { blank: true, name: "note", label: "desk.note", as: "text", most: 2000 },
          ]}
        />
      ) : null}
      {row.state === "incomplete" ? null : (
        <details open={row.due?.clock === "answer"}>
          <summary>{words.say("desk.allegation.answer")}</summary>
          <ActForm
            name={`answer-${of.name}`}
            heading="desk.allegation.answer"
            send="desk.allegation.recordAnswer"
            act={{ kind: "allegation.answered", subject: of.subject }}
            first={{ by: row.body.accused ?? "", language: row.body.language }}
            fields={[
              { name: "by", label: "desk.allegation.answerBy", as: "choice", choices: choices.parties },
              {
                ...{ name: "position", label: "desk.allegation.position", as: "choice" },
                choices: choices.codes("answerPosition", ANSWER_POSITIONS),
              },
              language(choices),
              { name: "text", label: "desk.allegation.wordForWord", as: "area", most: 12_000 },
            ]}
          />
        </details>
      )}
      <Join row={row} />
      <details>
        <summary>{words.say("desk.allegation.withdraw")}</summary>
        <ActForm
          name={`withdraw-${of.name}`}
          heading="desk.allegation.withdraw"
          send="desk.allegation.withdraw"
          act={{ kind: "allegation.withdrawn", subject: of.subject, body: { by: row.body.accuser } }}
          fields={[{ name: "reason", label: "desk.reason", as: "area", most: 2000 }]}
        />
      </details>
      {row.incident === undefined && row.closing?.state !== "proposed" ? <Close row={row} choices={choices} /> : null}
    </>
  );
}

function Particulars({ row, choices }: { readonly row: AllegationRow; readonly choices: Choices }) {
  const words = useWords();
  const { mission } = useCentre();
  return (
    <>
      <ActForm
        name={`complete-${row.id}`}
        heading="desk.allegation.complete"
        send="desk.allegation.complete"
        act={{ kind: "allegation.completed", subject: row.id }}
        fields={particularFields(row.missing, choices)}
      />
      <details>
        <summary>{words.say("desk.allegation.question")}</summary>
        <ActForm
          name={`question-${row.id}`}
          heading="desk.allegation.question"
          send="desk.allegation.question"
          act={{ kind: "allegation.questioned", subject: row.id }}
          first={{ until: String(clocksOf(mission).particularsHours) }}
          fields={[
            { name: "what", label: "desk.allegation.questionText", as: "area", most: 2000 },
            { name: "until", label: "desk.allegation.questionHours", as: "hours" },
          ]}
        />
      </details>
    </>
  );
}

function Join({ row }: { readonly row: AllegationRow }) {
  const words = useWords();
  const { mission } = useCentre();
  const similar = similarTo(row, useFreshRows("allegations").rows);
  if (similar.length === 0) return null;
  return (
    <details>
      <summary>{words.say("desk.allegation.join", { count: similar.length })}</summary>
      <ActForm
        name={`join-${row.id}`}
        heading="desk.allegation.joinTo"
        send="desk.allegation.joinTo"
        act={{ kind: "allegation.joined", subject: row.id }}
        fields={[
          {
            ...{ name: "original", label: "desk.allegation.original", as: "choice" },
            choices: similar.map((other) => ({
              value: other.id,
              label: `${allegationName(other, mission, words)} · ${other.body.occurredAt ?? ""}`,
            })),
          },
          { name: "reason", label: "desk.reason", as: "text", most: 2000 },
        ]}
      />
    </details>
  );
}

function Close({ row, choices }: { readonly row: AllegationRow; readonly choices: Choices }) {
  const words = useWords();
  const { mission } = useCentre();
  const outcomes = CLOSING_OUTCOMES.filter((outcome) => row.missing.length === 0 || outcome === "not-admitted");
  const revises = row.closing === undefined ? {} : { revision: row.closing.revision + 1 };
  return (
    <details>
      <summary>{words.say("desk.allegation.close")}</summary>
      <ActForm
        binding
        name={`close-${row.id}`}
        heading="desk.allegation.close"
        send="console.finding.review"
        act={{ kind: "allegation.closed", subject: row.id, ...revises }}
        first={{ deadline: String(mission.lapseHours) }}
        fields={[
          {
            ...{ name: "outcome", label: "desk.allegation.outcome", as: "choice" },
            choices: choices.codes("allegationOutcome", outcomes),
          },
          { name: "deadline", label: "console.finding.deadlineHours", as: "hours" },
          { name: "reason", label: "desk.reason", as: "area", most: 6000 },
        ]}
      />
    </details>
  );
}
