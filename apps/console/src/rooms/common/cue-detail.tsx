/** One cue: what a camera, a satellite or another system says is there, and how surely. */
import { useCentre } from "../../centre/use-centre.ts";
import { cueName } from "../../map/features.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Badge } from "../../ui/controls.tsx";
import { Position, Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./common-room.module.css";
import { Gone } from "./gone.tsx";

export function CueDetail({ id }: { readonly id: string }) {
  const words = useWords();
  const { mission } = useCentre();
  const cue = useFreshRows("cues").rows.find((row) => row.id === id);
  if (cue === undefined) return <Gone />;
  const { thing, confidence, bearingDegrees, bearingUncertaintyDegrees, uncertaintyMetres } = cue;
  const [east, north] = [thing?.velocityEast ?? 0, thing?.velocityNorth ?? 0];
  const speed = Math.hypot(east, north);
  return (
    <>
      <h2>{cueName(cue, words)}</h2>
      <div className={styles.badges}>
        <Badge>{words.sayCode("means", cue.means)}</Badge>
      </div>
      <Facts
        facts={[
          [words.say("console.time"), <Time key="t" at={cue.at} />],
          [words.say("ground.cue.until"), thing && <Time key="u" at={thing.until} />],
          [words.say("console.place"), <Position key="p" lon={cue.lon} lat={cue.lat} />],
          [
            words.say("console.uncertainty"),
            uncertaintyMetres === undefined ? undefined : words.formats.distance(uncertaintyMetres),
          ],
          [
            words.say("console.sightings.bearing"),
            bearingDegrees === undefined
              ? undefined
              : words.say("console.degreesPlusMinus", {
                  degrees: Math.round(bearingDegrees),
                  uncertainty: Math.ceil(bearingUncertaintyDegrees ?? 5),
                }),
          ],
          [words.say("console.speed"), speed > 0 ? words.formats.speed(speed) : undefined],
          [words.say("console.heading"), speed > 1 ? words.formats.bearing(Math.atan2(east, north)) : undefined],
          [words.say("sources.confidence"), confidence === undefined ? undefined : words.formats.percent(confidence)],
          [words.say("ground.cue.said"), thing?.said],
          [words.say("console.sources"), mission.sources.find((one) => one.id === cue.source)?.name ?? cue.source],
        ]}
      />
    </>
  );
}
