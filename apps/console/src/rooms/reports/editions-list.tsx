/** Editions that the centre keeps, latest first: what of, in which language, and how far they are approved. */
import type { ReportRow } from "@openjmc/model";
import { useRows } from "../../rows/use-rows.ts";
import { Badge, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";

interface ListProps {
  readonly chosen: string | undefined;
  readonly open: (id: string) => void;
}

export function EditionsList({ chosen, open }: ListProps) {
  const words = useWords();
  const { rows } = useRows("reports");
  return (
    <Panel title={words.say("influence.report.editions")}>
      {rows.length === 0 ? (
        <Empty title={words.say("desk.empty")} hint="" />
      ) : (
        <DataTable
          label={words.say("influence.report.editions")}
          rows={rows}
          keyOf={(row) => row.id}
          selected={chosen}
          onOpen={(row) => open(row.id)}
          columns={[
            { name: words.say("influence.report.kind"), cell: (row) => <EditionName row={row} /> },
            { name: words.say("console.state"), cell: (row) => <EditionState row={row} /> },
          ]}
        />
      )}
    </Panel>
  );
}

export function EditionName({ row }: { readonly row: ReportRow }) {
  const words = useWords();
  return (
    <>
      {words.sayCode("reportKind", row.report)} {row.date} · {row.language} · {row.format} ·{" "}
      {words.say("influence.report.version")} {words.formats.number(row.version)}
      {row.audience === "public" ? ` · ${words.sayCode("reportAudience", "public")}` : ""}
    </>
  );
}

export function EditionState({ row }: { readonly row: ReportRow }) {
  const words = useWords();
  return (
    <>
      <Badge tone={row.state === "joint" ? "good" : "neutral"}>{words.sayCode("editionState", row.state)}</Badge>{" "}
      {row.supersededBy === undefined ? null : <Badge tone="warning">{words.say("influence.report.superseded")}</Badge>}
    </>
  );
}
