/** The signed-in officer's passkeys: added, named, removed. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { listPasskeys, removePasskey } from "../../api/endpoints.ts";
import { addPasskey, hasPasskeys } from "../../session/passkeys.ts";
import { useOfficer } from "../../session/session.ts";
import { Button, Empty } from "../../ui/controls.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { TextField } from "../../ui/fields.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./duty.module.css";

export function Passkeys() {
  const words = useWords();
  const officer = useOfficer();
  const [name, setName] = useState("");
  const [failure, setFailure] = useState<unknown>();
  const { data = [], error, refetch } = useQuery({ queryKey: ["passkeys", officer.officer], queryFn: listPasskeys });
  const act = async (work: Promise<unknown>): Promise<void> => {
    setFailure(undefined);
    await work.then(() => setName("")).catch(setFailure);
    await refetch();
  };
  return (
    <Panel title={words.say("console.passkey.heading")} padded>
      <p>{words.say("console.passkey.meaning")}</p>
      <FaultNote error={failure ?? error} />
      {data.length === 0 ? (
        <Empty title={words.say("console.passkey.none")} />
      ) : (
        <ul className={styles.passkeys}>
          {data.map((row) => (
            <li key={row.id}>
              <span>
                <strong>{row.name}</strong>
                <br />
                {words.say("console.passkey.added")} <Time at={row.addedAt} />
                {row.usedAt === undefined ? null : (
                  <>
                    <br />
                    {words.say("console.passkey.used")} <Time at={row.usedAt} />
                  </>
                )}
              </span>
              <Button onClick={() => void act(removePasskey(row.id))}>{words.say("console.passkey.remove")}</Button>
            </li>
          ))}
        </ul>
      )}
      {hasPasskeys() ? (
        <>
          <TextField label={words.say("console.passkey.name")} value={name} onValue={setName} maxLength={60} />
          <Button disabled={name.trim() === ""} onClick={() => void act(addPasskey(officer, name.trim()))}>
            {words.say("console.passkey.add")}
          </Button>
        </>
      ) : (
        <p>{words.say("console.passkey.impossible")}</p>
      )}
    </Panel>
  );
}
