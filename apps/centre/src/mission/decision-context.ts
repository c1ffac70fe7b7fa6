/** What the desk's decisions lean on, taken from the mission. */
import type { Mission } from "@openjmc/agreement";
import type { DecisionContext } from "@openjmc/desk";

export function decisionContextOf(mission: Mission): DecisionContext {
  return {
    provisions: new Set(mission.view.provisions.map((provision) => provision.id)),
    authenticLanguages: mission.view.authenticLanguages,
    parties: new Set(mission.view.parties.map((party) => party.code)),
    sources: new Set(mission.view.sources.map((source) => source.id)),
    signatories: new Map(
      mission.instruments.map(({ id, signatories }) => [
        id,
        signatories.filter((one) => one.standing !== "not-a-signatory").map((one) => one.state),
      ]),
    ),
    attribution: {
      rule: saysWhoDidIt(mission) ? "allowed" : "forbidden",
      threshold: mission.view.attributionThreshold,
      ...(mission.view.attributionThresholds ? { thresholds: mission.view.attributionThresholds } : {}),
    },
    amendments: new Set(mission.amendments.map((amendment) => amendment.id)),
    speakers: new Set([
      ...mission.states.map(({ code }) => code),
      ...mission.view.parties.map(({ code }) => code),
      ...mission.view.components.map(({ code }) => code),
    ]),
    strengths: new Map(
      mission.instruments
        .flatMap(({ provisions }) => provisions)
        .filter(({ strengths }) => strengths?.length)
        .map(({ id, strengths }) => [id, strengths!.map(({ what }) => what)]),
    ),
    mission,
    ...(mission.view.escalation === undefined ? {} : { plan: mission.view.escalation }),
  };
}

/** One reading of the mandate that forbids it is enough: what only one of two sees allowed is not joint. */
function saysWhoDidIt(mission: Mission): boolean {
  const mandates = mission.instruments.flatMap((instrument) => instrument.mandates ?? []);
  return !mandates.some((mandate) => mandate.attribution === "forbidden");
}

/** Of a record that only the machine adds to. */
export const NO_MISSION: DecisionContext = {
  provisions: new Set(),
  authenticLanguages: [],
  parties: new Set(),
  signatories: new Map(),
  amendments: new Set(),
};
