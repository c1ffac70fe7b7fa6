/** How well it is told what an event was: of those that were found, how many were named, how many of these rightly, and how sure it was. */
import { type FoundEvent, pairEvents, type TrueEvent } from "./event-score.ts";

export interface ClassScore {
  /** Share of the found events that were given a name; of the rest it was said that it cannot be told. */
  readonly named: number;
  /** Share of the named ones whose name is right, and the mean probability that was stated of them: these should be alike. */
  readonly right: number;
  readonly stated: number;
  /** Share rightly named, by true class. */
  readonly byClass: Readonly<Record<string, number>>;
}

/** Undefined where the truth does not tell classes. */
export function scoreClasses(truth: readonly TrueEvent[], found: readonly FoundEvent[]): ClassScore | undefined {
  const pairs = pairEvents(truth, found).map(([one, other]) => ({ was: truth[one]!.cls, ...found[other]! }));
  if (pairs.length === 0 || pairs.some(({ was, what }) => was === undefined || what === undefined)) return undefined;
  const named = pairs.filter(({ what }) => what !== "undetermined");
  const isRight = ({ was, what }: { readonly was: string | undefined; readonly what?: string }): boolean =>
    was === what;
  const byClass = Map.groupBy(pairs, ({ was }) => was!);
  return {
    named: share(named.length, pairs.length),
    right: share(named.filter(isRight).length, named.length),
    stated: share(
      named.reduce((sum, { probability }) => sum + (probability ?? 0), 0),
      named.length,
    ),
    byClass: Object.fromEntries(
      [...byClass].sort().map(([what, events]) => [what, share(events.filter(isRight).length, events.length)]),
    ),
  };
}

function share(part: number, whole: number): number {
  return Number((part / Math.max(1, whole)).toFixed(4));
}
