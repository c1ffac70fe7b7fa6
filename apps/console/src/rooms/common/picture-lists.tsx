/** What the map shows, as lists: reachable from the keyboard and by a screen reader. */
import type { EventRow, TrackRow } from "@openjmc/model";
import { useTimes } from "../../clock/use-times.ts";
import { Badge, Empty } from "../../ui/controls.tsx";
import { select, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "./common-room.module.css";
import { eventName, trackName } from "./describe.ts";

const MOST_SHOWN = 200;

export function TrackList({ tracks }: { readonly tracks: readonly TrackRow[] }) {
  const words = useWords();
  const { selection } = useView();
  const sorted = tracks
    .toSorted((left, right) => weight(right) - weight(left) || (trackName(left) < trackName(right) ? -1 : 1))
    .slice(0, MOST_SHOWN);
  if (sorted.length === 0)
    return <Empty title={words.say("console.tracks.empty")} hint={words.say("console.tracks.emptyHint")} />;
  return (
    <ul className={styles.list} aria-label={words.say("console.common.tracks")}>
      {sorted.map((track) => (
        <li key={track.id}>
          <button
            type="button"
            className={styles.item}
            data-current={selection?.kind === "track" && track.id.startsWith(selection.id)}
            onClick={() => select({ kind: "track", id: track.id })}
          >
            <span className={styles.itemHead}>
              <strong>{trackName(track)}</strong>
              <span className={styles.itemTime}>
                {track.altitudeMetres === undefined
                  ? words.say("console.unknown")
                  : words.formats.metres(track.altitudeMetres)}
              </span>
            </span>
            <span className={styles.itemMore}>
              {words.formats.speed(Math.hypot(track.velocityEast, track.velocityNorth))} ·{" "}
              {words.formats.bearing(Math.atan2(track.velocityEast, track.velocityNorth))} ·{" "}
              {words.sayCode("trackStatus", track.status)}
            </span>
            {track.suspicions.length > 0 ? <Badge tone="warning">{words.say("console.track.suspicious")}</Badge> : null}
            {track.flight === undefined ? null : <Badge tone="good">{words.say("console.track.notified")}</Badge>}
            {track.zones.some((zone) => zone.probability >= 0.5) ? (
              <Badge tone="accent">{words.say("console.track.inZone")}</Badge>
            ) : null}
          </button>
        </li>
      ))}
    </ul>
  );
}

function weight(track: TrackRow): number {
  return (track.suspicions.length > 0 ? 2 : 0) + (track.zones.some((zone) => zone.probability >= 0.5) ? 1 : 0);
}

export function EventList({ events }: { readonly events: readonly EventRow[] }) {
  const words = useWords();
  const times = useTimes();
  const { selection } = useView();
  const shown = events.toSorted((left, right) => right.originTime - left.originTime).slice(0, MOST_SHOWN);
  if (shown.length === 0)
    return <Empty title={words.say("console.events.empty")} hint={words.say("console.events.emptyHint")} />;
  return (
    <ul className={styles.list} aria-label={words.say("console.common.events")}>
      {shown.map((event) => (
        <li key={event.id}>
          <button
            type="button"
            className={styles.item}
            data-current={selection?.kind === "event" && selection.id === event.id}
            onClick={() => select({ kind: "event", id: event.id })}
          >
            <span className={styles.itemHead}>
              <strong>{eventName(event, words)}</strong>
              <span className={styles.itemTime}>{times.time(event.originTime)}</span>
            </span>
            <span className={styles.itemMore}>
              {words.say("console.event.stations", { count: event.stations.length })} ·{" "}
              {words.say("console.event.within", { distance: words.formats.distance(event.ellipse.semiMajorMetres) })} ·{" "}
              {words.sayCode("eventStatus", event.status)}
            </span>
          </button>
        </li>
      ))}
      {events.length > MOST_SHOWN ? (
        <li className={styles.itemMore}>{words.say("console.list.newest", { count: MOST_SHOWN })}</li>
      ) : null}
    </ul>
  );
}
