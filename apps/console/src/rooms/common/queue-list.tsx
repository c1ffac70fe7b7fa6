/** The review queue: worked from the keyboard, each item with the reason why it came up. */
import type { AlertRow } from "@openjmc/model";
import { useEffect, useRef, useState } from "react";
import { acknowledgeAlert } from "../../acts/acts.ts";
import { useAct } from "../../acts/use-act.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useTimes } from "../../clock/use-times.ts";
import { useShortcut } from "../../keys/shortcuts.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Badge, Button, Empty, Key, type Tone } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { openRoom, select, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { FloodNote, useAlarmFigures } from "./alarms-tab.tsx";
import styles from "./common-room.module.css";
import { alertCount, alertName, allegationName } from "./describe.ts";
import { openIncidentOfAlert } from "./open-incident.ts";
import type { QueueItem } from "./queue.ts";
import { putAside, reviewed, takeBackAll } from "./reviewed.ts";
import { useQueue } from "./use-queue.ts";

const TONES: Readonly<Record<QueueItem["reason"], Tone>> = {
  "new-alert": "danger",
  "heads-called": "danger",
  "disposition-wanted": "neutral",
  "sign-wanted": "accent",
  "clock-runs-out": "warning",
  dissent: "warning",
  decided: "good",
  "conclusion-wanted": "accent",
  allegation: "warning",
  "leave-wanted": "accent",
  "sensor-gap": "neutral",
};

export function QueueList() {
  const words = useWords();
  const { mission } = useCentre();
  const items = useQueue();
  const { selection } = useView();
  const act = useAct();
  const { data: figures } = useAlarmFigures();
  const list = useRef<HTMLUListElement>(null);
  const alerts = useFreshRows("alerts", false).rows;
  const [cursor, setCursor] = useState<Cursor>({ key: "", index: 0 });
  const at = placeOf(cursor, items);
  const current = items[at];
  // What stands open is what the keys act on: the queue moves by itself, the officer's eyes do not.
  const opened = selection?.kind === "alert" ? alerts.find((alert) => alert.id === selection.id) : undefined;
  const alert = opened ?? current?.alert;
  const move = (step: number): void => {
    const index = Math.max(0, Math.min(items.length - 1, at + step));
    const next = items[index];
    if (next === undefined) return;
    setCursor({ key: next.key, index });
    if (
      selection !== undefined &&
      next.selection !== undefined &&
      next.finding === undefined &&
      next.incident === undefined
    )
      select(next.selection);
  };
  const putActedOnAside = (): void => {
    const item = opened === undefined ? current : items.find((one) => one.alert?.id === opened.id);
    if (item !== undefined) putAside(item.key);
  };
  useShortcut("KeyJ", () => move(1));
  useShortcut("KeyK", () => move(-1));
  useShortcut("KeyX", putActedOnAside);
  useShortcut("KeyO", () => current && open(current));
  useShortcut("Enter", () => current && open(current));
  useShortcut("KeyA", () => alert && void act.run(() => acknowledgeAlert(alert, "")));
  useShortcut("KeyI", () => alert && void act.run(() => openIncidentOfAlert(alert, alertName(alert, mission, words))));
  useEffect(() => {
    list.current?.querySelector(`[data-index="${at}"]`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <>
      {act.error === undefined ? null : <FaultNote error={act.error} />}
      {figures === undefined ? null : <FloodNote flood={figures.flood} onlyFlood />}
      <ul className={styles.list} ref={list} aria-label={words.say("console.common.queue")}>
        {items.map((item, index) => (
          <li key={item.key}>
            <button
              type="button"
              className={styles.item}
              data-index={index}
              data-current={item === current}
              aria-pressed={
                selection !== undefined && selection.kind === item.selection?.kind && selection.id === item.selection.id
              }
              onClick={() => {
                setCursor({ key: item.key, index });
                open(item);
              }}
            >
              <ItemText item={item} />
            </button>
          </li>
        ))}
        {items.length === 0 ? (
          <li>
            <Empty title={words.say("console.queue.empty")} hint={words.say("console.queue.emptyHint")}>
              {reviewed.get().size > 0 ? (
                <Button onClick={takeBackAll}>{words.say("console.queue.takeBack")}</Button>
              ) : null}
            </Empty>
          </li>
        ) : null}
      </ul>
      <p className={styles.keys}>
        <span>
          <Key>J</Key> <Key>K</Key> {words.say("console.queue.move")}
        </span>
        <span>
          <Key>O</Key> {words.say("console.queue.open")}
        </span>
        <span>
          <Key>A</Key> {words.say("console.queue.acknowledge")}
        </span>
        <span>
          <Key>I</Key> {words.say("console.queue.incident")}
        </span>
        <span>
          <Key>X</Key> {words.say("console.queue.aside")}
        </span>
      </p>
    </>
  );
}

/** Where the officer stands: at an item, not at a line of the list, which items join and leave. */
interface Cursor {
  readonly key: string;
  readonly index: number;
}

/** The item's line now; the line where it stood, once it has left. */
function placeOf(cursor: Cursor, items: readonly QueueItem[]): number {
  const found = items.findIndex((item) => item.key === cursor.key);
  return found >= 0 ? found : Math.max(0, Math.min(cursor.index, items.length - 1));
}

function open(item: QueueItem): void {
  if (item.finding !== undefined) openRoom("incidents", item.finding.incident);
  else if (item.incident !== undefined) openRoom("incidents", item.incident.id);
  else if (item.leave !== undefined) openRoom("collection", item.leave.item);
  else select(item.selection);
}

function ItemText({ item }: { readonly item: QueueItem }) {
  const words = useWords();
  const times = useTimes();
  const { mission } = useCentre();
  const title = item.alert
    ? alertName(item.alert, mission, words)
    : (item.incident?.title ??
      item.source?.name ??
      item.leave?.title ??
      (item.allegation && allegationName(item.allegation, mission, words)) ??
      item.finding?.proposal.question ??
      "");
  return (
    <>
      <span className={styles.itemHead}>
        <Badge tone={TONES[item.reason]}>{words.say(`console.reason.${item.reason}`)}</Badge>
        <span className={styles.itemTime}>{item.at === 0 ? "" : times.time(item.at)}</span>
      </span>
      <span>{title}</span>
      <br />
      <span className={styles.itemMore}>{moreOf(item)}</span>
    </>
  );

  function moreOf({ alert, finding, incident, source, allegation, leave }: QueueItem): string {
    if (alert)
      return [words.sayCode("severity", alert.severity), alertCount(alert, mission, words), acknowledgementOf(alert)]
        .filter(Boolean)
        .join(" · ");
    if (finding) return words.say("console.queue.deadline", { time: times.dateTime(finding.deadline) });
    if (incident) return incident.number;
    if (leave) return words.say("console.queue.deadline", { time: times.dateTime(leave.until) });
    if (source) return words.sayCode("sourceState", source.state);
    if (allegation) return words.sayCode("allegationState", allegation.state);
    return "";
  }

  /** By whom: an alert that the other side has acknowledged is still new to this one. */
  function acknowledgementOf({ state, acknowledged }: AlertRow): string {
    if (state !== "acknowledged") return words.sayCode("alertState", state);
    const components = words.formats.list([...new Set(acknowledged.map((mark) => mark.component))]);
    return words.say("console.queue.acknowledgedBy", { components });
  }
}
