/** The mission itself: its life from founding to closure, and the contingent as it declares itself. */
import { Panel, Tabs } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "../watch/watch.module.css";
import { ClosureTab } from "./closure-tab.tsx";
import { ContingentTab } from "./contingent-tab.tsx";
import { LifeTab } from "./life-tab.tsx";
import { MandateTab } from "./mandate-tab.tsx";
import { TextsTab } from "./texts-tab.tsx";
import { VisitsTab } from "./visits-tab.tsx";

const TABS = ["life", "closure", "contingent", "visits", "texts", "mandate"] as const;
type TabName = (typeof TABS)[number];

export default function MissionRoom() {
  const words = useWords();
  const { item } = useView();
  const tab: TabName = TABS.find((name) => name === item) ?? "life";
  return (
    <Panel title={words.say("console.room.mission")}>
      <Tabs
        label={words.say("console.room.mission")}
        tabs={TABS.map((value) => ({ value, label: words.say(`mission.${value}`) }))}
        value={tab}
        onValue={(next) => openRoom("mission", next)}
      />
      <div className={styles.room}>
        {tab === "life" ? <LifeTab /> : null}
        {tab === "closure" ? <ClosureTab /> : null}
        {tab === "contingent" ? <ContingentTab /> : null}
        {tab === "visits" ? <VisitsTab /> : null}
        {tab === "texts" ? <TextsTab /> : null}
        {tab === "mandate" ? <MandateTab /> : null}
      </div>
    </Panel>
  );
}
