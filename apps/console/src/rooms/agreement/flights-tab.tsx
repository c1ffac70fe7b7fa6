/** Flights of which the centre was told beforehand; taking down a new one. */
import type { NotifiedFlight } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { useWords } from "../../words/use-words.tsx";
import { Deviation } from "../collection/deviation.tsx";
import { firstTimes, flightFields } from "../collection/flight-fields.ts";
import { useAirChoices } from "../collection/use-air-choices.ts";
import { zoneName } from "../common/describe.ts";
import styles from "./agreement.module.css";

export function FlightsTab() {
  const words = useWords();
  const { mission } = useCentre();
  const stated = useRows("flights").rows;
  const flown = useRows("flown").rows;
  const known = new Set(stated.map((row) => row.id));
  const now = useShownTime(60_000);
  const rows = byNearness([...stated, ...mission.flights.filter((flight) => !known.has(flight.id))], now);
  return (
    <>
      <NotifyFlight />
      {rows.length === 0 ? (
        <Empty title={words.say("console.flights.empty")} hint={words.say("console.flights.emptyHint")} />
      ) : (
        <DataTable
          label={words.say("console.agreement.flights")}
          rows={rows}
          keyOf={(row) => row.id}
          columns={[
            { name: words.say("console.track.callsign"), cell: (row) => row.callsign ?? row.icao ?? "" },
            { name: words.say("console.flights.operator"), cell: (row) => row.operator },
            { name: words.say("console.flights.type"), cell: (row) => row.type },
            { name: words.say("console.flights.purpose"), cell: (row) => row.purpose },
            {
              name: words.say("console.agreement.zones"),
              cell: (row) => words.formats.list(row.zones.map((zone) => zoneName(zone, mission, words))),
            },
            { name: words.say("console.zone.from"), cell: (row) => <Time at={row.from} /> },
            { name: words.say("console.zone.until"), cell: (row) => <Time at={row.until} /> },
            { name: words.say("console.flights.notified"), cell: (row) => <Time at={row.notifiedAt} /> },
            {
              name: words.say("air.flown.seen"),
              cell: (row) =>
                flown
                  .filter(({ flight }) => flight === row.id)
                  .map((one) => (
                    <div key={one.id}>
                      <Time at={one.from} /> <Deviation of={one} />
                    </div>
                  )),
            },
            {
              name: words.say("console.state"),
              cell: (row) =>
                row.fictional ? <Badge tone="warning">{words.say("console.map.fictional")}</Badge> : null,
            },
          ]}
        />
      )}
    </>
  );
}

/** What flies now or next comes first, then what is over, the latest first. */
function byNearness(flights: readonly NotifiedFlight[], now: number): NotifiedFlight[] {
  const coming = flights.filter((flight) => flight.until >= now).sort((left, right) => left.from - right.from);
  const over = flights.filter((flight) => flight.until < now).sort((left, right) => right.from - left.from);
  return [...coming, ...over];
}

function NotifyFlight() {
  const words = useWords();
  const choices = useChoices();
  const air = useAirChoices();
  return (
    <details className={styles.notify}>
      <summary>{words.say("console.flights.new")}</summary>
      <ActForm
        name="flight"
        heading="console.flights.new"
        send="console.flights.send"
        act={{ kind: "flight.notified" }}
        first={firstTimes()}
        fields={[
          { name: "operator", label: "console.flights.operator", as: "text", most: 80 },
          { name: "type", label: "console.flights.type", as: "text", most: 40 },
          ...flightFields(air, choices),
        ]}
      />
    </details>
  );
}
