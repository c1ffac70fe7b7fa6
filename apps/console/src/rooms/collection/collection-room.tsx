/** Air and collection: what is asked to be watched, the components' own sorties, flights as they were flown, how the air is watched. */
import { Panel, Tabs } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "../desk/desk.module.css";
import { AirWatchTab } from "./air-watch-tab.tsx";
import { FlownTab } from "./flown-tab.tsx";
import { PlanTab } from "./plan-tab.tsx";
import { SortiesTab } from "./sorties-tab.tsx";

const TABS = ["plan", "sorties", "flown", "watch"] as const;
type TabName = (typeof TABS)[number];

const SCREENS = { plan: PlanTab, sorties: SortiesTab, flown: FlownTab, watch: AirWatchTab } as const;

export default function CollectionRoom() {
  const words = useWords();
  const { item = "" } = useView();
  const [name, id] = item.split(":");
  const tab: TabName = TABS.find((one) => one === name) ?? "plan";
  const Screen = SCREENS[tab];
  return (
    <div className={styles.whole}>
      <Panel title={words.say("console.room.collection")}>
        <Tabs
          label={words.say("console.room.collection")}
          tabs={TABS.map((value) => ({ value, label: words.say(`air.tab.${value}`) }))}
          value={tab}
          onValue={(next) => openRoom("collection", next)}
        />
      </Panel>
      <Screen
        key={tab}
        chosen={id}
        open={(chosen) => openRoom("collection", chosen === undefined ? tab : `${tab}:${chosen}`)}
      />
    </div>
  );
}
