/** Whether the folder works by the mission's files that both components signed last. */
import { formatPayloadType, readLeaf } from "@openjmc/record";
import { readCentreFile } from "../../founding/centre-file.ts";
import { MISSION_CONFIGURED } from "../../mission/configuration.ts";
import { nodePrimitives } from "../../primitives.ts";
import { readLeaves } from "../../record/leaves.ts";
import { type Finding, findingsOf } from "../finding.ts";
import { recordSize } from "./check-record.ts";
import type { ExaminationContext } from "./context.ts";

const finding = findingsOf("mission");
/** What a leaf of this kind says of itself in plain text: no other needs to be read. */
const MARK = Buffer.from(JSON.stringify(formatPayloadType(MISSION_CONFIGURED, 1)));

export async function* checkMission(context: ExaminationContext): AsyncGenerator<Finding> {
  const present = readCentreFile(context.paths).mission.sha256;
  const wanted = lastSigned(context.paths.record, (await recordSize(context)) ?? 0);
  if (wanted === undefined || wanted === present) return;
  yield finding("wrong", "mission.not-adopted", { wanted: wanted.slice(0, 16), present: present.slice(0, 16) });
}

/**
 * Digest of the last configuration that both components have signed; undefined where the founding's files count. The record takes a
 * second leaf over the same bytes only from the other component.
 */
function lastSigned(recordFolder: string, size: number): string | undefined {
  const proposed = new Set<string>();
  let last: string | undefined;
  for (const bytes of readLeaves(recordFolder, size)) {
    if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(MARK)) continue;
    const leaf = readLeaf(nodePrimitives.sha256, bytes);
    if (!leaf.ok || leaf.value.statement.kind !== MISSION_CONFIGURED) continue;
    const { statementId, statement } = leaf.value;
    if (proposed.has(statementId)) last = String(statement.body.sha256);
    proposed.add(statementId);
  }
  return last;
}
