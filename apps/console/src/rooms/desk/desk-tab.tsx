/** A tab of the desk: a form for what is new on the left, the list and what is open of it on the right. */
import type { WordsKey } from "@openjmc/words";
import type { ReactNode } from "react";
import type { ViewCondition } from "../../rows/rows.ts";
import { Button, Empty } from "../../ui/controls.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { Gone } from "../common/gone.tsx";
import styles from "../sightings/sightings.module.css";

/** What every tab is given. */
export interface TabProps {
  readonly chosen: string | undefined;
  readonly open: (id: string | undefined) => void;
}

interface DeskTabProps<Row extends { readonly id: string }> extends TabProps {
  readonly heading: WordsKey;
  readonly newTitle: WordsKey;
  readonly rows: readonly Row[];
  readonly condition: ViewCondition;
  readonly columns: readonly Column<Row>[];
  readonly form: ReactNode;
  readonly detail: (row: Row) => ReactNode;
  /** Above the list. */
  readonly summary?: ReactNode;
}

export function DeskTab<Row extends { readonly id: string }>(props: DeskTabProps<Row>) {
  const words = useWords();
  const { chosen, open, rows } = props;
  const row = rows.find((one) => one.id === chosen);
  return (
    <div className={styles.room}>
      <Panel
        title={words.say(chosen === undefined ? props.newTitle : "console.details")}
        actions={
          chosen === undefined ? null : <Button onClick={() => open(undefined)}>{words.say(props.newTitle)}</Button>
        }
        padded
      >
        {chosen === undefined ? props.form : row === undefined ? <Gone /> : props.detail(row)}
      </Panel>
      <Panel title={words.say(props.heading)}>
        <FaultNote error={props.condition.error} />
        {props.summary}
        {rows.length === 0 ? (
          <Empty title={words.say("desk.empty")} hint={words.say("desk.emptyHint")} />
        ) : (
          <DataTable
            label={words.say(props.heading)}
            rows={rows}
            keyOf={(one) => one.id}
            selected={chosen}
            onOpen={(one) => open(one.id)}
            columns={props.columns}
          />
        )}
      </Panel>
    </div>
  );
}
