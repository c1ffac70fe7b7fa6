/** An act of the centre against its mandate: what it rests on, and outside whose reading it lies. */
import { dayOf, type InstrumentFile, type Mission } from "@openjmc/agreement";
import type { Fault, Instant, MandateAct, MandateStand, MandateStandCode } from "@openjmc/model";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import { mandateActOf } from "./acts.ts";

type Mandate = NonNullable<InstrumentFile["mandates"]>[number];

/** Whether a mission's files say in codes what its centre may do. */
export function isMandateStated({ instruments }: Pick<Mission, "instruments">): boolean {
  return instruments.some(
    ({ provisions, mandates }) =>
      provisions.some(({ permits }) => permits) || mandates?.some(({ permits, forbids }) => permits ?? forbids),
  );
}

/** How an act at an instant stands. A reading that says nothing of it neither permits nor rules it out. */
export function standOf(mission: Mission, act: MandateAct, at: Instant): MandateStand {
  const day = dayOf(at, mission.view.timeZone);
  const basis = mission.instruments.flatMap(({ provisions }) =>
    provisions.filter(({ permits }) => permits?.includes(act)).map(({ id }) => id),
  );
  const readings = mission.instruments.flatMap(({ id, mandates }) =>
    (mandates ?? []).map((mandate) => ({ instrument: id, by: mandate.by, stands: standing(mandate, act, day) })),
  );
  const permits = basis.length > 0 || readings.some(({ stands }) => stands === "permitted");
  const isRuledOut = readings.length > 0 && readings.every(({ stands }) => stands === "forbidden");
  return {
    ...{ act, basis, readings, isPermitted: permits && !isRuledOut },
    outside: [
      ...new Set(
        readings.filter(({ stands }) => stands === "forbidden" || stands === "outside-period").map(({ by }) => by),
      ),
    ],
  };
}

function standing({ permits, forbids, period }: Mandate, act: MandateAct, day: string): MandateStandCode {
  if (forbids?.includes(act)) return "forbidden";
  if (!permits?.includes(act)) return "unsaid";
  const isBefore = isDay(period?.from) && day < period!.from;
  const isAfter = isDay(period?.until) && day > period!.until;
  return isBefore || isAfter ? "outside-period" : "permitted";
}

function isDay(text: string | undefined): boolean {
  return text !== undefined && text !== "unknown";
}

/**
 * Refuses what the mandate does not have at all; what lies outside one state's reading is taken and marked. Whether somebody may be
 * named has a rule of its own. Error: `mandate.outside`.
 */
export function mandateFault(draft: Draft, { mission }: DecisionContext): Fault | undefined {
  const act = mandateActOf(draft.kind, draft.body);
  if (!mission || !act || act === "attribute" || !isMandateStated(mission)) return undefined;
  const stand = standOf(mission, act, draft.claimedAt);
  if (stand.isPermitted) return undefined;
  const ruledOut = stand.readings.filter(({ stands }) => stands === "forbidden").map(({ by }) => by);
  const expected =
    ruledOut.length > 0 ? `an act inside the reading of ${ruledOut.join(", ")}` : "an act that the mandate permits";
  return refusal("mandate.outside", "kind", expected, act);
}
