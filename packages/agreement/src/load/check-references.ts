/** Checks between files: what is named somewhere must exist, and exist once. */
import { type Fault, type FaultPlace, OBSERVATION_KINDS } from "@openjmc/model";
import type { MissionDocument } from "../shape/document.ts";
import type { MissionParts, OverlayParts } from "./parts.ts";
import { readMoment } from "./times.ts";
import { take } from "./zones.ts";

type Path = readonly (string | number)[];
type Located = Pick<MissionDocument<unknown>, "place">;

/** Faults: `mission.reference-unknown`, `mission.code-repeated`, `mission.name-missing`, `mission.time-zone-unknown`. */
export function checkReferences(parts: MissionParts, overlay: OverlayParts | undefined): Fault[] {
  const faults: Fault[] = [];
  const known = knownCodes(parts, overlay, faults);
  checkMissionFile(parts, faults);
  checkNames(parts, overlay, faults);
  checkRules(parts.rules, known.provisions, faults);
  checkInstruments([...parts.instruments, ...(overlay?.instruments ?? [])], known, faults);
  checkAmendments(parts, known, faults);
  checkFacts(parts, known, faults);
  const gazetteers = overlay ? [parts.places, overlay.places] : [parts.places];
  unique(gazetteers, (file) => file.places.map((one, index) => [one.code, ["places", index, "code"]]), faults);
  if (overlay) checkOverlay(parts, overlay, known, faults);
  if (parts.sources) checkSources(parts.sources, known, faults);
  return faults;
}

interface KnownCodes {
  readonly zones: ReadonlySet<string>;
  readonly provisions: ReadonlySet<string>;
  readonly references: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
  readonly parties: ReadonlySet<string>;
  readonly components: ReadonlySet<string>;
}

function knownCodes(parts: MissionParts, overlay: OverlayParts | undefined, faults: Fault[]): KnownCodes {
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

function unique<T>(
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

function expectKnown(known: ReadonlySet<string>, code: string | undefined, where: FaultPlace, faults: Fault[]): void {
  if (code === undefined || known.has(code)) return;
  const expected = known.size > 12 ? "a code that the mission defines" : `one of ${[...known].join(", ")}`;
  faults.push({ code: "mission.reference-unknown", what: "reference", where, expected, got: code });
}

function checkMissionFile({ mission }: MissionParts, faults: Fault[]): void {
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

/** Every `names` of the mission must be given in each of its complete languages. */
function checkNames(parts: MissionParts, overlay: OverlayParts | undefined, faults: Fault[]): void {
  const wanted = parts.mission.value.completeLanguages;
  const documents: MissionDocument<unknown>[] = [
    parts.mission,
    parts.zones,
    parts.rules,
    parts.places,
    ...parts.instruments,
    ...(overlay ? [overlay.exercise, overlay.zones, overlay.rules, overlay.places, ...overlay.instruments] : []),
  ];
  for (const document of documents) walkNames(document, document.value, [], wanted, faults);
}

function walkNames(document: Located, value: unknown, path: Path, wanted: readonly string[], faults: Fault[]): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (key !== "names") walkNames(document, inner, at, wanted, faults);
    else {
      const missing = wanted.filter((language) => !(language in (inner as object)));
      if (missing.length === 0) continue;
      const expected = `a name in ${missing.join(", ")}`;
      faults.push({ code: "mission.name-missing", what: "names", where: document.place(at), expected });
    }
  }
}

function checkRules(rules: MissionParts["rules"], provisions: ReadonlySet<string>, faults: Fault[]): void {
  rules.value.rules.forEach((rule, index) => {
    expectKnown(provisions, rule.provision, rules.place(["rules", index, "provision"]), faults);
  });
}

function checkInstruments(instruments: MissionParts["instruments"], known: KnownCodes, faults: Fault[]): void {
  for (const document of instruments) {
    document.value.signatories.forEach((signatory, index) => {
      expectKnown(known.states, signatory.state, document.place(["signatories", index, "state"]), faults);
    });
    document.value.witnesses.forEach((witness, index) => {
      expectKnown(known.references, witness.reference, document.place(["witnesses", index, "reference"]), faults);
    });
    document.value.provisions.forEach((provision, index) => {
      expectKnown(known.zones, provision.zone, document.place(["provisions", index, "zone"]), faults);
      provision.zones?.forEach((zone, position) => {
        expectKnown(known.zones, zone, document.place(["provisions", index, "zones", position]), faults);
      });
      expectKnown(known.references, provision.reference, document.place(["provisions", index, "reference"]), faults);
      provision.dependsOn?.forEach((link, position) => {
        const where = document.place(["provisions", index, "dependsOn", position, "provision"]);
        expectKnown(known.provisions, link.provision, where, faults);
      });
    });
  }
}

function checkAmendments({ amendments, instruments }: MissionParts, known: KnownCodes, faults: Fault[]): void {
  if (!amendments) return;
  const instrumentIds = new Set(instruments.map((document) => document.value.id));
  amendments.value.amendments.forEach((amendment, index) => {
    const at = (...rest: Path) => amendments.place(["amendments", index, ...rest]);
    expectKnown(instrumentIds, amendment.instrument, at("instrument"), faults);
    expectKnown(known.provisions, amendment.provision, at("provision"), faults);
    amendment.consents.forEach((consent, position) => {
      expectKnown(known.states, consent.state, at("consents", position, "state"), faults);
    });
    amendment.references?.forEach((reference, position) => {
      expectKnown(known.references, reference, at("references", position), faults);
    });
  });
}

/** Facts are about a provision or a whole instrument, and come from a state, a party or a component. */
function checkFacts({ facts, instruments }: MissionParts, known: KnownCodes, faults: Fault[]): void {
  if (!facts) return;
  const subjects = new Set([...known.provisions, ...instruments.map((document) => document.value.id)]);
  const speakers = new Set([...known.states, ...known.parties, ...known.components]);
  unique([facts], (file) => file.facts.map((fact, index) => [fact.id, ["facts", index, "id"]]), faults);
  facts.value.facts.forEach((fact, index) => {
    expectKnown(subjects, fact.about, facts.place(["facts", index, "about"]), faults);
    expectKnown(speakers, fact.by, facts.place(["facts", index, "by"]), faults);
    expectKnown(known.references, fact.reference, facts.place(["facts", index, "reference"]), faults);
    for (const field of ["occurred", "known"] as const) {
      const text = fact[field].length === 10 ? `${fact[field]}T00:00:00Z` : fact[field];
      take(readMoment(text), facts.place(["facts", index, field]), faults);
    }
  });
}

function checkOverlay(parts: MissionParts, overlay: OverlayParts, known: KnownCodes, faults: Fault[]): void {
  checkRules(overlay.rules, known.provisions, faults);
  checkSources(overlay.sources, known, faults);
  overlay.flights.value.flights.forEach((flight, index) => {
    flight.zones.forEach((zone, position) => {
      expectKnown(known.zones, zone, overlay.flights.place(["flights", index, "zones", position]), faults);
    });
  });
  overlay.exercise.value.officers.forEach((officer, index) => {
    const where = overlay.exercise.place(["officers", index, "component"]);
    expectKnown(known.components, officer.component, where, faults);
  });
  const real = new Set(parts.rules.value.rules.map((rule) => rule.id));
  overlay.rules.value.rules.forEach((rule, index) => {
    if (!real.has(rule.id)) return;
    const where = overlay.rules.place(["rules", index, "id"]);
    faults.push({ code: "mission.code-repeated", what: rule.id, where, expected: "an exercise rule's own code" });
  });
}

function checkSources(sources: OverlayParts["sources"], known: KnownCodes, faults: Fault[]): void {
  const seen = new Set<string>();
  const operators = new Set([...known.components, "joint"]);
  sources.value.sources.forEach((source, index) => {
    const at = (field: string) => sources.place(["sources", index, field]);
    if (seen.has(source.id))
      faults.push({ code: "mission.code-repeated", what: source.id, where: at("id"), expected: "each code once" });
    seen.add(source.id);
    expectKnown(operators, source.operator, at("operator"), faults);
    expectKnown(known.parties, source.heldBy, at("heldBy"), faults);
  });
}
