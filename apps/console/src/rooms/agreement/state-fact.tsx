/** Taking down what somebody stated about an obligation: a claim with its speaker, which the centre does not thereby adopt. */
import { formatInstant, parseInstant } from "@openjmc/model";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { nameIn, useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { state } from "../../sign/statement.ts";
import { Button } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { shortInstant } from "../../url/view-state.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "./agreement.module.css";

const KINDS = [
  "declared",
  "acknowledged",
  "observed",
  "breach-claimed",
  "breach-denied",
  "breach-established",
  "suspended",
  "resumed",
  "terminated",
  "upheld",
  "decided",
  "begun",
] as const;
/** How well the time is known: to the second, the hour, the day. */
const PRECISIONS = { second: 0, hour: 1_800, day: 43_200 } as const;
type Precision = keyof typeof PRECISIONS;

interface Fields {
  readonly kind: string;
  readonly by: string;
  readonly occurredAt: string;
  readonly precision: Precision;
  readonly note: string;
}

export function StateFact({ provision }: { readonly provision: string }) {
  const words = useWords();
  const queries = useQueryClient();
  const { mission } = useCentre();
  const draft = useDraft<Fields>(`fact-${provision}`, () => ({
    kind: "declared",
    by: "",
    occurredAt: shortInstant(Math.floor(centreNow() / 1e6) * 1e6),
    precision: "second",
    note: "",
  }));
  const [tried, setTried] = useState(false);
  const act = useAct();
  const fields = draft.value;
  const occurred = parseInstant(fields.occurredAt.trim());
  const isWhole = occurred.ok && fields.by.trim() !== "";
  const send = async (): Promise<void> => {
    setTried(true);
    if (!isWhole || !occurred.ok) return;
    const body = {
      about: provision,
      kind: fields.kind,
      by: fields.by.trim(),
      occurredAt: formatInstant(occurred.value),
      uncertaintySeconds: PRECISIONS[fields.precision],
      note: fields.note.trim(),
    };
    if (!(await act.run(() => state({ kind: "fact.stated", body })))) return;
    setTried(false);
    draft.drop();
    await queries.invalidateQueries({ queryKey: ["agreement"] });
  };
  return (
    <form
      className={styles.form}
      aria-label={words.say("console.agreement.stateFact")}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <SelectField
        label={words.say("console.agreement.kind")}
        value={fields.kind}
        choices={KINDS.map((value) => ({ value, label: words.sayCode("fact", value) }))}
        onValue={(kind) => draft.change({ kind })}
      />
      <TextField
        label={words.say("console.agreement.speaker")}
        hint={words.formats.list(mission.parties.map(({ code, names }) => `${code} (${nameIn(names, words.locale)})`))}
        value={fields.by}
        error={tried && fields.by.trim() === "" ? words.say("console.required") : undefined}
        maxLength={80}
        onValue={(by) => draft.change({ by })}
      />
      <TextField
        label={words.say("console.agreement.occurred")}
        value={fields.occurredAt}
        error={tried && !occurred.ok ? words.say("console.required") : undefined}
        onValue={(occurredAt) => draft.change({ occurredAt })}
      />
      <SelectField
        label={words.say("console.agreement.precision")}
        value={fields.precision}
        choices={(Object.keys(PRECISIONS) as Precision[]).map((value) => ({
          value,
          label: words.say(`console.agreement.to.${value}`),
        }))}
        onValue={(precision) => draft.change({ precision: precision as Precision })}
      />
      <TextField
        label={words.say("console.agreement.note")}
        value={fields.note}
        maxLength={4000}
        onValue={(note) => draft.change({ note })}
      />
      <div className={styles.formFoot}>
        <Button look="primary" type="submit" disabled={act.pending}>
          {words.say("console.agreement.stateFact")}
        </Button>
        <FaultNote error={act.error} />
      </div>
    </form>
  );
}
