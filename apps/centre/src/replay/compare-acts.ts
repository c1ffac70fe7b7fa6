/** What fusion decided, as the replay gives it, beside the entries of the record that fusion brought about. */
import { actName, type MachineAct } from "../acts/index.ts";
import { finding, type ReplayFinding } from "./finding.ts";

/** An entry that fusion brought about, as far as it is compared. */
export interface ActEntry extends MachineAct {
  readonly index: number;
}

export interface ActComparison {
  /** Acts that stand in the record as the replay gives them. */
  readonly acts: number;
  /** Acts at the very end that a crash kept from the record; the next start of the centre enters them. */
  readonly owed: number;
  readonly findings: readonly ReplayFinding[];
}

/**
 * Compares in order. `whole`: the replay covers everything there ever was, so that each entry must come out of it.
 * Findings: `replay.act-missing`, `replay.act-unexpected`, `replay.act-order`.
 */
export function compareActs(
  replayed: readonly MachineAct[],
  entries: readonly ActEntry[],
  whole: boolean,
): ActComparison {
  const expected = replayed.map(actName);
  const known = new Set(expected);
  const own = entries.map((entry) => ({ name: actName(entry), entry }));
  const findings = whole
    ? own
        .filter(({ name }) => !known.has(name))
        .map(({ entry }) => finding("replay.act-unexpected", { index: entry.index, kind: entry.kind }))
    : [];
  const actual = own.filter(({ name }) => known.has(name));
  let place = 0;
  for (const { name, entry } of actual) {
    const found = expected.indexOf(name, place);
    if (found < 0) {
      findings.push(finding("replay.act-order", { index: entry.index, kind: entry.kind }));
      continue;
    }
    for (const missed of replayed.slice(place, found)) findings.push(missing(missed));
    place = found + 1;
  }
  return { acts: actual.length, owed: expected.length - place, findings };
}

function missing({ kind, subject }: MachineAct) {
  return finding("replay.act-missing", { kind, subject });
}
