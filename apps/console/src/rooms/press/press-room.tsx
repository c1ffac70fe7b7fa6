/** What others publish: texts, what they claim, where they disagree, and how reliable each outlet has been. */
import { useShortcut } from "../../keys/shortcuts.ts";
import { Panel, Tabs } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { DiscrepanciesTab } from "./discrepancies-tab.tsx";
import { FactPage } from "./fact-page.tsx";
import { FactsTab } from "./facts-tab.tsx";
import { FilingsTab } from "./filings-tab.tsx";
import { IntakeForm } from "./intake-form.tsx";
import { OutletsTab } from "./outlets-tab.tsx";
import { ReadingPage } from "./reading-page.tsx";
import { TextsTab } from "./texts-tab.tsx";
import { TimelineTab } from "./timeline-tab.tsx";

const TABS = ["texts", "new", "timeline", "facts", "discrepancies", "filings", "outlets"] as const;

/** `text:ID` and `fact:NAME` are pages of the first and the third tab. */
export default function PressRoom() {
  const words = useWords();
  const { item = "texts" } = useView();
  useShortcut("KeyN", () => openRoom("press", "new"));
  useShortcut("KeyT", () => openRoom("press", "timeline"));
  useShortcut("KeyF", () => openRoom("press", "facts"));
  useShortcut("KeyD", () => openRoom("press", "discrepancies"));
  useShortcut("KeyL", () => openRoom("press"));
  const colon = item.indexOf(":");
  const [page, id] = colon < 0 ? [item, ""] : [item.slice(0, colon), item.slice(colon + 1)];
  if (page === "text") return <ReadingPage key={id} id={id} />;
  const tab = page === "fact" ? "facts" : (TABS.find((one) => one === page) ?? "texts");
  return (
    <Panel title={words.say("console.room.press")} padded>
      <Tabs
        label={words.say("console.room.press")}
        tabs={TABS.map((value) => ({ value, label: words.say(`press.tab.${value}`) }))}
        value={tab}
        onValue={(next) => openRoom("press", next === "texts" ? undefined : next)}
      />
      {page === "fact" ? <FactPage key={id} fact={id} /> : null}
      {tab === "texts" ? <TextsTab /> : null}
      {tab === "new" ? <IntakeForm /> : null}
      {tab === "timeline" ? <TimelineTab /> : null}
      {tab === "filings" ? <FilingsTab /> : null}
      {tab === "facts" && page !== "fact" ? <FactsTab /> : null}
      {tab === "discrepancies" ? <DiscrepanciesTab /> : null}
      {tab === "outlets" ? <OutletsTab /> : null}
    </Panel>
  );
}
