/** The lists that the sides have handed in: choose two, and see what is agreed, in dispute and told by one. */

import type { ListRow, ReconciledLine, TallyRow } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { readSheet } from "../../api/endpoints.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge, Empty, type Tone } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import { countText } from "../common/describe.ts";
import styles from "../sightings/sightings.module.css";

export function ListsPanel() {
  const words = useWords();
  const { nameOf } = useChoices();
  const { rows, condition } = useRows("lists");
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const named = (row: ListRow): string => `${nameOf(row.body.side)} · ${row.body.name} · ${row.body.from.slice(0, 10)}`;
  const choices = [
    { value: "", label: words.say("console.choose") },
    ...rows.map((row) => ({ value: row.id, label: named(row) })),
  ];
  if (rows.length === 0)
    return <Empty title={words.say("desk.lists.empty")} hint={words.say("desk.lists.emptyHint")} />;
  return (
    <>
      <FaultNote error={condition.error} />
      <DataTable
        label={words.say("desk.lists")}
        rows={rows}
        keyOf={(row) => row.id}
        columns={[
          { name: words.say("desk.lists.side"), cell: (row) => nameOf(row.body.side) },
          { name: words.say("desk.lists.name"), cell: (row) => row.body.name },
          { name: words.say("console.zone.from"), cell: (row) => <Time at={row.from} /> },
          { name: words.say("console.zone.until"), cell: (row) => <Time at={row.until} /> },
          { name: words.say("desk.lists.sums"), cell: (row) => <Sums parts={row.body.parts} /> },
          { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
        ]}
      />
      <div className={styles.acts}>
        <SelectField label={words.say("desk.lists.first")} value={first} choices={choices} onValue={setFirst} />
        <SelectField label={words.say("desk.lists.second")} value={second} choices={choices} onValue={setSecond} />
      </div>
      {first !== "" && second !== "" && first !== second ? <Sheet first={first} second={second} /> : null}
    </>
  );
}

/** Each unit by itself: what is counted differently has no sum. */
export function Sums({ parts }: { readonly parts: ListRow["body"]["parts"] }) {
  const words = useWords();
  return words.formats.list(
    parts.map(
      (part) =>
        `${words.sayCode("observation", part.observation)}: ${countText({ ...part, qualifier: "exact" }, words)}`,
    ),
  );
}

const TONES: Readonly<Record<ReconciledLine["state"], Tone>> = {
  agreed: "good",
  dispute: "warning",
  "first-only": "neutral",
  "second-only": "neutral",
};

function Sheet({ first, second }: { readonly first: string; readonly second: string }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const { data, error } = useQuery({ queryKey: ["sheet", first, second], queryFn: () => readSheet(first, second) });
  if (data === undefined) return <FaultNote error={error} />;
  const sides = [nameOf(data.first.body.side), nameOf(data.second.body.side)] as const;
  const stateName = (state: ReconciledLine["state"]): string =>
    state === "first-only" || state === "second-only"
      ? words.say("desk.lists.only", { side: sides[state === "first-only" ? 0 : 1] })
      : words.sayCode("reconciled", state);
  return (
    <>
      <div className={styles.acts} role="status">
        {(Object.keys(TONES) as ReconciledLine["state"][]).map((state) => (
          <Badge key={state} tone={TONES[state]}>
            {stateName(state)}: {words.formats.number(data.numbers[state])}
          </Badge>
        ))}
      </div>
      <DataTable
        label={words.say("desk.lists.sheet")}
        rows={data.lines}
        keyOf={(line) => `${line.first?.line ?? ""}|${line.second?.line ?? ""}`}
        columns={[
          {
            name: words.say("console.state"),
            cell: (line) => <Badge tone={TONES[line.state]}>{stateName(line.state)}</Badge>,
          },
          { name: sides[0], cell: (line) => <Told row={line.first} /> },
          { name: sides[1], cell: (line) => <Told row={line.second} /> },
          {
            name: words.say("desk.lists.differs"),
            cell: (line) => words.formats.list(line.differences.map((one) => words.sayCode("difference", one))),
          },
          { name: words.say("desk.lists.why"), cell: (line) => <Why line={line} /> },
          { name: words.say("desk.lists.couldSee"), cell: (line) => line.couldHaveSeen.join(", ") },
          { name: words.say("desk.lists.couldNotSee"), cell: (line) => line.couldNotSee.join(", ") },
        ]}
      />
    </>
  );
}

function Told({ row }: { readonly row: TallyRow | undefined }) {
  const words = useWords();
  if (row === undefined) return null;
  return (
    <>
      <Time at={row.at} /> {words.sayCode("observation", row.observation)}:{" "}
      {countText({ ...row, qualifier: "exact" }, words)}
    </>
  );
}

function Why({ line }: { readonly line: ReconciledLine }) {
  const words = useWords();
  const { score } = line;
  if (score === undefined) return null;
  return words.say("desk.lists.score", {
    probability: words.formats.percent(score.whole),
    seconds: words.formats.number(score.secondsApart),
    distance:
      score.metresApart === undefined ? words.say("console.unknown") : words.formats.distance(score.metresApart),
  });
}
