/** What size of event would have been heard where: a line for each ground and kind of source, hour by hour, by the side that holds it. */
import { type GroundWatchLine, MICROSECONDS_PER_HOUR, PLACED_BY } from "@openjmc/model";
import { readGroundWatch } from "../../api/mission-endpoints.ts";
import { nameIn, partyOf, useCentre } from "../../centre/use-centre.ts";
import { useTimes } from "../../clock/use-times.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { useWords } from "../../words/use-words.tsx";
import { zoneName } from "../common/describe.ts";
import { useAsked } from "../mission/use-asked.ts";
import styles from "./sources.module.css";

export function GroundWatch({ hours }: { readonly hours: number }) {
  const words = useWords();
  const centre = useCentre();
  const { data: lines = [], error } = useAsked(`ground-watch-${hours}`, (until) =>
    readGroundWatch(until, hours * MICROSECONDS_PER_HOUR),
  );
  const sideOf = ({ heldBy }: GroundWatchLine): string =>
    heldBy === undefined ? words.say("console.notStated") : nameIn(partyOf(centre, heldBy)?.names, words.locale);
  const of = (line: GroundWatchLine, watched: number): string =>
    words.say("sources.ground.of", {
      watched: words.formats.number(watched, 1),
      total: words.formats.number(line.hoursOfPeriod, 1),
    });
  return (
    <section className={styles.ground} aria-label={words.say("sources.ground.title")}>
      <h3>{words.say("sources.ground.title")}</h3>
      <FaultNote error={error} />
      {lines.length === 0 ? (
        <p className={styles.head}>{words.say("sources.ground.empty")}</p>
      ) : (
        <DataTable
          label={words.say("sources.ground.title")}
          rows={lines}
          keyOf={(line) => `${line.zone} ${line.heldBy ?? ""} ${line.what}`}
          columns={[
            { name: words.say("sources.ground.ground"), cell: (line) => zoneName(line.zone, centre.mission, words) },
            { name: words.say("console.zone.heldBy"), cell: sideOf },
            { name: words.say("sources.ground.size"), cell: (line) => words.sayCode("sound", line.what) },
            { name: words.say("sources.ground.hours"), cell: (line) => <Hours line={line} /> },
            { name: words.say("sources.ground.heard"), cell: (line) => of(line, line.hoursHeard), numeric: true },
            { name: words.say("sources.ground.placed"), cell: (line) => of(line, line.hoursPlaced), numeric: true },
          ]}
        />
      )}
      <p className={styles.head}>{words.say("sources.ground.note", { posts: PLACED_BY })}</p>
    </section>
  );
}

/** An hour is as dense as the part of the ground on which it would have been heard. */
function Hours({ line }: { readonly line: GroundWatchLine }) {
  const words = useWords();
  const times = useTimes();
  const { mission } = useCentre();
  const { percent, number } = words.formats;
  const label = words.say("sources.ground.bar", {
    what: words.sayCode("sound", line.what),
    ground: zoneName(line.zone, mission, words),
    watched: number(line.hoursHeard, 1),
    total: number(line.hoursOfPeriod, 1),
    least: percent(Math.min(1, ...line.hours.map(({ heardShare }) => heardShare))),
  });
  return (
    <div className={styles.hours} role="img" aria-label={label}>
      {line.hours.map(({ from, heardShare, placedShare }) => (
        <span
          key={from}
          style={{ opacity: heardShare }}
          title={words.say("sources.ground.hour", {
            time: times.time(from),
            heard: percent(heardShare),
            placed: percent(placedShare),
          })}
        />
      ))}
    </div>
  );
}
