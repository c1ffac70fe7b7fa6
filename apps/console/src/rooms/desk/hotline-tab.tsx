/** The hotline's log. A call that nobody answers is logged as one; each end's summary stands by itself. */
import type { HotlineRow } from "@openjmc/model";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "../sightings/sightings.module.css";
import { Asked } from "./asked.tsx";
import { DeskTab, type TabProps } from "./desk-tab.tsx";
import { asks, incident, language } from "./fields.ts";
import { Replies, Words } from "./replies.tsx";

export function HotlineTab(props: TabProps) {
  const words = useWords();
  const choices = useChoices();
  const { rows, condition } = useRows("hotline");
  const incidents = useRows("incidents").rows;
  return (
    <DeskTab
      {...props}
      heading="desk.tab.hotline"
      newTitle="desk.hotline.new"
      rows={rows}
      condition={condition}
      columns={[
        { name: words.say("desk.hotline.started"), cell: (row) => <Time at={row.startedAt} /> },
        { name: words.say("desk.hotline.with"), cell: (row) => choices.nameOf(row.body.with) },
        { name: words.say("desk.hotline.line"), cell: (row) => row.body.line },
        { name: words.say("console.state"), cell: (row) => <Answered row={row} /> },
        { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
      ]}
      form={
        <ActForm
          name="hotline"
          heading="desk.hotline.new"
          send="desk.hotline.send"
          act={{ kind: "hotline.logged" }}
          first={{ direction: "out", answered: "yes", language: words.locale }}
          fields={[
            { name: "with", label: "desk.hotline.with", as: "choice", choices: choices.sides },
            { name: "line", label: "desk.hotline.line", as: "text", most: 80 },
            {
              ...{ name: "direction", label: "desk.hotline.direction", as: "choice" },
              choices: choices.codes("callDirection", ["out", "in"]),
            },
            {
              ...{ name: "answered", label: "desk.hotline.answered", as: "choice" },
              choices: choices.codes("callAnswered", ["yes", "no"]),
            },
            { name: "startedAt", label: "desk.hotline.started", as: "instant" },
            { name: "endedAt", label: "desk.hotline.ended", as: "instant", optional: true },
            {
              name: "summary",
              blank: true,
              label: "desk.hotline.summary",
              hint: "desk.hotline.summaryHint",
              as: "area",
              most: 8000,
            },
            asks(choices, "promised", "desk.hotline.promised"),
            incident(incidents),
            language(choices),
          ]}
        />
      }
      detail={(row) => <Call key={row.id} row={row} />}
    />
  );
}

function Answered({ row }: { readonly row: HotlineRow }) {
  const words = useWords();
  return (
    <Badge tone={row.body.answered === "yes" ? "neutral" : "warning"}>
      {words.sayCode("callAnswered", row.body.answered)}
    </Badge>
  );
}

function Call({ row }: { readonly row: HotlineRow }) {
  const words = useWords();
  const choices = useChoices();
  const { body } = row;
  return (
    <>
      <div className={styles.acts}>
        <Answered row={row} />
      </div>
      <Facts
        facts={[
          [words.say("desk.hotline.with"), choices.nameOf(body.with)],
          [words.say("desk.hotline.line"), body.line],
          [words.say("desk.hotline.direction"), words.sayCode("callDirection", body.direction)],
          [words.say("desk.hotline.started"), <Time key="s" at={row.startedAt} />],
          [words.say("desk.hotline.ended"), row.endedAt === undefined ? undefined : <Time key="e" at={row.endedAt} />],
        ]}
      />
      <h3>{words.say("desk.hotline.summary")}</h3>
      <Words text={body.summary} language={body.language} />
      <Mark mark={row.mark} />
      <Asked asked={body.promised} />
      <Replies
        replies={row.summaries.map(({ end, text, language: tongue, mark }) => ({
          ...{ text, mark, language: tongue },
          head: words.say("desk.hotline.summaryOf", { end: choices.nameOf(end) }),
        }))}
      />
      <ActForm
        name={`hotline-summary-${row.id}`}
        heading="desk.hotline.otherSummary"
        send="desk.hotline.sendSummary"
        act={{ kind: "hotline.summarised", subject: row.id }}
        first={{ end: body.with, language: body.language }}
        fields={[
          { name: "end", label: "desk.hotline.end", as: "choice", choices: choices.sides },
          language(choices),
          { name: "text", label: "desk.hotline.otherSummary", as: "area", most: 8000 },
        ]}
      />
    </>
  );
}
