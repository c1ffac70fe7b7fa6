/** Texts by their words, the newest first; worked from the keyboard like the queue. */
import type { TextRow } from "@openjmc/model";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { searchTexts } from "../../api/press-endpoints.ts";
import { useShortcut } from "../../keys/shortcuts.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { languageName } from "../../sign/signed-text.tsx";
import { Badge, Button, Empty, Key } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ComponentBadge, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { TextField } from "../../ui/fields.tsx";
import { changeView, openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { withSignsShown } from "./marks.ts";
import styles from "./press.module.css";

const WAIT_MILLISECONDS = 250;

/** The question as it stands once nobody types any more. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WAIT_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export function TextsTab() {
  const words = useWords();
  const { filter } = useView();
  const question = useSettled(filter);
  const newest = useFreshRows("texts").rows;
  const found = useInfiniteQuery({
    queryKey: ["press", "texts", question, newest],
    queryFn: ({ pageParam }) => searchTexts(question, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  const [at, setAt] = useState(0);
  const current = rows[Math.min(at, rows.length - 1)];
  const open = (row: TextRow): void => openRoom("press", `text:${row.id}`);
  useShortcut("KeyJ", () => setAt(Math.min(rows.length - 1, at + 1)));
  useShortcut("KeyK", () => setAt(Math.max(0, at - 1)));
  useShortcut("KeyO", () => current && open(current));
  useShortcut("Enter", () => current && open(current));
  return (
    <>
      <TextField
        label={words.say("press.search")}
        hint={words.say("press.searchHint")}
        type="search"
        value={filter}
        maxLength={200}
        onValue={(next) => changeView({ filter: next }, "replace")}
      />
      <FaultNote error={found.error} onRetry={() => void found.refetch()} />
      {rows.length === 0 && found.isSuccess ? (
        <Empty
          title={words.say(question === "" ? "press.noTexts" : "press.nothingFound")}
          hint={words.say(question === "" ? "press.noTextsHint" : "press.nothingFoundHint")}
        >
          <Button onClick={() => openRoom("press", "new")}>{words.say("press.tab.new")}</Button>
        </Empty>
      ) : (
        <DataTable
          label={words.say("press.tab.texts")}
          rows={rows}
          keyOf={(row) => row.id}
          selected={current?.id}
          onOpen={open}
          columns={[
            {
              name: words.say("press.title"),
              cell: (row) => <bdi lang={row.body.language}>{withSignsShown(row.body.title)}</bdi>,
            },
            { name: words.say("press.outlet"), cell: (row) => row.body.outlet },
            { name: words.say("press.language"), cell: (row) => languageName(row.body.language, words.locale) },
            { name: words.say("press.published"), cell: (row) => <Time at={row.publishedAt} /> },
            { name: words.say("console.state"), cell: (row) => <TextState row={row} /> },
            { name: words.say("press.claims"), cell: (row) => words.formats.number(row.claims), numeric: true },
            { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
          ]}
        />
      )}
      {found.hasNextPage ? (
        <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {words.say("press.more")}
        </Button>
      ) : null}
      <p className={styles.keys}>
        <Key>J</Key> <Key>K</Key> {words.say("press.keys.move")} <Key>O</Key> {words.say("press.keys.open")}{" "}
        <Key>N</Key> {words.say("press.tab.new")} <Key>T</Key> {words.say("press.tab.timeline")} <Key>F</Key>{" "}
        {words.say("press.tab.facts")} <Key>D</Key> {words.say("press.tab.discrepancies")} <Key>L</Key>{" "}
        {words.say("press.tab.texts")}
      </p>
    </>
  );
}

/** Whether anybody has gone through it, and what must be known of it. */
export function TextState({ row }: { readonly row: TextRow }) {
  const words = useWords();
  const judged = Object.values(row.judged).reduce((sum, count) => sum + count, 0);
  return (
    <span className={styles.badges}>
      <Badge tone={judged + row.claims > 0 ? "good" : "warning"}>
        {words.say(judged + row.claims > 0 ? "press.reviewed" : "press.unread")}
      </Badge>
      {row.body.translation === "original" ? null : <Badge>{words.sayCode("translation", row.body.translation)}</Badge>}
      {row.body.repeats === undefined ? null : <Badge tone="accent">{words.say("press.reprint")}</Badge>}
      {row.isPersonal ? <Badge tone="warning">{words.say("press.personal")}</Badge> : null}
      {row.withdrawn === undefined ? null : <Badge tone="danger">{words.say("press.withdrawn")}</Badge>}
    </span>
  );
}
