/** A claim that the reading has not found, about a fact that the mission follows or one of the analysts' own. */
import { CLAIM_CERTAINTIES, type ClaimStatedBody, type TextContent } from "@openjmc/model";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { readFacts } from "../../api/press-endpoints.ts";
import { state } from "../../sign/statement.ts";
import { Button } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { CheckField, SelectField, TextField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./press.module.css";
import { usePress } from "./use-press.ts";

const LONGEST_QUOTE = 280;
const FIRST = { fact: "", aspect: "", value: "", speaker: "", certainty: "stated", of: "", from: "", until: "" };

export function StateClaim({
  content,
  span,
}: {
  readonly content: TextContent;
  readonly span: { readonly start: number; readonly end: number } | undefined;
}) {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.say("press.anotherClaim")}</summary>
      {isOpen ? <ClaimForm content={content} span={span} onDone={() => setOpen(false)} /> : null}
    </details>
  );
}

function ClaimForm({
  content,
  span,
  onDone,
}: {
  readonly content: TextContent;
  readonly span: { readonly start: number; readonly end: number } | undefined;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const facts = usePress(["facts"], readFacts).data ?? [];
  const [fields, setFields] = useState(FIRST);
  const [isQuoted, setQuoted] = useState(false);
  const [isPerson, setPerson] = useState(false);
  const act = useAct();
  const change = (part: Partial<typeof FIRST>): void => setFields((now) => ({ ...now, ...part }));
  const aspects = facts.find(({ fact }) => fact === fields.fact)?.aspects ?? [];
  const [start, end] = [span?.start ?? 0, span?.end ?? Math.min(content.text.length, LONGEST_QUOTE)];
  const quote = content.text
    .slice(start, Math.min(end, start + LONGEST_QUOTE))
    .replace(/\s+/g, " ")
    .trim();
  const send = async (): Promise<void> => {
    const body: ClaimStatedBody = {
      ...{ text: content.row.id, fact: fields.fact.trim(), value: fields.value.trim() },
      ...(fields.aspect.trim() === "" ? {} : { aspect: fields.aspect.trim() }),
      ...(fields.of === "" ? {} : { of: fields.of as "each" | "total" }),
      ...(fields.from === "" ? {} : { validFrom: fields.from }),
      ...(fields.until === "" ? {} : { validUntil: fields.until }),
      ...(fields.speaker.trim() === "" ? {} : { speaker: { name: fields.speaker.trim(), isPerson } }),
      ...{ form: isQuoted ? "quote" : "paraphrase", certainty: fields.certainty as ClaimStatedBody["certainty"] },
      ...{ start, end, quote },
    };
    if (await act.run(() => state({ kind: "claim.stated", body }))) onDone();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <blockquote className={styles.words}>{quote}</blockquote>
      <TextField
        label={words.say("press.fact")}
        hint={words.say("press.factHint", { facts: words.formats.list(facts.map(({ fact }) => fact)) })}
        value={fields.fact}
        maxLength={80}
        onValue={(fact) => change({ fact })}
      />
      <TextField
        label={words.say("press.aspect")}
        hint={words.formats.list([...aspects])}
        value={fields.aspect}
        maxLength={80}
        onValue={(aspect) => change({ aspect })}
      />
      <TextField
        label={words.say("press.value")}
        hint={words.say("press.valueForm")}
        value={fields.value}
        maxLength={200}
        onValue={(value) => change({ value })}
      />
      <SelectField
        label={words.say("press.of")}
        value={fields.of}
        choices={[
          { value: "", label: words.say("console.notStated") },
          ...(["each", "total"] as const).map((value) => ({ value, label: words.sayCode("numberOf", value) })),
        ]}
        onValue={(of) => change({ of })}
      />
      <TextField
        type="date"
        label={words.say("press.validFrom")}
        value={fields.from}
        onValue={(from) => change({ from })}
      />
      <TextField
        type="date"
        label={words.say("press.validUntil")}
        value={fields.until}
        onValue={(until) => change({ until })}
      />
      <TextField
        label={words.say("press.speaker")}
        value={fields.speaker}
        maxLength={120}
        onValue={(speaker) => change({ speaker })}
      />
      <CheckField label={words.say("press.isPerson")} checked={isPerson} onValue={setPerson} />
      <SelectField
        label={words.say("press.certainty")}
        value={fields.certainty}
        choices={CLAIM_CERTAINTIES.map((value) => ({ value, label: words.sayCode("certainty", value) }))}
        onValue={(certainty) => change({ certainty })}
      />
      <CheckField label={words.say("press.isQuoted")} checked={isQuoted} onValue={setQuoted} />
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        <Button look="primary" type="submit" disabled={act.pending}>
          {words.say("press.stateClaim")}
        </Button>
      </div>
    </form>
  );
}
