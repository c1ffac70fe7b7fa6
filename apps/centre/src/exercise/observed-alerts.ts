/** Alerts as the record holds them: what was raised, and what each came to stand for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ObservedAlert } from "@openjmc/exercise";
import { type AlertRaisedBody, type AlertRule, FaultError, parseInstant } from "@openjmc/model";
import { type Leaf, parseCheckpoint, parseNote, readLeaf, unwrap } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { readLeaves } from "../record/leaves.ts";

/** A rule of the program itself that an exercise is scored by. */
const GHOST_RULE = "contradicts-radar";
/** A record that grows may replace its last bundle between our look at the checkpoint and at the bundle. */
const ATTEMPTS = 5;

/** Reads alerts of a record's folder. `kinds`: kind of rule by rule id. Errors: `record.unreadable`. */
export function readAlerts(recordFolder: string, kinds: ReadonlyMap<string, AlertRule["kind"]>): ObservedAlert[] {
  for (let attempt = 1; ; attempt++) {
    try {
      return gather(recordFolder, kinds);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

function gather(recordFolder: string, kinds: ReadonlyMap<string, AlertRule["kind"]>): ObservedAlert[] {
  const alerts = new Map<string, ObservedAlert>();
  for (const bytes of readLeaves(recordFolder, recordSize(recordFolder))) {
    const leaf = unwrap(readLeaf(nodePrimitives.sha256, bytes));
    const { kind, subject, body } = leaf.statement;
    if (kind === "alert.raised") {
      const alert = raised(leaf, kinds);
      if (alert) alerts.set(subject, alert);
    }
    const known = alerts.get(subject);
    if (kind === "alert.grown" && known && Array.isArray(body.members))
      alerts.set(subject, { ...known, members: [...(known.members ?? []), ...body.members.map(String)] });
  }
  return [...alerts.values()];
}

function raised(leaf: Leaf, kinds: ReadonlyMap<string, AlertRule["kind"]>): ObservedAlert | undefined {
  const body = leaf.statement.body as unknown as AlertRaisedBody;
  const ruleKind = body.rule === GHOST_RULE ? GHOST_RULE : kinds.get(body.rule);
  const at = parseInstant(leaf.statement.at);
  // Days of the agreement are nothing that a sensor could have seen.
  if (ruleKind === undefined || !at.ok || body.subjectKind === "obligation") return undefined;
  return {
    id: leaf.statement.subject,
    ruleKind,
    subjectKind: body.subjectKind,
    subjectId: body.subjectId,
    ...(body.zone === undefined ? {} : { zone: body.zone }),
    raisedAt: at.value,
    members: [body.subjectId],
  };
}

function recordSize(recordFolder: string): number {
  const file = join(recordFolder, "checkpoint");
  try {
    return unwrap(parseCheckpoint(unwrap(parseNote(new Uint8Array(readFileSync(file)))).text)).size;
  } catch (error) {
    const cause = (error as Error).message;
    throw new FaultError({ code: "record.unreadable", what: "checkpoint", where: { file }, cause });
  }
}
