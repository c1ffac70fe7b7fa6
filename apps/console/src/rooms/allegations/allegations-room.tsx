/** The docket: what parties allege, what is missing, and what the picture says for the claimed time and place. */
import { useState } from "react";
import { nameIn, partyOf, useCentre } from "../../centre/use-centre.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge, Button, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Panel, Tabs } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "../sightings/sightings.module.css";
import { AllegationClockBadge } from "./allegation-course.tsx";
import { AllegationDetail } from "./allegation-detail.tsx";
import { AllegationForm } from "./allegation-form.tsx";
import { DocketTable } from "./docket-table.tsx";
import { ListsPanel } from "./lists-panel.tsx";
import { SubmitList } from "./submit-list.tsx";

const TABS = ["all", "numbers", "lists"] as const;

export default function AllegationsRoom() {
  const words = useWords();
  const centre = useCentre();
  const { item } = useView();
  const { rows, condition } = useRows("allegations");
  const [writing, setWriting] = useState(item === "new");
  const tab = TABS.find((one) => one === item) ?? "all";
  const chosen = item === "new" || tab !== "all" ? undefined : item;
  const list = () => (
    <Panel title={words.say("console.room.allegations")}>
      <Tabs
        label={words.say("console.room.allegations")}
        tabs={TABS.map((value) => ({ value, label: words.say(`desk.docketTab.${value}`) }))}
        value={tab}
        onValue={(next) => openRoom("allegations", next === "all" ? undefined : next)}
      />
      {tab === "numbers" ? <DocketTable /> : null}
      {tab === "lists" ? <ListsPanel /> : null}
      <FaultNote error={condition.error} />
      {tab !== "all" ? null : rows.length === 0 ? (
        <Empty title={words.say("console.allegations.empty")} hint={words.say("console.allegations.emptyHint")} />
      ) : (
        <DataTable
          label={words.say("console.room.allegations")}
          rows={rows}
          keyOf={(row) => row.id}
          selected={chosen}
          onOpen={(row) => {
            setWriting(false);
            openRoom("allegations", row.id);
          }}
          columns={[
            { name: words.say("console.allegations.received"), cell: (row) => <Time at={row.receivedAt} /> },
            {
              name: words.say("console.allegations.accuser"),
              cell: (row) => nameIn(partyOf(centre, row.body.accuser)?.names, words.locale) || row.body.accuser,
            },
            { name: words.say("console.allegations.via"), cell: (row) => words.say(`codes.via.${row.body.via}`) },
            {
              name: words.say("console.state"),
              cell: (row) => (
                <>
                  <Badge tone={row.state === "incomplete" ? "warning" : "neutral"}>
                    {words.say(`codes.allegationState.${row.state}`)}
                  </Badge>
                  <AllegationClockBadge row={row} />
                </>
              ),
            },
            {
              name: words.say("console.allegations.missing"),
              cell: (row) => words.formats.list(row.missing.map((one) => words.say(`codes.particular.${one}`))),
            },
            { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
          ]}
        />
      )}
    </Panel>
  );
  if (tab === "lists")
    return (
      <div className={styles.room}>
        <Panel title={words.say("desk.lists.send")} padded>
          <SubmitList />
        </Panel>
        {list()}
      </div>
    );
  return (
    <div className={styles.room}>
      <Panel
        title={words.say(writing ? "console.allegations.new" : "console.details")}
        actions={
          <Button onClick={() => setWriting(!writing)}>
            {words.say(writing ? "console.cancel" : "console.allegations.new")}
          </Button>
        }
        padded
      >
        {writing ? (
          <AllegationForm onDone={() => setWriting(false)} />
        ) : chosen === undefined ? (
          <Empty title={words.say("console.allegations.none")} hint={words.say("console.allegations.noneHint")} />
        ) : (
          <AllegationDetail key={chosen} id={chosen} />
        )}
      </Panel>
      {list()}
    </div>
  );
}
