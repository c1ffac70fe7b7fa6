/** Keeps the newest rows in this browser, so that a screen without a connection shows the last it knew; gone at signing out. */

import type { ViewName } from "@openjmc/model";
import { rows } from "../rows/use-rows.ts";
import { tableOf } from "../state/browser-table.ts";

const inTable = tableOf("openjmc-rows", "key");
const EVERY_MILLISECONDS = 5000;
const MOST_ROWS = 300;
/** Views worth keeping: what an officer works on. What moves is stale at once and is not kept. */
const KEPT_VIEWS: readonly ViewName[] = [
  "alerts",
  "incidents",
  "findings",
  "sightings",
  "allegations",
  "events",
  "sources",
  "officers",
  "flights",
  "coverage",
];

interface KeptView {
  readonly key: string;
  readonly view: ViewName;
  readonly rows: readonly unknown[];
}

/** Writes what has changed every few seconds until told to stop. */
export function keepRows(name: string): () => void {
  const written = new Map<ViewName, number>();
  const timer = setInterval(() => {
    for (const view of KEPT_VIEWS) {
      const version = rows.version(view);
      if (version === 0 || written.get(view) === version) continue;
      written.set(view, version);
      const kept: KeptView = { key: `${name}/${view}`, view, rows: rows.list(view).slice(0, MOST_ROWS) };
      void inTable("readwrite", (table) => table.put(kept)).catch(() => undefined);
    }
  }, EVERY_MILLISECONDS);
  return () => clearInterval(timer);
}

/** Puts the rows of the last visit under this name back, where nothing newer is there yet. */
export async function restoreRows(name: string): Promise<void> {
  for (const view of KEPT_VIEWS) {
    const kept = await inTable("readonly", (table) => table.get(`${name}/${view}`)).catch(() => undefined);
    if (kept !== undefined) rows.restore(view, (kept as KeptView).rows);
  }
}

/** Forgets every kept row. */
export async function forgetRows(): Promise<void> {
  await inTable("readwrite", (table) => table.clear());
}
