/** Incidents: the list and the one that is open. */
import { useState } from "react";
import { useIncidents } from "../../rows/use-rows.ts";
import { Badge, Button, Empty } from "../../ui/controls.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Panel } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import list from "../common/common-room.module.css";
import { IncidentPage } from "./incident-page.tsx";
import styles from "./incidents.module.css";
import { NewIncident } from "./new-incident.tsx";
import { STATE_TONES } from "./states.ts";

export default function IncidentsRoom() {
  const words = useWords();
  const { item } = useView();
  const { rows, findings, condition } = useIncidents();
  const [opening, setOpening] = useState(false);
  const chosen = rows.find((row) => row.id === item) ?? (item === undefined ? rows[0] : undefined);
  return (
    <div className={styles.room}>
      <Panel
        title={words.say("console.room.incidents")}
        actions={<Button onClick={() => setOpening(true)}>{words.say("console.incident.new")}</Button>}
      >
        <FaultNote error={condition.error} />
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className={list.item}
                data-current={row === chosen}
                aria-current={row === chosen ? "true" : undefined}
                onClick={() => openRoom("incidents", row.id)}
              >
                <span className={list.itemHead}>
                  <strong>{row.number}</strong>
                  <Badge tone={STATE_TONES[row.state]}>{words.say(`codes.incidentState.${row.state}`)}</Badge>
                </span>
                <span>{row.title}</span>
                <br />
                <span className={list.itemMore}>
                  <Time at={row.occurredAt} />
                </span>
              </button>
            </li>
          ))}
        </ul>
        {rows.length === 0 ? (
          <Empty title={words.say("console.incidents.empty")} hint={words.say("console.incidents.emptyHint")} />
        ) : null}
      </Panel>
      {chosen === undefined ? (
        <Panel title={words.say("console.details")}>
          <Empty
            title={words.say(item === undefined ? "console.incidents.none" : "console.gone")}
            hint={words.say("console.incidents.noneHint")}
          />
        </Panel>
      ) : (
        <IncidentPage
          key={chosen.id}
          incident={chosen}
          findings={findings.filter((row) => row.incident === chosen.id)}
        />
      )}
      {opening ? <NewIncident onClose={() => setOpening(false)} /> : null}
    </div>
  );
}
