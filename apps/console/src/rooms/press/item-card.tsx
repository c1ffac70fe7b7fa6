/** The suggestion in hand: what it says of which words, and the ways to answer. */
import type { SuggestedClaim, Suggestion, SuggestionMark } from "@openjmc/model";
import { type KeyboardEvent, useState } from "react";
import { useCentre } from "../../centre/use-centre.ts";
import { Badge, Button, Key } from "../../ui/controls.tsx";
import { TextField } from "../../ui/fields.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { withSignsShown } from "./marks.ts";
import styles from "./press.module.css";
import type { Answer, ReviewItem } from "./review.ts";
import { valueName } from "./value-name.ts";

export function ItemCard({
  item,
  answer,
  text,
  isEditing,
  onEditing,
  onAnswer,
  onTakeBack,
}: {
  readonly item: ReviewItem;
  readonly answer: Answer | undefined;
  readonly text: string;
  readonly isEditing: boolean;
  readonly onEditing: (isEditing: boolean) => void;
  readonly onAnswer: (answer: Answer) => void;
  readonly onTakeBack: () => void;
}) {
  const words = useWords();
  const { mission } = useCentre();
  const suggested = "claim" in item ? item.claim.value : item.suggestion.value;
  const shown = answer?.value ?? suggested;
  return (
    <section className={styles.card} aria-live="polite" data-answer={answer?.verdict ?? "open"}>
      <header className={styles.badges}>
        <Badge tone="accent">{words.say(`press.kind.${"claim" in item ? "claim" : item.suggestion.kind}`)}</Badge>
        {answer === undefined ? null : (
          <Badge tone={answer.verdict === "rejected" ? "danger" : "good"}>
            {words.sayCode("verdict", answer.verdict)}
          </Badge>
        )}
      </header>
      <blockquote className={styles.words}>
        {withSignsShown(text.slice(item.start, Math.min(item.end, item.start + 400)))}
      </blockquote>
      {isEditing ? (
        <Correcting
          value={shown}
          onValue={(value) => {
            onEditing(false);
            onAnswer(value === suggested ? { verdict: "accepted" } : { verdict: "corrected", value });
          }}
          onClose={() => onEditing(false)}
        />
      ) : (
        <p className={styles.value}>{withSignsShown(valueName(shown, mission, words.locale))}</p>
      )}
      {"claim" in item ? <ClaimParticulars claim={item.claim} /> : <SuggestionNote suggestion={item.suggestion} />}
      <div className={styles.acts}>
        <Button look="primary" onClick={() => onAnswer({ verdict: "accepted" })}>
          {words.say("press.accept")} <Key>A</Key>
        </Button>
        <Button onClick={() => onEditing(true)}>
          {words.say("press.correct")} <Key>E</Key>
        </Button>
        <Button onClick={() => onAnswer({ verdict: "rejected" })}>
          {words.say("press.reject")} <Key>X</Key>
        </Button>
        {answer === undefined ? null : (
          <Button look="quiet" onClick={onTakeBack}>
            {words.say("press.takeBack")} <Key>U</Key>
          </Button>
        )}
      </div>
    </section>
  );
}

function Correcting({
  value,
  onValue,
  onClose,
}: {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const [typed, setTyped] = useState(value);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && typed.trim() !== "") {
      event.preventDefault();
      onValue(typed.trim());
    }
    if (event.key === "Escape") onClose();
  };
  return (
    <TextField
      autoFocus
      label={words.say("press.value")}
      hint={words.say("press.valueHint")}
      value={typed}
      maxLength={200}
      onKeyDown={onKey}
      onValue={setTyped}
    />
  );
}

function SuggestionNote({ suggestion: { marks = [], note } }: { readonly suggestion: Suggestion }) {
  const words = useWords();
  if (marks.length === 0 && note === undefined) return null;
  return (
    <p className={styles.badges}>
      {marks.map((mark) => (
        <Badge key={mark} tone={DOUBTS.has(mark) ? "warning" : "neutral"}>
          {words.sayCode("suggestionMark", mark)}
        </Badge>
      ))}
      {note === undefined ? null : <span className={styles.hint}>{withSignsShown(note)}</span>}
    </p>
  );
}

/** What the reading took for granted, or does not know. */
const DOUBTS: ReadonlySet<SuggestionMark> = new Set(["nearest-year", "zone-assumed", "unknown-name"]);

export function ClaimParticulars({ claim }: { readonly claim: Omit<SuggestedClaim, "start" | "end"> }) {
  const words = useWords();
  return (
    <Facts
      facts={[
        [words.say("press.fact"), claim.aspect === undefined ? claim.fact : `${claim.fact} · ${claim.aspect}`],
        [words.say("press.of"), claim.of === undefined ? undefined : words.sayCode("numberOf", claim.of)],
        [words.say("press.validFrom"), claim.validFrom],
        [words.say("press.speaker"), claim.speaker?.name],
        [words.say("press.certainty"), words.sayCode("certainty", claim.certainty)],
        [words.say("press.certaintyWords"), claim.certaintyWords],
        [words.say("press.framing"), claim.framing === undefined ? undefined : words.formats.list(claim.framing)],
        [words.say("press.form"), words.sayCode("claimForm", claim.form)],
      ]}
    />
  );
}
