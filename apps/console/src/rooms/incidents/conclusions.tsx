/**
 * Each component's own conclusion, ours and theirs side by side.
 * GAP: an earlier conclusion of the same component is only reached through the record's entries; the incident's row would
 * have to keep it.
 */
import type { ConclusionRow, IncidentRow } from "@openjmc/model";
import { useState } from "react";
import { stateConclusion } from "../../acts/acts.ts";
import { useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { componentOf, nameIn, useCentre } from "../../centre/use-centre.ts";
import { useOfficer } from "../../session/session.ts";
import { languageName } from "../../sign/signed-text.tsx";
import { Button } from "../../ui/controls.tsx";
import { Mark } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField, SelectField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./incidents.module.css";

export function Conclusions({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const { mission } = useCentre();
  const officer = useOfficer();
  return (
    <section className={styles.section} aria-label={words.say("console.conclusions")}>
      <h2>{words.say("console.conclusions")}</h2>
      <div className={styles.pair}>
        {mission.components.map((component) => {
          const own = component.code === officer.component;
          const stated = incident.conclusions.find((one) => one.component === component.code);
          return (
            <article
              key={component.code}
              className={styles.side}
              style={{ borderTopColor: component.colour }}
              aria-label={nameIn(component.names, words.locale)}
            >
              <h3>
                {nameIn(component.names, words.locale)}{" "}
                {own ? `· ${words.say("console.ours")}` : `· ${words.say("console.theirs")}`}
              </h3>
              {own ? <OwnConclusion incident={incident} stated={stated} /> : <Stated conclusion={stated} />}
            </article>
          );
        })}
      </div>
    </section>
  );
}

function Stated({ conclusion }: { readonly conclusion: ConclusionRow | undefined }) {
  const words = useWords();
  if (conclusion === undefined) return <p>{words.say("console.conclusions.none")}</p>;
  return (
    <>
      <p className={styles.text} lang={conclusion.language}>
        {conclusion.text}
      </p>
      <Mark mark={conclusion.mark} />
    </>
  );
}

function OwnConclusion({
  incident,
  stated,
}: {
  readonly incident: IncidentRow;
  readonly stated: ConclusionRow | undefined;
}) {
  const words = useWords();
  const officer = useOfficer();
  const centre = useCentre();
  const languages = componentOf(centre, officer.component)?.languages ?? ["en"];
  const draft = useDraft(`conclusion-${incident.id}`, () => ({
    text: stated?.text ?? "",
    language: stated?.language ?? languages[0] ?? "en",
  }));
  const [writing, setWriting] = useState(false);
  const act = useAct();
  if (stated !== undefined && !writing)
    return (
      <>
        <Stated conclusion={stated} />
        <div className={styles.acts}>
          <Button onClick={() => setWriting(true)}>{words.say("console.conclusions.revise")}</Button>
        </div>
      </>
    );
  const send = async (): Promise<void> => {
    const { text, language } = draft.value;
    if (!(await act.run(() => stateConclusion({ incident: incident.id, text: text.trim(), language })))) return;
    draft.drop();
    setWriting(false);
  };
  return (
    <>
      <AreaField
        label={words.say("console.conclusions.text")}
        rows={4}
        value={draft.value.text}
        onValue={(text) => draft.change({ text })}
        maxLength={12_000}
        lang={draft.value.language}
      />
      <SelectField
        label={words.say("console.textLanguage")}
        value={draft.value.language}
        choices={languages.map((language) => ({ value: language, label: languageName(language, words.locale) }))}
        onValue={(language) => draft.change({ language })}
      />
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        <Button look="primary" disabled={act.pending || draft.value.text.trim() === ""} onClick={() => void send()}>
          {words.say("console.conclusions.state")}
        </Button>
        {stated === undefined ? null : <Button onClick={() => setWriting(false)}>{words.say("console.cancel")}</Button>}
      </div>
    </>
  );
}
