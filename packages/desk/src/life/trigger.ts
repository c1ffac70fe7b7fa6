/** Whether what is given as a mission's end has happened: each trigger has its own condition. */
import { type Mission, type Notice, type TermState, termsOn } from "@openjmc/agreement";
import type { ClosurePlanBody, Fault, LifeTerm } from "@openjmc/model";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";

/** The condition that is not met, or nothing. Error: `closure.trigger`. */
export function triggerFault(state: DeskState, plan: ClosurePlanBody, mission: Mission | undefined): Fault | undefined {
  if (!mission) return undefined;
  const lacks = LACKS[plan.trigger](state, plan, mission);
  return lacks === undefined ? undefined : refusal("closure.trigger", "body.trigger", lacks, plan.trigger);
}

type Condition = (state: DeskState, plan: ClosurePlanBody, mission: Mission) => string | undefined;

const LACKS: Readonly<Record<ClosurePlanBody["trigger"], Condition>> = {
  expiry: (_state, { lastDay }, mission) =>
    standings(mission, lastDay, []).some(({ state }) => state === "ended")
      ? undefined
      : "a term that has ended by the last day in at least one reading",
  notice: (state, { lastDay }, mission) => {
    const without = standings(mission, lastDay, []).filter((one) => one.state === "ended").length;
    const given = standings(mission, lastDay, state.agreement.notices).filter((one) => one.state === "ended").length;
    return given > without ? undefined : "a recorded notice by which a term has ended in at least one reading";
  },
  "joint-decision": (_state, { decidedBy }, mission) => {
    const states = mission.components.map(({ state }) => state);
    return states.every((one) => decidedBy.includes(one)) ? undefined : `a decision of ${states.join(" and ")}`;
  },
  "one-side-withdrawal": (state) =>
    state.life.participations.some(({ participation }) => participation === "withdrawn")
      ? undefined
      : "a component that has withdrawn by its own word",
  collapse: (state, _plan, mission) => {
    const kept = mission.instruments.flatMap(({ provisions }) => provisions);
    const fire = new Set(kept.filter(({ kind }) => kind === "cease-fire").map(({ id }) => id));
    const facts = [...state.agreement.facts, ...mission.facts];
    return facts.some(({ about, kind }) => fire.has(about) && kind.startsWith("breach-"))
      ? undefined
      : "a breach of the ceasefire, claimed or established, in the record";
  },
  "object-ended": (state, _plan, mission) =>
    [...state.agreement.facts, ...mission.facts].some(({ kind }) => kind === "terminated")
      ? undefined
      : "a provision or an instrument that somebody states to have ended",
  "host-and-one-state": (_state, { decidedBy }, mission) => {
    const hosts = mission.states.filter(({ roles }) => roles.includes("host")).map(({ code }) => code);
    const senders = mission.components.map(({ state }) => state).filter((state) => decidedBy.includes(state));
    return hosts.some((host) => decidedBy.includes(host)) && senders.length === 1
      ? undefined
      : `a decision of the host (${hosts.join(", ")}) and of one sending state`;
  },
};

type Notices = readonly (Notice & { readonly instrument: string })[];

function standings(mission: Mission, day: string, notices: Notices): (TermState & { readonly instrument: string })[] {
  return mission.instruments.flatMap((instrument) =>
    termsOn(
      instrument,
      day,
      notices.filter((one) => one.instrument === instrument.id),
    ).map((state) => ({ instrument: instrument.id, ...state })),
  );
}

/** How every term stands on a day, in every reading: whether the end is one that the text foresees. */
export function termsAt(mission: Mission, day: string, notices: Notices): LifeTerm[] {
  return standings(mission, day, notices).map(({ instrument, reading, state, period, endsOn }) => ({
    instrument,
    ...reading,
    state,
    ...(period || endsOn ? { until: endsOn ?? period!.until } : {}),
  }));
}
