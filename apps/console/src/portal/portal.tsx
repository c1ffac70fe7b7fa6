/** The portal of a party's liaison officer: what his side states and is asked, each with its receipt. */
import type { WordsKey } from "@openjmc/words";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { readPortal } from "../api/endpoints.ts";
import styles from "../app/app.module.css";
import { LanguageChoice, ThemeChoice } from "../app/preferences.tsx";
import { RecordState } from "../app/record-state.tsx";
import { nameIn, useCentre } from "../centre/use-centre.ts";
import { useChoices } from "../forms/use-choices.ts";
import desk from "../rooms/desk/desk.module.css";
import { Passkeys } from "../rooms/duty/passkeys.tsx";
import { signOut, useOfficer } from "../session/session.ts";
import { Button, Note } from "../ui/controls.tsx";
import { ErrorBoundary } from "../ui/error-boundary.tsx";
import { FaultNote } from "../ui/fault-note.tsx";
import { Notices } from "../ui/notices.tsx";
import { Panel, Tabs } from "../ui/panel.tsx";
import { useWords } from "../words/use-words.tsx";
import { PortalAllegations } from "./portal-allegations.tsx";
import { PortalFlashes } from "./portal-flashes.tsx";
import { PortalLeaves } from "./portal-leaves.tsx";
import { PortalNotices } from "./portal-notices.tsx";
import { PortalProtests } from "./portal-protests.tsx";
import { PortalRequests } from "./portal-requests.tsx";
import { PortalSilences } from "./portal-silences.tsx";

const TABS = ["allegations", "requests", "notices", "protests", "matters", "leaves", "passkeys"] as const;
type TabName = (typeof TABS)[number];

/** Word that lives are in danger is not to wait for longer than this. */
const AGAIN_MILLISECONDS = 1_000;

const TAB_NAMES: Readonly<Record<TabName, WordsKey>> = {
  allegations: "desk.portalTab.allegations",
  requests: "desk.portalTab.requests",
  notices: "desk.portalTab.notices",
  protests: "desk.portalTab.protests",
  matters: "influence.tab.matters",
  leaves: "air.portal.leaves",
  passkeys: "console.passkey.heading",
};

export default function Portal() {
  const words = useWords();
  const [tab, setTab] = useState<TabName>("allegations");
  const { data, error, refetch } = useQuery({
    queryKey: ["portal"],
    queryFn: readPortal,
    refetchInterval: AGAIN_MILLISECONDS,
  });
  const again = (): void => void refetch();
  return (
    <div className={styles.portal}>
      <TopBar />
      <main>
        <ErrorBoundary resetOn={tab}>
          <div className={desk.whole}>
            <Panel title={words.say("desk.portal")}>
              <Tabs
                label={words.say("desk.portal")}
                tabs={TABS.map((value) => ({
                  value,
                  label: words.say(TAB_NAMES[value]),
                }))}
                value={tab}
                onValue={setTab}
              />
              <FaultNote error={error} />
              {data === undefined ? null : <PortalFlashes portal={data} again={again} />}
            </Panel>
            {data === undefined ? (
              <Note role="status">{words.say("console.loading")}</Note>
            ) : tab === "allegations" ? (
              <PortalAllegations portal={data} again={again} />
            ) : tab === "requests" ? (
              <PortalRequests portal={data} again={again} />
            ) : tab === "notices" ? (
              <PortalNotices portal={data} again={again} />
            ) : tab === "matters" ? (
              <PortalSilences portal={data} again={again} />
            ) : tab === "leaves" ? (
              <PortalLeaves portal={data} again={again} />
            ) : tab === "passkeys" ? (
              <Passkeys />
            ) : (
              <PortalProtests portal={data} again={again} />
            )}
          </div>
        </ErrorBoundary>
      </main>
      <Notices />
    </div>
  );
}

function TopBar() {
  const words = useWords();
  const centre = useCentre();
  const { officer, party = "" } = useOfficer();
  const { nameOf } = useChoices();
  return (
    <header className={styles.doorHead}>
      <h1>{nameIn(centre.mission.names, words.locale)}</h1>
      <div className={styles.preferences}>
        <span>
          <strong>{officer}</strong> {words.say("desk.portal.liaisonOf", { party: nameOf(party) })}
        </span>
        <RecordState />
        <LanguageChoice />
        <ThemeChoice />
        <Button onClick={() => void signOut()}>{words.say("console.signOut")}</Button>
      </div>
    </header>
  );
}
