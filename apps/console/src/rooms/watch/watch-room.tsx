/** The watch: who stands it and who is there, rosters, bills, handovers, acts outside one's watch. */
import { readWatch } from "../../api/mission-endpoints.ts";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Panel, Tabs } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { useAsked } from "../mission/use-asked.ts";
import { BillTab } from "./bill-tab.tsx";
import { HandoverTab } from "./handover-tab.tsx";
import { NowTab } from "./now-tab.tsx";
import { OutsideTab } from "./outside-tab.tsx";
import { RosterTab } from "./roster-tab.tsx";
import styles from "./watch.module.css";

const TABS = ["now", "handovers", "bill", "roster", "outside"] as const;
type TabName = (typeof TABS)[number];

export default function WatchRoom() {
  const words = useWords();
  const { item } = useView();
  const tab: TabName = TABS.find((name) => name === item) ?? "now";
  const { data, error } = useAsked("watch", readWatch);
  return (
    <Panel title={words.say("console.room.watch")}>
      <Tabs
        label={words.say("console.room.watch")}
        tabs={TABS.map((value) => ({ value, label: words.say(`mission.watch.${value}`) }))}
        value={tab}
        onValue={(next) => openRoom("watch", next)}
      />
      <div className={styles.room}>
        <FaultNote error={error} />
        {data === undefined ? null : (
          <>
            {tab === "now" ? <NowTab view={data} /> : null}
            {tab === "handovers" ? <HandoverTab view={data} /> : null}
            {tab === "bill" ? <BillTab view={data} /> : null}
            {tab === "roster" ? <RosterTab view={data} /> : null}
            {tab === "outside" ? <OutsideTab view={data} /> : null}
          </>
        )}
      </div>
    </Panel>
  );
}
