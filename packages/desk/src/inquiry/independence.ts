/**
 * Which reports are one source. Names, owners, nations, chains and original reports are the nodes of a graph; what a report says of where
 * it came from, and what the components have stated of sources in general, are its edges. What hangs together is counted once.
 */
import type { Origin, SourceGroup, SourceTiedBody } from "@openjmc/model";

type Tie = Pick<SourceTiedBody, "one" | "other">;

/** Groups of origins that stand for one source each, as indexes, in the order of their first member. */
export function independentGroups(
  origins: readonly Origin[],
  ties: readonly Tie[] = [],
): readonly (readonly number[])[] {
  const graph = new Graph();
  for (const { one, other } of ties) graph.join(nodeOf(one), nodeOf(other));
  for (const [index, origin] of origins.entries())
    for (const value of valuesOf(origin)) graph.join(ownNode(index), nodeOf(value));
  return [...Map.groupBy(origins.keys(), (index) => graph.rootOf(ownNode(index))).values()];
}

/** How many sources the origins come to. */
export function independentSources(origins: readonly Origin[], ties: readonly Tie[] = []): number {
  return independentGroups(origins, ties).length;
}

/** The groups with the names of their reports and with what makes several of them one; for people who judge how sure they are. */
export function sourceGroups(origins: readonly Origin[], ties: readonly Tie[] = []): SourceGroup[] {
  return independentGroups(origins, ties).map((members) => {
    const own = members.map((index) => origins[index]!);
    const names = distinct(own.map(({ name }) => name));
    return { names, shared: members.length === 1 ? [] : sharedBy(own, ties) };
  });
}

/** What two of them say alike, and what the components have stated to belong together. */
function sharedBy(own: readonly Origin[], ties: readonly Tie[]): string[] {
  const values = own.map((origin) => distinct(valuesOf(origin)));
  const all = values.flat();
  const twice = all.filter((value) => all.filter((other) => nodeOf(other) === nodeOf(value)).length > 1);
  const graph = new Graph();
  for (const { one, other } of ties) graph.join(nodeOf(one), nodeOf(other));
  const roots = new Set(all.map((value) => graph.rootOf(nodeOf(value))));
  const stated = ties
    .filter(({ one }) => roots.has(graph.rootOf(nodeOf(one))))
    .map(({ one, other }) => `${one} = ${other}`);
  return distinct([...twice, ...stated]);
}

function valuesOf({ name, owner, nation, chain, original }: Origin): string[] {
  return [name, owner, nation, chain, original].flatMap((value) => (value?.trim() ? [value.trim()] : []));
}

/** One namespace for all: a nation that speaks for itself, and a paper that it owns, are tied by the very name. */
const nodeOf = (value: string): string => `of ${value.trim().toLowerCase()}`;
const ownNode = (index: number): string => `report ${index}`;

function distinct(values: readonly string[]): string[] {
  return [...new Map(values.map((value) => [nodeOf(value), value])).values()];
}

/** What hangs together, by any number of steps. */
class Graph {
  readonly #parents = new Map<string, string>();

  rootOf(node: string): string {
    let root = node;
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) root = parent;
    return root;
  }

  join(one: string, other: string): void {
    const [left, right] = [this.rootOf(one), this.rootOf(other)];
    if (left !== right) this.#parents.set(right, left);
  }
}
