/** The watch bill: planning the own component's watches, in turn. */
import { MICROSECONDS_PER_HOUR, parseInstant, type WatchPlanBody, type WatchView } from "@openjmc/model";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { useOfficer } from "../../session/session.ts";
import { state } from "../../sign/statement.ts";
import { Button, Empty, Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { TextField } from "../../ui/fields.tsx";
import { tell } from "../../ui/notices.tsx";
import { shortInstant } from "../../url/view-state.ts";
import { useWords } from "../../words/use-words.tsx";
import { billOf, mostOthers } from "./bill.ts";
import styles from "./watch.module.css";

const USUAL_OTHERS = 2;

export function BillTab({ view }: { readonly view: WatchView }) {
  const words = useWords();
  const queries = useQueryClient();
  const { component } = useOfficer();
  const side = view.components.find((one) => one.component === component);
  const act = useAct();
  const [start, setStart] = useState(() =>
    shortInstant(Math.ceil(centreNow() / MICROSECONDS_PER_HOUR) * MICROSECONDS_PER_HOUR),
  );
  const [watches, setWatches] = useState("21");
  const [perWatch, setPerWatch] = useState(() => String(Math.min(USUAL_OTHERS, mostOthers(side?.people ?? []))));
  const from = parseInstant(start.trim());
  const bill = from.ok ? billOf(side?.people ?? [], from.value, Number(watches), Number(perWatch)) : undefined;
  const send = async (): Promise<void> => {
    if (bill === undefined) return;
    const isPlanned = await act.run(async () => {
      const { index } = await state({ kind: "watch.planned", body: bill });
      tell(words.say("console.signing.done", { index }));
    });
    if (!isPlanned) return;
    await queries.invalidateQueries({ queryKey: ["mission", "watch"] });
  };
  if (side === undefined || side.people.length === 0)
    return <Empty title={words.say("mission.roster.none")} hint={words.say("mission.roster.noneHint")} />;
  return (
    <div className={styles.part}>
      <h3>{words.say("mission.bill.standing")}</h3>
      {side.bill.length === 0 ? (
        <Empty title={words.say("mission.bill.noStanding")} />
      ) : (
        <Bill label={words.say("mission.bill.standing")} watches={side.bill} />
      )}
      <h3>{words.say("mission.bill.plan")}</h3>
      <form
        className={styles.form}
        aria-label={words.say("mission.bill.plan")}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextField label={words.say("mission.bill.start")} value={start} onValue={setStart} />
        <TextField
          label={words.say("mission.bill.watches")}
          hint={words.say("mission.bill.hours")}
          type="number"
          min={1}
          max={42}
          value={watches}
          onValue={setWatches}
        />
        <TextField
          label={words.say("mission.bill.others")}
          type="number"
          min={0}
          max={20}
          value={perWatch}
          onValue={setPerWatch}
        />
        <div className={styles.foot}>
          <Button look="primary" type="submit" disabled={bill === undefined || act.pending}>
            {words.say("mission.bill.plan")}
          </Button>
          <FaultNote error={act.error} />
        </div>
      </form>
      {bill === undefined ? (
        <Note tone="warning">{words.say("mission.bill.tooFew")}</Note>
      ) : (
        <>
          <h3>{words.say("mission.bill.draft")}</h3>
          <Bill label={words.say("mission.bill.draft")} watches={bill.watches.map(startOf)} />
        </>
      )}
    </div>
  );
}

interface BillProps {
  readonly label: string;
  readonly watches: readonly { readonly from: number; readonly officer: string; readonly others: readonly string[] }[];
}

const startOf = ({ starts, ...watch }: WatchPlanBody["watches"][number]) => ({
  ...watch,
  from: Date.parse(starts) * 1000,
});

function Bill({ label, watches }: BillProps) {
  const words = useWords();
  return (
    <DataTable
      label={label}
      rows={watches}
      keyOf={(row) => String(row.from)}
      columns={[
        { name: words.say("mission.column.from"), cell: (row) => <Time at={row.from} /> },
        { name: words.sayCode("role", "duty-officer"), cell: (row) => row.officer },
        { name: words.say("mission.column.others"), cell: (row) => words.formats.list(row.others) },
      ]}
    />
  );
}
