/** What stands between a mission and its closure: every open case, unsealed recording and undecided owner, by name. */
import { ALL_ALERTS, CLOSING_DATA, type ClosureLack, type DisposedItem } from "@openjmc/model";
import type { DeskState } from "../state.ts";
import { isVisitOpen } from "../visits/view.ts";
import { heldSteps, isUnwatched } from "./phase.ts";

export interface ClosingContext {
  /** Sources of the mission: somebody owns each. */
  readonly sources: readonly string[];
  /** Journal records that no entry of the record seals yet. */
  readonly unsealed: number;
}

const OPEN_INCIDENTS: ReadonlySet<string> = new Set(["open", "finding-proposed"]);
const OPEN_ALLEGATIONS: ReadonlySet<string> = new Set(["incomplete", "received", "admitted"]);

export function closureLacks(state: DeskState, context: ClosingContext): ClosureLack[] {
  const steps = heldSteps(state);
  const done = new Set(disposedItems(state).map(({ kind, id }) => `${kind} ${id}`));
  const lack = (kind: ClosureLack["kind"], id: string, count = 1): ClosureLack => ({ kind, id, count });
  const open = [
    ...[...state.incidents.values()]
      .filter((row) => OPEN_INCIDENTS.has(row.state))
      .map((row) => lack("incident", row.id)),
    ...[...state.findings.values()]
      .filter((row) => row.state === "proposed")
      .map((row) => lack("finding", row.statement)),
    ...[...state.allegations.values()]
      .filter((row) => OPEN_ALLEGATIONS.has(row.state))
      .map((row) => lack("allegation", row.id)),
    ...[...state.visits.values()].filter(isVisitOpen).map((row) => lack("visit", row.id)),
    ...CLOSING_DATA.map((name) => lack("data", name)),
    ...state.life.components.map((component) => lack("data", `room-${component}`)),
    ...context.sources.map((source) => lack("asset", source)),
    ...alertLack(state),
  ].filter(({ kind, id }) => !done.has(`${kind} ${id}`));
  return [
    ...(steps.some(({ act }) => act.kind === "closure.planned") ? [] : [lack("plan", "closure.planned")]),
    ...open,
    ...(isUnwatched(state) && context.unsealed === 0 ? [] : [lack("recordings", "journal", context.unsealed)]),
    ...(finalReports(state).length > 0 ? [] : [lack("report", "final")]),
  ];
}

function alertLack(state: DeskState): ClosureLack[] {
  const count = [...state.alerts.values()].filter((row) => row.state === "raised").length;
  return count === 0 ? [] : [{ kind: "alerts", id: ALL_ALERTS, count }];
}

/** Items of all disposals that hold; a later one of the same thing takes the earlier's place. */
export function disposedItems(state: DeskState, known = Number.MAX_SAFE_INTEGER): DisposedItem[] {
  const items = heldSteps(state, known)
    .filter(({ act }) => act.kind === "closure.disposed")
    .flatMap(({ act }) => act.body.items as unknown as readonly DisposedItem[]);
  return [...new Map(items.map((item) => [`${item.kind} ${item.id}`, item])).values()];
}

/** Hashes of final reports that both have approved. */
export function finalReports(state: DeskState): string[] {
  return [...state.reports.values()]
    .filter((row) => row.report === "final" && row.state === "joint")
    .map(({ sha256 }) => sha256);
}
