/** The rooms and what stands around them: who is here, the clock, the record's state, the way to every room. */
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { componentOf, nameIn, useCentre } from "../centre/use-centre.ts";
import { ClockBar } from "../clock/clock-bar.tsx";
import { useShortcut } from "../keys/shortcuts.ts";
import { forgetRows } from "../live/keep-rows.ts";
import { connection, startLive, troubles } from "../live/live.ts";
import { followPicture, makePictures } from "../picture/picture.ts";
import { PicturesContext } from "../picture/use-pictures.ts";
import { useQueueLength } from "../rooms/common/use-queue.ts";
import { signOut, useOfficer } from "../session/session.ts";
import { useStore } from "../state/store.ts";
import { Badge, Button, Key, Note } from "../ui/controls.tsx";
import { ErrorBoundary } from "../ui/error-boundary.tsx";
import { Notices } from "../ui/notices.tsx";
import { ROOMS, type RoomName } from "../url/view-state.ts";
import { openRoom, useView } from "../url/view-store.ts";
import { useWords } from "../words/use-words.tsx";
import styles from "./app.module.css";
import { Help } from "./help.tsx";
import { Palette } from "./palette.tsx";
import { LanguageChoice, ThemeChoice } from "./preferences.tsx";
import { RecordState } from "./record-state.tsx";

const ROOM_SCREENS: Readonly<Record<RoomName, () => ReactNode>> = {
  common: lazy(() => import("../rooms/common/common-room.tsx")),
  incidents: lazy(() => import("../rooms/incidents/incidents-room.tsx")),
  sightings: lazy(() => import("../rooms/sightings/sightings-room.tsx")),
  allegations: lazy(() => import("../rooms/allegations/allegations-room.tsx")),
  press: lazy(() => import("../rooms/press/press-room.tsx")),
  desk: lazy(() => import("../rooms/desk/desk-room.tsx")),
  sources: lazy(() => import("../rooms/sources/sources-room.tsx")),
  collection: lazy(() => import("../rooms/collection/collection-room.tsx")),
  agreement: lazy(() => import("../rooms/agreement/agreement-room.tsx")),
  record: lazy(() => import("../rooms/record/record-room.tsx")),
  reports: lazy(() => import("../rooms/reports/reports-room.tsx")),
  duty: lazy(() => import("../rooms/duty/duty-room.tsx")),
  watch: lazy(() => import("../rooms/watch/watch-room.tsx")),
  mission: lazy(() => import("../rooms/mission/mission-room.tsx")),
} as never;

export default function Shell() {
  const words = useWords();
  const centre = useCentre();
  const officer = useOfficer();
  const { room } = useView();
  const [open, setOpen] = useState<"help" | "palette">();
  // biome-ignore lint/correctness/useExhaustiveDependencies: one picture for the whole session; a description read anew keeps its origin.
  const pictures = useMemo(() => makePictures(centre), []);
  useEffect(() => startLive(officer.component), [officer.component]);
  useEffect(() => followPicture(pictures.live), [pictures]);
  useShortcut("KeyK", () => setOpen("palette"), { modified: true, always: true });
  useShortcut("Slash", () => setOpen("help"));
  useShortcut("Shift+Slash", () => setOpen("help"));
  const Screen = ROOM_SCREENS[room] as () => ReactNode;
  return (
    <PicturesContext value={pictures}>
      <div className={styles.shell}>
        <TopBar onHelp={() => setOpen("help")} onPalette={() => setOpen("palette")} />
        <ClockBar />
        <Rail />
        <main className={styles.room} id="room" aria-label={words.say(`console.room.${room}`)}>
          <h2 className="visually-hidden">{words.say(`console.room.${room}`)}</h2>
          <Staleness />
          <Troubles />
          <ErrorBoundary resetOn={room}>
            <Suspense fallback={<p role="status">{words.say("console.loading")}</p>}>
              <Screen />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <Notices />
      {open === "help" ? <Help onClose={() => setOpen(undefined)} /> : null}
      {open === "palette" ? <Palette onClose={() => setOpen(undefined)} /> : null}
    </PicturesContext>
  );
}

function TopBar({ onHelp, onPalette }: { readonly onHelp: () => void; readonly onPalette: () => void }) {
  const words = useWords();
  const centre = useCentre();
  const officer = useOfficer();
  const component = componentOf(centre, officer.component);
  const leave = (): void => {
    void forgetRows().catch(() => undefined);
    void signOut();
  };
  return (
    <header className={styles.top}>
      <h1>{nameIn(centre.mission.names, words.locale)}</h1>
      <RecordState />
      <span className={styles.spring} />
      <Button look="quiet" onClick={onPalette}>
        {words.say("console.find")} <Key>Ctrl K</Key>
      </Button>
      <Button look="quiet" onClick={onHelp} aria-label={words.say("console.help")}>
        <Key>?</Key>
      </Button>
      <LanguageChoice />
      <ThemeChoice />
      <span className={styles.officerHere} style={{ borderLeftColor: component?.colour }}>
        <strong>{officer.officer}</strong>
        <span>{nameIn(component?.names, words.locale)}</span>
      </span>
      <Button onClick={leave}>{words.say("console.signOut")}</Button>
    </header>
  );
}

function Rail() {
  const words = useWords();
  const { room } = useView();
  const waiting = useQueueLength();
  return (
    <nav className={styles.rail} aria-label={words.say("console.rooms")}>
      {ROOMS.map((name) => (
        <button
          type="button"
          key={name}
          className={styles.roomLink}
          aria-current={name === room ? "page" : undefined}
          onClick={() => openRoom(name)}
        >
          {words.say(`console.room.${name}`)}
          {name === "common" && waiting > 0 ? <Badge tone="warning">{waiting}</Badge> : null}
        </button>
      ))}
      <ConnectionState />
    </nav>
  );
}

function ConnectionState() {
  const words = useWords();
  const { state } = useStore(connection);
  const tone = state === "live" ? "good" : state === "lost" ? "danger" : "neutral";
  return (
    <div className={styles.railFoot}>
      <Badge tone={tone}>{words.say(`console.connection.${state}`)}</Badge>
    </div>
  );
}

/** Says, across every room, that nothing new comes and since when. */
function Staleness() {
  const words = useWords();
  const { state, since } = useStore(connection);
  if (state !== "lost" || since === undefined) return null;
  return (
    <div className={styles.stale}>
      <Note tone="warning" role="status">
        {words.say("console.connection.stale", { time: words.formats.time(since * 1000) })}
      </Note>
    </div>
  );
}

/** Says, across every room, what is wrong with the centre itself. */
function Troubles() {
  const words = useWords();
  const faults = useStore(troubles);
  return faults.map((fault) => (
    <div key={fault.code} className={styles.stale}>
      <Note tone="danger" role="alert">
        {words.sayFault(fault)}
      </Note>
    </div>
  ));
}
