/** What is claimed of days, one under the other: competing versions side by side, what was adopted marked. Worked by keyboard. */
import type { TimelineEntry } from "@openjmc/model";
import { useState } from "react";
import { readTimeline } from "../../api/press-endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useShortcut } from "../../keys/shortcuts.ts";
import { Badge, Empty, Key, LinkButton } from "../../ui/controls.tsx";
import { ComponentBadge } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { withSignsShown } from "./marks.ts";
import styles from "./press.module.css";
import { usePress } from "./use-press.ts";
import { valueName } from "./value-name.ts";

const keyOf = ({ day, fact, aspect, value, of }: TimelineEntry): string =>
  JSON.stringify([day, fact, aspect, value, of]);

export function TimelineTab() {
  const words = useWords();
  const { data = [], error, isSuccess } = usePress(["timeline"], readTimeline);
  const [at, setAt] = useState(0);
  const current = data[Math.min(at, data.length - 1)];
  const open = (entry: TimelineEntry): void => openRoom("press", `fact:${entry.fact}`);
  useShortcut("KeyJ", () => setAt(Math.min(data.length - 1, at + 1)));
  useShortcut("KeyK", () => setAt(Math.max(0, at - 1)));
  useShortcut("KeyO", () => current && open(current));
  useShortcut("Enter", () => current && open(current));
  if (data.length === 0 && isSuccess)
    return <Empty title={words.say("press.noTimeline")} hint={words.say("press.noTimelineHint")} />;
  return (
    <>
      <FaultNote error={error} />
      <ol className={styles.timeline} aria-label={words.say("press.tab.timeline")}>
        {[...Map.groupBy(data, ({ day }) => day)].map(([day, entries]) => (
          <li key={day}>
            <h4>{day}</h4>
            {entries.map((entry) => (
              <Entry key={keyOf(entry)} entry={entry} isCurrent={entry === current} onOpen={() => open(entry)} />
            ))}
          </li>
        ))}
      </ol>
      <p className={styles.keys}>
        <Key>J</Key> <Key>K</Key> {words.say("press.keys.move")} <Key>O</Key> {words.say("press.keys.open")}
      </p>
    </>
  );
}

function Entry({
  entry,
  isCurrent,
  onOpen,
}: {
  readonly entry: TimelineEntry;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
}) {
  const words = useWords();
  const { mission } = useCentre();
  const named = (value: string): string => valueName(value, mission, words.locale);
  return (
    <div
      className={styles.version}
      data-adopted={entry.adoptedBy.length > 0}
      data-current={isCurrent}
      ref={seen(isCurrent)}
    >
      <div className={styles.badges}>
        <LinkButton onClick={onOpen}>
          {entry.aspect === undefined ? entry.fact : `${entry.fact} · ${entry.aspect}`}
        </LinkButton>
        {entry.basis === "value" ? null : <strong>{named(entry.value)}</strong>}
        {entry.of === undefined ? null : <Badge>{words.sayCode("numberOf", entry.of)}</Badge>}
        {entry.basis === "value" ? null : <Badge>{words.say(`press.basis.${entry.basis}`)}</Badge>}
        {entry.adoptedBy.map((component) => (
          <ComponentBadge key={component} code={component} />
        ))}
        {entry.isDenied ? <Badge tone="danger">{words.sayCode("certainty", "denied")}</Badge> : null}
        {entry.rivals.length === 0 ? null : (
          <Badge tone="warning">
            {words.say("press.instead", { values: words.formats.list(entry.rivals.map(named)) })}
          </Badge>
        )}
        {entry.isPersonal ? <Badge tone="warning">{words.say("press.personal")}</Badge> : null}
      </div>
      <p className={styles.hint}>
        {words.formats.list([...entry.outlets])}: <q lang={entry.language}>{withSignsShown(entry.quote)}</q>
      </p>
    </div>
  );
}

function seen(isCurrent: boolean) {
  return (element: HTMLElement | null): void => {
    if (isCurrent) element?.scrollIntoView({ block: "nearest" });
  };
}
