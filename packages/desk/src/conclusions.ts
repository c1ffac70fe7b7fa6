/**
 * Each component's own conclusion on an incident: sealed first, opened when all are in or the clock has run out, and only
 * then stated in the open. What is sealed shows that it is there, and nothing of what it says.
 */
import { type ConclusionRow, type IncidentRow, parseInstant } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "./entry.ts";
import { putIncident } from "./incidents.ts";
import type { DeskState } from "./state.ts";

/** Whether somebody's conclusion on the incident can be read by all: then there is nothing left to keep from the other side. */
export function canBeRead(incident: IncidentRow): boolean {
  return incident.conclusions.some((conclusion) => conclusion.state !== "sealed");
}

/** Applies `sealed`. */
export function applySealed(state: DeskState, entry: RecordedEntry): RowChange[] {
  const promise = entry.body.promise as { incident: string; deadline: string } | undefined;
  state.sealed.set(entry.statement, {
    component: entry.component,
    state: "sealed",
    ...(promise ? { incident: promise.incident } : {}),
  });
  const incident = promise && state.incidents.get(promise.incident);
  if (!incident) return [];
  const deadline = parseInstant(promise.deadline);
  return put(state, incident, {
    component: entry.component,
    state: "sealed",
    ...(deadline.ok ? { deadline: deadline.value } : {}),
    mark: markOf(entry),
    isAfterTheOther: isAfterTheOther(incident, entry.component),
  });
}

/** Applies `disclosed`: an opened conclusion takes the place of the sealed one, unless a later one has done so already. */
export function applyDisclosed(state: DeskState, entry: RecordedEntry): RowChange[] {
  const statement = String(entry.body.sealed);
  const sealed = state.sealed.get(statement);
  if (sealed?.component !== entry.component) return [];
  state.sealed.set(statement, { ...sealed, state: "disclosed" });
  const incident = state.incidents.get(sealed.incident ?? "");
  const row = incident?.conclusions.find((one) => one.mark.statement === statement);
  if (!incident || !row || entry.opened?.kind !== "conclusion.stated") return [];
  const { text, language } = entry.opened.body;
  return put(state, incident, {
    ...row,
    state: "disclosed",
    text: wordOf(text),
    language: wordOf(language),
    disclosed: markOf(entry),
  });
}

/** Applies `key.destroyed`: a sealed conclusion that nobody can open any more is none. */
export function applyKeyDestroyed(state: DeskState, entry: RecordedEntry): RowChange[] {
  const statement = String(entry.body.sealed);
  const sealed = state.sealed.get(statement);
  if (sealed?.component !== entry.component || sealed.state === "disclosed") return [];
  state.sealed.set(statement, { ...sealed, state: "erased" });
  const incident = state.incidents.get(sealed.incident ?? "");
  if (!incident?.conclusions.some((one) => one.mark.statement === statement)) return [];
  const conclusions = incident.conclusions.filter((one) => one.mark.statement !== statement);
  return [putIncident(state, { ...incident, conclusions })];
}

/** Applies `conclusion.stated`: the latest of each component stands, in the order in which the components last spoke. */
export function applyConclusionStated(state: DeskState, entry: RecordedEntry): RowChange[] {
  const incident = state.incidents.get(String(entry.body.incident));
  if (!incident) return [];
  return put(state, incident, {
    component: entry.component,
    state: "open",
    text: String(entry.body.text),
    language: String(entry.body.language),
    mark: markOf(entry),
    isAfterTheOther: isAfterTheOther(incident, entry.component),
  });
}

/** Applies `room.keyed`, once two roots have signed it. */
export function applyRoomKeyed(state: DeskState, entry: RecordedEntry): RowChange[] {
  if (entry.effect === "keys-changed") state.roomEpochs.set(String(entry.body.room), Number(entry.body.epoch));
  return [];
}

function isAfterTheOther(incident: IncidentRow, component: string): boolean {
  return incident.conclusions.some((one) => one.component !== component && one.state !== "sealed");
}

function put(state: DeskState, incident: IncidentRow, row: ConclusionRow): RowChange[] {
  const others = incident.conclusions.filter((old) => old.component !== row.component);
  return [putIncident(state, { ...incident, conclusions: [...others, row] })];
}

/** What was sealed nobody could look at before it was opened: it may hold anything. */
function wordOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
