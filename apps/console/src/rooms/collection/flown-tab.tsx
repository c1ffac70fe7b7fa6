/** Notified flights and sorties as they were flown, and the overflights of watched zones in number and in hours. */
import { MICROSECONDS_PER_DAY, overflightsOf } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { zoneName } from "../common/describe.ts";
import styles from "./collection.module.css";
import { Deviation } from "./deviation.tsx";

export function FlownTab() {
  const words = useWords();
  const { mission } = useCentre();
  const { rows, condition } = useRows("flown");
  return (
    <div className={styles.room}>
      <Overflights />
      <Panel title={words.say("air.tab.flown")}>
        <FaultNote error={condition.error} />
        {rows.length === 0 ? (
          <Empty title={words.say("air.flown.empty")} hint={words.say("air.flown.emptyHint")} />
        ) : (
          <DataTable
            label={words.say("air.tab.flown")}
            rows={rows}
            keyOf={(row) => row.id}
            columns={[
              { name: words.say("air.flown.flight"), cell: (row) => row.name },
              { name: words.say("console.zone.from"), cell: (row) => <Time at={row.from} /> },
              { name: words.say("console.zone.until"), cell: (row) => <Time at={row.until} /> },
              {
                name: words.say("air.flown.inside"),
                cell: (row) =>
                  words.formats.list(
                    row.zones.map(
                      ({ zone, seconds }) =>
                        `${zoneName(zone, mission, words)} ${words.formats.duration(seconds * 1e6)}`,
                    ),
                  ),
              },
              {
                name: words.say("air.flown.deviation"),
                cell: (row) => (
                  <>
                    {row.clearance === undefined || row.clearance === "cleared" ? null : (
                      <Badge tone="danger">{words.say("air.sortie.uncleared")}</Badge>
                    )}{" "}
                    <Deviation of={row} />
                  </>
                ),
              },
            ]}
          />
        )}
      </Panel>
    </div>
  );
}

/** Of the last day up to the shown time. */
function Overflights() {
  const words = useWords();
  const { mission } = useCentre();
  const now = Math.ceil(useShownTime(10_000) / 60e6) * 60e6;
  const alerts = useRows("alerts").rows;
  const flown = useRows("flown").rows;
  const lines = overflightsOf({ alerts, flown, rules: mission.rules, from: now - MICROSECONDS_PER_DAY, until: now });
  const zones = [...new Set(lines.map(({ zone }) => zone))];
  const told = (zone: string, isNotified: boolean): string => {
    const line = lines.find((one) => one.zone === zone && one.isNotified === isNotified);
    return line === undefined
      ? words.say("air.overflights.none")
      : words.say("air.overflights.hours", { flights: line.flights, hours: words.formats.number(line.hours, 2) });
  };
  return (
    <Panel title={`${words.say("air.overflights.title")} · ${words.formats.duration(MICROSECONDS_PER_DAY)}`}>
      {zones.length === 0 ? (
        <Empty title={words.say("air.overflights.none")} hint={words.say("air.watch.title")} />
      ) : (
        <DataTable
          label={words.say("air.overflights.title")}
          rows={zones}
          keyOf={(zone) => zone}
          columns={[
            { name: words.say("air.plan.zone"), cell: (zone) => zoneName(zone, mission, words) },
            { name: words.say("air.overflights.notNotified"), cell: (zone) => told(zone, false) },
            { name: words.say("air.overflights.notified"), cell: (zone) => told(zone, true) },
          ]}
        />
      )}
    </Panel>
  );
}
