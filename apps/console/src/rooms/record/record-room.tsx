/** The record: every entry, who signed it with which kind of key, and each checked here on demand. */
import type { EntryRow } from "@openjmc/model";
import { useState } from "react";
import { recordState } from "../../live/live.ts";
import { rows as rowStore, useRows } from "../../rows/use-rows.ts";
import { useStore } from "../../state/store.ts";
import { Badge, Button, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts, Panel } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { Cosigners } from "./cosigners.tsx";
import { EntryDetail } from "./entry-detail.tsx";
import styles from "./record.module.css";

type Who = "all" | "people" | "machine";

export default function RecordRoom() {
  const words = useWords();
  const { item } = useView();
  const { rows, condition } = useRows("entries");
  const { size, root, sealedSize } = useStore(recordState);
  const [who, setWho] = useState<Who>("people");
  const shown = rows.filter((row) => who === "all" || (who === "machine") === (row.tier === "machine"));
  const chosen = item === undefined ? undefined : rows.find((row) => String(row.index) === item);
  return (
    <div className={styles.room}>
      <Panel
        title={words.say("console.room.record")}
        actions={
          <select
            aria-label={words.say("console.record.show")}
            value={who}
            onChange={(event) => setWho(event.target.value as Who)}
          >
            {(["people", "machine", "all"] as const).map((value) => (
              <option key={value} value={value}>
                {words.say(`console.record.show.${value}`)}
              </option>
            ))}
          </select>
        }
      >
        <div className={styles.head}>
          <Facts
            facts={[
              [words.say("console.record.entries"), words.formats.number(size)],
              [words.say("console.record.cosigned"), words.formats.number(sealedSize)],
              [words.say("console.record.root"), <code key="r">{root}</code>],
            ]}
          />
          <p>
            <a href="record/checkpoint" target="_blank" rel="noreferrer">
              {words.say("console.record.checkpoint")}
            </a>{" "}
            ·{" "}
            <a href="record/log.vkey" target="_blank" rel="noreferrer">
              {words.say("console.record.logKey")}
            </a>{" "}
            ·{" "}
            <a href="record/cosigners.vkey" target="_blank" rel="noreferrer">
              {words.say("console.record.cosignerKeys")}
            </a>
          </p>
        </div>
        <details className={styles.head}>
          <summary>{words.say("console.record.cosigners")}</summary>
          <Cosigners />
        </details>
        <FaultNote error={condition.error} />
        {shown.length === 0 ? (
          <Empty title={words.say("console.record.empty")} hint={words.say("console.record.emptyHint")} />
        ) : (
          <Entries rows={shown} chosen={item} />
        )}
        {condition.more ? (
          <div className={styles.more}>
            <Button onClick={() => void rowStore.more("entries")}>{words.say("console.more")}</Button>
          </div>
        ) : null}
      </Panel>
      <Panel title={words.say("console.record.entry")} padded>
        {item === undefined ? (
          <Empty title={words.say("console.record.none")} hint={words.say("console.record.noneHint")} />
        ) : (
          <EntryDetail key={item} index={Number(item)} row={chosen} />
        )}
      </Panel>
    </div>
  );
}

function Entries({ rows, chosen }: { readonly rows: readonly EntryRow[]; readonly chosen: string | undefined }) {
  const words = useWords();
  return (
    <DataTable
      label={words.say("console.room.record")}
      rows={rows}
      keyOf={(row) => String(row.index)}
      selected={chosen}
      onOpen={(row) => openRoom("record", String(row.index))}
      columns={[
        { name: words.say("console.record.index"), cell: (row) => row.index },
        { name: words.say("console.record.kind"), cell: (row) => words.sayCode("kind", row.kind) },
        { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.component} /> },
        {
          name: words.say("console.record.role"),
          cell: (row) => <span style={{ whiteSpace: "nowrap" }}>{row.role}</span>,
        },
        {
          name: words.say("console.record.tier"),
          cell: (row) => (
            <Badge tone={row.tier === "binding" || row.tier === "root" ? "accent" : "neutral"}>
              {words.say(`codes.tier.${row.tier}`)}
            </Badge>
          ),
        },
        { name: words.say("console.record.recorded"), cell: (row) => <Time at={row.recordedAt} /> },
      ]}
    />
  );
}
