/** How reliable each outlet has been, month by month, and by which rule. */
import type { OutletGrade } from "@openjmc/model";
import { readOutlets } from "../../api/press-endpoints.ts";
import { Badge, Empty, Note, type Tone } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./press.module.css";
import { usePress } from "./use-press.ts";

const TONES: Readonly<Record<OutletGrade, Tone>> = {
  ...{ A: "good", B: "good", C: "accent", D: "warning", E: "danger", F: "neutral" },
};

function Grade({ grade }: { readonly grade: OutletGrade }) {
  const words = useWords();
  return (
    <Badge tone={TONES[grade]} title={words.sayCode("outletGrade", grade)}>
      {grade}
    </Badge>
  );
}

export function OutletsTab() {
  const words = useWords();
  const { data = [], error, isSuccess } = usePress(["outlets"], readOutlets);
  if (data.length === 0 && isSuccess)
    return <Empty title={words.say("press.noTexts")} hint={words.say("press.noTextsHint")} />;
  return (
    <>
      <FaultNote error={error} />
      <Note>{words.say("press.outletRule")}</Note>
      <DataTable
        label={words.say("press.tab.outlets")}
        rows={data}
        keyOf={(row) => row.outlet}
        columns={[
          { name: words.say("press.outlet"), cell: (row) => row.outlet },
          { name: words.say("press.grade"), cell: (row) => <Grade grade={row.grade} /> },
          {
            name: words.say("press.upheld"),
            cell: (row) => words.say("press.upheldOf", { upheld: row.upheld, judged: row.judged }),
          },
          {
            name: words.say("press.course"),
            cell: (row) => (
              <span className={styles.badges}>
                {row.course.map((one) => (
                  <span key={one.month}>
                    {one.month} <Grade grade={one.grade} />
                  </span>
                ))}
              </span>
            ),
          },
          {
            name: words.say("press.ownTexts"),
            cell: (row) => words.say("press.ownOf", { own: row.own, texts: row.texts }),
          },
        ]}
      />
    </>
  );
}
