/** Attaches a thing to an incident that is still open. */
import { useState } from "react";
import { attachEvidence, type EvidenceTarget } from "../../acts/acts.ts";
import { useAct } from "../../acts/use-act.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Button } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "./common-room.module.css";

export function AttachTo({ target }: { readonly target: EvidenceTarget }) {
  const words = useWords();
  const incidents = useFreshRows("incidents").rows.filter(
    (row) => row.state === "open" || row.state === "finding-proposed",
  );
  const [chosen, setChosen] = useState("");
  const act = useAct();
  if (incidents.length === 0) return null;
  return (
    <div className={styles.acts}>
      <select
        className={styles.wide}
        aria-label={words.say("console.attach.to")}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="">{words.say("console.attach.to")}</option>
        {incidents.map((row) => (
          <option key={row.id} value={row.id}>
            {row.number} {row.title}
          </option>
        ))}
      </select>
      {chosen === "" ? null : (
        <Button
          disabled={act.pending}
          onClick={() =>
            void act.run(async () => {
              await attachEvidence(chosen, target);
              openRoom("incidents", chosen);
            })
          }
        >
          {words.say("console.attach")}
        </Button>
      )}
      <FaultNote error={act.error} />
    </div>
  );
}
