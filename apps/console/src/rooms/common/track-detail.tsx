/** A track: where, how high, how fast, from which sources, and how sure; its heights over time. */

import { type MissionView, provesItself, type TrackPoint, type TrackRow } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { useAct } from "../../acts/use-act.ts";
import { readRow } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { Badge, Button } from "../../ui/controls.tsx";
import { Position, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { AttachTo } from "./attach-to.tsx";
import styles from "./common-room.module.css";
import { trackName, zoneName } from "./describe.ts";
import { Gone } from "./gone.tsx";
import { openIncidentOfTrack } from "./open-incident.ts";
import { useTrackPoints } from "./use-history.ts";
import type { PictureRows } from "./use-picture-rows.ts";

/** Digits of an id that the picture's stream carries. */
const PICTURE_ID_DIGITS = 32;

export function TrackDetail({ id, picture }: { readonly id: string; readonly picture: PictureRows }) {
  const words = useWords();
  const { mission } = useCentre();
  const act = useAct();
  const shown = picture.tracks.find((row) => row.id.startsWith(id));
  const { data: kept } = useQuery({
    queryKey: ["track", id],
    queryFn: () => readRow<TrackRow>("tracks", id),
    enabled: shown === undefined && id.length > PICTURE_ID_DIGITS,
  });
  const track = shown ?? kept;
  const points = useTrackPoints(track?.id, track?.firstAt);
  if (track === undefined) return <Gone />;
  const name = trackName(track);
  const speed = Math.hypot(track.velocityEast, track.velocityNorth);
  return (
    <>
      <h2>{name}</h2>
      <div className={styles.badges}>
        <Badge>{words.sayCode("trackStatus", track.status)}</Badge>
        {track.flight === undefined ? (
          <Badge>{words.say("console.track.notNotified")}</Badge>
        ) : (
          <Badge tone="good">{words.say("console.track.notified")}</Badge>
        )}
        {track.suspicions.map((suspicion) => (
          <Badge key={suspicion} tone="warning">
            {words.sayCode("suspicion", suspicion)}
          </Badge>
        ))}
      </div>
      <Facts
        facts={[
          [words.say("console.track.callsign"), track.callsign],
          [words.say("console.track.icao"), track.icao],
          [words.say("console.track.serial"), track.serial],
          [words.say("console.track.squawk"), track.squawk],
          [words.say("console.place"), <Position key="p" lon={track.lon} lat={track.lat} />],
          [
            words.say("console.uncertainty"),
            words.say("console.event.ellipse", {
              major: words.formats.distance(track.ellipse.semiMajorMetres),
              minor: words.formats.distance(track.ellipse.semiMinorMetres),
            }),
          ],
          [
            words.say("console.altitude"),
            track.altitudeMetres === undefined
              ? words.say("console.unknown")
              : `${words.formats.metres(track.altitudeMetres)} ${words.sayCode("heightReference", track.altitudeReference ?? "")}`,
          ],
          [words.say("console.speed"), words.formats.speed(speed)],
          [
            words.say("console.heading"),
            speed > 1 ? words.formats.bearing(Math.atan2(track.velocityEast, track.velocityNorth)) : undefined,
          ],
          [words.say("console.track.first"), <Time key="f" at={track.firstAt} />],
          [words.say("console.track.last"), <Time key="l" at={track.at} />],
          [words.say("console.track.existence"), words.formats.percent(track.existence)],
          [
            words.say("console.track.fit"),
            track.nis === undefined
              ? undefined
              : words.say("console.track.fitOf", { nis: words.formats.number(track.nis, 1) }),
          ],
          [
            words.say("sources.confidence"),
            isUnproved(track, mission) ? words.say("sources.cappedUnauthenticated") : undefined,
          ],
          [
            words.say("console.sources"),
            words.formats.list(
              track.sources.map((source) => mission.sources.find((one) => one.id === source)?.name ?? source),
            ),
          ],
          ...track.zones.map(
            (zone) =>
              [
                zoneName(zone.zone, mission, words),
                words.say("console.insideWith", { probability: words.formats.percent(zone.probability) }),
              ] as const,
          ),
        ]}
      />
      <HeightProfile points={points} />
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        <Button
          disabled={act.pending}
          onClick={() =>
            void act.run(() => openIncidentOfTrack(track, words.say("console.track.incidentTitle", { name })))
          }
        >
          {words.say("console.incident.open")}
        </Button>
      </div>
      <AttachTo target={{ kind: "track", target: track.id, title: name }} />
    </>
  );
}

/** Heights over the time that the centre remembers; gaps stay gaps. */
function HeightProfile({ points }: { readonly points: readonly TrackPoint[] }) {
  const words = useWords();
  const known = points.filter((point) => point.altitudeMetres !== undefined);
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined || known.length < 2) return null;
  const most = Math.max(...known.map((point) => point.altitudeMetres!));
  const least = Math.min(...known.map((point) => point.altitudeMetres!));
  const x = (at: number): number => ((at - first.at) / Math.max(1, last.at - first.at)) * 300;
  const y = (metres: number): number => 46 - ((metres - least) / Math.max(1, most - least)) * 42;
  const text = words.say("console.track.heights", {
    least: words.formats.metres(least),
    most: words.formats.metres(most),
  });
  return (
    <figure>
      <svg viewBox="0 0 300 50" width="100%" role="img" aria-label={text}>
        <polyline
          fill="none"
          stroke="var(--accent)"
          strokeWidth="1.5"
          points={known.map((point) => `${x(point.at).toFixed(1)},${y(point.altitudeMetres!).toFixed(1)}`).join(" ")}
        />
      </svg>
      <figcaption className={styles.itemMore}>{text}</figcaption>
    </figure>
  );
}

/** Whether every source it rests on is one that does not prove itself. */
function isUnproved(track: TrackRow, mission: MissionView): boolean {
  const known = mission.sources.filter((source) => track.sources.includes(source.id));
  return known.length > 0 && !known.some(provesItself);
}
