/** What a record still takes after its mission has ended, and what a log of annotations takes at all. */
import type { Fault } from "@openjmc/model";
import type { DeskState } from "../state.ts";
import { isClosed } from "./phase.ts";

/** Acts of the machine that tell of the record itself: who sealed it, when it was stamped, to whom a copy went. */
const AFTER_THE_END: ReadonlySet<string> = new Set([
  "checkpoint.cosigned",
  "export.made",
  "time.stamped",
  "record.resealed",
  "recordings.removed",
  "recordings.sealed",
  "original.read",
]);

const ANNOTATING: ReadonlySet<string> = new Set(["annotation.made", "fact.stated", "act.withdrawn"]);
const KEY_ACTS = /^(log|officer|root|roots|room|session|cosigners)\./;

/** Whether an act of the machine still has a place in the record. */
export function takesMachineAct(state: DeskState, kind: string): boolean {
  return !isClosed(state) || AFTER_THE_END.has(kind);
}

/** Error: `centre.closed`, with where to go instead; `log.annotations-only`. */
export function recordFault(state: DeskState, kind: string): Fault | undefined {
  if (isClosed(state))
    return {
      code: "centre.closed",
      what: "record",
      where: { field: "kind" },
      expected: "a statement in the log of annotations beside this closed record",
      got: kind,
    };
  if (state.life.purpose !== "annotations" || ANNOTATING.has(kind) || KEY_ACTS.test(kind)) return undefined;
  return {
    code: "log.annotations-only",
    what: "log of annotations",
    where: { field: "kind" },
    expected: [...ANNOTATING].join(", "),
    got: kind,
  };
}
