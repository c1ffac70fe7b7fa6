/** Acts whose signer did not stand watch at the time that the act claims: seen by both sides, forbidden to none. */
import type { WatchView } from "@openjmc/model";
import { Empty, LinkButton } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Time } from "../../ui/facts-of.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";

export function OutsideTab({ view }: { readonly view: WatchView }) {
  const words = useWords();
  if (view.outside.length === 0)
    return <Empty title={words.say("mission.outside.none")} hint={words.say("mission.outside.noneHint")} />;
  return (
    <DataTable
      label={words.say("mission.watch.outside")}
      rows={view.outside}
      keyOf={(row) => String(row.index)}
      columns={[
        { name: words.say("mission.column.when"), cell: (row) => <Time at={row.claimedAt} /> },
        { name: words.say("mission.column.side"), cell: (row) => <ComponentBadge code={row.component} /> },
        { name: words.say("mission.column.by"), cell: (row) => row.role },
        { name: words.say("mission.column.act"), cell: (row) => words.sayCode("kind", row.kind) },
        { name: words.say("mission.column.reason"), cell: (row) => words.sayCode("outside", row.why) },
        {
          name: words.say("mission.column.entry"),
          cell: (row) => (
            <LinkButton onClick={() => openRoom("record", String(row.index))}>
              {words.say("console.entryNumber", { index: row.index })}
            </LinkButton>
          ),
        },
      ]}
    />
  );
}
