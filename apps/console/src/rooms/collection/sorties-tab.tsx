/** The components' own sorties: clearance asked and given, what the crew tells, what the picture showed. */
import { type Clearance, SORTIE_ANSWERS, SORTIE_STATES, type SortieRow } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import { Badge } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { zoneName } from "../common/describe.ts";
import { DeskTab, type TabProps } from "../desk/desk-tab.tsx";
import { Replies } from "../desk/replies.tsx";
import styles from "../sightings/sightings.module.css";
import { Deviation } from "./deviation.tsx";
import { firstTimes, flightFields } from "./flight-fields.ts";
import { useAirChoices } from "./use-air-choices.ts";

export function SortiesTab(props: TabProps) {
  const words = useWords();
  const choices = useChoices();
  const air = useAirChoices();
  const { rows, condition } = useRows("sorties");
  return (
    <DeskTab
      {...props}
      heading="air.tab.sorties"
      newTitle="air.sortie.new"
      rows={rows}
      condition={condition}
      columns={[
        { name: words.say("air.sortie.aircraft"), cell: (row) => nameOfSortie(row) },
        { name: words.say("air.sortie.clearance"), cell: (row) => <Standing row={row} /> },
        { name: words.say("console.flights.purpose"), cell: (row) => row.body.purpose },
        { name: words.say("console.zone.from"), cell: (row) => <Time at={row.from} /> },
        { name: words.say("console.zone.until"), cell: (row) => <Time at={row.until} /> },
        { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.component} /> },
      ]}
      form={
        <ActForm
          name="sortie"
          heading="air.sortie.new"
          send="air.sortie.send"
          act={{ kind: "sortie.requested" }}
          first={firstTimes()}
          fields={[
            { name: "type", label: "air.sortie.aircraft", as: "text", most: 40 },
            ...flightFields(air, choices),
            {
              ...{ name: "asked", label: "air.sortie.asked", hint: "air.sortie.askedHint", as: "several", least: 1 },
              choices: air.asked,
            },
          ]}
        />
      }
      detail={(row) => <Sortie key={row.id} row={row} />}
    />
  );
}

function nameOfSortie({ body }: SortieRow): string {
  return [body.type, body.callsign ?? body.serial ?? body.icao].filter(Boolean).join(" ");
}

const TONES: Readonly<Record<Clearance, "warning" | "good" | "danger">> = {
  waiting: "warning",
  cleared: "good",
  refused: "danger",
};

/** Its clearance, what the crew told last, and whether it flew without. */
function Standing({ row }: { readonly row: SortieRow }) {
  const words = useWords();
  const last = row.reports.at(-1);
  return (
    <>
      <Badge tone={TONES[row.clearance]}>{words.sayCode("clearance", row.clearance)}</Badge>{" "}
      {last === undefined ? null : <Badge>{words.sayCode("sortieState", last.state)}</Badge>}{" "}
      {row.reports.some(({ isUncleared }) => isUncleared) ? (
        <Badge tone="danger">{words.say("air.sortie.uncleared")}</Badge>
      ) : null}
    </>
  );
}

function Sortie({ row }: { readonly row: SortieRow }) {
  const words = useWords();
  const { mission } = useCentre();
  const choices = useChoices();
  const officer = useOfficer();
  const { body } = row;
  return (
    <>
      <h3>{nameOfSortie(row)}</h3>
      <div className={styles.acts}>
        <Standing row={row} />
      </div>
      <Facts
        facts={[
          [words.say("console.flights.purpose"), body.purpose],
          [words.say("console.zone.from"), <Time key="f" at={row.from} />],
          [words.say("console.zone.until"), <Time key="u" at={row.until} />],
          [words.say("air.flight.zones"), words.formats.list(body.zones.map((zone) => zoneName(zone, mission, words)))],
          [words.say("air.flight.altitudes"), altitudes()],
          [
            words.say("air.flight.route"),
            body.route?.map(({ lon, lat }) => words.formats.position(Number(lon), Number(lat))).join(" – "),
          ],
          [words.say("console.track.icao"), body.icao],
          [words.say("air.flight.serial"), body.serial],
          [words.say("air.sortie.asked"), words.formats.list(body.asked.map(choices.nameOf))],
        ]}
      />
      <Mark mark={row.mark} />
      <Seen sortie={row.id} />
      <Replies
        replies={[
          ...row.answers.map(({ by, answer, note, mark }) => ({
            ...{ text: note, mark },
            head: `${choices.nameOf(by)}: ${words.sayCode("sortieAnswer", answer)}`,
          })),
          ...row.reports.map(({ state, at, note, isUncleared, mark }) => ({
            ...{ text: note, mark },
            head: (
              <>
                {words.sayCode("sortieState", state)} <Time at={at} />{" "}
                {isUncleared ? <Badge tone="danger">{words.say("air.sortie.uncleared")}</Badge> : null}
              </>
            ),
          })),
        ]}
      />
      <ActForm
        name={`sortie-answer-${row.id}`}
        heading="air.plan.answer"
        send="air.plan.answer"
        act={{ kind: "sortie.answered", subject: row.id }}
        fields={[
          {
            ...{ name: "by", label: "air.plan.by", as: "choice" },
            choices: body.asked.map((value) => ({ value, label: choices.nameOf(value) })),
          },
          {
            ...{ name: "answer", label: "air.plan.answered", as: "choice" },
            choices: choices.codes("sortieAnswer", SORTIE_ANSWERS),
          },
          { blank: true, name: "note", label: "air.sortie.conditions", as: "area", most: 2000 },
        ]}
      />
      {officer.component === row.component ? (
        <ActForm
          name={`sortie-report-${row.id}`}
          heading="air.sortie.report"
          send="air.sortie.report"
          act={{ kind: "sortie.reported", subject: row.id }}
          fields={[
            {
              ...{ name: "state", label: "air.sortie.state", as: "choice" },
              choices: choices.codes("sortieState", SORTIE_STATES),
            },
            { name: "at", label: "air.sortie.at", as: "instant" },
            { blank: true, name: "note", label: "desk.note", as: "area", most: 2000 },
          ]}
        />
      ) : null}
    </>
  );

  function altitudes(): string | undefined {
    const { floorMetres, ceilingMetres, altitudeReference } = body;
    if (floorMetres === undefined && ceilingMetres === undefined) return undefined;
    const band = words.say("air.flight.band", {
      floor: words.formats.metres(floorMetres ?? 0),
      ceiling: ceilingMetres === undefined ? words.say("console.zone.noCeiling") : words.formats.metres(ceilingMetres),
    });
    return `${band} ${altitudeReference === undefined ? "" : words.sayCode("heightReference", altitudeReference)}`;
  }
}

/** Each time the picture has shown it. */
function Seen({ sortie }: { readonly sortie: string }) {
  const words = useWords();
  const rows = useRows("flown").rows.filter(({ flight }) => flight === sortie);
  return (
    <Facts
      facts={[
        [
          words.say("air.sortie.seen"),
          rows.length === 0
            ? words.say("air.sortie.notSeen")
            : rows.map((row) => (
                <div key={row.id}>
                  <Time at={row.from} /> – <Time at={row.until} /> <Deviation of={row} />
                </div>
              )),
        ],
      ]}
    />
  );
}
