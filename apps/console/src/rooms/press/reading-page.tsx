/** One text: its words with what the reading suggests, judged with one key each, and what it claims beside it. */
import type { TextContent, TextReading } from "@openjmc/model";
import { useState } from "react";
import { readReading, readText, searchTexts } from "../../api/press-endpoints.ts";
import { useShortcut } from "../../keys/shortcuts.ts";
import { Button, Key, Note } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { tell } from "../../ui/notices.tsx";
import { Panel } from "../../ui/panel.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { AddWords } from "./add-words.tsx";
import { ItemCard } from "./item-card.tsx";
import { MarkedText } from "./marked-text.tsx";
import { withSignsShown } from "./marks.ts";
import styles from "./press.module.css";
import { StateClaim } from "./state-claim.tsx";
import { TextFacts } from "./text-facts.tsx";
import { usePress } from "./use-press.ts";
import { type Review, useReview } from "./use-review.ts";

export function ReadingPage({ id }: { readonly id: string }) {
  const words = useWords();
  const content = usePress(["text", id], () => readText(id));
  const reading = usePress(["reading", id], () => readReading(id));
  if (content.data === undefined || reading.data === undefined)
    return (
      <Panel title={words.say("press.reading")} padded>
        <FaultNote error={content.error ?? reading.error} />
        {(content.error ?? reading.error) ? null : <p role="status">{words.say("press.reading.waits")}</p>}
        <Button onClick={() => openRoom("press")}>{words.say("press.back")}</Button>
      </Panel>
    );
  return <Reviewing content={content.data} reading={reading.data} />;
}

/** The next text that nobody has gone through. */
async function nextUnread(id: string): Promise<string | undefined> {
  const { rows } = await searchTexts("");
  return rows.find(
    (row) =>
      row.id !== id &&
      row.claims === 0 &&
      row.withdrawn === undefined &&
      Object.values(row.judged).every((n) => n === 0),
  )?.id;
}

function Reviewing({ content, reading }: { readonly content: TextContent; readonly reading: TextReading }) {
  const words = useWords();
  const review = useReview(content, reading);
  const [selected, setSelected] = useState<{ readonly start: number; readonly end: number }>();
  const [isEditing, setEditing] = useState(false);
  const { row } = content;
  const answered = Object.keys(review.answers).length + review.added.length;
  const sign = async (): Promise<void> => {
    if (answered > 0 && !(await review.sign())) return;
    tell(words.say("press.signed", { title: row.body.title }));
    const next = await nextUnread(row.id).catch(() => undefined);
    openRoom("press", next === undefined ? undefined : `text:${next}`);
  };
  useKeys(review, () => setEditing(true), sign);
  return (
    <div className={styles.reading}>
      <Panel
        title={<bdi lang={row.body.language}>{withSignsShown(row.body.title)}</bdi>}
        actions={<Button onClick={() => openRoom("press")}>{words.say("press.back")}</Button>}
        padded
      >
        <TextFacts content={content} reading={reading} />
        <MarkedText
          text={content.text}
          language={row.body.language}
          marks={review.items}
          current={review.item?.key}
          lookOf={(key) => lookOf(review, key)}
          onMark={review.goToKey}
          onSelect={(start, end) => setSelected({ start, end })}
        />
      </Panel>
      <Panel
        title={words.say("press.suggestions", { open: review.open, all: review.items.length })}
        actions={
          <Button look="primary" disabled={review.signing.pending} onClick={() => void sign()}>
            {words.say(answered > 0 ? "press.sign" : "press.next")} <Key>Ctrl Enter</Key>
          </Button>
        }
        padded
      >
        <FaultNote error={review.signing.error} />
        {review.item === undefined ? (
          <Note>{words.say("press.nothingToJudge")}</Note>
        ) : (
          <ItemCard
            key={review.item.key}
            item={review.item}
            answer={review.answers[review.item.key]}
            text={content.text}
            isEditing={isEditing}
            onEditing={setEditing}
            onAnswer={review.answer}
            onTakeBack={review.takeBack}
          />
        )}
        {selected === undefined ? null : (
          <AddWords
            text={content.text}
            span={selected}
            onAdd={(one) => {
              review.add(one);
              setSelected(undefined);
            }}
            onClose={() => setSelected(undefined)}
          />
        )}
        <AddedWords content={content} review={review} />
        <StateClaim content={content} span={selected ?? review.item} />
        <KeysLine />
      </Panel>
    </div>
  );
}

function lookOf(review: Review, key: string): { kind: string; answer?: string | undefined } {
  const item = review.items.find((one) => one.key === key);
  const kind = item === undefined ? "" : "claim" in item ? "claim" : item.suggestion.kind;
  return { kind, answer: review.answers[key]?.verdict };
}

function useKeys(review: Review, edit: () => void, sign: () => Promise<void>): void {
  useShortcut("KeyJ", () => review.goTo(review.at + 1));
  useShortcut("KeyK", () => review.goTo(review.at - 1));
  useShortcut("KeyA", () => review.answer({ verdict: "accepted" }));
  useShortcut("KeyX", () => review.answer({ verdict: "rejected" }));
  useShortcut("KeyE", edit);
  useShortcut("KeyU", review.takeBack);
  useShortcut("Shift+KeyA", review.acceptRest);
  useShortcut("Enter", () => void sign(), { modified: true });
}

function AddedWords({ content, review }: { readonly content: TextContent; readonly review: Review }) {
  const words = useWords();
  if (review.added.length === 0) return null;
  return (
    <ul className={styles.added}>
      {review.added.map((one) => (
        <li key={`${one.kind} ${one.start} ${one.end}`}>
          {words.say(`press.kind.${one.kind}`)}: {content.text.slice(one.start, one.end)} → {one.value}{" "}
          <Button look="quiet" onClick={() => review.drop(one)}>
            {words.say("press.drop")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function KeysLine() {
  const words = useWords();
  return (
    <p className={styles.keys}>
      <Key>J</Key> <Key>K</Key> {words.say("press.keys.move")} <Key>A</Key> {words.say("press.keys.accept")}{" "}
      <Key>X</Key> {words.say("press.keys.reject")} <Key>E</Key> {words.say("press.keys.correct")} <Key>U</Key>{" "}
      {words.say("press.keys.takeBack")} <Key>Shift A</Key> {words.say("press.keys.acceptRest")}
    </p>
  );
}
