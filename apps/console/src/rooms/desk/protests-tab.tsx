/** Protests: facts and demand of one side to another, and every reply word for word. */
import type { ProtestRow } from "@openjmc/model";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "../sightings/sightings.module.css";
import { DeskTab, type TabProps } from "./desk-tab.tsx";
import { incident, language, provision } from "./fields.ts";
import { Replies, Words } from "./replies.tsx";

export function ProtestsTab(props: TabProps) {
  const words = useWords();
  const choices = useChoices();
  const { rows, condition } = useRows("protests");
  const incidents = useRows("incidents").rows;
  return (
    <DeskTab
      {...props}
      heading="desk.tab.protests"
      newTitle="desk.protest.new"
      rows={rows}
      condition={condition}
      columns={[
        { name: words.say("desk.protest.number"), cell: (row) => row.number },
        { name: words.say("desk.protest.from"), cell: (row) => choices.nameOf(row.body.from) },
        { name: words.say("desk.protest.to"), cell: (row) => choices.nameOf(row.body.to) },
        { name: words.say("desk.protest.delivered"), cell: (row) => <Time at={row.deliveredAt} /> },
        { name: words.say("console.state"), cell: (row) => <Answered row={row} /> },
        { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
      ]}
      form={
        <ActForm
          name="protest"
          heading="desk.protest.new"
          send="desk.protest.send"
          act={{ kind: "protest.lodged" }}
          first={{ language: words.locale }}
          fields={[
            { name: "from", label: "desk.protest.from", as: "choice", choices: choices.sides },
            { name: "to", label: "desk.protest.to", as: "choice", choices: choices.sides },
            language(choices),
            { name: "deliveredAt", label: "desk.protest.delivered", as: "instant" },
            { name: "facts", label: "desk.protest.facts", as: "area", most: 8000 },
            { name: "demand", label: "desk.protest.demand", as: "area", most: 4000 },
            provision(choices),
            incident(incidents),
          ]}
        />
      }
      detail={(row) => <Protest key={row.id} row={row} />}
    />
  );
}

function Answered({ row }: { readonly row: ProtestRow }) {
  const words = useWords();
  const isAnswered = row.answers.length > 0;
  return (
    <Badge tone={isAnswered ? "neutral" : "warning"}>
      {words.say(isAnswered ? "desk.protest.answered" : "desk.protest.open")}
    </Badge>
  );
}

function Protest({ row }: { readonly row: ProtestRow }) {
  const words = useWords();
  const choices = useChoices();
  const { body } = row;
  return (
    <>
      <h3>{row.number}</h3>
      <div className={styles.acts}>
        <Answered row={row} />
      </div>
      <Facts
        facts={[
          [words.say("desk.protest.from"), choices.nameOf(body.from)],
          [words.say("desk.protest.to"), choices.nameOf(body.to)],
          [words.say("desk.protest.delivered"), <Time key="d" at={row.deliveredAt} />],
        ]}
      />
      <Words text={body.facts} language={body.language} />
      <h4>{words.say("desk.protest.demand")}</h4>
      <Words text={body.demand} language={body.language} />
      <Mark mark={row.mark} />
      <Replies
        replies={row.answers.map(({ by, text, language: tongue, mark }) => ({
          ...{ text, mark, language: tongue },
          head: choices.nameOf(by),
        }))}
      />
      <ActForm
        name={`protest-answer-${row.id}`}
        heading="desk.protest.answer"
        send="desk.protest.answer"
        act={{ kind: "protest.answered", subject: row.id }}
        first={{ by: body.to, language: body.language }}
        fields={[
          { name: "by", label: "desk.protest.answeredBy", as: "choice", choices: choices.sides },
          language(choices),
          { name: "text", label: "desk.protest.answerText", as: "area", most: 8000 },
        ]}
      />
    </>
  );
}
