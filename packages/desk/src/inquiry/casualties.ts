/** Casualties in their separate states. Groups, harms and standings are never added to one another. */
import type { CasualtyGroup, CasualtyHarm, CasualtyLine, CasualtyStanding } from "@openjmc/model";

/** The number of one group, harm and standing over several incidents; of several speakers on one incident, the highest. */
export interface CasualtyTotal {
  readonly group: CasualtyGroup;
  readonly harm: CasualtyHarm;
  readonly standing: CasualtyStanding;
  readonly number: number;
  /** Ids of the lines that make it, one of each incident. */
  readonly lines: readonly string[];
}

/** Puts a line among an incident's: the same speaker's earlier one on the same thing goes. */
export function withCasualty(lines: readonly CasualtyLine[], line: CasualtyLine): CasualtyLine[] {
  return [...lines.filter((old) => nameOf(old) !== nameOf(line)), line];
}

const nameOf = (line: CasualtyLine): string =>
  JSON.stringify([line.group, line.harm, line.standing, line.statedBy.trim().toLowerCase()]);

/** Totals over incidents, each given with its lines. Two speakers on one incident tell of the same people, so they are not added. */
export function casualtyTotals(incidents: readonly (readonly CasualtyLine[])[]): CasualtyTotal[] {
  const totals = new Map<string, CasualtyTotal>();
  for (const lines of incidents)
    for (const [key, own] of Map.groupBy(lines, ({ group, harm, standing }) => `${group}|${harm}|${standing}`)) {
      const { group, harm, standing, number, id } = own.reduce((most, line) =>
        line.number > most.number ? line : most,
      );
      const before = totals.get(key) ?? { number: 0, lines: [] };
      totals.set(key, { group, harm, standing, number: before.number + number, lines: [...before.lines, id] });
    }
  return [...totals.keys()].sort().map((key) => totals.get(key)!);
}
