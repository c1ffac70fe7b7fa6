/** A mission's life, replayed from the record. */
import { type AnnotationBody, type ParticipationBody, parseInstant } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { applyJointAct } from "../joint/apply.ts";
import type { DeskState } from "../state.ts";
import { isOfComponent } from "../watch/apply.ts";
import type { LifeState } from "./state.ts";

/** Applies `log.founded`, whose first leaf is the centre's and whose others accept it. */
export function applyFounding(state: DeskState, entry: RecordedEntry): RowChange[] {
  if (entry.index > 0) return [];
  const { purpose, succeeds, components } = entry.body as {
    purpose?: string;
    succeeds?: LifeState["succeeds"];
    components?: readonly { readonly id: string }[];
  };
  state.life.foundedAt = entry.recordedAt;
  state.life.components = (components ?? []).map(({ id }) => id);
  if (purpose !== undefined) state.life.purpose = purpose;
  if (succeeds) {
    const { origin, size, root } = succeeds;
    state.life.succeeds = { origin, size, root };
  }
  return [];
}

/** Applies a joint step of the mission's life. */
export function applyStep(state: DeskState, entry: RecordedEntry): RowChange[] {
  state.life.steps.add(entry.statement);
  return applyJointAct(state, entry);
}

/** Applies `participation.stated`. */
export function applyParticipation(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body as unknown as ParticipationBody;
  const since = parseInstant(body.from);
  state.life.participations.push({
    ...body,
    component: entry.component,
    since: since.ok ? since.value : entry.claimedAt,
    mark: markOf(entry),
  });
  return [];
}

/** Applies `annotation.made`. */
export function applyAnnotation(state: DeskState, entry: RecordedEntry): RowChange[] {
  state.life.annotations.push({ ...(entry.body as unknown as AnnotationBody), mark: markOf(entry) });
  return [];
}

/** Keeps when each side last acted: silence is the absence of acts, and of nothing else. */
export function noteActing(state: DeskState, entry: RecordedEntry): void {
  const { tier, component, recordedAt } = entry;
  if (tier === "machine" || !isOfComponent(state, entry)) return;
  const times = state.life.actedAt.get(component);
  if (times) times.push(recordedAt);
  else state.life.actedAt.set(component, [recordedAt]);
}
