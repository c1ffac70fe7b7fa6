/** Details of what is selected, beside the map. */
import type { ReactNode } from "react";
import { useShortcut } from "../../keys/shortcuts.ts";
import { Button } from "../../ui/controls.tsx";
import { ErrorBoundary } from "../../ui/error-boundary.tsx";
import { Scroll } from "../../ui/scroll.tsx";
import type { Selection } from "../../url/view-state.ts";
import { select } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { AllegationDetail } from "../allegations/allegation-detail.tsx";
import { SightingDetail } from "../sightings/sighting-detail.tsx";
import { SourceDetail } from "../sources/source-detail.tsx";
import { AlertDetail } from "./alert-detail.tsx";
import styles from "./common-room.module.css";
import { CueDetail } from "./cue-detail.tsx";
import { EventDetail } from "./event-detail.tsx";
import { Gone } from "./gone.tsx";
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
