/** The state of one obligation under one text and one reading of its deadline. */
import type { Instant } from "@openjmc/model";
import type { ProvisionEntry } from "../files/instrument-file.ts";
import type { AgreementFact, FactKind } from "./fact.ts";

export const OBLIGATION_STATES = [
  "not-yet-due",
  "due",
  "met",
  "met-late",
  "declared-not-verified",
  "overdue",
  "breached",
  "disputed",
  "suspended",
  "superseded",
  "lapsed",
  "unmonitored",
] as const;
export type ObligationState = (typeof OBLIGATION_STATES)[number];

/** What a state depends on. `facts` are those of this provision that occurred and were known; in order of occurrence. */
export interface StateInput {
  readonly provision: ProvisionEntry;
  readonly facts: readonly AgreementFact[];
  readonly validAt: Instant;
  readonly beginsAt: Instant | undefined;
  /** Instant at which the time is up, where there is one. */
  readonly deadline: Instant | undefined;
  readonly endedAt: Instant | undefined;
  readonly isSuperseded: boolean;
  readonly isMonitored: boolean;
}

/** One state, or several where a clock's error lets the same fact fall on both sides of the deadline. */
export function statesOf(input: StateInput): readonly ObligationState[] {
  const done = doneStates(input);
  if (done.length > 0 && done[0] !== "declared-not-verified") return done;
  if (input.isSuperseded) return ["superseded"];
  if (input.endedAt !== undefined && input.endedAt <= input.validAt)
    return isUpheld(input.facts) ? ["lapsed", "disputed"] : ["lapsed"];
  if (isSuspended(input.facts)) return ["suspended"];
  if (done.length > 0) return done;
  if (input.beginsAt !== undefined && input.validAt < input.beginsAt) return ["not-yet-due"];
  return input.deadline === undefined
    ? [continuingState(input)]
    : [input.validAt < input.deadline ? "not-yet-due" : "overdue"];
}

/** States that follow from the act having been done: declared by one is not verified, acknowledged or observed is. */
function doneStates({ provision, facts, deadline }: StateInput): readonly ObligationState[] {
  if (provision.performance === "omission" || (provision.performance === "both" && deadline === undefined)) return [];
  const declared = first(facts, "declared");
  const seen = first(facts, "observed") ?? (declared ? first(facts, "acknowledged") : undefined);
  const done = seen ?? declared;
  if (!done) return [];
  if (!seen) return ["declared-not-verified"];
  if (deadline === undefined) return ["met"];
  // The act itself is dated by whoever dates it earliest of those that verify it.
  const at = Math.min(seen.occurredAt, seen.kind === "acknowledged" && declared ? declared.occurredAt : Infinity);
  const error = Math.max(seen.clockError ?? 0, declared?.clockError ?? 0);
  const states: ObligationState[] = [];
  if (at - error < deadline) states.push("met");
  if (at + error >= deadline) states.push("met-late");
  return states;
}

function continuingState({ provision, facts, isMonitored }: StateInput): ObligationState {
  if (first(facts, "breach-established")) return "breached";
  if (first(facts, "breach-claimed")) return "disputed";
  if (provision.performance === "act") return "due";
  return isMonitored ? "due" : "unmonitored";
}

/** Whether somebody else than who states the end says that it still binds. */
function isUpheld(facts: readonly AgreementFact[]): boolean {
  const end = first(facts, "terminated");
  return facts.some(({ kind, by }) => kind === "upheld" && by !== end?.by);
}

function isSuspended(facts: readonly AgreementFact[]): boolean {
  return facts.findLast((fact) => fact.kind === "suspended" || fact.kind === "resumed")?.kind === "suspended";
}

function first(facts: readonly AgreementFact[], kind: FactKind): AgreementFact | undefined {
  return facts.find((fact) => fact.kind === kind);
}
