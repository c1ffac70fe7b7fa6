/** What a verifier makes of every case who has the log and nothing else of the centre: no views, no journal, no files, no times. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AlertRow, AllegationRow, FindingRow, IncidentRow } from "@openjmc/model";
import { pathsOf } from "../folder/index.ts";
import { replayDesk } from "../record/replay-record.ts";

/** Cases as a centre tells them. */
export interface Told {
  readonly alerts: Iterable<AlertRow>;
  readonly allegations: Iterable<AllegationRow>;
  readonly incidents: Iterable<IncidentRow>;
  readonly findings: Iterable<FindingRow>;
}

/**
 * Cases that stand otherwise in a replay of the log than the centre tells, or in only one of the two. The record is copied to a place
 * of its own first and replayed there with every rule of a verifier. Throws `record.*` where it does not hold.
 */
export function unlikeTheLog(centre: string, told: Told): string[] {
  const alone = statesOf(casesOfLog(centre));
  const known = statesOf(told);
  return [...new Set([...alone.keys(), ...known.keys()])].filter((id) => alone.get(id) !== known.get(id));
}

function casesOfLog(centre: string): Told {
  const folder = mkdtempSync(join(tmpdir(), "openjmc-log-alone-"));
  try {
    cpSync(pathsOf(centre).record, pathsOf(folder).record, { recursive: true });
    const { alerts, allegations, incidents, findings } = replayDesk(pathsOf(folder)).desk;
    return {
      ...{ alerts: alerts.values(), allegations: allegations.values() },
      ...{ incidents: incidents.values(), findings: findings.values() },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How each case stands, by kind and id: its state, how it ended, what it led to and who signed. */
function statesOf({ alerts, allegations, incidents, findings }: Told): Map<string, string> {
  const states = new Map<string, string>();
  const put = (kind: string, id: string, ...parts: readonly unknown[]): void =>
    void states.set(`${kind} ${id}`, JSON.stringify(parts));
  for (const { id, state, incident, dismissal } of alerts)
    put("alert", id, state, incident, dismissal?.state, dismissal?.reasons.length);
  for (const { id, state, outcome, incident, answers } of allegations)
    put("allegation", id, state, outcome, incident, answers?.length);
  for (const { id, number, state, findings: own, conclusions } of incidents)
    put("incident", id, number, state, own, conclusions.map(({ component }) => component).sort());
  for (const { statement, state, countersignedBy, dissent } of findings)
    put("finding", statement, state, countersignedBy?.statement, dissent?.text);
  return states;
}
