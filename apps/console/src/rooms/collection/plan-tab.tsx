/** The collection plan: who asks for what to be watched, who agrees or declines, what really pointed where. */
import { COLLECTION_ANSWERS, COLLECTION_OUTCOMES, type CollectionRow, GAP_CAUSES } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Position, Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { zoneName } from "../common/describe.ts";
import { DeskTab, type TabProps } from "../desk/desk-tab.tsx";
import { Replies } from "../desk/replies.tsx";
import styles from "../sightings/sightings.module.css";
import { firstTimes } from "./flight-fields.ts";
import { useAirChoices } from "./use-air-choices.ts";

export function PlanTab(props: TabProps) {
  const words = useWords();
  const { asked, zones, sources } = useAirChoices();
  const { rows, condition } = useRows("collection");
  return (
    <DeskTab
      {...props}
      heading="air.tab.plan"
      newTitle="air.plan.new"
      rows={rows}
      condition={condition}
      columns={[
        { name: words.say("air.plan.asset"), cell: (row) => row.body.asset },
        { name: words.say("console.state"), cell: (row) => <State row={row} /> },
        { name: words.say("air.plan.target"), cell: (row) => row.body.target },
        { name: words.say("console.zone.from"), cell: (row) => <Time at={row.from} /> },
        { name: words.say("console.zone.until"), cell: (row) => <Time at={row.until} /> },
        { name: words.say("air.plan.requestedBy"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
      ]}
      form={
        <ActForm
          name="collection"
          heading="air.plan.new"
          send="air.plan.send"
          act={{ kind: "collection.requested" }}
          first={firstTimes()}
          fields={[
            { name: "asset", label: "air.plan.asset", as: "text", most: 200 },
            {
              ...{ name: "source", label: "air.plan.source", hint: "air.plan.sourceHint" },
              ...{ as: "choice", optional: true, choices: sources },
            },
            { name: "target", label: "air.plan.target", as: "text", most: 400 },
            { name: "purpose", label: "air.plan.purpose", as: "text", most: 400 },
            { name: "from", label: "console.zone.from", as: "instant" },
            { name: "until", label: "console.zone.until", as: "instant" },
            { name: "zone", label: "air.plan.zone", as: "choice", optional: true, choices: zones },
            { name: "place", label: "console.place", as: "place", optional: true },
            { name: "asked", label: "air.plan.asked", hint: "air.plan.askedHint", as: "several", choices: asked },
          ]}
        />
      }
      detail={(row) => <Line key={row.id} row={row} />}
    />
  );
}

const TONES = { waiting: "warning", agreed: "neutral", declined: "danger", done: "good" } as const;

/** What it stands at; while it waits, for whom. */
function State({ row }: { readonly row: CollectionRow }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const missing = row.body.asked.filter((name) => !row.answers.some(({ by }) => by === name));
  return (
    <>
      <Badge tone={TONES[row.state as keyof typeof TONES] ?? "warning"}>
        {words.sayCode("collectionState", row.state)}
      </Badge>{" "}
      {row.state === "waiting" ? (
        <Badge>{words.say("air.plan.waitsFor", { who: words.formats.list(missing.map(nameOf)) })}</Badge>
      ) : null}
    </>
  );
}

function Line({ row }: { readonly row: CollectionRow }) {
  const words = useWords();
  const { mission } = useCentre();
  const choices = useChoices();
  const { body } = row;
  return (
    <>
      <h3>{body.asset}</h3>
      <div className={styles.acts}>
        <State row={row} />
      </div>
      <Facts
        facts={[
          [words.say("air.plan.target"), body.target],
          [words.say("air.plan.purpose"), body.purpose],
          [words.say("air.plan.source"), mission.sources.find(({ id }) => id === body.source)?.name],
          [words.say("air.plan.zone"), body.zone === undefined ? undefined : zoneName(body.zone, mission, words)],
          [
            words.say("console.place"),
            row.lon === undefined || row.lat === undefined ? undefined : (
              <Position key="p" lon={row.lon} lat={row.lat} />
            ),
          ],
          [words.say("console.zone.from"), <Time key="f" at={row.from} />],
          [words.say("console.zone.until"), <Time key="u" at={row.until} />],
          [words.say("air.plan.asked"), words.formats.list(body.asked.map(choices.nameOf))],
        ]}
      />
      <Mark mark={row.mark} />
      <Replies
        replies={[
          ...row.answers.map(({ by, answer, note, mark }) => ({
            ...{ text: note, mark },
            head: `${choices.nameOf(by)}: ${words.sayCode("collectionAnswer", answer)}`,
          })),
          ...row.reports.map(({ outcome, text, cause, mark }) => ({
            ...{ text, mark },
            head: [
              words.sayCode("collectionState", outcome),
              ...(cause === undefined ? [] : [words.sayCode("gap", cause)]),
            ].join(" · "),
          })),
        ]}
      />
      {body.asked.length === 0 ? null : (
        <ActForm
          name={`collection-answer-${row.id}`}
          heading="air.plan.answer"
          send="air.plan.answer"
          act={{ kind: "collection.answered", subject: row.id }}
          fields={[
            {
              ...{ name: "by", label: "air.plan.by", as: "choice" },
              choices: body.asked.map((value) => ({ value, label: choices.nameOf(value) })),
            },
            {
              ...{ name: "answer", label: "air.plan.answered", as: "choice" },
              choices: choices.codes("collectionAnswer", COLLECTION_ANSWERS),
            },
            { blank: true, name: "note", label: "desk.note", as: "area", most: 2000 },
          ]}
        />
      )}
      <ActForm
        name={`collection-report-${row.id}`}
        heading="air.plan.report"
        send="air.plan.report"
        act={{ kind: "collection.reported", subject: row.id }}
        fields={[
          {
            ...{ name: "outcome", label: "air.plan.outcome", as: "choice" },
            choices: choices.codes("collectionState", COLLECTION_OUTCOMES),
          },
          { name: "from", label: "console.zone.from", as: "instant" },
          { name: "until", label: "console.zone.until", as: "instant" },
          { blank: true, name: "text", label: "air.plan.pointed", as: "area", most: 4000 },
          {
            ...{ name: "cause", label: "air.plan.cause", as: "choice", optional: true },
            choices: choices.codes("gap", GAP_CAUSES),
          },
        ]}
      />
    </>
  );
}
