/** Rows of a table that cannot be taken, each with everything that is wrong with it. */
import type { RefusedRow } from "@openjmc/model";
import { DataTable } from "../../ui/data-table.tsx";
import { useWords } from "../../words/use-words.tsx";

export function RefusedRows({ refused }: { readonly refused: readonly RefusedRow[] }) {
  const words = useWords();
  if (refused.length === 0) return null;
  return (
    <DataTable
      label={words.say("desk.import.refused", { count: refused.length })}
      rows={refused}
      keyOf={(row) => String(row.line)}
      columns={[
        { name: words.say("desk.import.line"), numeric: true, cell: (row) => words.formats.number(row.line) },
        {
          name: words.say("desk.import.refused", { count: refused.length }),
          cell: (row) => row.faults.map((fault) => words.sayFault(fault)).join(" "),
        },
      ]}
    />
  );
}
