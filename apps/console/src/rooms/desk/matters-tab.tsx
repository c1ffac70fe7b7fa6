/** Windows of silence, what parties declare of themselves, restrictions of access, interference with sensors. */
import { MATTER_TOPICS, type MatterRow, type MatterStep, type MatterTopic } from "@openjmc/model";
import { useState } from "react";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Position, Time } from "../../ui/facts-of.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "../sightings/sightings.module.css";
import { DeskTab, type TabProps } from "./desk-tab.tsx";
import { MatterSteps, NewMatter } from "./matter-forms.tsx";
import { Replies, Words } from "./replies.tsx";

export function MattersTab(props: TabProps) {
  const words = useWords();
  const { rows, condition } = useRows("matters");
  const [topic, setTopic] = useState<MatterTopic>("silence");
  return (
    <DeskTab
      {...props}
      heading="influence.tab.matters"
      newTitle="influence.tab.matters"
      rows={rows}
      condition={condition}
      columns={[
        {
          name: words.say("influence.matter.title"),
          cell: (row) => `${words.sayCode("matterTopic", row.topic)}: ${row.title}`,
        },
        { name: words.say("influence.matter.from"), cell: (row) => <Time at={row.from} /> },
        {
          name: words.say("influence.matter.until"),
          cell: (row) => (row.until === undefined ? <GoesOn row={row} /> : <Time at={row.until} />),
        },
        { name: words.say("console.state"), cell: (row) => <Standing row={row} /> },
        { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
      ]}
      form={
        <>
          <SelectField
            label={words.say("influence.matter.topic")}
            value={topic}
            choices={MATTER_TOPICS.map((value) => ({ value, label: words.sayCode("matterTopic", value) }))}
            onValue={setTopic}
          />
          <NewMatter key={topic} topic={topic} />
        </>
      }
      detail={(row) => <Matter key={row.id} row={row} />}
    />
  );
}

function GoesOn({ row }: { readonly row: MatterRow }) {
  const words = useWords();
  return row.topic === "own-act" ? null : <Badge tone="warning">{words.say("influence.open")}</Badge>;
}

/** Of a window its guarantees, of a declaration whether it came in time, of interference the sensor's state. */
function Standing({ row }: { readonly row: MatterRow }) {
  const words = useWords();
  const { nameOf } = useChoices();
  if (row.topic === "own-act")
    return <Badge>{words.say(row.isAnnounced ? "influence.declaration.before" : "influence.declaration.after")}</Badge>;
  const breaches = row.steps.filter((step) => step.kind === "breach" && step.isInWindow).length;
  const damage = row.steps.findLast((step) => step.kind === "damage");
  return (
    <>
      {"sides" in row.body
        ? row.body.sides.map((side) => {
            const word = row.steps.findLast((step) => step.kind === "guarantee" && step.by === side);
            const given = word?.kind === "guarantee" ? word.given : undefined;
            return (
              <Badge key={side} tone={given === "yes" ? "good" : "warning"}>
                {given === undefined
                  ? words.say("influence.silence.unknown", { side: nameOf(side) })
                  : `${nameOf(side)}: ${words.sayCode("guaranteeGiven", given)}`}
              </Badge>
            );
          })
        : null}
      {breaches > 0 ? (
        <Badge tone="danger">
          {words.sayCode("matterStep", "breach")}: {words.formats.number(breaches)}
        </Badge>
      ) : null}
      {damage?.kind === "damage" ? <Badge tone="warning">{words.sayCode("damageState", damage.damage)}</Badge> : null}
    </>
  );
}

function Matter({ row }: { readonly row: MatterRow }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const { body } = row;
  const own = "text" in body ? body.text : "evidence" in body ? body.evidence : "reason" in body ? body.reason : "";
  return (
    <>
      <h3>{row.title}</h3>
      <div className={styles.acts}>
        <Standing row={row} />
      </div>
      <Facts
        facts={[
          [words.say("influence.matter.topic"), words.sayCode("matterTopic", row.topic)],
          [
            words.say("influence.silence.purpose"),
            "purpose" in body ? words.sayCode("silencePurpose", body.purpose) : undefined,
          ],
          [
            words.say("influence.restriction.kind"),
            "restriction" in body ? words.sayCode("restrictionKind", body.restriction) : undefined,
          ],
          [
            words.say("influence.interference.kind"),
            "interference" in body ? words.sayCode("interferenceKind", body.interference) : undefined,
          ],
          [words.say("influence.interference.source"), "source" in body ? body.source : undefined],
          [words.say("influence.restriction.by"), "by" in body ? nameOf(body.by) : undefined],
          [words.say("influence.matter.area"), "area" in body ? body.area : undefined],
          [words.say("influence.matter.from"), <Time key="f" at={row.from} />],
          [words.say("influence.matter.until"), row.until === undefined ? undefined : <Time key="u" at={row.until} />],
          [
            words.say("influence.interference.bearing"),
            "bearingDegrees" in body && body.bearingDegrees !== undefined ? `${body.bearingDegrees}°` : undefined,
          ],
          [
            words.say("console.place"),
            row.lon === undefined || row.lat === undefined ? undefined : (
              <Position key="p" lon={row.lon} lat={row.lat} />
            ),
          ],
        ]}
      />
      {own === "" ? null : <Words text={own} />}
      <Mark mark={row.mark} />
      <Replies
        replies={row.steps.map((step) => ({ head: <Head step={step} />, text: textOf(step), mark: step.mark }))}
      />
      <MatterSteps row={row} />
    </>
  );
}

const textOf = (step: MatterStep): string =>
  step.kind === "damage" && step.repair !== "" ? `${step.text}\n${step.repair}` : step.text;

function Head({ step }: { readonly step: MatterStep }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const name = words.sayCode("matterStep", step.kind);
  switch (step.kind) {
    case "guarantee":
      return (
        <>
          {name}: {nameOf(step.by)} {words.sayCode("guaranteeGiven", step.given)}
        </>
      );
    case "breach":
      return (
        <>
          {name} <Time at={step.at} />{" "}
          {words.say(step.isInWindow ? "influence.silence.inWindow" : "influence.silence.outside")}
        </>
      );
    case "damage":
      return (
        <>
          {name}: {words.sayCode("damageState", step.damage)} <Time at={step.at} />
        </>
      );
    case "end":
      return (
        <>
          {name} {step.how === "" ? "" : words.sayCode("restrictionEnd", step.how)} <Time at={step.at} />
        </>
      );
  }
}
