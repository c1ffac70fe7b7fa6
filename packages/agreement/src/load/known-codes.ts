/** The codes that a mission defines, each once, and the check that what is named elsewhere is one of them. */
import type { Fault, FaultPlace } from "@openjmc/model";
import type { MissionDocument } from "../shape/document.ts";
import type { MissionParts, OverlayParts } from "./parts.ts";

type Path = readonly (string | number)[];

export interface KnownCodes {
  readonly zones: ReadonlySet<string>;
  readonly provisions: ReadonlySet<string>;
  readonly references: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
  readonly parties: ReadonlySet<string>;
  readonly components: ReadonlySet<string>;
}

/** Collects the codes; a code given twice is a fault. */
export function knownCodes(parts: MissionParts, overlay: OverlayParts | undefined, faults: Fault[]): KnownCodes {
  const { mission, references } = parts;
  const zoneFiles = overlay ? [parts.zones, overlay.zones] : [parts.zones];
  return {
    zones: unique(zoneFiles, (file) => file.zones.map((zone, index) => [zone.id, ["zones", index, "id"]]), faults),
    provisions: unique(
      [...parts.instruments, ...(overlay?.instruments ?? [])],
      (file) => file.provisions.map((provision, index) => [provision.id, ["provisions", index, "id"]]),
      faults,
    ),
    references: unique(
      [references],
      (file) => file.references.map((one, index) => [one.id, ["references", index]]),
      faults,
    ),
    states: unique([mission], (file) => file.states.map((one, index) => [one.code, ["states", index, "code"]]), faults),
    parties: unique(
      [mission],
      (file) => file.parties.map((one, index) => [one.code, ["parties", index, "code"]]),
      faults,
    ),
    components: unique(
      [mission],
      (file) => file.components.map((one, index) => [one.code, ["components", index, "code"]]),
      faults,
    ),
  };
}

/** The codes of some documents. Fault: `mission.code-repeated`. */
export function unique<T>(
  documents: readonly MissionDocument<T>[],
  codesOf: (file: T) => (readonly [string, Path])[],
  faults: Fault[],
): Set<string> {
  const seen = new Set<string>();
  for (const document of documents) {
    for (const [code, path] of codesOf(document.value)) {
      if (seen.has(code)) {
        faults.push({
          code: "mission.code-repeated",
          what: code,
          where: document.place(path),
          expected: "each code once",
        });
      }
      seen.add(code);
    }
  }
  return seen;
}

/** Fault: `mission.reference-unknown`, unless nothing is named. */
export function expectKnown(
  known: ReadonlySet<string>,
  code: string | undefined,
  where: FaultPlace,
  faults: Fault[],
): void {
  if (code === undefined || known.has(code)) return;
  const expected = known.size > 12 ? "a code that the mission defines" : `one of ${[...known].join(", ")}`;
  faults.push({ code: "mission.reference-unknown", what: "reference", where, expected, got: code });
}
