/** The docket in numbers: outcomes by accuser and accused, how long things wait, and more complaints than usual. */

import { ALLEGATION_OUTCOMES, type DocketLine } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { readDocket } from "../../api/endpoints.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Empty, Note } from "../../ui/controls.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { useWords } from "../../words/use-words.tsx";

export function DocketTable() {
  const words = useWords();
  const { nameOf } = useChoices();
  const { rows } = useFreshRows("allegations");
  // Asked again whenever a row has changed, and every minute as the clocks run on.
  const changed = rows.map((row) => `${row.id}${row.state}${row.outcome ?? ""}`).join();
  const { data, error } = useQuery({ queryKey: ["docket", changed], queryFn: readDocket, refetchInterval: 60_000 });
  if (data === undefined) return <FaultNote error={error} />;
  const number = (value: number): string => words.formats.number(value);
  const hours = (value: number | undefined): string =>
    value === undefined ? "" : words.formats.duration(value * 3_600_000_000);
  const counted = (
    name: string,
    of: (line: DocketLine) => string,
  ): Column<DocketLine> & { readonly numeric: true } => ({ name, numeric: true, cell: of });
  return (
    <>
      <Note>{words.say("desk.docket.note")}</Note>
      {data.surges.map((surge) => (
        <Note key={surge.accuser} tone="warning" role="status">
          {words.say("desk.docket.surge", {
            accuser: nameOf(surge.accuser),
            count: surge.lastDay,
            usual: words.formats.number(surge.usualDay, 1),
          })}
        </Note>
      ))}
      {data.lines.length === 0 ? (
        <Empty title={words.say("console.allegations.empty")} hint={words.say("console.allegations.emptyHint")} />
      ) : (
        <DataTable
          label={words.say("desk.docket")}
          rows={data.lines}
          keyOf={(line) => `${line.accuser}|${line.accused ?? ""}`}
          columns={[
            { name: words.say("console.allegations.accuser"), cell: (line) => nameOf(line.accuser) },
            {
              name: words.say("console.allegations.accused"),
              cell: (line) =>
                line.accused === undefined ? words.say("console.allegations.notNamed") : nameOf(line.accused),
            },
            counted(words.say("desk.docket.counted"), (line) => number(line.counted)),
            counted(words.say("desk.docket.incomplete"), (line) => number(line.incomplete)),
            counted(words.say("desk.docket.open"), (line) => number(line.open)),
            counted(words.say("desk.docket.overdue"), (line) => number(line.overdue)),
            ...ALLEGATION_OUTCOMES.filter((outcome) => data.lines.some((line) => line.outcomes[outcome])).map(
              (outcome) =>
                counted(words.sayCode("allegationOutcome", outcome), (line) => number(line.outcomes[outcome] ?? 0)),
            ),
            counted(words.say("desk.docket.median"), (line) => hours(line.medianHours)),
            counted(words.say("desk.docket.oldest"), (line) => hours(line.oldestHours)),
          ]}
        />
      )}
    </>
  );
}
