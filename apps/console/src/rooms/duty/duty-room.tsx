/** Duty: the officers of both components, their keys, and who is signed in now. */
import type { Officer, OfficerRow } from "@openjmc/model";
import { roleName } from "../../centre/role-name.ts";
import { nameIn, useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Badge, LinkButton } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Panel } from "../../ui/panel.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "./duty.module.css";
import { Passkeys } from "./passkeys.tsx";

interface Line {
  readonly officer: Officer;
  readonly row: OfficerRow | undefined;
}

export default function DutyRoom() {
  const words = useWords();
  const { mission } = useCentre();
  const { rows, condition } = useFreshRows("officers");
  const now = useShownTime(5000);
  return (
    <div className={styles.whole}>
      <FaultNote error={condition.error} />
      <div className={styles.room}>
        {mission.components.map((component) => {
          const lines: Line[] = mission.officers
            .filter((officer) => officer.component === component.code)
            .map((officer) => ({ officer, row: rows.find((row) => row.id === officer.id) }));
          return (
            <Panel key={component.code} title={nameIn(component.names, words.locale)}>
              <DataTable
                label={nameIn(component.names, words.locale)}
                rows={lines}
                keyOf={(line) => line.officer.id}
                columns={[
                  {
                    name: words.say("console.duty.officer"),
                    cell: (line) => <span style={{ whiteSpace: "nowrap" }}>{line.officer.id}</span>,
                  },
                  {
                    name: words.say("console.duty.roles"),
                    cell: (line) =>
                      words.formats.list(line.officer.roles.map((role) => roleName(role, mission, words))),
                  },
                  { name: words.say("console.duty.presence"), cell: (line) => <Presence row={line.row} now={now} /> },
                  {
                    name: words.say("console.duty.key"),
                    cell: (line) =>
                      line.row === undefined ? (
                        words.say("console.duty.notEnrolled")
                      ) : (
                        <code title={line.row.keyid}>{line.row.keyid.slice(0, 16)}</code>
                      ),
                  },
                  {
                    name: words.say("console.duty.enrolled"),
                    cell: (line) => (line.row === undefined ? null : <EntryLink index={line.row.enrolledAt} />),
                  },
                ]}
              />
            </Panel>
          );
        })}
      </div>
      <div className={styles.own}>
        <Passkeys />
      </div>
    </div>
  );
}

/** On watch while a session that was enrolled in the record is neither ended nor past its time. */
function Presence({ row, now }: { readonly row: OfficerRow | undefined; readonly now: number }) {
  const words = useWords();
  if (row?.revokedAt !== undefined)
    return <Badge tone="danger">{words.say("console.duty.revoked", { index: row.revokedAt })}</Badge>;
  const open = row?.sessions.filter((session) => !session.ended && session.from <= now && now < session.until) ?? [];
  const last = open.at(-1);
  if (last === undefined) return <Badge>{words.say("console.duty.away")}</Badge>;
  return (
    <span>
      <Badge tone="good">{words.say("console.duty.here", { count: open.length })}</Badge>{" "}
      {words.say("console.duty.since")} <Time at={last.from} />
    </span>
  );
}

function EntryLink({ index }: { readonly index: number }) {
  const words = useWords();
  return (
    <LinkButton onClick={() => openRoom("record", String(index))}>
      {words.say("console.entryNumber", { index })}
    </LinkButton>
  );
}
