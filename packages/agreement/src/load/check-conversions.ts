/** Rules that convert units of count must say one thing. */
import type { Fault } from "@openjmc/model";
import type { RulesFile } from "../files/rules-file.ts";
import type { MissionDocument } from "../shape/document.ts";

/** Two rules from one unit to another would give two numbers; one of a unit to itself none. Fault: `mission.conversion-ambiguous`. */
export function checkConversions({ value, place }: MissionDocument<RulesFile>, faults: Fault[]): void {
  const seen = new Set<string>();
  value.countConversions?.forEach(({ from, to }, index) => {
    const way = `${from} to ${to}`;
    if (from === to || seen.has(way))
      faults.push({
        ...{
          code: "mission.conversion-ambiguous",
          what: "countConversions",
          where: place(["countConversions", index]),
        },
        ...{ expected: "one rule from one unit to another", got: way },
      });
    seen.add(way);
  });
}
