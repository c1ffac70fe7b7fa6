/** Which reports are one source: what shares a nation, a chain or an original report is counted once, also through a third. */
import type { Origin } from "@openjmc/model";

/** Groups of origins that stand for one source each, as indexes, in the order of their first member. */
export function independentGroups(origins: readonly Origin[]): readonly (readonly number[])[] {
  const parent = origins.map((_origin, index) => index);
  const rootOf = (index: number): number => {
    while (parent[index] !== index) index = parent[index]!;
    return index;
  };
  const firstWith = new Map<string, number>();
  origins.forEach((origin, index) => {
    for (const tie of tiesOf(origin)) {
      const first = firstWith.get(tie);
      if (first === undefined) firstWith.set(tie, index);
      else parent[rootOf(index)] = rootOf(first);
    }
  });
  return [...Map.groupBy(parent.keys(), rootOf).values()].sort((a, b) => a[0]! - b[0]!);
}

function tiesOf({ name, nation, chain, original }: Origin): string[] {
  const ties = Object.entries({ name, nation, chain, original });
  return ties.filter(([, value]) => value?.trim()).map(([tie, value]) => `${tie}:${value!.trim().toLowerCase()}`);
}

/** How many sources the origins come to. */
export function independentSources(origins: readonly Origin[]): number {
  return independentGroups(origins).length;
}
