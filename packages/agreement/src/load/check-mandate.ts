/** The centre's mandate: readings are somebody's, none both permits and rules out, and what inspections rest on exists. */
import { type Fault, OBSERVATION_KINDS } from "@openjmc/model";
import { expectKnown, type KnownCodes } from "./known-codes.ts";
import type { MissionParts, OverlayParts } from "./parts.ts";

/** Faults: `mission.reference-unknown`, `mission.mandate-contradicts`, `mission.access-not-permitted`. */
export function checkMandate(
  parts: MissionParts,
  overlay: OverlayParts | undefined,
  known: KnownCodes,
  faults: Fault[],
): void {
  const instruments = [...parts.instruments, ...(overlay?.instruments ?? [])];
  for (const document of instruments) {
    const readers = new Set([...known.states, document.value.id]);
    document.value.mandates?.forEach((mandate, index) => {
      expectKnown(readers, mandate.by, document.place(["mandates", index, "by"]), faults);
      expectKnown(known.references, mandate.reference, document.place(["mandates", index, "reference"]), faults);
      mandate.forbids?.forEach((act, position) => {
        if (!mandate.permits?.includes(act)) return;
        const where = document.place(["mandates", index, "forbids", position]);
        const expected = "an act that the same reading does not permit";
        faults.push({ code: "mission.mandate-contradicts", what: "mandate", where, expected, got: act });
      });
    });
  }
  for (const document of instruments) checkAccess(document, instruments, known, faults);
  for (const kind of Object.keys(parts.mission.value.attributionThresholds ?? {})) {
    const where = parts.mission.place(["attributionThresholds", kind]);
    expectKnown(new Set<string>(OBSERVATION_KINDS), kind, where, faults);
  }
}

/** A clock for an answer makes sense only where the mandate has what is asked for. */
function checkAccess(
  document: MissionParts["instruments"][number],
  instruments: MissionParts["instruments"],
  known: KnownCodes,
  faults: Fault[],
): void {
  const { access } = document.value;
  if (!access) return;
  expectKnown(known.provisions, access.provision, document.place(["access", "provision"]), faults);
  const permitted = new Set(
    instruments.flatMap(({ value }) => [
      ...value.provisions.flatMap(({ permits }) => permits ?? []),
      ...(value.mandates ?? []).flatMap(({ permits }) => permits ?? []),
    ]),
  );
  for (const [field, act] of [
    ["inspectionHours", "inspect"],
    ["visitHours", "visit"],
  ] as const) {
    if (access[field] === undefined || permitted.has(act)) continue;
    const expected = `a provision or a reading that permits ${act}`;
    faults.push({
      code: "mission.access-not-permitted",
      what: "access",
      where: document.place(["access", field]),
      expected,
    });
  }
}
