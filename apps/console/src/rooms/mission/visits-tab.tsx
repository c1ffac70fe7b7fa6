/** Inspections and visits: asked for against the mission's clock, what was answered, and what came of each. */
import {
  formatInstant,
  MICROSECONDS_PER_HOUR,
  parseInstant,
  VISIT_ANSWERS,
  VISIT_RESULTS,
  type VisitKind,
  type VisitRow,
  type VisitsView,
} from "@openjmc/model";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { readVisits } from "../../api/mission-endpoints.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import type { Act } from "../../sign/statement.ts";
import { Badge, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Mark, Position, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "../watch/watch.module.css";
import { toneOf } from "./tones.ts";
import { useAsked } from "./use-asked.ts";

export function VisitsTab() {
  const words = useWords();
  const queries = useQueryClient();
  const { data, error } = useAsked("visits", readVisits);
  const [chosen, setChosen] = useState<string>();
  if (error !== null) return <FaultNote error={error} />;
  if (data === undefined) return null;
  const kinds = Object.keys(data.hours) as VisitKind[];
  if (kinds.length === 0 && data.rows.length === 0)
    return (
      <Empty title={words.say("mission.visits.notInMandate")} hint={words.say("mission.visits.notInMandateHint")} />
    );
  const again = (): void => void queries.invalidateQueries({ queryKey: ["mission", "visits"] });
  const row = data.rows.find(({ id }) => id === chosen);
  return (
    <div className={styles.part}>
      {data.rows.length === 0 ? (
        <Empty title={words.say("mission.visits.none")} />
      ) : (
        <Requests rows={data.rows} chosen={chosen} onChoose={setChosen} />
      )}
      {row === undefined ? null : <Request key={row.id} row={row} onDone={again} />}
      {kinds.length === 0 ? null : (
        <>
          <h3>{words.say("mission.visits.ask")}</h3>
          <Ask hours={data.hours} kinds={kinds} onDone={again} />
        </>
      )}
    </div>
  );
}

interface RequestsProps {
  readonly rows: readonly VisitRow[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

function Requests({ rows, chosen, onChoose }: RequestsProps) {
  const words = useWords();
  const { nameOf } = useChoices();
  return (
    <DataTable
      label={words.say("mission.visits")}
      rows={rows}
      keyOf={(row) => row.id}
      selected={chosen}
      onOpen={(row) => onChoose(row.id)}
      columns={[
        { name: words.say("mission.column.what"), cell: (row) => words.sayCode("visit", row.visit) },
        { name: words.say("mission.visits.site"), cell: (row) => row.site },
        { name: words.say("mission.visits.of"), cell: (row) => nameOf(row.of) },
        { name: words.say("mission.visits.asked"), cell: (row) => <Time at={row.askedAt} /> },
        { name: words.say("mission.visits.deadline"), cell: (row) => <Time at={row.deadline} /> },
        {
          name: words.say("mission.column.state"),
          cell: (row) => <Badge tone={toneOf(row.state)}>{words.sayCode("visitState", row.state)}</Badge>,
        },
      ]}
    />
  );
}

function Request({ row, onDone }: { readonly row: VisitRow; readonly onDone: () => void }) {
  const words = useWords();
  const choices = useChoices();
  return (
    <section aria-label={row.site}>
      <h3>{`${words.sayCode("visit", row.visit)}: ${row.site}`}</h3>
      <Facts
        facts={[
          [words.say("mission.visits.purpose"), row.purpose],
          [words.say("mission.visits.askedFor"), row.askedFor === undefined ? undefined : choices.nameOf(row.askedFor)],
          [words.say("mission.visits.wanted"), <Time key="w" at={row.wantedAt} />],
          [
            words.say("mission.column.place"),
            row.lon === undefined || row.lat === undefined ? undefined : (
              <Position key="p" lon={row.lon} lat={row.lat} />
            ),
          ],
          [words.say("mission.column.signed"), <Mark key="m" mark={row.mark} />],
        ]}
      />
      <Told row={row} />
      <h4>{words.say("mission.visits.takeAnswer")}</h4>
      <ActForm
        name={`visit-answer-${row.id}`}
        heading="mission.visits.takeAnswer"
        send="mission.visits.takeAnswer"
        act={{ kind: "visit.answered", subject: row.id }}
        fields={[
          {
            ...{ name: "answer", label: "mission.visits.answer", as: "choice" },
            choices: choices.codes("visitState", VISIT_ANSWERS),
          },
          { name: "answeredAt", label: "mission.column.when", as: "instant" },
          {
            ...{ name: "until", label: "mission.visits.until", hint: "mission.visits.untilHint", as: "instant" },
            optional: true,
          },
          { name: "words", label: "mission.visits.words", as: "area", most: 4000, optional: true, blank: true },
        ]}
        onDone={onDone}
      />
      <h4>{words.say("mission.visits.report")}</h4>
      <ActForm
        name={`visit-report-${row.id}`}
        heading="mission.visits.report"
        send="mission.visits.report"
        act={{ kind: "visit.reported", subject: row.id }}
        fields={[
          {
            ...{ name: "result", label: "mission.visits.result", as: "choice" },
            choices: choices.codes("visitState", VISIT_RESULTS),
          },
          { name: "from", label: "mission.column.from", as: "instant" },
          { name: "until", label: "mission.column.until", as: "instant" },
          { name: "team", label: "mission.visits.team", as: "text", most: 200 },
          { name: "found", label: "mission.visits.found", as: "area", most: 8000, optional: true, blank: true },
        ]}
        onDone={onDone}
      />
    </section>
  );
}

/** Answers and results in the order in which they came. */
function Told({ row }: { readonly row: VisitRow }) {
  const words = useWords();
  return (
    <ul>
      {row.answers.map(({ answer, answeredAt, until, words: said, isLate, mark }) => (
        <li key={mark.statement}>
          <Time at={answeredAt} /> <Badge tone={toneOf(answer)}>{words.sayCode("visitState", answer)}</Badge>
          {isLate ? <Badge tone="warning">{words.say("mission.visits.late")}</Badge> : null}
          {until === undefined ? null : <Time at={until} />} {said} <Mark mark={mark} />
        </li>
      ))}
      {row.reports.map(({ result, from, until, team, found, mark }) => (
        <li key={mark.statement}>
          <Time at={from} /> – <Time at={until} /> <Badge>{words.sayCode("visitState", result)}</Badge> {team} · {found}{" "}
          <Mark mark={mark} />
        </li>
      ))}
    </ul>
  );
}

interface AskProps {
  readonly hours: VisitsView["hours"];
  readonly kinds: readonly VisitKind[];
  readonly onDone: () => void;
}

function Ask({ hours, kinds, onDone }: AskProps) {
  const choices = useChoices();
  return (
    <ActForm
      name="visit"
      heading="mission.visits.ask"
      send="mission.visits.ask"
      act={{ kind: "visit.requested" }}
      first={{ visit: kinds[0]! }}
      fields={[
        { name: "visit", label: "mission.column.what", as: "choice", choices: choices.codes("visit", kinds) },
        { name: "of", label: "mission.visits.of", as: "choice", choices: choices.parties },
        {
          ...{ name: "askedFor", label: "mission.visits.askedFor", as: "choice", optional: true },
          choices: choices.speakers,
        },
        { name: "site", label: "mission.visits.site", as: "text", most: 200 },
        { name: "place", label: "mission.column.place", as: "place", optional: true },
        { name: "purpose", label: "mission.visits.purpose", as: "area", most: 2000 },
        { name: "wantedAt", label: "mission.visits.wanted", as: "instant" },
        { name: "askedAt", label: "mission.visits.asked", as: "instant" },
      ]}
      finish={(act) => withClock(act, hours)}
      onDone={onDone}
    />
  );
}

/** The clock is the mission's own: so many hours from when access was asked for. */
function withClock(act: Act, hours: VisitsView["hours"]): Act {
  const body = act.body as { readonly visit: VisitKind; readonly askedAt: string };
  const asked = parseInstant(body.askedAt);
  const due = (asked.ok ? asked.value : 0) + (hours[body.visit] ?? 0) * MICROSECONDS_PER_HOUR;
  return { ...act, body: { ...body, deadline: formatInstant(due) } };
}
