/** A tab of the portal: a form for what is new on the left, what there is on the right. */
import type { WordsKey } from "@openjmc/words";
import type { ReactNode } from "react";
import desk from "../rooms/desk/desk.module.css";
import styles from "../rooms/sightings/sightings.module.css";
import { Empty } from "../ui/controls.tsx";
import { Panel } from "../ui/panel.tsx";
import { useWords } from "../words/use-words.tsx";

export function PortalPage<Row extends { readonly id: string }>({
  heading,
  newHeading,
  form,
  rows,
  show,
}: {
  readonly heading: WordsKey;
  readonly newHeading: WordsKey;
  readonly form: ReactNode;
  readonly rows: readonly Row[];
  readonly show: (row: Row) => ReactNode;
}) {
  const words = useWords();
  return (
    <div className={styles.room}>
      <Panel title={words.say(newHeading)} padded>
        {form}
      </Panel>
      <Panel title={words.say(heading)} padded>
        {rows.length === 0 ? (
          <Empty title={words.say("desk.empty")} hint={words.say("desk.emptyHint")} />
        ) : (
          rows.map((row) => (
            <article key={row.id} className={desk.reply}>
              {show(row)}
            </article>
          ))
        )}
      </Panel>
    </div>
  );
}
