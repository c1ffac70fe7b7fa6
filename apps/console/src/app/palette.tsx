/** Ctrl-K: go anywhere, find anything that is on the desk, by a few letters. */
import { parseInstant } from "@openjmc/model";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { setClock } from "../clock/clock-store.ts";
import { useFreshRows } from "../rows/use-rows.ts";
import { Dialog } from "../ui/dialog.tsx";
import { ROOMS } from "../url/view-state.ts";
import { openRoom, select } from "../url/view-store.ts";
import { useWords } from "../words/use-words.tsx";
import styles from "./help.module.css";

interface Goal {
  readonly key: string;
  readonly name: string;
  readonly sort: string;
  readonly go: () => void;
}

const MOST_SHOWN = 12;

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const goals = useGoals();
  const found = useMemo(
    () => matching(goals, text, timeGoal(text, words.say("console.find.time"))),
    [goals, text, words],
  );
  const choose = (goal: Goal | undefined): void => {
    if (goal === undefined) return;
    onClose();
    goal.go();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setAt((now) => Math.min(now + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt((now) => Math.max(now - 1, 0));
    else if (event.key === "Enter") choose(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={words.say("console.find")} onClose={onClose}>
      <input
        className={styles.search}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found[at] === undefined ? undefined : `${id}-${at}`}
        aria-label={words.say("console.find.what")}
        placeholder={words.say("console.find.what")}
        value={text}
        data-focus-first
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div id={id} role="listbox" aria-label={words.say("console.find")} className={styles.results}>
        {found.map((goal, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, as the combobox pattern asks.
          <div
            key={goal.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles.result}
            onClick={() => choose(goal)}
          >
            <span>{goal.name}</span>
            <span>{goal.sort}</span>
          </div>
        ))}
      </div>
      {found.length === 0 ? <p>{words.say("console.find.nothing")}</p> : null}
    </Dialog>
  );
}

function useGoals(): readonly Goal[] {
  const words = useWords();
  const incidents = useFreshRows("incidents").rows;
  const sources = useFreshRows("sources").rows;
  const tracks = useFreshRows("tracks").rows;
  return useMemo(
    () => [
      ...ROOMS.map((room) => ({
        key: room,
        name: words.say(`console.room.${room}`),
        sort: words.say("console.find.room"),
        go: () => openRoom(room),
      })),
      {
        key: "new-sighting",
        name: words.say("console.sightings.new"),
        sort: words.say("console.find.act"),
        go: () => openRoom("sightings", "new"),
      },
      {
        key: "new-allegation",
        name: words.say("console.allegations.new"),
        sort: words.say("console.find.act"),
        go: () => openRoom("allegations", "new"),
      },
      {
        key: "live",
        name: words.say("console.clock.goLive"),
        sort: words.say("console.find.act"),
        go: () => setClock({ mode: "live" }),
      },
      ...incidents.map((row) => ({
        key: row.id,
        name: `${row.number} ${row.title}`,
        sort: words.say("console.find.incident"),
        go: () => openRoom("incidents", row.id),
      })),
      ...tracks
        .filter((row) => row.status !== "ended")
        .map((row) => ({
          key: row.id,
          name: [row.callsign, row.icao].filter(Boolean).join(" ") || row.id.slice(0, 8),
          sort: words.say("codes.subjectKind.track"),
          go: () => {
            openRoom("common");
            select({ kind: "track", id: row.id });
          },
        })),
      ...sources.map((row) => ({
        key: row.id,
        name: row.name,
        sort: words.say("codes.subjectKind.source"),
        go: () => openRoom("sources", row.id),
      })),
    ],
    [words, incidents, sources, tracks],
  );
}

function timeGoal(text: string, name: string): Goal | undefined {
  const at = parseInstant(text.trim());
  return at.ok
    ? { key: "time", name: text.trim(), sort: name, go: () => setClock({ mode: "fixed", at: at.value }) }
    : undefined;
}

/** Goals that hold every written word, those that begin with the first one first. */
function matching(goals: readonly Goal[], text: string, first: Goal | undefined): readonly Goal[] {
  const parts = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const holds = goals.filter((goal) => parts.every((part) => goal.name.toLocaleLowerCase().includes(part)));
  const begins = (goal: Goal): number =>
    parts[0] !== undefined && goal.name.toLocaleLowerCase().startsWith(parts[0]) ? 0 : 1;
  const sorted = holds.toSorted((left, right) => begins(left) - begins(right));
  return [...(first === undefined ? [] : [first]), ...sorted].slice(0, MOST_SHOWN);
}
