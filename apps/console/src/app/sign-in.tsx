/** The door: choose who you are; your own signer lets this tab in. */
import type { Officer, SigningRequest } from "@openjmc/model";
import { partyOf } from "@openjmc/record";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { centreQuery } from "../centre/centre-query.ts";
import { roleName } from "../centre/role-name.ts";
import { nameIn, useCentre } from "../centre/use-centre.ts";
import { hasPasskeys, signInWithPasskey } from "../session/passkeys.ts";
import { signIn } from "../session/sign-in.ts";
import { Button, Note } from "../ui/controls.tsx";
import { FaultNote } from "../ui/fault-note.tsx";
import { useWords } from "../words/use-words.tsx";
import styles from "./app.module.css";
import { loadPortal, loadShell } from "./load-screens.ts";
import { LanguageChoice, ThemeChoice } from "./preferences.tsx";
import { RecordState } from "./record-state.tsx";

export function SignIn() {
  const words = useWords();
  const centre = useCentre();
  const [officer, setOfficer] = useState<Officer>();
  return (
    <div className={styles.door}>
      <header className={styles.doorHead}>
        <h1>{nameIn(centre.mission.names, words.locale)}</h1>
        <div className={styles.preferences}>
          <RecordState />
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </header>
      <main className={styles.doorBody}>
        {officer === undefined ? (
          <ChooseOfficer onChoose={setOfficer} />
        ) : (
          <Pairing key={officer.id} officer={officer} onBack={() => setOfficer(undefined)} />
        )}
      </main>
    </div>
  );
}

function ChooseOfficer({ onChoose }: { readonly onChoose: (officer: Officer) => void }) {
  const words = useWords();
  const { mission } = useCentre();
  return (
    <>
      <h2>{words.say("console.signIn.who")}</h2>
      <p>{words.say("console.signIn.how")}</p>
      <PasskeyDoor />
      <div className={styles.components}>
        {mission.components.map((component) => (
          <section
            key={component.code}
            className={styles.component}
            style={{ borderTopColor: component.colour }}
            aria-label={nameIn(component.names, words.locale)}
          >
            <h3>{nameIn(component.names, words.locale)}</h3>
            <ul>
              {mission.officers
                .filter((one) => one.component === component.code)
                .map((one) => (
                  <li key={one.id}>
                    <button type="button" className={styles.officer} onClick={() => onChoose(one)}>
                      <strong>{one.id}</strong>
                      <span>{words.formats.list(one.roles.map((role) => roleName(role, mission, words)))}</span>
                    </button>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

/** The way in for who has added a passkey; browsers have them for pages with a name, not for bare addresses. */
function PasskeyDoor() {
  const words = useWords();
  const [error, setError] = useState<unknown>();
  if (!hasPasskeys()) return null;
  return (
    <div>
      <Button onClick={() => void signInWithPasskey().catch(setError)}>{words.say("console.passkey.signIn")}</Button>
      <FaultNote error={error} />
    </div>
  );
}

function Pairing({ officer, onBack }: { readonly officer: Officer; readonly onBack: () => void }) {
  const words = useWords();
  const [request, setRequest] = useState<SigningRequest>();
  const [error, setError] = useState<unknown>();
  const begun = useRef(false);
  const queries = useQueryClient();
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    // While the signer is waited for, the rooms are on their way.
    void (partyOf(officer.roles) === undefined ? loadShell() : loadPortal()).catch(() => undefined);
    signIn(officer, queries.fetchQuery(centreQuery()), setRequest, new AbortController().signal).catch(setError);
  }, [officer, queries]);
  const ended = request !== undefined && request.state !== "waiting" && request.state !== "signed";
  return (
    <section className={styles.pairing}>
      <h2>{words.say("console.signIn.pairing", { officer: officer.id })}</h2>
      {error === undefined ? null : <FaultNote error={error} />}
      {request === undefined ? null : (
        <>
          <p>{words.say("console.signIn.compare")}</p>
          <output className={styles.code} aria-label={words.say("console.signing.code")}>
            {spaced(request.code)}
          </output>
          <p role="status">{words.say(`console.signing.state.${request.state}`)}</p>
          {request.fault === undefined ? null : <Note tone="danger">{words.sayFault(request.fault)}</Note>}
        </>
      )}
      {ended || error !== undefined ? <p>{words.say("console.signIn.again")}</p> : null}
      <Button onClick={onBack}>{words.say("console.signIn.other")}</Button>
    </section>
  );
}

/** Six digits in two groups: read aloud more surely. */
function spaced(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
