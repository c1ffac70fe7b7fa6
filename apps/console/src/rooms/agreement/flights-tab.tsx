/** Flights of which the centre was told beforehand; taking down a new one. */
import { type FlightNotifiedBody, formatInstant, type NotifiedFlight, parseInstant } from "@openjmc/model";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { nameIn, useCentre } from "../../centre/use-centre.ts";
import { centreNow, useShownTime } from "../../clock/clock-store.ts";
import { useRows } from "../../rows/use-rows.ts";
import { state } from "../../sign/statement.ts";
import { Badge, Button, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { shortInstant } from "../../url/view-state.ts";
import { useWords } from "../../words/use-words.tsx";
import { zoneName } from "../common/describe.ts";
import styles from "./agreement.module.css";

export function FlightsTab() {
  const words = useWords();
  const { mission } = useCentre();
  const stated = useRows("flights").rows;
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

interface Fields {
  readonly operator: string;
  readonly callsign: string;
  readonly type: string;
  readonly purpose: string;
  readonly zone: string;
  readonly from: string;
  readonly until: string;
}

const HOUR = 3_600_000_000;

function toSecond(at: number): number {
  return Math.floor(at / 1e6) * 1e6;
}

function NotifyFlight() {
  const words = useWords();
  const { mission } = useCentre();
  const first = (): Fields => ({
    operator: "",
    callsign: "",
    type: "",
    purpose: "",
    zone: "",
    from: shortInstant(toSecond(centreNow())),
    until: shortInstant(toSecond(centreNow() + 2 * HOUR)),
  });
  const draft = useDraft<Fields>("flight", first);
  const [tried, setTried] = useState(false);
  const act = useAct();
  const fields = draft.value;
  const body = flightBody(fields);
  const wrong = (bad: boolean): string | undefined => (tried && bad ? words.say("console.required") : undefined);
  const send = async (): Promise<void> => {
    setTried(true);
    if (body === undefined || !(await act.run(() => state({ kind: "flight.notified", body })))) return;
    setTried(false);
    draft.drop();
  };
  const zones = [...new Map(mission.zones.map((zone) => [zone.zone, zone])).values()];
  return (
    <form
      className={styles.form}
      aria-label={words.say("console.flights.new")}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextField
        label={words.say("console.flights.operator")}
        value={fields.operator}
        error={wrong(fields.operator.trim() === "")}
        maxLength={80}
        onValue={(operator) => draft.change({ operator })}
      />
      <TextField
        label={words.say("console.track.callsign")}
        value={fields.callsign}
        maxLength={8}
        onValue={(callsign) => draft.change({ callsign })}
      />
      <TextField
        label={words.say("console.flights.type")}
        value={fields.type}
        error={wrong(fields.type.trim() === "")}
        maxLength={40}
        onValue={(type) => draft.change({ type })}
      />
      <TextField
        label={words.say("console.flights.purpose")}
        value={fields.purpose}
        error={wrong(fields.purpose.trim() === "")}
        maxLength={200}
        onValue={(purpose) => draft.change({ purpose })}
      />
      <SelectField
        label={words.say("console.agreement.zone")}
        value={fields.zone}
        choices={[
          { value: "", label: words.say("console.flights.noZone") },
          ...zones.map((zone) => ({ value: zone.zone, label: nameIn(zone.names, words.locale) })),
        ]}
        onValue={(zone) => draft.change({ zone })}
      />
      <TextField
        label={words.say("console.zone.from")}
        value={fields.from}
        error={wrong(!parseInstant(fields.from.trim()).ok)}
        onValue={(from) => draft.change({ from })}
      />
      <TextField
        label={words.say("console.zone.until")}
        value={fields.until}
        error={wrong(!parseInstant(fields.until.trim()).ok)}
        onValue={(until) => draft.change({ until })}
      />
      <div className={styles.formFoot}>
        <Button look="primary" type="submit" disabled={act.pending}>
          {words.say("console.flights.send")}
        </Button>
        <FaultNote error={act.error} />
      </div>
    </form>
  );
}

function flightBody(fields: Fields): FlightNotifiedBody | undefined {
  const from = parseInstant(fields.from.trim());
  const until = parseInstant(fields.until.trim());
  const texts = [fields.operator, fields.type, fields.purpose].map((text) => text.trim());
  if (!from.ok || !until.ok || until.value <= from.value || texts.includes("")) return undefined;
  return {
    operator: texts[0]!,
    ...(fields.callsign.trim() === "" ? {} : { callsign: fields.callsign.trim().toUpperCase() }),
    type: texts[1]!,
    purpose: texts[2]!,
    zones: fields.zone === "" ? [] : [fields.zone],
    from: formatInstant(from.value),
    until: formatInstant(until.value),
  };
}
