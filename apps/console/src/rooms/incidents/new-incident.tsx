/** Opening an incident by hand: a suspicion that no alert has raised. */
import { formatInstant, parseInstant } from "@openjmc/model";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { shownNow } from "../../clock/clock-store.ts";
import { PlaceFields } from "../../forms/place-fields.tsx";
import { Button } from "../../ui/controls.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { TextField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import { openAndGo } from "../common/open-incident.ts";
import styles from "./incidents.module.css";

export function NewIncident({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const draft = useDraft("incident", () => ({ title: "", occurredAt: formatInstant(shownNow()), lon: "", lat: "" }));
  const [tried, setTried] = useState(false);
  const act = useAct();
  const { title, occurredAt, lon, lat } = draft.value;
  const at = parseInstant(occurredAt.trim());
  const send = async (): Promise<void> => {
    setTried(true);
    if (!at.ok || title.trim() === "") return;
    const placed =
      lon.trim() !== "" && lat.trim() !== "" && Number.isFinite(Number(lon)) && Number.isFinite(Number(lat));
    const opening = {
      title: title.trim(),
      occurredAt: at.value,
      evidence: [],
      ...(placed ? { lon: Number(lon), lat: Number(lat) } : {}),
    };
    if (!(await act.run(() => openAndGo(opening)))) return;
    draft.drop();
    onClose();
  };
  return (
    <Dialog
      title={words.say("console.incident.new")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.say("console.cancel")}</Button>
          <Button look="primary" disabled={act.pending} onClick={() => void send()}>
            {words.say("console.incident.open")}
          </Button>
        </>
      }
    >
      <TextField
        label={words.say("console.incident.title")}
        value={title}
        maxLength={200}
        error={tried && title.trim() === "" ? words.say("console.required") : undefined}
        onValue={(next) => draft.change({ title: next })}
      />
      <TextField
        label={words.say("console.finding.occurred")}
        value={occurredAt}
        error={tried && !at.ok ? words.say("console.finding.wrong.occurredAt") : undefined}
        onValue={(next) => draft.change({ occurredAt: next })}
      />
      <div className={styles.grid}>
        <PlaceFields names={["lon", "lat"]} fields={{ lon, lat }} change={draft.change} />
      </div>
      <FaultNote error={act.error} />
    </Dialog>
  );
}
