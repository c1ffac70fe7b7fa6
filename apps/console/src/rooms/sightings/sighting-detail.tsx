/** One sighting as it was reported; its own component may withdraw it, and it stays, marked. */
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { useRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import { state } from "../../sign/statement.ts";
import { Badge, Button } from "../../ui/controls.tsx";
import { Mark, Position, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { TextField } from "../../ui/fields.tsx";
import { Facts } from "../../ui/panel.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { AttachTo } from "../common/attach-to.tsx";
import { countText, sightingName } from "../common/describe.ts";
import { Gone } from "../common/gone.tsx";
import { openAndGo } from "../common/open-incident.ts";
import styles from "./sightings.module.css";

export function SightingDetail({ id }: { readonly id: string }) {
  const words = useWords();
  const { component } = useOfficer();
  const row = useRows("sightings").rows.find((one) => one.id === id);
  const [reason, setReason] = useState("");
  const act = useAct();
  if (row === undefined) return <Gone />;
  const { body } = row;
  const name = sightingName(row, words);
  return (
    <>
      <h2>{name}</h2>
      {row.withdrawn === undefined ? null : (
        <div>
          <Badge tone="warning">{words.say("console.withdrawn")}</Badge> <Mark mark={row.withdrawn} />
        </div>
      )}
      <Facts
        facts={[
          [words.say("console.time"), <Time key="t" at={row.occurredAt} />],
          [
            words.say("console.sightings.timeUncertainty"),
            words.say("console.plusMinusSeconds", { seconds: words.formats.number(body.timeUncertaintySeconds) }),
          ],
          [words.say("console.finding.observation"), words.say(`codes.observation.${body.observation}`)],
          [words.say("console.finding.count"), countText(body.count, words)],
          [
            words.say("console.sightings.observer"),
            <Position key="o" lon={Number(body.observer.lon)} lat={Number(body.observer.lat)} />,
          ],
          [
            words.say("console.sightings.bearing"),
            body.bearingDegrees === undefined
              ? undefined
              : words.say("console.degreesPlusMinus", {
                  degrees: body.bearingDegrees,
                  uncertainty: body.bearingUncertaintyDegrees ?? 5,
                }),
          ],
          [
            words.say("console.sightings.range"),
            body.rangeMetres === undefined ? undefined : words.formats.distance(body.rangeMetres),
          ],
          [
            words.say("console.place"),
            row.lon === undefined || row.lat === undefined ? undefined : (
              <Position key="p" lon={row.lon} lat={row.lat} />
            ),
          ],
          [
            words.say("console.uncertainty"),
            row.uncertaintyMetres === undefined ? undefined : words.formats.distance(row.uncertaintyMetres),
          ],
          [words.say("console.sightings.direction"), words.say(`codes.direction.${body.direction}`)],
          [words.say("console.sightings.weapon"), words.say(`codes.weapon.${body.weapon}`)],
          [words.say("console.sightings.visibility"), words.say(`codes.visibility.${body.visibility}`)],
          [words.say("console.sightings.remark"), body.remark],
        ]}
      />
      <Mark mark={row.mark} />
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        {row.incident === undefined ? (
          <Button
            disabled={act.pending}
            onClick={() =>
              void act.run(() =>
                openAndGo({
                  title: name,
                  occurredAt: row.occurredAt,
                  lon: row.lon,
                  lat: row.lat,
                  evidence: [{ kind: "sighting", target: row.id, title: name }],
                }),
              )
            }
          >
            {words.say("console.incident.open")}
          </Button>
        ) : (
          <Button onClick={() => openRoom("incidents", row.incident)}>{words.say("console.incident.go")}</Button>
        )}
      </div>
      <AttachTo target={{ kind: "sighting", target: row.id, title: name }} />
      {row.mark.component === component && row.withdrawn === undefined ? (
        <details>
          <summary>{words.say("console.withdraw")}</summary>
          <TextField label={words.say("console.withdraw.reason")} value={reason} onValue={setReason} maxLength={2000} />
          <Button
            look="danger"
            disabled={act.pending || reason.trim() === ""}
            onClick={() =>
              void act.run(() =>
                state({
                  kind: "statement.withdrawn",
                  subject: row.id,
                  body: { target: row.mark.statement, reason: reason.trim() },
                }),
              )
            }
          >
            {words.say("console.withdraw")}
          </Button>
        </details>
      ) : null}
    </>
  );
}
