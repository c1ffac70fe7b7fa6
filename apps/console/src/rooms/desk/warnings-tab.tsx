/** Warnings from indicators: basis, horizon, what is asked of whom, what came of it, and how often they were right. */

import { INDICATORS, WARNING_OUTCOMES, type WarningRow } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { readHits } from "../../api/endpoints.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Mark, Position, Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "../sightings/sightings.module.css";
import { Asked } from "./asked.tsx";
import { DeskTab, type TabProps } from "./desk-tab.tsx";
import { asks, incident, provision } from "./fields.ts";
import { Replies, Words } from "./replies.tsx";

export function WarningsTab(props: TabProps) {
  const words = useWords();
  const choices = useChoices();
  const { rows, condition } = useRows("warnings");
  const incidents = useRows("incidents").rows;
  return (
    <DeskTab
      {...props}
      heading="desk.tab.warnings"
      newTitle="desk.warning.new"
      rows={rows}
      condition={condition}
      summary={<Hits resolved={rows.filter((row) => row.resolved !== undefined).length} />}
      columns={[
        { name: words.say("desk.warning.title"), cell: (row) => row.body.title },
        { name: words.say("desk.warning.indicator"), cell: (row) => words.sayCode("indicator", row.body.indicator) },
        { name: words.say("desk.warning.horizon"), cell: (row) => <Time at={row.horizon} /> },
        { name: words.say("console.state"), cell: (row) => <Outcome row={row} /> },
        { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
      ]}
      form={
        <ActForm
          name="warning"
          heading="desk.warning.new"
          send="desk.warning.send"
          act={{ kind: "warning.raised" }}
          first={{ horizon: "24" }}
          fields={[
            {
              ...{ name: "indicator", label: "desk.warning.indicator", as: "choice" },
              choices: choices.codes("indicator", INDICATORS),
            },
            { name: "horizon", label: "desk.warning.horizonHours", as: "hours" },
            provision(choices),
            { name: "title", label: "desk.warning.title", as: "text", most: 200 },
            { name: "basis", label: "desk.warning.basis", as: "area", most: 4000 },
            { name: "place", label: "console.place", as: "place", optional: true },
            asks(choices, "asked", "desk.asked"),
            incident(incidents),
          ]}
        />
      }
      detail={(row) => <Warning key={row.id} row={row} />}
    />
  );
}

/** Open beyond its horizon: somebody has to say what came of it. */
function Outcome({ row }: { readonly row: WarningRow }) {
  const words = useWords();
  const now = useShownTime(5000);
  if (row.resolved !== undefined) return <Badge>{words.sayCode("warningOutcome", row.resolved.outcome)}</Badge>;
  const isUp = row.horizon < now;
  return (
    <Badge tone={isUp ? "warning" : "neutral"}>{words.say(isUp ? "desk.warning.outcomeWanted" : "desk.open")}</Badge>
  );
}

function Hits({ resolved }: { readonly resolved: number }) {
  const words = useWords();
  const { data } = useQuery({ queryKey: ["warning-hits", resolved], queryFn: readHits });
  if (data === undefined || data.length === 0) return null;
  return (
    <DataTable
      label={words.say("desk.warning.hits")}
      rows={data}
      keyOf={(line) => line.indicator}
      columns={[
        { name: words.say("desk.warning.hits"), cell: (line) => words.sayCode("indicator", line.indicator) },
        { name: words.say("desk.warning.raised"), numeric: true, cell: (line) => words.formats.number(line.raised) },
        ...WARNING_OUTCOMES.map((outcome) => ({
          ...{ name: words.sayCode("warningOutcome", outcome), numeric: true },
          cell: (line: (typeof data)[number]) => words.formats.number(line.outcomes[outcome] ?? 0),
        })),
        {
          ...{ name: words.say("desk.warning.hitRate"), numeric: true },
          cell: (line) =>
            line.hitRate === undefined ? words.say("console.unknown") : words.formats.percent(line.hitRate),
        },
      ]}
    />
  );
}

function Warning({ row }: { readonly row: WarningRow }) {
  const words = useWords();
  const choices = useChoices();
  const { body, resolved } = row;
  return (
    <>
      <h3>{body.title}</h3>
      <div className={styles.acts}>
        <Outcome row={row} />
      </div>
      <Facts
        facts={[
          [words.say("desk.warning.indicator"), words.sayCode("indicator", body.indicator)],
          [words.say("desk.warning.horizon"), <Time key="h" at={row.horizon} />],
          [
            words.say("console.place"),
            row.lon === undefined || row.lat === undefined ? undefined : (
              <Position key="p" lon={row.lon} lat={row.lat} />
            ),
          ],
        ]}
      />
      <Words text={body.basis} />
      <Mark mark={row.mark} />
      <Asked asked={body.asked} />
      <Replies
        replies={
          resolved === undefined
            ? []
            : [{ head: words.sayCode("warningOutcome", resolved.outcome), text: resolved.reason, mark: resolved.mark }]
        }
      />
      <ActForm
        name={`warning-outcome-${row.id}`}
        heading="desk.warning.resolve"
        send="desk.warning.resolve"
        act={{ kind: "warning.resolved", subject: row.id }}
        fields={[
          {
            ...{ name: "outcome", label: "desk.warning.outcome", as: "choice" },
            choices: choices.codes("warningOutcome", WARNING_OUTCOMES),
          },
          { name: "reason", label: "desk.reason", as: "area", most: 4000 },
        ]}
      />
    </>
  );
}
