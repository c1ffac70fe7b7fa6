/** The common room: what waits, what is seen, and what is selected. */
import { lazy, Suspense, useState } from "react";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Tabs } from "../../ui/panel.tsx";
import { useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { AlarmsTab } from "./alarms-tab.tsx";
import styles from "./common-room.module.css";
import { EventList, TrackList } from "./picture-lists.tsx";
import { QueueList } from "./queue-list.tsx";
import { SelectionPanel } from "./selection-panel.tsx";
import { usePictureRows } from "./use-picture-rows.ts";

/** The map's program is larger than all others together: it is not asked for before what waits has come. */
const Situation = lazy(() => import("./situation.tsx"));

type ListName = "queue" | "alarms" | "tracks" | "events";

function Loading() {
  const words = useWords();
  return <p role="status">{words.say("console.loading")}</p>;
}

export default function CommonRoom() {
  const words = useWords();
  const { selection } = useView();
  const [list, setList] = useState<ListName>("queue");
  const { state } = useFreshRows("alerts").condition;
  const [isListed, setIsListed] = useState(false);
  // Once and for all: a list that is read again takes no map away.
  if (!isListed && state !== "empty" && state !== "loading") setIsListed(true);
  const picture = usePictureRows(list === "tracks" || selection?.kind === "track");
  const tabs = (["queue", "alarms", "tracks", "events"] as const).map((value) => ({
    value,
    label: value === "alarms" ? words.say("alarms.title") : words.say(`console.common.${value}`),
  }));
  return (
    <div className={styles.room}>
      <section className={styles.lists} aria-label={words.say("console.common.lists")}>
        <Tabs label={words.say("console.common.lists")} tabs={tabs} value={list} onValue={setList} />
        {list === "queue" ? <QueueList /> : null}
        {list === "alarms" ? <AlarmsTab /> : null}
        {list === "tracks" ? <TrackList tracks={picture.tracks} /> : null}
        {list === "events" ? <EventList events={picture.events} /> : null}
      </section>
      <div className={styles.map}>
        {isListed ? (
          <Suspense fallback={<Loading />}>
            <Situation picture={picture} />
          </Suspense>
        ) : (
          <Loading />
        )}
        {selection === undefined ? null : <SelectionPanel selection={selection} picture={picture} />}
      </div>
    </div>
  );
}
