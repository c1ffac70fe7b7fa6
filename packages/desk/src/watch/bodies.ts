/** Field tables of what is stated about the watch. */
import { DUTIES, OPEN_ITEM_KINDS, PRESENCES } from "@openjmc/model";
import type { Field, Fields } from "../shape.ts";

const text = (most: number, least = 1): Field => ({ type: "text", most, least });
const list = (of: Field, most: number, least = 0): Field => ({ type: "list", of, most, least });

/** More open items than a statement can hold are handed over by their newest. */
export const MOST_OPEN_ITEMS = 300;
/** A component is some sixty; a statement holds twice as many. */
export const MOST_PEOPLE = 120;

const person: Fields = {
  id: text(40),
  duties: list({ type: "code", list: DUTIES }, DUTIES.length, 1),
  rank: text(60, 0),
  languages: list(text(8, 2), 10),
  from: { type: "day" },
  until: { type: "day", optional: true },
  officer: { type: "text", most: 40, optional: true },
};

const watch: Fields = { starts: { type: "instant" }, officer: text(40), others: list(text(40), 30) };

export const WATCH_BODIES: Readonly<Record<string, Fields>> = {
  "roster.imported": { people: list({ type: "body", fields: person }, MOST_PEOPLE, 1), note: text(2_000, 0) },
  "watch.planned": {
    hours: { type: "integer", least: 1, most: 24 },
    watches: list({ type: "body", fields: watch }, 120, 1),
  },
  "presence.stated": {
    person: text(40),
    presence: { type: "code", list: PRESENCES },
    at: { type: "instant" },
    reason: text(500, 0),
  },
  "handover.signed": {
    from: { type: "instant" },
    until: { type: "instant" },
    officers: list({ type: "body", fields: { component: text(40), outgoing: text(40), incoming: text(40) } }, 2, 1),
    openItems: list(
      { type: "body", fields: { kind: { type: "code", list: OPEN_ITEM_KINDS }, id: text(64) } },
      MOST_OPEN_ITEMS,
    ),
    asOf: { type: "instant" },
    system: {
      type: "body",
      fields: {
        entries: { type: "integer", least: 0, most: Number.MAX_SAFE_INTEGER },
        sealed: { type: "integer", least: 0, most: Number.MAX_SAFE_INTEGER },
        sources: list({ type: "body", fields: { id: text(80), state: text(40) } }, 200),
        troubles: list(text(200), 20),
      },
    },
    note: text(8_000, 0),
    deadline: { type: "instant" },
  },
};
