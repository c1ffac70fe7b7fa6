/**
 * Which recordings a component's node keeps, by the mission's markings: what is open, and what its own component operates,
 * alone or jointly. What is held in escrow stays where it is until it is disclosed.
 * GAP: there is no way yet to fetch what was in escrow once it is disclosed. Closed by a kind for that disclosure, read here.
 */
import type { SourceDescription } from "@openjmc/model";
import { feedTable } from "../feeds/feed-table.ts";
import { CENTRE_SOURCE } from "../journal/index.ts";

/** Links as the seals list them; the centre's own records of ticks and configuration among them. */
export function linksFor(component: string, sources: readonly SourceDescription[]): ReadonlySet<string> {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const mayKeep = (id: string): boolean => {
    const source = byId.get(id);
    return source !== undefined && isForComponent(source, component);
  };
  // A link that several stations share goes as a whole or not at all: its seal is over all of it.
  const links = Object.entries(feedTable(sources)).filter(([, feed]) => feed.sources.every(mayKeep));
  return new Set([CENTRE_SOURCE, ...links.map(([link]) => link)]);
}

function isForComponent({ marking, operator }: SourceDescription, component: string): boolean {
  if (marking === "open") return true;
  if (marking === "sealed-escrow") return operator === component;
  return operator === component || operator === "joint";
}
