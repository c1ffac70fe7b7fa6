/** How the alarms stand (ANSI/ISA-18.2): states, how fast alerts come, which have stood for longest, what both keep quiet. */
import { ALARM_STATES, type AlarmFigures, type StandingAlarm } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { readAlarms } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useTimes } from "../../clock/use-times.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Badge, Empty, LinkButton, Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { select } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { HoldCard } from "./alarm-hold.tsx";
import styles from "./common-room.module.css";
import { ruleName } from "./describe.ts";

export function useAlarmFigures() {
  const alerts = useFreshRows("alerts").rows;
  const holds = useFreshRows("holds").rows;
  // Asked again when a row has changed, and as the clock runs on.
  const changed = `${alerts.length} ${alerts.map(({ state, endedAt }) => `${state}${endedAt === undefined}`).join()} ${holds.map(({ state }) => state).join()}`;
  return useQuery({ queryKey: ["alarms", changed], queryFn: readAlarms, refetchInterval: 10_000 });
}

export function AlarmsTab() {
  const words = useWords();
  const { data, error } = useAlarmFigures();
  if (data === undefined) return <FaultNote error={error} />;
  const states = ALARM_STATES.filter((state) => data.states[state] !== undefined);
  return (
    <div className={styles.alarms}>
      <FloodNote flood={data.flood} />
      {states.length === 0 ? (
        <Empty title={words.say("alarms.none")} hint={words.say("alarms.noneHint")} />
      ) : (
        <DataTable
          label={words.say("alarms.title")}
          rows={states}
          keyOf={(state) => state}
          columns={[
            { name: words.say("alarms.state"), cell: (state) => words.sayCode("alarmState", state) },
            {
              name: words.say("alarms.count"),
              numeric: true,
              cell: (state) => words.formats.number(data.states[state] ?? 0),
            },
          ]}
        />
      )}
      {data.standing.length === 0 ? null : <Standing alarms={data.standing} />}
      {data.holds.length === 0 ? null : <h3>{words.say("alarms.holds")}</h3>}
      {data.holds.map((hold) => (
        <HoldCard key={hold.id} hold={hold} />
      ))}
    </div>
  );
}

/** Above the queue too, where alerts come faster than a person can follow. */
export function FloodNote({ flood, onlyFlood }: { readonly flood: AlarmFigures["flood"]; readonly onlyFlood?: true }) {
  const words = useWords();
  const times = useTimes();
  const { number, most, isFlood, worst, mean } = flood;
  if (onlyFlood && !isFlood) return null;
  return (
    <Note tone={isFlood ? "warning" : "neutral"} role="status">
      {words.say(isFlood ? "alarms.flood" : "alarms.calm", { number, most })}{" "}
      {worst === undefined
        ? null
        : words.say("alarms.worst", {
            number: worst.number,
            time: times.time(worst.from),
            mean: words.formats.number(mean, 1),
          })}
    </Note>
  );
}

function Standing({ alarms }: { readonly alarms: readonly StandingAlarm[] }) {
  const words = useWords();
  const times = useTimes();
  const { mission } = useCentre();
  return (
    <>
      <h3>{words.say("alarms.standing")}</h3>
      <ul className={styles.standing}>
        {alarms.map(({ alert, rule, state, since, isStale }) => (
          <li key={alert}>
            <LinkButton onClick={() => select({ kind: "alert", id: alert })}>
              {ruleName(rule, mission, words)}
            </LinkButton>{" "}
            {isStale ? <Badge tone="warning">{words.say("alarms.stale")}</Badge> : null}
            <br />
            <span className={styles.itemMore}>
              {times.dateTime(since)} · {words.sayCode("alarmState", state)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
