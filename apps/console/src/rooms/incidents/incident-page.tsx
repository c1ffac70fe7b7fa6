/** One incident from suspicion to finding: evidence, each component's own conclusion, the finding and its keys. */
import type { FindingRow, IncidentRow } from "@openjmc/model";
import { useState } from "react";
import { noteIncident } from "../../acts/acts.ts";
import { useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { Badge, Button } from "../../ui/controls.tsx";
import { Mark, Position, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField } from "../../ui/fields.tsx";
import { Facts, Panel } from "../../ui/panel.tsx";
import { changeView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { CaseSection } from "./case-section.tsx";
import { CasualtiesSection } from "./casualties-section.tsx";
import { Conclusions } from "./conclusions.tsx";
import { EvidenceSection } from "./evidence-section.tsx";
import { FindingCard } from "./finding-card.tsx";
import { FindingForm } from "./finding-form.tsx";
import styles from "./incidents.module.css";
import { OwnNotes } from "./own-notes.tsx";
import { STATE_TONES } from "./states.ts";

export function IncidentPage({
  incident,
  findings,
}: {
  readonly incident: IncidentRow;
  readonly findings: readonly FindingRow[];
}) {
  const words = useWords();
  const [proposing, setProposing] = useState(false);
  const newest = findings.toSorted((left, right) => right.proposedBy.index - left.proposedBy.index);
  const standing = newest.find((finding) => finding.state !== "withdrawn" && finding.state !== "superseded");
  const canPropose =
    standing === undefined ||
    standing.state === "proposed" ||
    standing.state === "one-sided" ||
    standing.state === "split";
  return (
    <Panel
      title={`${incident.number} · ${incident.title}`}
      actions={<Badge tone={STATE_TONES[incident.state]}>{words.say(`codes.incidentState.${incident.state}`)}</Badge>}
    >
      <div className={styles.sections}>
        <Facts
          facts={[
            [words.say("console.finding.occurred"), <Time key="t" at={incident.occurredAt} />],
            [
              words.say("console.place"),
              incident.lon === undefined || incident.lat === undefined ? undefined : (
                <Position key="p" lon={incident.lon} lat={incident.lat} />
              ),
            ],
            [words.say("console.incident.openedBy"), <Mark key="m" mark={incident.openedBy} />],
          ]}
        />
        <div className={styles.acts}>
          <Button onClick={() => changeView({ room: "common", clock: { mode: "fixed", at: incident.occurredAt } })}>
            {words.say("console.incident.showThen")}
          </Button>
        </div>
        <section className={styles.section} aria-label={words.say("console.finding")}>
          <div className={styles.sectionHead}>
            <h2>{words.say("console.finding")}</h2>
            {canPropose && !proposing ? (
              <Button look={standing === undefined ? "primary" : "plain"} onClick={() => setProposing(true)}>
                {words.say(standing === undefined ? "console.finding.propose" : "console.finding.proposeAnew")}
              </Button>
            ) : null}
          </div>
          {proposing ? (
            <FindingForm incident={incident} standing={standing} onClose={() => setProposing(false)} />
          ) : null}
          {newest.map((finding) => (
            <FindingCard key={`${finding.id}${finding.revision}`} finding={finding} incident={incident} />
          ))}
          {newest.length === 0 && !proposing ? <p>{words.say("console.finding.none")}</p> : null}
        </section>
        <Conclusions incident={incident} />
        <EvidenceSection incident={incident} />
        <CasualtiesSection incident={incident} />
        <CaseSection incident={incident} />
        <Notes incident={incident} />
        <OwnNotes key={incident.id} incident={incident} />
      </div>
    </Panel>
  );
}

function Notes({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const draft = useDraft(`note-${incident.id}`, () => ({ text: "" }));
  const act = useAct();
  return (
    <section className={styles.section} aria-label={words.say("console.notes")}>
      <h2>{words.say("console.notes")}</h2>
      {incident.notes.map((note) => (
        <div key={note.mark.statement}>
          <Mark mark={note.mark} />
          <p className={styles.text}>{note.text}</p>
        </div>
      ))}
      <AreaField
        label={words.say("console.notes.new")}
        value={draft.value.text}
        onValue={(text) => draft.change({ text })}
        maxLength={8000}
      />
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        <Button
          disabled={act.pending || draft.value.text.trim() === ""}
          onClick={() =>
            void act.run(() => noteIncident(incident.id, draft.value.text.trim())).then((done) => done && draft.drop())
          }
        >
          {words.say("console.notes.add")}
        </Button>
      </div>
    </section>
  );
}
