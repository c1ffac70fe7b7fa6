/** Finds the centre, then shows the door or, with a session, the rooms. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { centreQuery } from "../centre/centre-query.ts";
import { keepCentre, keptCentre } from "../centre/keep-centre.ts";
import { CentreContext, nameIn } from "../centre/use-centre.ts";
import { hearCentreTime } from "../clock/clock-store.ts";
import { recordState } from "../live/live.ts";
import { useSession } from "../session/session.ts";
import { FaultNote } from "../ui/fault-note.tsx";
import { useWords } from "../words/use-words.tsx";
import styles from "./app.module.css";
import { ExerciseMark } from "./exercise-mark.tsx";
import { loadPortal, loadShell } from "./load-screens.ts";
import { SignIn } from "./sign-in.tsx";

const Shell = lazy(loadShell);
const Portal = lazy(loadPortal);

const REFRESH_MILLISECONDS = 10_000;

export function App() {
  const words = useWords();
  const session = useSession();
  const {
    data: centre,
    failureReason,
    refetch,
  } = useQuery({
    ...centreQuery(session?.keyid),
    // The rooms hear of the record as it grows; the door and the portal have no such stream.
    refetchInterval: session === undefined || session.party !== undefined ? REFRESH_MILLISECONDS : false,
    placeholderData: keepPreviousData,
    // A tab that has a session shows what it last knew while the centre is out of reach.
    ...(session === undefined ? {} : { initialData: keptCentre, initialDataUpdatedAt: 0 }),
    retry: true,
    retryDelay: 2000,
  });
  // Its time is that of its coming: heard again later, as when the language changes, it would set the clock back.
  useEffect(() => {
    if (centre !== undefined) hearCentreTime(centre.now, centre.speed);
  }, [centre]);
  useEffect(() => {
    if (centre === undefined) return;
    const { record, sealedSize } = centre;
    recordState.update((now) => (now.size > record.size ? now : { ...record, sealedSize }));
    if (session !== undefined) keepCentre(centre);
    document.title = nameIn(centre.mission.names, words.locale);
  }, [centre, session, words]);
  if (centre === undefined)
    return (
      <main className={styles.waiting}>
        <h1>{words.say("console.title")}</h1>
        {failureReason === null ? (
          <p role="status">{words.say("console.findingCentre")}</p>
        ) : (
          <FaultNote error={failureReason} onRetry={() => void refetch()} />
        )}
      </main>
    );
  return (
    <CentreContext value={centre}>
      {centre.exercise ? <ExerciseMark /> : null}
      {session === undefined ? (
        <SignIn />
      ) : (
        <Suspense fallback={<p className={styles.waiting}>{words.say("console.loading")}</p>}>
          {session.party === undefined ? <Shell key={session.keyid} /> : <Portal key={session.keyid} />}
        </Suspense>
      )}
    </CentreContext>
  );
}
