/** Where the mission stands: phase, sides, steps with their signatures; the next step for a head of component. */
import type { LifeSide, LifeStep, LifeView } from "@openjmc/model";
import { useQueryClient } from "@tanstack/react-query";
import { readLife } from "../../api/mission-endpoints.ts";
import { useOfficer } from "../../session/session.ts";
import { AnswerAct } from "../../sign/answer-act.tsx";
import { Badge, Empty, Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Mark, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "../watch/watch.module.css";
import { TakeStep } from "./take-step.tsx";
import { toneOf } from "./tones.ts";
import { useAsked } from "./use-asked.ts";

export function LifeTab() {
  const { data, error } = useAsked("life", readLife);
  if (error !== null) return <FaultNote error={error} />;
  return data === undefined ? null : <Life view={data} />;
}

function Life({ view }: { readonly view: LifeView }) {
  const words = useWords();
  return (
    <div className={styles.part}>
      <Note tone={toneOf(view.phase)} role="status">
        <p>
          {words.sayCode("phase", view.phase)} · <Time at={view.since} />
        </p>
        {view.closedDays === undefined ? null : <p>{words.say("mission.life.days", { days: view.closedDays })}</p>}
        {view.succeeds === undefined ? null : (
          <p>{words.say("mission.life.succeeds", { origin: view.succeeds.origin, size: view.succeeds.size })}</p>
        )}
      </Note>
      <h3>{words.say("mission.life.sides")}</h3>
      <Sides sides={view.sides} />
      <h3>{words.say("mission.life.steps")}</h3>
      <Steps steps={view.steps} />
      <TakeStep view={view} />
      <Annotations view={view} />
    </div>
  );
}

function Sides({ sides }: { readonly sides: readonly LifeSide[] }) {
  const words = useWords();
  return (
    <>
      <DataTable
        label={words.say("mission.life.sides")}
        rows={sides}
        keyOf={(row) => row.component}
        columns={[
          { name: words.say("mission.column.side"), cell: (row) => <ComponentBadge code={row.component} /> },
          {
            name: words.say("mission.column.state"),
            cell: (row) => <Badge tone={toneOf(row.state)}>{words.sayCode("participation", row.state)}</Badge>,
          },
          {
            name: words.say("mission.column.since"),
            cell: (row) => (row.since === undefined ? "" : <Time at={row.since} />),
          },
          { name: words.say("mission.column.reason"), cell: (row) => row.reason ?? "" },
          {
            name: words.say("mission.column.lastAct"),
            cell: (row) => (row.lastActAt === undefined ? "" : <Time at={row.lastActAt} />),
          },
        ]}
      />
      {sides.some(({ state }) => state !== "present") ? (
        <Note tone="warning">{words.say("mission.life.oneSide")}</Note>
      ) : null}
    </>
  );
}

function Steps({ steps }: { readonly steps: readonly LifeStep[] }) {
  const words = useWords();
  const queries = useQueryClient();
  const { component } = useOfficer();
  if (steps.length === 0)
    return <Empty title={words.say("mission.life.none")} hint={words.say("mission.life.noneHint")} />;
  return (
    <DataTable
      label={words.say("mission.life.steps")}
      rows={steps}
      keyOf={(row) => row.statement}
      columns={[
        { name: words.say("mission.column.step"), cell: (row) => words.sayCode("kind", row.kind) },
        {
          name: words.say("mission.column.state"),
          cell: (row) => (
            <>
              <Badge tone={toneOf(row.state)}>{words.sayCode("actState", row.state)}</Badge>
              {row.isHeldAlone ? <Badge tone="warning">{words.say("mission.life.heldAlone")}</Badge> : null}
            </>
          ),
        },
        {
          name: words.say("mission.column.signed"),
          cell: (row) => row.signedBy.map((mark) => <Mark key={mark.index} mark={mark} />),
        },
        {
          name: words.say("mission.column.reason"),
          cell: (row) => {
            const { trigger, reason, note } = row.body;
            const why = trigger === undefined ? undefined : words.sayCode("trigger", String(trigger));
            return [why, reason, note].filter(Boolean).map(String).join(" · ");
          },
        },
        {
          name: words.say("mission.column.act"),
          cell: (row) =>
            row.state === "proposed" && row.signedBy[0]!.component !== component ? (
              <AnswerAct act={row} onSigned={() => void queries.invalidateQueries({ queryKey: ["mission"] })} />
            ) : null,
        },
      ]}
    />
  );
}

function Annotations({ view }: { readonly view: LifeView }) {
  const words = useWords();
  if (view.annotations.length === 0) return null;
  return (
    <>
      <h3>{words.say("mission.life.annotations")}</h3>
      <DataTable
        label={words.say("mission.life.annotations")}
        rows={view.annotations}
        keyOf={(row) => String(row.mark.index)}
        columns={[
          { name: words.say("mission.column.when"), cell: (row) => <Time at={Date.parse(row.occurredAt) * 1000} /> },
          { name: words.say("mission.column.by"), cell: (row) => row.by },
          { name: words.say("mission.column.note"), cell: (row) => row.text },
          { name: words.say("mission.column.signed"), cell: (row) => <Mark mark={row.mark} /> },
        ]}
      />
    </>
  );
}
