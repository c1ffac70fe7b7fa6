/** Who cosigns the record, how far each has signed, who is silent and who objects. */
import type { CosignerRow } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { readCosigning } from "../../api/endpoints.ts";
import { recordState } from "../../live/live.ts";
import { useStore } from "../../state/store.ts";
import { Badge, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { useWords } from "../../words/use-words.tsx";

const REFRESH_MILLISECONDS = 10_000;

export function Cosigners() {
  const words = useWords();
  const { sealedSize } = useStore(recordState);
  const { data, error, refetch } = useQuery({
    queryKey: ["cosigning", sealedSize],
    queryFn: readCosigning,
    refetchInterval: REFRESH_MILLISECONDS,
    placeholderData: (before) => before,
  });
  if (data === undefined) return <FaultNote error={error} onRetry={() => void refetch()} />;
  if (!data.isNamed)
    return (
      <Empty title={words.say("console.record.cosigners.none")} hint={words.say("console.record.cosigners.noneHint")} />
    );
  return (
    <>
      <p>
        {words.say("console.record.anchorGrade")}{" "}
        <Badge tone={data.anchorGrade === "joint" ? "good" : "warning"}>
          {words.say(`console.record.anchorGrade.${data.anchorGrade}`)}
        </Badge>
      </p>
      <DataTable
        label={words.say("console.record.cosigners")}
        rows={data.cosigners}
        keyOf={(row) => row.name}
        columns={[
          { name: words.say("console.record.cosigner.name"), cell: (row) => <NameOf row={row} /> },
          {
            name: words.say("console.record.cosigner.upTo"),
            cell: (row) => words.formats.number(row.size),
            numeric: true,
          },
          {
            name: words.say("console.record.cosigner.at"),
            cell: (row) => (row.at === undefined ? "" : <Time at={row.at} />),
          },
          { name: words.say("console.state"), cell: (row) => <StateOf row={row} /> },
        ]}
      />
    </>
  );
}

function NameOf({ row }: { readonly row: CosignerRow }) {
  const words = useWords();
  return (
    <>
      <code>{row.name}</code> {row.algorithm}{" "}
      {row.component === undefined ? (
        words.say("console.record.cosigner.neutral")
      ) : (
        <ComponentBadge code={row.component} />
      )}
    </>
  );
}

function StateOf({ row }: { readonly row: CosignerRow }) {
  const words = useWords();
  if (row.isForked) return <Badge tone="danger">{words.say("console.record.cosigner.forked")}</Badge>;
  if (row.objections.length > 0)
    return (
      <Badge tone="danger">{words.say("console.record.cosigner.objects", { count: row.objections.length })}</Badge>
    );
  if (row.at === undefined) return <Badge>{words.say("console.record.cosigner.never")}</Badge>;
  if (row.isSilent) return <Badge tone="warning">{words.say("console.record.cosigner.silent")}</Badge>;
  if (row.clockOffsetSeconds !== undefined)
    return (
      <Badge tone="warning">{words.say("console.record.cosigner.clock", { seconds: row.clockOffsetSeconds })}</Badge>
    );
  return <Badge tone="good">{words.say("console.record.cosigner.good")}</Badge>;
}
