/** Rosters of both components; the own one is imported from a table, looked at before it is signed. */
import type { Fault, RosterPerson, WatchView } from "@openjmc/model";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { previewRoster } from "../../api/mission-endpoints.ts";
import { componentOf, nameIn, useCentre } from "../../centre/use-centre.ts";
import { SignOwn } from "../../sign/sign-dialog.tsx";
import { Button, Empty, Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Mark } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import { useIsHead } from "../mission/use-is-head.ts";
import styles from "./watch.module.css";

export function RosterTab({ view }: { readonly view: WatchView }) {
  const words = useWords();
  const centre = useCentre();
  const isHead = useIsHead();
  return (
    <>
      {isHead ? <ImportRoster /> : <Note>{words.say("mission.roster.headOnly")}</Note>}
      {view.components.map((side) => {
        const name = nameIn(componentOf(centre, side.component)?.names, words.locale);
        return (
          <section key={side.component} className={styles.part} aria-label={name}>
            <h3>
              {name} · {words.say("mission.roster.count", { count: side.people.length })}
            </h3>
            {side.rosterBy === undefined ? null : <Mark mark={side.rosterBy} />}
            {side.people.length === 0 ? (
              <Empty title={words.say("mission.roster.none")} hint={words.say("mission.roster.noneHint")} />
            ) : (
              <People label={name} people={side.people} />
            )}
          </section>
        );
      })}
    </>
  );
}

function People({ label, people }: { readonly label: string; readonly people: readonly RosterPerson[] }) {
  const words = useWords();
  return (
    <DataTable
      label={label}
      rows={people}
      keyOf={(row) => row.id}
      columns={[
        { name: words.say("mission.column.member"), cell: (row) => row.id },
        {
          name: words.say("mission.column.duties"),
          cell: (row) => words.formats.list(row.duties.map((duty) => words.sayCode("role", duty))),
        },
        { name: words.say("mission.column.rank"), cell: (row) => row.rank },
        { name: words.say("mission.column.languages"), cell: (row) => words.formats.list(row.languages) },
        { name: words.say("mission.column.posted"), cell: (row) => `${row.from} – ${row.until ?? ""}` },
        { name: words.say("mission.column.key"), cell: (row) => row.officer ?? "" },
      ]}
    />
  );
}

function ImportRoster() {
  const words = useWords();
  const queries = useQueryClient();
  const act = useAct();
  const [csv, setCsv] = useState("");
  const [read, setRead] = useState<{ readonly people: readonly RosterPerson[]; readonly faults: readonly Fault[] }>();
  const [signing, setSigning] = useState(false);
  const look = (text: string): void => {
    setCsv(text);
    setRead(undefined);
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (file) look(await file.text());
  };
  return (
    <section className={styles.part} aria-label={words.say("mission.roster.import")}>
      <h3>{words.say("mission.roster.import")}</h3>
      <p>{words.say("mission.roster.columns")}</p>
      <div className={styles.stack}>
        <label>
          {words.say("mission.roster.file")}{" "}
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => void take(event.target.files?.[0])}
          />
        </label>
        <AreaField label={words.say("mission.roster.table")} rows={6} value={csv} onValue={look} />
        <div className={styles.foot}>
          <Button
            disabled={csv.trim() === "" || act.pending}
            onClick={() => void act.run(async () => setRead(await previewRoster(csv)))}
          >
            {words.say("mission.roster.look")}
          </Button>
          <Button
            look="primary"
            disabled={read === undefined || read.faults.length > 0 || read.people.length === 0}
            onClick={() => setSigning(true)}
          >
            {words.say("mission.roster.sign")}
          </Button>
          <FaultNote error={act.error} />
        </div>
      </div>
      {read === undefined ? null : (
        <Note tone={read.faults.length === 0 ? "good" : "danger"} role="status">
          <p>{words.say("mission.roster.read", { people: read.people.length, faults: read.faults.length })}</p>
          <ul>
            {read.faults.map((fault) => (
              <li key={`${fault.where?.line} ${fault.where?.field} ${fault.got}`}>{words.sayFault(fault)}</li>
            ))}
          </ul>
        </Note>
      )}
      {signing && read ? (
        <SignOwn
          title={words.say("mission.roster.sign")}
          act={{ kind: "roster.imported", body: { people: read.people, note: "" } }}
          onSigned={() => {
            look("");
            void queries.invalidateQueries({ queryKey: ["mission", "watch"] });
          }}
          onClose={() => setSigning(false)}
        />
      ) : null}
    </section>
  );
}
