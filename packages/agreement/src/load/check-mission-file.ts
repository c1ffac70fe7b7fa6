/** What the shape of `mission.yaml` cannot say. */
import { type Fault, OBSERVATION_KINDS } from "@openjmc/model";
import { expectKnown } from "./known-codes.ts";
import type { MissionParts } from "./parts.ts";

/** Two components, an existing time zone, known kinds and states. Faults: `mission.shape-wrong`, `mission.time-zone-unknown`, `mission.reference-unknown`. */
export function checkMissionFile({ mission }: MissionParts, faults: Fault[]): void {
  const file = mission.value;
  if (file.components.length !== 2) {
    const got = String(file.components.length);
    faults.push({
      code: "mission.shape-wrong",
      what: "components",
      where: mission.place(["components"]),
      expected: "two",
      got,
    });
  }
  if (!isTimeZone(file.timeZone)) {
    const where = mission.place(["timeZone"]);
    faults.push({
      code: "mission.time-zone-unknown",
      what: "time zone",
      where,
      expected: "an IANA time zone",
      got: file.timeZone,
    });
  }
  for (const kind of Object.keys(file.reportUnit)) {
    expectKnown(new Set<string>(OBSERVATION_KINDS), kind, mission.place(["reportUnit", kind]), faults);
  }
  checkEscalation(mission, faults);
  const states = new Set(file.states.map((state) => state.code));
  for (const group of ["components", "parties"] as const) {
    file[group].forEach((one, index) => {
      expectKnown(states, one.state, mission.place([group, index, "state"]), faults);
    });
  }
}

/** A ladder that goes to one sending state alone would be one side's: each rung tells all of them or none. */
function checkEscalation({ value, place }: MissionParts["mission"], faults: Fault[]): void {
  const { escalation, components, parties } = value;
  if (!escalation) return;
  const sides = new Set([...components, ...parties].map((one) => one.code));
  const sideOf = new Map(escalation.recipients.map(({ id, side }) => [id, side]));
  for (const [index, { side }] of escalation.recipients.entries())
    expectKnown(sides, side, place(["escalation", "recipients", index, "side"]), faults);
  const deaf = parties.filter(({ code }) => !escalation.recipients.some(({ side }) => side === code));
  if ((escalation.flash?.length ?? 0) > 0 && deaf.length > 0)
    faults.push({
      ...{ code: "mission.flash-one-sided", what: "flash", where: place(["escalation", "flash"]) },
      expected: `a recipient of ${deaf.map(({ code }) => code).join(", ")} too`,
    });
  for (const [index, { to }] of escalation.ladder.entries()) {
    for (const [at, id] of to.entries())
      expectKnown(new Set(sideOf.keys()), id, place(["escalation", "ladder", index, "to", at]), faults);
    const told = new Set(to.map((id) => sideOf.get(id)));
    const missing = components.filter(({ code }) => !told.has(code)).map(({ code }) => code);
    if (missing.length > 0)
      faults.push({
        ...{ code: "mission.rung-one-sided", what: "rung", where: place(["escalation", "ladder", index, "to"]) },
        ...{ expected: `a recipient of ${missing.join(", ")} too`, got: to.join(", ") },
      });
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
