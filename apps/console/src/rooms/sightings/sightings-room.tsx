/** What people saw and heard: quick entry from the keyboard, and the list. */

import { useRows } from "../../rows/use-rows.ts";
import { Badge, Button, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Panel } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { countText } from "../common/describe.ts";
import { ImportSightings } from "./import-sightings.tsx";
import { SightingDetail } from "./sighting-detail.tsx";
import { SightingForm } from "./sighting-form.tsx";
import styles from "./sightings.module.css";

export default function SightingsRoom() {
  const words = useWords();
  const { item } = useView();
  const { rows, condition } = useRows("sightings");
  const chosen = item === "new" || item === "import" ? undefined : item;
  return (
    <div className={styles.room}>
      <Panel
        title={words.say(item === "import" ? "desk.import.sightings" : "console.sightings.new")}
        actions={
          <Button onClick={() => openRoom("sightings", item === "import" ? "new" : "import")}>
            {words.say(item === "import" ? "console.sightings.new" : "desk.import.sightings")}
          </Button>
        }
        padded
      >
        {item === "import" ? <ImportSightings /> : <SightingForm />}
      </Panel>
      <div className={styles.column}>
        <Panel title={words.say("console.room.sightings")}>
          <FaultNote error={condition.error} />
          {rows.length === 0 ? (
            <Empty title={words.say("console.sightings.empty")} hint={words.say("console.sightings.emptyHint")} />
          ) : (
            <DataTable
              label={words.say("console.room.sightings")}
              rows={rows}
              keyOf={(row) => row.id}
              selected={chosen}
              onOpen={(row) => openRoom("sightings", row.id)}
              columns={[
                { name: words.say("console.time"), cell: (row) => <Time at={row.occurredAt} /> },
                { name: words.say("console.finding.means"), cell: (row) => words.say(`codes.means.${row.body.means}`) },
                {
                  name: words.say("console.finding.observation"),
                  cell: (row) => words.say(`codes.observation.${row.body.observation}`),
                },
                { name: words.say("console.finding.count"), cell: (row) => countText(row.body.count, words) },
                { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
                {
                  name: words.say("console.state"),
                  cell: (row) =>
                    row.withdrawn === undefined ? null : <Badge tone="warning">{words.say("console.withdrawn")}</Badge>,
                },
              ]}
            />
          )}
        </Panel>
        {chosen === undefined ? null : (
          <Panel title={words.say("console.details")} padded>
            <SightingDetail key={chosen} id={chosen} />
          </Panel>
        )}
      </div>
    </div>
  );
}
