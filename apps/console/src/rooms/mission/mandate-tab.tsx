/** What each act of the centre rests on, how each reads the mandate, and which acts lie outside whose reading. */
import type { MandateView, OutsideMandate } from "@openjmc/model";
import { readMandate } from "../../api/mission-endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { Badge, Empty, LinkButton, Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { provisionName } from "../common/describe.ts";
import styles from "../watch/watch.module.css";
import { toneOf } from "./tones.ts";
import { useAsked } from "./use-asked.ts";

export function MandateTab() {
  const words = useWords();
  const { data, error } = useAsked("mandate", readMandate);
  if (error !== null) return <FaultNote error={error} />;
  if (data === undefined) return null;
  if (!data.isStated)
    return <Empty title={words.say("mission.mandate.unstated")} hint={words.say("mission.mandate.unstatedHint")} />;
  return (
    <div className={styles.part}>
      <Note>{words.say("mission.mandate.meaning")}</Note>
      <Acts view={data} />
      <h3>{words.say("mission.mandate.outside")}</h3>
      <Outside acts={data.outside} />
    </div>
  );
}

/** One column for each reading, so that they stand side by side. */
function Acts({ view }: { readonly view: MandateView }) {
  const words = useWords();
  const { mission } = useCentre();
  const { nameOf } = useChoices();
  const readings = view.acts[0]?.readings ?? [];
  return (
    <DataTable
      label={words.say("mission.mandate")}
      rows={view.acts}
      keyOf={(row) => row.act}
      columns={[
        { name: words.say("mission.column.act"), cell: (row) => words.sayCode("mandateAct", row.act) },
        {
          name: words.say("mission.mandate.basis"),
          cell: (row) =>
            row.basis.length === 0
              ? words.say("mission.mandate.noBasis")
              : words.formats.list(row.basis.map((id) => provisionName(id, mission, words))),
        },
        ...readings.map(({ by }, index) => ({
          name: words.say("mission.mandate.readingOf", { by: nameOf(by) }),
          cell: (row: MandateView["acts"][number]) => {
            const stands = row.readings[index]!.stands;
            return <Badge tone={toneOf(stands)}>{words.sayCode("mandateStand", stands)}</Badge>;
          },
        })),
        {
          name: words.say("mission.column.state"),
          cell: (row) => (row.isPermitted ? "" : <Badge tone="warning">{words.say("mission.mandate.refused")}</Badge>),
        },
        {
          name: words.say("mission.mandate.recorded"),
          numeric: true,
          cell: (row) => words.formats.number(row.recorded),
        },
      ]}
    />
  );
}

function Outside({ acts }: { readonly acts: readonly OutsideMandate[] }) {
  const words = useWords();
  const { mission } = useCentre();
  const { nameOf } = useChoices();
  if (acts.length === 0) return <Empty title={words.say("mission.mandate.noneOutside")} />;
  return (
    <DataTable
      label={words.say("mission.mandate.outside")}
      rows={acts}
      keyOf={(row) => String(row.index)}
      columns={[
        { name: words.say("mission.column.when"), cell: (row) => <Time at={row.claimedAt} /> },
        { name: words.say("mission.column.side"), cell: (row) => <ComponentBadge code={row.component} /> },
        { name: words.say("mission.column.by"), cell: (row) => row.role },
        { name: words.say("mission.column.act"), cell: (row) => words.sayCode("mandateAct", row.act) },
        {
          name: words.say("mission.mandate.basis"),
          cell: (row) => words.formats.list(row.basis.map((id) => provisionName(id, mission, words))),
        },
        {
          name: words.say("mission.mandate.mark"),
          cell: (row) => (
            <Badge tone="warning">
              {words.say("mission.mandate.outsideOf", { by: words.formats.list(row.outside.map(nameOf)) })}
            </Badge>
          ),
        },
        {
          name: words.say("mission.column.entry"),
          cell: (row) => (
            <LinkButton onClick={() => openRoom("record", String(row.index))}>
              {words.say("console.entryNumber", { index: row.index })}
            </LinkButton>
          ),
        },
      ]}
    />
  );
}
