/**
 * What our component alone has noted on an incident. Each note is sealed in our own room; the record shows that something was
 * sealed, not what it is about. Every look is a read that our node writes down, so that none happens unasked.
 */
import type { IncidentRow } from "@openjmc/model";
import { useState } from "react";
import { sealOwnNote } from "../../acts/acts.ts";
import { useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { type RoomEntryRow, searchRoom } from "../../room/ask-room.ts";
import { Badge, Button, Note } from "../../ui/controls.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./incidents.module.css";

const AGAIN_MILLISECONDS = 1_500;
const MOST_TRIES = 6;
const MOST_LETTERS = 8_000;

export function OwnNotes({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const draft = useDraft(`own-note-${incident.id}`, () => ({ text: "" }), true);
  const act = useAct();
  const [notes, setNotes] = useState<readonly RoomEntryRow[]>();
  const look = () => act.run(async () => setNotes(await notesOn(incident.id)));
  const seal = () =>
    act.run(async () => {
      const { statement } = await sealOwnNote(incident.id, draft.value.text.trim());
      draft.drop();
      setNotes(await notesOn(incident.id, statement));
    });
  return (
    <section className={styles.section} aria-label={words.say("rooms.notes.ours")}>
      <div className={styles.sectionHead}>
        <h2>{words.say("rooms.notes.ours")}</h2>
        <Button disabled={act.pending} onClick={() => void look()}>
          {words.say("rooms.notes.look")}
        </Button>
      </div>
      {notes?.length === 0 ? <p>{words.say("rooms.notes.none")}</p> : null}
      {notes?.map((note) => (
        <OwnNote key={note.statement} note={note} />
      ))}
      <AreaField
        label={words.say("rooms.notes.text")}
        value={draft.value.text}
        onValue={(text) => draft.change({ text })}
        maxLength={MOST_LETTERS}
      />
      <Note>{words.say("rooms.notes.oursHint")}</Note>
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        <Button disabled={act.pending || draft.value.text.trim() === ""} onClick={() => void seal()}>
          {words.say("rooms.notes.seal")}
        </Button>
      </div>
    </section>
  );
}

function OwnNote({ note }: { readonly note: RoomEntryRow }) {
  const words = useWords();
  return (
    <div>
      <code>{note.role}</code> <Time at={note.claimedAt} />{" "}
      {note.state === "disclosed" ? <Badge>{words.say("rooms.notes.released")}</Badge> : null}
      <p className={styles.text}>{String(note.content?.body.text)}</p>
    </div>
  );
}

/** Newest first. `statement`: of the sealed entry that must be among them, as soon as the node has come so far in the record. */
async function notesOn(incident: string, statement?: string): Promise<readonly RoomEntryRow[]> {
  for (let tries = 1; ; tries++) {
    const found = (await searchRoom(incident)).filter(
      ({ content }) => content?.kind === "room.noted" && content.body.incident === incident,
    );
    if (statement === undefined || tries === MOST_TRIES || found.some((note) => note.statement === statement))
      return found;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLISECONDS));
  }
}
