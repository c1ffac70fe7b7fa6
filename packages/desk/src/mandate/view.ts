/** Every act that the mandate speaks of: what it rests on, how each reads it, how often it was done, and what lies outside a reading. */
import type { Mission } from "@openjmc/agreement";
import { type Instant, MANDATE_ACTS, type MandateView, type OutsideMandate } from "@openjmc/model";
import type { DeskState } from "../state.ts";
import { isMandateStated, standOf } from "./stand.ts";
import type { RecordedMandateAct } from "./state.ts";

const MOST_SHOWN = 200;

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
