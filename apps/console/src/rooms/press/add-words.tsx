/** Words that the reading has passed over, marked by the analyst. */
import type { JudgedKind } from "@openjmc/model";
import { useState } from "react";
import { Button } from "../../ui/controls.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./press.module.css";
import type { Added } from "./review.ts";

const KINDS = ["date", "time", "quantity", "place", "person", "organisation", "outlet", "state", "quotation"] as const;

export function AddWords({
  text,
  span,
  onAdd,
  onClose,
}: {
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly onAdd: (one: Added) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const marked = text.slice(span.start, span.end);
  const [kind, setKind] = useState<JudgedKind>("place");
  const [value, setValue] = useState(marked.trim().slice(0, 200));
  return (
    <form
      className={styles.card}
      aria-label={words.say("press.add")}
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim() !== "") onAdd({ ...span, kind, value: value.trim() });
      }}
    >
      <blockquote className={styles.words}>{marked.slice(0, 400)}</blockquote>
      <SelectField
        label={words.say("press.what")}
        value={kind}
        choices={KINDS.map((one) => ({ value: one, label: words.say(`press.kind.${one}`) }))}
        onValue={(one) => setKind(one as JudgedKind)}
      />
      <TextField label={words.say("press.value")} value={value} maxLength={200} onValue={setValue} />
      <div className={styles.acts}>
        <Button look="primary" type="submit">
          {words.say("press.add")}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {words.say("console.cancel")}
        </Button>
      </div>
    </form>
  );
}
