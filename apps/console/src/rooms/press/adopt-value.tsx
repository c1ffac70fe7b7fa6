/** Adopting one of the competing values, with reasons. Everything else stands beside it. */
import type { FactVersion, FactView, ValueAdoptedBody } from "@openjmc/model";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { state } from "../../sign/statement.ts";
import { Button, Key } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./press.module.css";

const MOST_CLAIMS = 50;

export function AdoptValue({
  fact,
  version,
  onDone,
}: {
  readonly fact: FactView;
  readonly version: FactVersion;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const [reasons, setReasons] = useState("");
  const act = useAct();
  const send = async (): Promise<void> => {
    if (reasons.trim() === "") return;
    const body: ValueAdoptedBody = {
      fact: fact.fact,
      ...(version.aspect === undefined ? {} : { aspect: version.aspect }),
      value: version.value,
      ...(version.of === undefined ? {} : { of: version.of }),
      reasons: reasons.trim(),
      claims: version.claims.slice(0, MOST_CLAIMS).map(({ id }) => id),
    };
    if (await act.run(() => state({ kind: "value.adopted", body }))) onDone();
  };
  return (
    <form
      className={styles.card}
      aria-label={words.say("press.adopt")}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void send();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <strong>
        {fact.fact}
        {version.aspect === undefined ? "" : ` · ${version.aspect}`}: {version.value}
      </strong>
      <AreaField
        autoFocus
        label={words.say("press.reasons")}
        hint={words.say("press.reasonsHint")}
        rows={3}
        value={reasons}
        maxLength={4000}
        onValue={setReasons}
      />
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        <Button look="primary" type="submit" disabled={act.pending || reasons.trim() === ""}>
          {words.say("press.adopt")} <Key>Ctrl Enter</Key>
        </Button>
        <Button look="quiet" onClick={onDone}>
          {words.say("console.cancel")}
        </Button>
      </div>
    </form>
  );
}
