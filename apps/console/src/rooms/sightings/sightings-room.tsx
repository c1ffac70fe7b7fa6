/** What people saw and heard: quick entry from the keyboard, and the list. */

import { Button } from "../../ui/controls.tsx";
import { Panel } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { ImportSightings } from "./import-sightings.tsx";
import { SightingDetail } from "./sighting-detail.tsx";
import { SightingForm } from "./sighting-form.tsx";
import styles from "./sightings.module.css";
import { SightingsList } from "./sightings-list.tsx";

export default function SightingsRoom() {
  const words = useWords();
  const { item } = useView();
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
          <SightingsList chosen={chosen} />
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
