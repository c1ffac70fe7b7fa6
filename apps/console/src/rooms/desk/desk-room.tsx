/** The desk: hotline, warnings, coordination requests, notices and protests, each with its clock. */
import { Panel, Tabs } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { CoordinationTab } from "./coordination-tab.tsx";
import styles from "./desk.module.css";
import { EscalationsTab } from "./escalations-tab.tsx";
import { HotlineTab } from "./hotline-tab.tsx";
import { MattersTab } from "./matters-tab.tsx";
import { NoticesTab } from "./notices-tab.tsx";
import { ProtestsTab } from "./protests-tab.tsx";
import { WarningsTab } from "./warnings-tab.tsx";

const TABS = ["hotline", "warnings", "coordination", "notices", "protests", "escalations", "matters"] as const;
type TabName = (typeof TABS)[number];

const SCREENS = {
  hotline: HotlineTab,
  warnings: WarningsTab,
  coordination: CoordinationTab,
  notices: NoticesTab,
  protests: ProtestsTab,
  escalations: EscalationsTab,
  matters: MattersTab,
} as const;

export default function DeskRoom() {
  const words = useWords();
  const { item = "" } = useView();
  const [name, id] = item.split(":");
  const tab: TabName = TABS.find((one) => one === name) ?? "hotline";
  const Screen = SCREENS[tab];
  return (
    <div className={styles.whole}>
      <Panel title={words.say("console.room.desk")}>
        <Tabs
          label={words.say("console.room.desk")}
          tabs={TABS.map((value) => ({
            value,
            label: words.say(
              value === "escalations" || value === "matters" ? `influence.tab.${value}` : `desk.tab.${value}`,
            ),
          }))}
          value={tab}
          onValue={(next) => openRoom("desk", next)}
        />
      </Panel>
      <Screen
        key={tab}
        chosen={id}
        open={(chosen) => openRoom("desk", chosen === undefined ? tab : `${tab}:${chosen}`)}
      />
    </div>
  );
}
