/** Details of what is selected, beside the map. */
import { type ReactNode, useState } from "react";
import { attachEvidence, type EvidenceTarget } from "../../acts/acts.ts";
import { useAct } from "../../acts/use-act.ts";
import { useShortcut } from "../../keys/shortcuts.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Button, Empty } from "../../ui/controls.tsx";
import { ErrorBoundary } from "../../ui/error-boundary.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Scroll } from "../../ui/scroll.tsx";
import type { Selection } from "../../url/view-state.ts";
import { openRoom, select } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { AllegationDetail } from "../allegations/allegation-detail.tsx";
import { SightingDetail } from "../sightings/sighting-detail.tsx";
import { SourceDetail } from "../sources/source-detail.tsx";
import { AlertDetail } from "./alert-detail.tsx";
import styles from "./common-room.module.css";
import { CueDetail } from "./cue-detail.tsx";
import { EventDetail } from "./event-detail.tsx";
import { TrackDetail } from "./track-detail.tsx";
import type { PictureRows } from "./use-picture-rows.ts";
import { ZoneDetail } from "./zone-detail.tsx";

export function SelectionPanel({
  selection,
  picture,
}: {
  readonly selection: Selection;
  readonly picture: PictureRows;
}) {
  const words = useWords();
  useShortcut("Escape", () => select(undefined));
  return (
    <aside className={styles.panel} aria-label={words.say("console.details")}>
      <div className={styles.panelHead}>
        <strong>{words.say(`console.selected.${selection.kind}`)}</strong>
        <Button look="quiet" onClick={() => select(undefined)}>
          {words.say("console.close")}
        </Button>
      </div>
      <Scroll className={styles.panelBody} label={words.say("console.details")}>
        <ErrorBoundary resetOn={`${selection.kind}${selection.id}`}>
          <Detail key={`${selection.kind}${selection.id}`} selection={selection} picture={picture} />
        </ErrorBoundary>
      </Scroll>
    </aside>
  );
}

function Detail({
  selection: { kind, id },
  picture,
}: {
  readonly selection: Selection;
  readonly picture: PictureRows;
}): ReactNode {
  switch (kind) {
    case "track":
      return <TrackDetail id={id} picture={picture} />;
    case "event":
      return <EventDetail id={id} picture={picture} />;
    case "alert":
      return <AlertDetail id={id} />;
    case "source":
      return <SourceDetail id={id} />;
    case "sighting":
      return <SightingDetail id={id} />;
    case "allegation":
      return <AllegationDetail id={id} />;
    case "cue":
      return <CueDetail id={id} />;
    case "zone":
      return <ZoneDetail id={id} />;
    default:
      return <Gone />;
  }
}

export function Gone() {
  const words = useWords();
  return <Empty title={words.say("console.gone")} hint={words.say("console.goneHint")} />;
}

/** Attaches a thing to an incident that is still open. */
export function AttachTo({ target }: { readonly target: EvidenceTarget }) {
  const words = useWords();
  const incidents = useFreshRows("incidents").rows.filter(
    (row) => row.state === "open" || row.state === "finding-proposed",
  );
  const [chosen, setChosen] = useState("");
  const act = useAct();
  if (incidents.length === 0) return null;
  return (
    <div className={styles.acts}>
      <select
        className={styles.wide}
        aria-label={words.say("console.attach.to")}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="">{words.say("console.attach.to")}</option>
        {incidents.map((row) => (
          <option key={row.id} value={row.id}>
            {row.number} {row.title}
          </option>
        ))}
      </select>
      {chosen === "" ? null : (
        <Button
          disabled={act.pending}
          onClick={() =>
            void act.run(async () => {
              await attachEvidence(chosen, target);
              openRoom("incidents", chosen);
            })
          }
        >
          {words.say("console.attach")}
        </Button>
      )}
      <FaultNote error={act.error} />
    </div>
  );
}
