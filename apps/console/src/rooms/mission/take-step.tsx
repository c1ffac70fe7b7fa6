/** The steps that a head of component can take in the present phase; each is shown whole and signed at the own signer. */
import {
  formatInstant,
  type LifeView,
  MICROSECONDS_PER_DAY,
  PARTICIPATIONS,
  type Participation,
  type Phase,
} from "@openjmc/model";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { SignOwn } from "../../sign/sign-dialog.tsx";
import type { Act } from "../../sign/statement.ts";
import { Button } from "../../ui/controls.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "../watch/watch.module.css";
import { useIsHead } from "./use-is-head.ts";

/** What can follow each phase; the plan of the closure and the closure itself stand in a tab of their own. */
const NEXT: Readonly<Record<Phase, readonly string[]>> = {
  founded: ["centre.opened"],
  operating: ["centre.suspended"],
  suspended: ["centre.resumed"],
  "winding-up": ["monitoring.ended"],
  unwatched: [],
  closed: [],
};

export function TakeStep({ view }: { readonly view: LifeView }) {
  const words = useWords();
  const queries = useQueryClient();
  const centre = useCentre();
  const officer = useIsHead();
  const [act, setAct] = useState<Act>();
  const [reason, setReason] = useState("");
  const [participation, setParticipation] = useState<Participation>("suspended");
  if (!officer || view.phase === "closed") return null;
  const now = formatInstant(centreNow());
  const deadline = formatInstant(centreNow() + (centre.mission.lapseHours / 24) * MICROSECONDS_PER_DAY);
  const bodyOf = (kind: string): object =>
    kind === "centre.suspended" || kind === "centre.resumed"
      ? { from: now, reason: reason.trim(), deadline }
      : { from: now, note: reason.trim(), deadline };
  const needsReason = (kind: string): boolean => kind === "centre.suspended" || kind === "centre.resumed";
  return (
    <section aria-label={words.say("mission.life.take")}>
      <h3>{words.say("mission.life.take")}</h3>
      <div className={styles.form}>
        <TextField label={words.say("mission.column.reason")} value={reason} maxLength={4000} onValue={setReason} />
        <SelectField
          label={words.say("mission.life.ownPart")}
          value={participation}
          choices={PARTICIPATIONS.map((value) => ({ value, label: words.sayCode("participation", value) }))}
          onValue={setParticipation}
        />
        <div className={styles.foot}>
          {NEXT[view.phase].map((kind) => (
            <Button
              key={kind}
              look="primary"
              disabled={needsReason(kind) && reason.trim() === ""}
              onClick={() => setAct({ kind, body: bodyOf(kind) })}
            >
              {words.say("mission.life.propose", { step: words.sayCode("kind", kind) })}
            </Button>
          ))}
          <Button
            disabled={reason.trim() === ""}
            onClick={() =>
              setAct({ kind: "participation.stated", body: { participation, from: now, reason: reason.trim() } })
            }
          >
            {words.say("mission.life.statePart")}
          </Button>
        </div>
      </div>
      {act === undefined ? null : (
        <SignOwn
          title={words.sayCode("kind", act.kind)}
          act={act}
          onSigned={() => void queries.invalidateQueries({ queryKey: ["mission"] })}
          onClose={() => setAct(undefined)}
        />
      )}
    </section>
  );
}
