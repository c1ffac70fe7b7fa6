/** How the air is watched: hours by zone and altitude of the last day, and what each sensor of the air can see. */
import { hiddenShare, horizonMetres } from "@openjmc/geo";
import { type AirEye, airEyesOf, MICROSECONDS_PER_DAY, WATCH_ALTITUDES } from "@openjmc/model";
import { useMemo } from "react";
import { readAirWatch } from "../../api/mission-endpoints.ts";
import { nameIn, partyOf, toldIn, useCentre } from "../../centre/use-centre.ts";
import { useSkylines } from "../../centre/use-skylines.ts";
import { Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { zoneName } from "../common/describe.ts";
import { useAsked } from "../mission/use-asked.ts";
import styles from "./collection.module.css";

export function AirWatchTab() {
  const words = useWords();
  const { mission } = useCentre();
  const skylines = useSkylines();
  const eyes = useMemo(() => airEyesOf(mission.sources, skylines), [mission, skylines]);
  return eyes.length === 0 ? (
    <Panel title={words.say("air.watch.title")}>
      <Empty title={words.say("air.watch.empty")} hint={words.say("console.sources.emptyHint")} />
    </Panel>
  ) : (
    <div className={styles.room}>
      <Hours />
      <Sensors eyes={eyes} />
    </div>
  );
}

interface EyesProps {
  readonly eyes: readonly AirEye[];
}

function Hours() {
  const words = useWords();
  const centre = useCentre();
  const { mission } = centre;
  const { data: lines = [], error } = useAsked("air-watch", readAirWatch);
  const of = (zone: string, altitude: number, target: string): string => {
    const line = lines.find((one) => one.zone === zone && one.altitudeMetres === altitude && one.target === target);
    const { hoursWatched = 0, hoursOfPeriod = 0 } = line ?? {};
    return words.say("air.watch.of", {
      watched: words.formats.number(hoursWatched, 1),
      total: words.formats.number(hoursOfPeriod, 1),
    });
  };
  return (
    <Panel title={`${words.say("air.watch.title")} · ${words.formats.duration(MICROSECONDS_PER_DAY)}`}>
      <FaultNote error={error} />
      <DataTable
        label={words.say("air.watch.title")}
        rows={lines.filter(({ target }) => target === "silent")}
        keyOf={(line) => `${line.zone} ${line.altitudeMetres}`}
        columns={[
          { name: words.say("air.plan.zone"), cell: (line) => zoneName(line.zone, mission, words) },
          {
            name: words.say("console.zone.heldBy"),
            cell: (line) =>
              line.heldBy === undefined
                ? words.say("console.notStated")
                : nameIn(partyOf(centre, line.heldBy)?.names, words.locale),
          },
          { name: words.say("air.watch.above"), cell: (line) => words.formats.metres(line.altitudeMetres) },
          {
            name: words.say("air.watch.silent"),
            cell: (line) => of(line.zone, line.altitudeMetres, "silent"),
            numeric: true,
          },
          {
            name: words.say("air.watch.broadcasting"),
            cell: (line) => of(line.zone, line.altitudeMetres, "broadcasting"),
            numeric: true,
          },
        ]}
      />
      <p className={styles.note}>
        {mission.terrain === undefined
          ? words.say("air.watch.note")
          : words.say("air.watch.noteLand", { basis: toldIn(mission.terrain.basis, words.locale) })}
      </p>
    </Panel>
  );
}

function Sensors({ eyes }: EyesProps) {
  const words = useWords();
  const { mission } = useCentre();
  const reach = (eye: AirEye, altitude: number): string => {
    const { rangeMetres, antennaMetres, skyline } = eye;
    if (skyline === undefined)
      return words.formats.distance(Math.min(rangeMetres, horizonMetres(antennaMetres) + horizonMetres(altitude)));
    const share = words.formats.percent(hiddenShare(skyline, altitude, rangeMetres));
    return words.say("air.watch.reachOver", { distance: words.formats.distance(rangeMetres), share });
  };
  return (
    <Panel title={words.say("air.watch.sensors")}>
      <DataTable
        label={words.say("air.watch.sensors")}
        rows={eyes}
        keyOf={(eye) => eye.source}
        columns={[
          {
            name: words.say("console.source.name"),
            cell: (eye) => mission.sources.find(({ id }) => id === eye.source)?.name ?? eye.source,
          },
          {
            name: words.say("air.watch.kind"),
            cell: (eye) => words.say(eye.needsBroadcast ? "air.watch.seesBroadcast" : "air.watch.seesAll"),
          },
          {
            name: words.say("air.watch.antenna"),
            cell: (eye) =>
              eye.isAssumed
                ? words.say("air.watch.assumed", { height: words.formats.metres(eye.antennaMetres) })
                : words.formats.metres(eye.antennaMetres),
          },
          {
            name: words.say("console.source.range"),
            cell: (eye) => words.formats.distance(eye.rangeMetres),
            numeric: true,
          },
          ...WATCH_ALTITUDES.map((altitude) => ({
            name: words.say("air.watch.horizon", { altitude: words.formats.metres(altitude) }),
            cell: (eye: AirEye) => reach(eye, altitude),
            numeric: true,
          })),
        ]}
      />
    </Panel>
  );
}
