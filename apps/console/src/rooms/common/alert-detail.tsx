/** An alert: the rule, the provision it watches, what was seen; acknowledge it, or open an incident. */
import { type AlertRow, alarmStateOf } from "@openjmc/model";
import { useState } from "react";
import { acknowledgeAlert } from "../../acts/acts.ts";
import { useAct } from "../../acts/use-act.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import { Badge, Button, LinkButton } from "../../ui/controls.tsx";
import { Mark, Position, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { TextField } from "../../ui/fields.tsx";
import { Facts } from "../../ui/panel.tsx";
import { openRoom, select } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { AlarmHolds } from "./alarm-hold.tsx";
import { AlarmRationale } from "./alarm-rationale.tsx";
import { AttachTo } from "./attach-to.tsx";
import styles from "./common-room.module.css";
import { alertCount, alertName, provisionName, ruleName, zoneName } from "./describe.ts";
import { DismissalCard } from "./dismissal-card.tsx";
import { Gone } from "./gone.tsx";
import { openIncidentOfAlert } from "./open-incident.ts";
import { outlineFacts } from "./outline.ts";
import { useAlarms } from "./use-alarms.ts";

export function AlertDetail({ id }: { readonly id: string }) {
  const words = useWords();
  const { mission } = useCentre();
  const { component } = useOfficer();
  const alert = useRows("alerts").rows.find((row) => row.id === id);
  const alarms = useAlarms(component);
  const [note, setNote] = useState("");
  const act = useAct();
  if (alert === undefined) return <Gone />;
  const title = alertName(alert, mission, words);
  const count = alertCount(alert, mission, words);
  const ours = alert.acknowledged.some((mark) => mark.component === component);
  // Where the alert and its alarm stand alike, it is said once.
  const alarm = words.sayCode("alarmState", alarmStateOf(alert, alarms));
  const states = [words.sayCode("alertState", alert.state), alarm];
  return (
    <>
      <h2>{title}</h2>
      <div className={styles.badges}>
        <Badge tone={alert.severity === "urgent" || alert.severity === "warning" ? "danger" : "warning"}>
          {words.sayCode("severity", alert.severity)}
        </Badge>
        {[...new Set(states)].map((state) => (
          <Badge key={state}>{state}</Badge>
        ))}
        {count === "" ? null : <Badge>{count}</Badge>}
      </div>
      <Facts
        facts={[
          [words.say("console.alert.rule"), ruleName(alert.rule, mission, words)],
          [
            words.say("console.alert.provision"),
            alert.provision === undefined ? undefined : provisionName(alert.provision, mission, words),
          ],
          [
            words.say("console.alert.zone"),
            alert.zone === undefined
              ? undefined
              : words.say("console.zoneVersion", {
                  zone: zoneName(alert.zone, mission, words),
                  version: alert.zoneVersion ?? 1,
                }),
          ],
          [words.say("console.alert.raised"), <Time key="t" at={alert.raisedAt} />],
          [
            words.say("console.alert.ended"),
            alert.endedAt === undefined ? undefined : <Time key="e" at={alert.endedAt} />,
          ],
          [
            words.say("console.place"),
            alert.lon === undefined || alert.lat === undefined ? undefined : (
              <Position key="p" lon={alert.lon} lat={alert.lat} />
            ),
          ],
          [
            words.say("console.altitude"),
            alert.altitudeMetres === undefined ? undefined : words.formats.metres(alert.altitudeMetres),
          ],
          [words.say("console.probability"), words.formats.percent(alert.probability)],
          [
            words.say("sources.confidence"),
            alert.capped === undefined ? undefined : words.say("sources.cappedUnauthenticated"),
          ],
          [
            words.say("console.alert.subject"),
            <LinkButton key="s" onClick={() => openSubject(alert.subject)}>
              {words.say(`codes.subjectKind.${alert.subject.kind}`)}
            </LinkButton>,
          ],
          ...outlineFacts(alert.outline, mission, words),
        ]}
      />
      <AlarmRationale rule={alert.rule} />
      <Mark mark={alert.mark} />
      {alert.acknowledged.map((mark) => (
        <div key={mark.statement}>
          {words.say("console.alert.acknowledgedBy")} <Mark mark={mark} />
        </div>
      ))}
      {alert.headsCalled === undefined ? null : (
        <div>
          <Badge tone="danger">
            {words.say("console.alert.headsCalled", { components: words.formats.list([...alert.headsCalled.silent]) })}
          </Badge>{" "}
          <Mark mark={alert.headsCalled.mark} />
        </div>
      )}
      <FaultNote error={act.error} />
      {ours ? null : (
        <>
          <TextField label={words.say("console.alert.note")} value={note} onValue={setNote} maxLength={2000} />
          <div className={styles.acts}>
            <Button
              look="primary"
              disabled={act.pending}
              onClick={() => void act.run(() => acknowledgeAlert(alert, note.trim()))}
            >
              {words.say("console.alert.acknowledge")}
            </Button>
          </div>
        </>
      )}
      {alert.incident === undefined ? (
        <>
          <div className={styles.acts}>
            <Button
              look={ours ? "primary" : "plain"}
              disabled={act.pending}
              onClick={() => void act.run(() => openIncidentOfAlert(alert, title))}
            >
              {words.say("console.incident.open")}
            </Button>
          </div>
          <AttachTo target={{ kind: "alert", target: alert.id, title }} />
        </>
      ) : (
        <Button onClick={() => openRoom("incidents", alert.incident)}>{words.say("console.incident.go")}</Button>
      )}
      <DismissalCard alert={alert} />
      <AlarmHolds alert={alert} />
    </>
  );
}

/** A duty of the agreement stands in its own room; everything else is selected on the map. */
function openSubject({ kind, id }: AlertRow["subject"]): void {
  if (kind === "obligation") openRoom("agreement", "obligations");
  else select({ kind, id });
}
