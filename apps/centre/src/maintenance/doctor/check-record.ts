/** The record: its checkpoint, its entries and tiles, and in a deep examination every statement. */

import { stat } from "node:fs/promises";
import { bytesToHex, type RecordVerification, verifyRecord } from "@openjmc/record";
import { nodePrimitives, verifyMany } from "../../primitives.ts";
import { folderReader, verifyAtWork } from "../../record/index.ts";
import { type Finding, findingsOf } from "../finding.ts";
import type { ExaminationContext } from "./context.ts";

const finding = findingsOf("record");
const SHOWN_FINDINGS = 20;

export async function* checkRecord(context: ExaminationContext): AsyncGenerator<Finding> {
  const result = await verify(context);
  for (const { code, values, fault } of result.findings.slice(0, SHOWN_FINDINGS))
    yield finding("wrong", "record.finding", { finding: shown(code, values) }, fault);
  const hidden = result.findings.length - SHOWN_FINDINGS;
  if (hidden > 0) yield finding("wrong", "record.more-findings", { number: hidden });
  if (!result.holds || result.checkpoint === undefined) return;
  const { size, root } = result.checkpoint;
  yield finding("good", context.deep ? "record.good-deep" : "record.good", { size, root: bytesToHex(root) });
  yield* checkTimes(context, size);
}

/** `tile.differs (path tile/0/000)` */
function shown(code: string, values: Finding["values"]): string {
  const named = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  return named.length === 0 ? code : `${code} (${named.join(", ")})`;
}

async function verify(context: ExaminationContext): Promise<RecordVerification> {
  const options = { sha256: nodePrimitives.sha256, verifyMany, statements: context.deep };
  const { result } = await verifyAtWork(folderReader(context.paths.record), (reader) => verifyRecord(reader, options));
  return result;
}

async function* checkTimes(context: ExaminationContext, size: number): AsyncGenerator<Finding> {
  const bytes = (await stat(context.paths.recordedAt).catch(() => undefined))?.size ?? 0;
  const known = Math.floor(bytes / 8);
  if (known < size && !context.live) yield finding("notice", "record.times-missing", { missing: size - known });
}

/** Size of the record that its checkpoint states; undefined where it cannot be read. */
export async function recordSize(context: ExaminationContext): Promise<number | undefined> {
  const text = await folderReader(context.paths.record).read("checkpoint");
  const size = Number(text === undefined ? Number.NaN : new TextDecoder().decode(text).split("\n")[1]);
  return Number.isSafeInteger(size) ? size : undefined;
}
