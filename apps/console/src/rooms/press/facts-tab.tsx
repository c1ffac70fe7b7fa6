/** Facts that the mission follows or that claims speak of, with how far each is settled; and what is handed out of them. */
import type { FactState } from "@openjmc/model";
import { useAct } from "../../acts/use-act.ts";
import { exportClaims, readFacts } from "../../api/press-endpoints.ts";
import { Badge, Button, Empty, type Tone } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "./press.module.css";
import { usePress } from "./use-press.ts";

const TONES: Readonly<Record<FactState, Tone>> = {
  settled: "good",
  split: "danger",
  open: "warning",
  single: "neutral",
};

export function FactStateBadge({ state }: { readonly state: FactState }) {
  const words = useWords();
  return <Badge tone={TONES[state]}>{words.sayCode("factState", state)}</Badge>;
}

export function FactsTab() {
  const words = useWords();
  const { data = [], error, isSuccess } = usePress(["facts"], readFacts);
  const act = useAct();
  const save = (format: "json" | "csv"): void =>
    void act.run(async () => saveBlob(await exportClaims(format), `claims.${format}`));
  if (data.length === 0 && isSuccess)
    return <Empty title={words.say("press.noFacts")} hint={words.say("press.noFactsHint")} />;
  return (
    <>
      <FaultNote error={error ?? act.error} />
      <div className={styles.acts}>
        <Button onClick={() => save("json")}>{words.say("press.export", { format: "JSON" })}</Button>
        <Button onClick={() => save("csv")}>{words.say("press.export", { format: "CSV" })}</Button>
      </div>
      <DataTable
        label={words.say("press.tab.facts")}
        rows={data}
        keyOf={(row) => row.fact}
        onOpen={(row) => openRoom("press", `fact:${row.fact}`)}
        columns={[
          { name: words.say("press.fact"), cell: (row) => row.fact },
          {
            name: words.say("console.state"),
            cell: (row) => (row.claims === 0 ? words.say("press.unclaimed") : <FactStateBadge state={row.state} />),
          },
          { name: words.say("press.claims"), cell: (row) => words.formats.number(row.claims), numeric: true },
          { name: words.say("press.texts"), cell: (row) => words.formats.number(row.texts), numeric: true },
          { name: words.say("press.origins"), cell: (row) => words.formats.number(row.origins), numeric: true },
        ]}
      />
    </>
  );
}
