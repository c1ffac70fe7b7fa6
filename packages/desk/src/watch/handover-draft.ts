/** What a handover would say now: the watch that ends, who hands over to whom, everything open, and how the system stands. */
import {
  bad,
  formatInstant,
  good,
  type HandoverBody,
  type Instant,
  MICROSECONDS_PER_HOUR,
  MICROSECONDS_PER_MINUTE,
  type Result,
} from "@openjmc/model";
import type { DeskState } from "../state.ts";
import { openItems } from "./open-items.ts";
import { watchAt } from "./state.ts";

/** The other side has as long to sign as it takes to come on watch. */
const ANSWER_WITHIN = 2 * MICROSECONDS_PER_HOUR;
/** What the components agreed on as the shortest time for an answer is measured when the proposal arrives. */
const SLACK = 10 * MICROSECONDS_PER_MINUTE;
/** A watch is handed over shortly before its end or shortly after. */
const AROUND_ITS_END = MICROSECONDS_PER_HOUR;

/** `shortestAnswer`: what proposals must leave at least. Errors: `handover.no-watch` where the component's bill has none at that time. */
export function handoverDraft(
  state: DeskState,
  component: string,
  at: Instant,
  system: HandoverBody["system"],
  shortestAnswer = 0,
): Result<HandoverBody> {
  const now = watchAt(state.watch, component, at);
  const before = watchAt(state.watch, component, at - AROUND_ITS_END);
  const watch = before && before.until <= at && !isSigned(state, before.from) ? before : now;
  if (!watch)
    return bad({
      code: "handover.no-watch",
      what: "handover",
      expected: "a bill that covers this time",
      got: component,
    });
  const officers = [...state.watch.watches.keys()].sort().flatMap((code) => {
    const ending = watchAt(state.watch, code, watch.from);
    const following = watchAt(state.watch, code, watch.until);
    return ending ? [{ component: code, outgoing: ending.officer, incoming: (following ?? ending).officer }] : [];
  });
  return good({
    from: formatInstant(watch.from),
    until: formatInstant(watch.until),
    officers,
    openItems: openItems(state, at),
    asOf: formatInstant(at),
    system,
    note: "",
    deadline: formatInstant(at + Math.max(ANSWER_WITHIN, shortestAnswer + SLACK)),
  });
}

function isSigned(state: DeskState, from: Instant): boolean {
  const start = formatInstant(from);
  return [...state.jointActs.values()].some(
    ({ kind, body, state: how }) => kind === "handover.signed" && body.from === start && how === "joint",
  );
}
