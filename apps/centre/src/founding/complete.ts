/** Puts the components' signatures together into the first entries of the record, by the replay's own rules. */
import { FaultError } from "@openjmc/model";
import { admit, foundingAcceptance, type ReplayState, readLeaf, unwrap } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { SignedPart } from "./accept.ts";
import type { ReadFounding } from "./genesis.ts";

/** What may be in a founding, in the order in which it is recorded. */
const ORDER = ["log.founded", "officer.enrolled", "mission.configured", "room.keyed"];

/**
 * The record's first leaves. Errors (thrown): `founding.other`, `founding.stray`, `founding.incomplete` naming what lacks,
 * and the replay's refusals.
 */
export function completeFounding(founding: ReadFounding, signed: readonly SignedPart[]): readonly Uint8Array[] {
  const { statementId } = founding.founding;
  const other = signed.find((part) => part.genesis !== statementId);
  if (other) throw fault("founding.other", other.component, `signatures over ${statementId}`, other.genesis);
  const inOrder = founding.parts.flatMap((part) => signed.filter((one) => one.component === part.component));
  const leaves = inOrder.flatMap((part) => part.leaves.map((leaf) => ({ leaf, stage: stageOf(part, leaf) })));
  leaves.sort((left, right) => left.stage - right.stage);
  const { state } = founding;
  for (const { leaf } of leaves) unwrap(admit(nodePrimitives, state, leaf));
  requireComplete(founding, state);
  return [founding.leaf, ...leaves.map(({ leaf }) => leaf)];
}

function stageOf(part: SignedPart, leaf: Uint8Array): number {
  const { kind } = unwrap(readLeaf(nodePrimitives.sha256, leaf)).statement;
  const stage = ORDER.indexOf(kind);
  if (stage < 0) throw fault("founding.stray", part.component, ORDER.join(", "), kind);
  return stage;
}

/** Whoever is not absent has accepted, enrolled whom it named, and configured the mission with the others. */
function requireComplete({ parts, absent }: ReadFounding, state: ReplayState): void {
  for (const { component, accepted } of foundingAcceptance(state)) {
    if (!accepted && !absent.includes(component)) {
      throw fault("founding.incomplete", component, "two root signatures under the founding", "fewer");
    }
  }
  for (const part of parts.filter(({ component }) => !absent.includes(component))) {
    const missing = part.officers.find(({ id }) => state.officers.get(`${part.component}/${id}`)?.keyId === undefined);
    if (missing) throw fault("founding.incomplete", part.component, `the enrolment of ${missing.id}`, "none");
  }
  const mission = [...state.acts.values()].find((act) => act.kind === "mission.configured");
  const wanted = absent.length > 0 ? "proposed" : "joint";
  if (mission?.status !== wanted) {
    throw fault("founding.incomplete", "all", `the mission ${wanted}`, mission?.status ?? "none");
  }
}

function fault(code: string, component: string, expected: string, got: string): FaultError {
  return new FaultError({ code, what: `founding (component ${component})`, expected, got });
}
