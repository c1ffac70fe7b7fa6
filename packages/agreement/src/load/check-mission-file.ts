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
  const states = new Set(file.states.map((state) => state.code));
  for (const group of ["components", "parties"] as const) {
    file[group].forEach((one, index) => {
      expectKnown(states, one.state, mission.place([group, index, "state"]), faults);
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
