/** Who stands watch now and who is there; an officer states presence of the own side. */
import {
  type ComponentWatch,
  formatInstant,
  PRESENCES,
  type PresenceCode,
  type WatchMember,
  type WatchView,
} from "@openjmc/model";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { componentOf, nameIn, useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { useOfficer } from "../../session/session.ts";
import { state } from "../../sign/statement.ts";
import { Badge, Button, Empty, Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./watch.module.css";

export function NowTab({ view }: { readonly view: WatchView }) {
  const words = useWords();
  const { nameOf } = useChoices();
  return (
    <>
      <div className={styles.part}>
        <Note tone={view.rule === "both" ? "good" : view.rule === "unplanned" ? "neutral" : "warning"} role="status">
          <p>{words.sayCode("watchRule", view.rule)}</p>
          {view.alone.map((component) => (
            <p key={component}>{words.say("mission.watch.alone", { component: nameOf(component) })}</p>
          ))}
        </Note>
      </div>
      <div className={styles.columns}>
        {view.components.map((side) => (
          <Side key={side.component} side={side} />
        ))}
      </div>
    </>
  );
}

function Side({ side }: { readonly side: ComponentWatch }) {
  const words = useWords();
  const centre = useCentre();
  const { component } = useOfficer();
  const name = nameIn(componentOf(centre, side.component)?.names, words.locale);
  const { watch, next } = side;
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      {watch === undefined ? (
        <Empty title={words.say("mission.watch.none")} hint={words.say("mission.watch.noneHint")} />
      ) : (
        <>
          <p>
            <Time at={watch.from} /> – <Time at={watch.until} />
          </p>
          <Members label={name} members={[watch.officer, ...watch.others]} officer={watch.officer.id} />
        </>
      )}
      {next === undefined ? null : (
        <p>
          {words.say("mission.watch.next", { officer: next.officer.id })} <Time at={next.from} />
        </p>
      )}
      {side.component === component && side.people.length > 0 ? <StatePresence side={side} /> : null}
    </section>
  );
}

const TONES: Readonly<Record<WatchMember["presence"], "good" | "warning" | "neutral">> = {
  present: "good",
  absent: "warning",
  relieved: "neutral",
  unknown: "neutral",
};

function Members({
  label,
  members,
  officer,
}: {
  readonly label: string;
  readonly members: readonly WatchMember[];
  readonly officer: string;
}) {
  const words = useWords();
  return (
    <DataTable
      label={label}
      rows={members}
      keyOf={(row) => row.id}
      columns={[
        {
          name: words.say("mission.column.member"),
          cell: (row) => (row.id === officer ? `${row.id} · ${words.sayCode("role", "duty-officer")}` : row.id),
        },
        {
          name: words.say("mission.column.state"),
          cell: (row) => <Badge tone={TONES[row.presence]}>{words.sayCode("presence", row.presence)}</Badge>,
        },
        {
          name: words.say("mission.column.by"),
          cell: (row) => `${words.sayCode("presenceBy", row.by)}${row.reason ? `: ${row.reason}` : ""}`,
        },
        {
          name: words.say("mission.column.since"),
          cell: (row) => (row.since === undefined ? "" : <Time at={row.since} />),
        },
      ]}
    />
  );
}

function StatePresence({ side }: { readonly side: ComponentWatch }) {
  const words = useWords();
  const queries = useQueryClient();
  const act = useAct();
  const [person, setPerson] = useState(side.watch?.officer.id ?? side.people[0]!.id);
  const [presence, setPresence] = useState<PresenceCode>("present");
  const [reason, setReason] = useState("");
  const send = async (): Promise<void> => {
    const body = { person, presence, at: formatInstant(centreNow()), reason: reason.trim() };
    if (!(await act.run(() => state({ kind: "presence.stated", body })))) return;
    setReason("");
    await queries.invalidateQueries({ queryKey: ["mission", "watch"] });
  };
  return (
    <form
      className={styles.form}
      aria-label={words.say("mission.watch.statePresence")}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <SelectField
        label={words.say("mission.column.member")}
        value={person}
        choices={side.people.map(({ id }) => ({ value: id, label: id }))}
        onValue={setPerson}
      />
      <SelectField
        label={words.say("mission.column.state")}
        value={presence}
        choices={PRESENCES.map((value) => ({ value, label: words.sayCode("presence", value) }))}
        onValue={setPresence}
      />
      <TextField label={words.say("mission.column.reason")} value={reason} maxLength={500} onValue={setReason} />
      <div className={styles.foot}>
        <Button look="primary" type="submit" disabled={act.pending}>
          {words.say("mission.watch.statePresence")}
        </Button>
        <FaultNote error={act.error} />
      </div>
    </form>
  );
}
