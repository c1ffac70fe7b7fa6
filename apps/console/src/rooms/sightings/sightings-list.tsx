/** Sightings: the newest as they come; by their words, by what was seen and by day as far back as the record reaches. */
import { MICROSECONDS_PER_DAY, OBSERVATION_KINDS, parseInstant, type SightingRow } from "@openjmc/model";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { readView } from "../../api/endpoints.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge, Button, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { changeView, openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { countText } from "../common/describe.ts";
import styles from "./sightings.module.css";

const WAIT_MILLISECONDS = 250;
const PAGE_ROWS = 100;

export function SightingsList({ chosen }: { readonly chosen: string | undefined }) {
  const words = useWords();
  const { filter } = useView();
  const [kind, setKind] = useState("");
  const [day, setDay] = useState("");
  const newest = useRows("sightings");
  const isSearched = filter.trim() !== "" || kind !== "" || day !== "";
  const found = useFound(filter, kind, day, isSearched);
  const rows = isSearched ? (found.data?.pages.flatMap((page) => page.rows) ?? []) : newest.rows;
  const isEmpty = rows.length === 0 && (isSearched ? found.isSuccess : true);
  return (
    <>
      <search className={styles.search}>
        <TextField
          label={words.say("console.sightings.search.words")}
          type="search"
          value={filter}
          maxLength={200}
          onValue={(next) => changeView({ filter: next }, "replace")}
        />
        <SelectField
          label={words.say("console.finding.observation")}
          value={kind}
          onValue={setKind}
          choices={[
            { value: "", label: words.say("console.sightings.search.any") },
            ...OBSERVATION_KINDS.map((value) => ({ value, label: words.say(`codes.observation.${value}`) })),
          ]}
        />
        <TextField label={words.say("console.sightings.search.day")} type="date" value={day} onValue={setDay} />
      </search>
      <FaultNote error={isSearched ? found.error : newest.condition.error} />
      {isEmpty ? (
        <Empty
          title={words.say(isSearched ? "console.sightings.search.nothing" : "console.sightings.empty")}
          hint={words.say(isSearched ? "console.sightings.search.nothingHint" : "console.sightings.emptyHint")}
        />
      ) : (
        <SightingsTable rows={rows} chosen={chosen} />
      )}
      {isSearched && found.hasNextPage ? (
        <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {words.say("console.more")}
        </Button>
      ) : null}
      {!isSearched && newest.condition.more ? (
        <p>{words.say("console.sightings.search.newest", { count: rows.length })}</p>
      ) : null}
    </>
  );
}

function useFound(filter: string, kind: string, day: string, enabled: boolean) {
  const [settled, setSettled] = useState(filter);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(filter), WAIT_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [filter]);
  const from = parseInstant(`${day}T00:00:00Z`);
  const span = from.ok ? { from: from.value, until: from.value + MICROSECONDS_PER_DAY } : {};
  return useInfiniteQuery({
    queryKey: ["sightings", settled, kind, day],
    enabled,
    queryFn: ({ pageParam }) =>
      readView<SightingRow>("sightings", {
        ...{ limit: PAGE_ROWS, words: settled.trim(), ...span },
        ...(kind === "" ? {} : { tag: kind }),
        ...(pageParam === undefined ? {} : { after: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
}

function SightingsTable({
  rows,
  chosen,
}: {
  readonly rows: readonly SightingRow[];
  readonly chosen: string | undefined;
}) {
  const words = useWords();
  return (
    <DataTable
      label={words.say("console.room.sightings")}
      rows={rows}
      keyOf={(row) => row.id}
      selected={chosen}
      onOpen={(row) => openRoom("sightings", row.id)}
      columns={[
        { name: words.say("console.time"), cell: (row) => <Time at={row.occurredAt} /> },
        { name: words.say("console.finding.means"), cell: (row) => words.say(`codes.means.${row.body.means}`) },
        {
          name: words.say("console.finding.observation"),
          cell: (row) => words.say(`codes.observation.${row.body.observation}`),
        },
        { name: words.say("console.finding.count"), cell: (row) => countText(row.body.count, words) },
        { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
        {
          name: words.say("console.state"),
          cell: (row) =>
            row.withdrawn === undefined ? null : <Badge tone="warning">{words.say("console.withdrawn")}</Badge>,
        },
      ]}
    />
  );
}
