/**
 * Each component's own conclusion, ours and theirs side by side. Until both are in, or the clock has run out, each is
 * sealed: ours is read from our own room, theirs shows only that it is there.
 * GAP: an earlier conclusion of the same component is only reached through the record's entries; the incident's row would
 * have to keep it.
 */
import { type ConclusionRow, type IncidentRow, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { useState } from "react";
import { sealConclusion, stateConclusion } from "../../acts/acts.ts";
import { useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { componentOf, nameIn, useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { useOfficer } from "../../session/session.ts";
import { languageName } from "../../sign/signed-text.tsx";
import { Button, Note } from "../../ui/controls.tsx";
import { Mark, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField, SelectField, TextField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./incidents.module.css";
import { useSealedText } from "./use-sealed-text.ts";

const MOST_HOURS = 24 * 31;

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
  if (conclusion.state === "sealed")
    return (
      <>
        <p>{words.say("rooms.conclusion.theirsSealed")}</p>
        <OpenedAt conclusion={conclusion} />
        <Mark mark={conclusion.mark} />
      </>
    );
  return (
    <>
      <p className={styles.text} lang={conclusion.language}>
        {conclusion.text}
      </p>
      {conclusion.isAfterTheOther ? <Note>{words.say("rooms.conclusion.afterTheOther")}</Note> : null}
      <Mark mark={conclusion.mark} />
      {conclusion.disclosed === undefined ? null : (
        <span>
          {words.say("rooms.conclusion.opened")} <Mark mark={conclusion.disclosed} />
        </span>
      )}
    </>
  );
}

function OpenedAt({ conclusion }: { readonly conclusion: ConclusionRow }) {
  const words = useWords();
  if (conclusion.deadline === undefined) return null;
  return (
    <p>
      {words.say("rooms.conclusion.openedAtLatest")} <Time at={conclusion.deadline} />
    </p>
  );
}

/** Our own while it is sealed, as our room's node opens it for us. */
function OwnSealed({ conclusion }: { readonly conclusion: ConclusionRow }) {
  const words = useWords();
  const { text, language, error } = useSealedText(conclusion.mark.statement);
  return (
    <>
      <Note>{words.say("rooms.conclusion.oursSealed")}</Note>
      <p className={styles.text} lang={language}>
        {text}
      </p>
      <FaultNote error={error} />
      <OpenedAt conclusion={conclusion} />
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
  const [writing, setWriting] = useState(false);
  if (stated === undefined || writing)
    return (
      <ConclusionForm incident={incident} stated={stated} onDone={writing ? () => setWriting(false) : undefined} />
    );
  return (
    <>
      {stated.state === "sealed" ? <OwnSealed conclusion={stated} /> : <Stated conclusion={stated} />}
      <div className={styles.acts}>
        <Button onClick={() => setWriting(true)}>{words.say("console.conclusions.revise")}</Button>
      </div>
    </>
  );
}

function ConclusionForm({
  incident,
  stated,
  onDone,
}: {
  readonly incident: IncidentRow;
  readonly stated: ConclusionRow | undefined;
  readonly onDone: (() => void) | undefined;
}) {
  const words = useWords();
  const officer = useOfficer();
  const centre = useCentre();
  const languages = componentOf(centre, officer.component)?.languages ?? ["en"];
  const isOpen = incident.conclusions.some((one) => one.state !== "sealed");
  const first = incident.conclusions.find((one) => one.deadline !== undefined);
  const draft = useDraft(
    `conclusion-${incident.id}`,
    () => ({
      text: stated?.text ?? "",
      language: stated?.language ?? languages[0] ?? "en",
      hours: String(centre.mission.lapseHours),
    }),
    true,
  );
  const act = useAct();
  const { text, language, hours } = draft.value;
  const areHoursGood = isOpen || first !== undefined || (Number(hours) > 0 && Number(hours) <= MOST_HOURS);
  const send = async (): Promise<void> => {
    const body = { incident: incident.id, text: text.trim(), language };
    const deadline = first?.deadline ?? centreNow() + Math.round(Number(hours) * 3600) * MICROSECONDS_PER_SECOND;
    if (!(await act.run(() => (isOpen ? stateConclusion(body) : sealConclusion(body, deadline))))) return;
    draft.drop();
    onDone?.();
  };
  return (
    <>
      <AreaField
        label={words.say("console.conclusions.text")}
        rows={4}
        value={text}
        onValue={(next) => draft.change({ text: next })}
        maxLength={12_000}
        lang={language}
      />
      <SelectField
        label={words.say("console.textLanguage")}
        value={language}
        choices={languages.map((one) => ({ value: one, label: languageName(one, words.locale) }))}
        onValue={(next) => draft.change({ language: next })}
      />
      {isOpen || first !== undefined ? null : (
        <TextField
          label={words.say("rooms.conclusion.hours")}
          hint={words.say("rooms.conclusion.hoursHint")}
          inputMode="numeric"
          value={hours}
          onValue={(next) => draft.change({ hours: next })}
        />
      )}
      {isOpen ? null : <Note>{words.say("rooms.conclusion.howSealed")}</Note>}
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        <Button
          look="primary"
          disabled={act.pending || text.trim() === "" || !areHoursGood}
          onClick={() => void send()}
        >
          {words.say(isOpen ? "console.conclusions.state" : "rooms.conclusion.seal")}
        </Button>
        {onDone === undefined ? null : <Button onClick={onDone}>{words.say("console.cancel")}</Button>}
      </div>
    </>
  );
}
