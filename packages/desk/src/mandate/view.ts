/** Every act that the mandate speaks of: what it rests on, how each reads it, how often it was done, and what lies outside a reading. */
import type { Mission } from "@openjmc/agreement";
import { type Instant, MANDATE_ACTS, type MandateAct, type MandateView, type OutsideMandate } from "@openjmc/model";
import type { RecordedEntry } from "../entry.ts";
import type { DeskState } from "../state.ts";
import { isOfComponent } from "../watch/apply.ts";
import { mandateActOf } from "./acts.ts";
import { isMandateStated, standOf } from "./stand.ts";

/** An act of the mandate as it was recorded. */
export interface RecordedMandateAct {
  readonly index: number;
  readonly kind: string;
  readonly act: MandateAct;
  readonly component: string;
  readonly role: string;
  readonly claimedAt: Instant;
  readonly recordedAt: Instant;
}

const MOST_SHOWN = 200;

/** Keeps which acts were done; what they rest on is the mission's to say, and is asked when somebody looks. */
export function noteMandate(state: DeskState, entry: RecordedEntry): void {
  if (entry.tier !== "session" && entry.tier !== "binding") return;
  const act = mandateActOf(entry.kind, entry.body);
  if (!act || !isOfComponent(state, entry)) return;
  const { index, kind, component, role, claimedAt, recordedAt } = entry;
  state.mandateActs.push({ index, kind, act, component, role, claimedAt, recordedAt });
}

export function mandateView(
  state: DeskState,
  mission: Mission,
  at: Instant,
  known: Instant = Number.MAX_SAFE_INTEGER,
): MandateView {
  const done = state.mandateActs.filter(({ claimedAt, recordedAt }) => claimedAt <= at && recordedAt <= known);
  const counts = Map.groupBy(done, ({ act }) => act);
  return {
    ...{ at, known, isStated: isMandateStated(mission) },
    acts: MANDATE_ACTS.map((act) => ({ ...standOf(mission, act, at), recorded: counts.get(act)?.length ?? 0 })),
    outside: outsideOf(done, mission),
  };
}

function outsideOf(done: readonly RecordedMandateAct[], mission: Mission): OutsideMandate[] {
  const found: OutsideMandate[] = [];
  for (let place = done.length - 1; place >= 0 && found.length < MOST_SHOWN; place--) {
    const { recordedAt: _, ...act } = done[place]!;
    const { basis, outside } = standOf(mission, act.act, act.claimedAt);
    if (outside.length > 0) found.push({ ...act, basis, outside });
  }
  return found;
}
