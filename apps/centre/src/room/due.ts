/** When a sealed conclusion is opened: when every component's is in, or when the clock that the first one set has run out. */
import { type Instant, parseInstant } from "@openjmc/model";
import type { SealedPromise } from "@openjmc/record";

/** A sealed conclusion as the log shows it to everybody. */
export interface SealedConclusion {
  readonly statement: string;
  readonly component: string;
  readonly promise: SealedPromise;
  readonly isDisclosed: boolean;
}

/**
 * Those of a component that are to be opened now. `stated`: components that have stated a conclusion in the open on the
 * incident. `now`: the centre's clock as the log has it.
 */
export function dueForDisclosure(
  conclusions: readonly SealedConclusion[],
  component: string,
  components: readonly string[],
  now: Instant,
): readonly string[] {
  const byIncident = Map.groupBy(conclusions, (one) => one.promise.incident);
  return [...byIncident.values()].flatMap((group) => {
    const areAllIn = components.every((code) => group.some((one) => one.component === code));
    const hasRunOut = now > deadlineOf(group);
    if (!areAllIn && !hasRunOut) return [];
    return group.filter((one) => one.component === component && !one.isDisclosed).map((one) => one.statement);
  });
}

/** The first conclusion on an incident sets its clock; later ones cannot move it. */
function deadlineOf(group: readonly SealedConclusion[]): Instant {
  const parsed = parseInstant(group[0]!.promise.deadline);
  return parsed.ok ? parsed.value : Number.POSITIVE_INFINITY;
}
