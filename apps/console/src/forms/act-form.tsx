/** A form made of a table of fields. It states a routine act under the tab's key, or shows a binding one for signature. */
import type { WordsKey } from "@openjmc/words";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useAct } from "../acts/use-act.ts";
import { useDraft } from "../acts/use-draft.ts";
import { centreNow } from "../clock/clock-store.ts";
import styles from "../rooms/sightings/sightings.module.css";
import { SignOwn } from "../sign/sign-dialog.tsx";
import { type Act, state } from "../sign/statement.ts";
import { Button, Key } from "../ui/controls.tsx";
import { FaultNote } from "../ui/fault-note.tsx";
import { shortInstant } from "../url/view-state.ts";
import { useWords } from "../words/use-words.tsx";
import { type FormField, type FormValues, formBody } from "./form-body.ts";
import { FormFields } from "./form-fields.tsx";

export interface ActFormProps {
  /** Name of the draft. */
  readonly name: string;
  readonly heading: WordsKey;
  readonly send: WordsKey;
  readonly fields: readonly FormField[];
  /** What the form begins with. */
  readonly first?: FormValues;
  /** Besides what the form gives: the kind, the subject, and what stands fixed in the body. */
  readonly act: Omit<Act, "body"> & { readonly body?: object };
  /** Signed by the officer's own signer. */
  readonly binding?: true;
  /** Makes the act whole from what was typed: a subject that people choose, a time from which a clock runs. */
  readonly finish?: (act: Act) => Act;
  readonly onDone?: (subject: string | undefined) => void;
  /** What will be read of it elsewhere: shown first, and only then sent by a second press. */
  readonly review?: (act: Act) => ReactNode;
}

export function ActForm({
  name,
  heading,
  send,
  fields,
  first,
  act: fixed,
  binding,
  finish,
  onDone,
  review,
}: ActFormProps) {
  const words = useWords();
  const draft = useDraft<FormValues>(name, () => ({ ...nowIn(fields), ...first }));
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [signing, setSigning] = useState<Act>();
  const [reviewed, setReviewed] = useState<Act>();
  const act = useAct();
  const done = (subject: string | undefined): void => {
    draft.drop();
    setReviewed(undefined);
    onDone?.(subject);
  };
  const submit = async (): Promise<void> => {
    const made = formBody(fields, draft.value, centreNow());
    setFaults("faults" in made ? made.faults : []);
    if ("faults" in made) return;
    const typed = { ...fixed, body: { ...made.body, ...fixed.body } };
    // What was shown is what is sent, to the last digit of its times.
    const whole = reviewed ?? (finish === undefined ? typed : finish(typed));
    if (binding) return setSigning(whole);
    if (review && reviewed === undefined) return setReviewed(whole);
    let subject: string | undefined;
    const isStated = await act.run(async () => {
      subject = (await state(whole)).subject;
    });
    if (isStated) done(subject);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };
  return (
    <form
      className={styles.form}
      aria-label={words.say(heading)}
      onKeyDown={onKey}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <FormFields
        fields={fields}
        values={draft.value}
        faults={faults}
        change={(part) => {
          setReviewed(undefined);
          draft.change(part);
        }}
      />
      <FaultNote error={act.error} />
      {reviewed === undefined ? null : review?.(reviewed)}
      <div className={styles.acts}>
        <Button look="primary" type="submit" disabled={act.pending}>
          {words.say(review && reviewed === undefined ? "influence.preview" : send)}
        </Button>
        <Key>Ctrl Enter</Key>
      </div>
      {signing === undefined ? null : (
        <SignOwn
          title={words.say(heading)}
          act={signing}
          onSigned={() => done(signing.subject)}
          onClose={() => setSigning(undefined)}
        />
      )}
    </form>
  );
}

/** Times that must be given begin with the centre's own. */
function nowIn(fields: readonly FormField[]): FormValues {
  const now = shortInstant(Math.floor(centreNow() / 1e6) * 1e6);
  return Object.fromEntries(
    fields.filter((field) => field.as === "instant" && !field.optional).map((field) => [field.name, now]),
  );
}
