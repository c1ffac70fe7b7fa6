/** Checks between files: what is named somewhere must exist, and exist once. */
import type { Fault } from "@openjmc/model";
import { checkConversions } from "./check-conversions.ts";
import { checkMandate } from "./check-mandate.ts";
import { checkMissionFile } from "./check-mission-file.ts";
import { checkNames } from "./check-names.ts";
import { expectKnown, type KnownCodes, knownCodes, unique } from "./known-codes.ts";
import type { MissionParts, OverlayParts } from "./parts.ts";
import { readMoment } from "./times.ts";
import { take } from "./zones.ts";

type Path = readonly (string | number)[];

/** Faults: `mission.reference-unknown`, `mission.code-repeated`, `mission.name-missing`, `mission.time-zone-unknown`, `mission.conversion-ambiguous`. */
export function checkReferences(parts: MissionParts, overlay: OverlayParts | undefined): Fault[] {
  const faults: Fault[] = [];
  const known = knownCodes(parts, overlay, faults);
  checkMissionFile(parts, faults);
  checkNames(parts, overlay, faults);
  checkRules(parts.rules, known.provisions, faults);
  for (const { rules } of overlay ? [parts, overlay] : [parts]) checkConversions(rules, faults);
  checkInstruments([...parts.instruments, ...(overlay?.instruments ?? [])], known, faults);
  checkAmendments(parts, known, faults);
  checkFacts(parts, known, faults);
  checkPosts(parts, known, faults);
  checkContacts(parts, known, faults);
  checkMandate(parts, overlay, known, faults);
  const gazetteers = overlay ? [parts.places, overlay.places] : [parts.places];
  unique(gazetteers, (file) => file.places.map((one, index) => [one.code, ["places", index, "code"]]), faults);
  if (overlay) checkOverlay(parts, overlay, known, faults);
  if (parts.sources) checkSources(parts.sources, known, faults);
  return faults;
}

function checkRules(rules: MissionParts["rules"], provisions: ReadonlySet<string>, faults: Fault[]): void {
  rules.value.rules.forEach((rule, index) => {
    expectKnown(provisions, rule.provision, rules.place(["rules", index, "provision"]), faults);
    if ((rule.kind === "deadline") === (rule.daysBefore !== undefined)) return;
    const where = rules.place(["rules", index, rule.daysBefore === undefined ? "kind" : "daysBefore"]);
    const expected = "daysBefore with a rule of the kind deadline, and with no other";
    faults.push({ code: "mission.shape-wrong", what: rule.id, where, expected, got: rule.kind });
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

function checkContacts({ mission }: MissionParts, known: KnownCodes, faults: Fault[]): void {
  const offices = new Set([...known.states, ...known.parties, ...known.components]);
  const { contacts = [] } = mission.value;
  unique([mission], () => contacts.map((one, index) => [one.id, ["contacts", index, "id"]]), faults);
  contacts.forEach((one, index) => {
    expectKnown(offices, one.of, mission.place(["contacts", index, "of"]), faults);
    expectKnown(known.references, one.reference, mission.place(["contacts", index, "reference"]), faults);
  });
}

function checkPosts({ posts }: MissionParts, known: KnownCodes, faults: Fault[]): void {
  if (!posts) return;
  const speakers = new Set([...known.states, ...known.parties, ...known.components]);
  unique([posts], (file) => file.posts.map((post, index) => [post.code, ["posts", index, "code"]]), faults);
  for (const list of ["posts", "counts"] as const)
    posts.value[list].forEach((one, index) => {
      expectKnown(speakers, one.by, posts.place([list, index, "by"]), faults);
      expectKnown(known.references, one.reference, posts.place([list, index, "reference"]), faults);
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
