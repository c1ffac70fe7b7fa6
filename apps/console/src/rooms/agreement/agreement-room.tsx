/** The agreement as this centre holds it: provisions, zones by version, notified flights, rules, and the centre's own limits. */
import { clocksOf, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_MINUTE, type MissionView } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { nameIn, toldIn, useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { languageName } from "../../sign/signed-text.tsx";
import { Badge } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { Facts, Panel, Tabs } from "../../ui/panel.tsx";
import { changeView, openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { instrumentName, provisionName, provisionNumber } from "../common/describe.ts";
import styles from "./agreement.module.css";
import { FlightsTab } from "./flights-tab.tsx";
import { ObligationsTab } from "./obligations-tab.tsx";

const TABS = ["obligations", "provisions", "zones", "flights", "rules", "limits"] as const;
type TabName = (typeof TABS)[number];

export default function AgreementRoom() {
  const words = useWords();
  const { item } = useView();
  const tab: TabName = TABS.find((name) => name === item) ?? "obligations";
  return (
    <Panel title={words.say("console.room.agreement")}>
      <Tabs
        label={words.say("console.room.agreement")}
        tabs={TABS.map((value) => ({ value, label: words.say(`console.agreement.${value}`) }))}
        value={tab}
        onValue={(next) => openRoom("agreement", next)}
      />
      <div className={styles.body}>
        {tab === "obligations" ? <ObligationsTab /> : null}
        {tab === "provisions" ? <Provisions /> : null}
        {tab === "zones" ? <Zones /> : null}
        {tab === "flights" ? <FlightsTab /> : null}
        {tab === "rules" ? <Rules /> : null}
        {tab === "limits" ? <Limits /> : null}
      </div>
    </Panel>
  );
}

function Provisions() {
  const words = useWords();
  const { mission } = useCentre();
  return (
    <DataTable
      label={words.say("console.agreement.provisions")}
      rows={mission.provisions}
      keyOf={(row) => row.id}
      columns={[
        {
          name: words.say("console.agreement.instrument"),
          cell: (row) => instrumentName(row.instrument, mission, words),
        },
        { name: words.say("console.agreement.number"), cell: (row) => provisionNumber(row.number, words) },
        { name: words.say("console.agreement.text"), cell: (row) => nameIn(row.names, words.locale) },
        {
          name: words.say("console.agreement.watchedBy"),
          cell: (row) =>
            words.formats.list(
              mission.rules.filter((rule) => rule.provision === row.id).map((rule) => nameIn(rule.names, words.locale)),
            ),
        },
      ]}
    />
  );
}

function Zones() {
  const words = useWords();
  const { mission } = useCentre();
  const now = useShownTime(5000);
  return (
    <DataTable
      label={words.say("console.agreement.zones")}
      rows={mission.zones}
      keyOf={(row) => `${row.zone}@${row.version}`}
      onOpen={(row) => changeView({ room: "common", selection: { kind: "zone", id: `${row.zone}@${row.version}` } })}
      columns={[
        { name: words.say("console.agreement.zone"), cell: (row) => nameIn(row.names, words.locale) },
        { name: words.say("console.zone.version"), numeric: true, cell: (row) => words.formats.number(row.version) },
        { name: words.say("console.agreement.kind"), cell: (row) => words.say(`codes.zoneKind.${row.kind}`) },
        { name: words.say("console.zone.from"), cell: (row) => <Time at={row.validFrom} /> },
        {
          name: words.say("console.zone.until"),
          cell: (row) => (row.validUntil === undefined ? words.say("console.zone.open") : <Time at={row.validUntil} />),
        },
        {
          name: words.say("console.state"),
          cell: (row) => (
            <>
              <Badge tone={isInForce(row, now) ? "good" : "neutral"}>
                {words.say(isInForce(row, now) ? "console.agreement.inForce" : "console.agreement.notInForce")}
              </Badge>
              {row.fictional ? <Badge tone="warning">{words.say("console.map.fictional")}</Badge> : null}
            </>
          ),
        },
        {
          name: words.say("console.zone.precision"),
          cell: (row) => words.say("console.plusMinus", { distance: words.formats.distance(row.precisionMetres) }),
        },
        { name: words.say("console.zone.basis"), cell: (row) => toldIn(row.basis, words.locale) },
      ]}
    />
  );
}

function isInForce(zone: { readonly validFrom: number; readonly validUntil?: number }, at: number): boolean {
  return zone.validFrom <= at && (zone.validUntil === undefined || at < zone.validUntil);
}

function Rules() {
  const words = useWords();
  const { mission } = useCentre();
  return (
    <DataTable
      label={words.say("console.agreement.rules")}
      rows={mission.rules}
      keyOf={(row) => row.id}
      columns={[
        { name: words.say("console.agreement.rule"), cell: (row) => nameIn(row.names, words.locale) },
        { name: words.say("console.agreement.kind"), cell: (row) => words.say(`codes.ruleKind.${row.kind}`) },
        {
          name: words.say("console.finding.provision"),
          cell: (row) => (row.provision === undefined ? "" : provisionName(row.provision, mission, words)),
        },
        {
          name: words.say("console.agreement.zones"),
          cell: (row) => words.formats.list(row.zoneKinds.map((kind) => words.say(`codes.zoneKind.${kind}`))),
        },
        {
          name: words.say("console.agreement.observations"),
          cell: (row) => words.formats.list(row.eventKinds.map((kind) => words.say(`codes.observation.${kind}`))),
        },
        {
          name: words.say("console.probability"),
          numeric: true,
          cell: (row) => words.say("console.atLeast", { value: words.formats.percent(row.minimumProbability) }),
        },
        {
          name: words.say("console.agreement.hold"),
          numeric: true,
          cell: (row) => words.formats.duration(row.holdSeconds * 1e6),
        },
        { name: words.say("console.agreement.severity"), cell: (row) => words.say(`codes.severity.${row.severity}`) },
        {
          name: words.say("alarms.response"),
          cell: (row) => (row.rationale === undefined ? "" : toldIn(row.rationale.response, words.locale)),
        },
      ]}
    />
  );
}

/** What the mission allows the centre to say, to whom, how finely and how soon. */
function Limits() {
  const words = useWords();
  const { mission } = useCentre();
  return (
    <div className={styles.facts}>
      <Facts
        facts={[
          [words.say("console.limits.grid"), words.formats.distance(mission.release.gridMetres)],
          [words.say("console.limits.delay"), words.formats.duration(mission.release.delay)],
          [words.say("console.limits.attribution"), words.formats.percent(mission.attributionThreshold)],
          [words.say("console.limits.lapse"), words.formats.duration(mission.lapseHours * 3.6e9)],
          ...clockFacts(mission, words),
          [words.say("console.limits.cutOff"), `${mission.reportCutOff} ${mission.timeZone}`],
          [
            words.say("console.limits.languages"),
            words.formats.list(mission.authenticLanguages.map((tag) => languageName(tag, words.locale))),
          ],
        ]}
      />
      <Contacts />
    </div>
  );
}

/** Whom the centre talks to, by which line. */
function Contacts() {
  const words = useWords();
  const { mission } = useCentre();
  const { nameOf } = useChoices();
  const { contacts = [] } = mission;
  if (contacts.length === 0) return null;
  return (
    <>
      <h3>{words.say("console.limits.contacts")}</h3>
      <DataTable
        label={words.say("console.limits.contacts")}
        rows={contacts}
        keyOf={(row) => row.id}
        columns={[
          { name: words.say("mission.column.name"), cell: (row) => nameIn(row.names, words.locale) },
          { name: words.say("mission.column.by"), cell: (row) => nameOf(row.of) },
          { name: words.say("console.limits.line"), cell: (row) => words.sayCode("contactLine", row.line) },
          {
            name: words.say("mission.column.languages"),
            cell: (row) => words.formats.list(row.languages.map((tag) => languageName(tag, words.locale))),
          },
          { name: words.say("mission.column.note"), cell: (row) => toldIn(row.note, words.locale) },
        ]}
      />
    </>
  );
}

/** How long each step of the desk's work may take. */
function clockFacts(mission: MissionView, words: Words): [string, string][] {
  const clocks = clocksOf(mission);
  const hours = (count: number): string => words.formats.duration(count * MICROSECONDS_PER_HOUR);
  const minutes = (count: number): string => words.formats.duration(count * MICROSECONDS_PER_MINUTE);
  return [
    [words.say("desk.clocks.heads"), minutes(clocks.headsMinutes)],
    [words.say("desk.clocks.particulars"), hours(clocks.particularsHours)],
    [words.say("desk.clocks.admission"), hours(clocks.admissionHours)],
    [words.say("desk.clocks.answer"), hours(clocks.answerHours)],
    [words.say("desk.clocks.inquiry"), hours(clocks.inquiryHours)],
    [words.say("desk.clocks.firstCall"), minutes(clocks.firstCallMinutes)],
    [words.say("desk.clocks.firstStatement"), hours(clocks.firstStatementHours)],
    [words.say("desk.clocks.closing"), hours(clocks.closingHours)],
  ];
}
