/**
 * The two databases: both are whole, and the projection is not ahead of what it is made of.
 * GAP: a projection on PostgreSQL is not looked at; it would need the server's address and a reading connection without the
 * writer's lock.
 */
import { stat } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { openPictureReader } from "../../picture/index.ts";
import { faultOf, listSegments, openSegment, type SegmentKind } from "../../segments/index.ts";
import { type Finding, findingsOf } from "../finding.ts";
import { recordSize } from "./check-record.ts";
import type { ExaminationContext } from "./context.ts";

const projection = findingsOf("projection");
const local = findingsOf("local");
const picture = findingsOf("picture");

export async function* checkDatabases(context: ExaminationContext): AsyncGenerator<Finding> {
  yield* checkLocal(context);
  yield* checkProjection(context);
  yield* checkOrder(context);
}

async function* checkLocal(context: ExaminationContext): AsyncGenerator<Finding> {
  const { local: file } = context.paths;
  if (!(await exists(file))) return yield local("notice", "local.missing");
  try {
    const values = look(file, (database) => ({
      values: Number(database.prepare("select count(*) as number from local").get()?.number ?? 0),
    }));
    yield local("good", "local.good", values);
  } catch (error) {
    yield local("wrong", "local.damaged", {}, faultOf(error, "local.db", file));
  }
}

async function* checkProjection(context: ExaminationContext): AsyncGenerator<Finding> {
  const { projection: file } = context.paths;
  if (!(await exists(file))) return yield projection("notice", "projection.missing");
  try {
    const meta = look(file, readMeta);
    const size = (await recordSize(context)) ?? 0;
    const pictureEnd = await lastSequence(context, "picture");
    const values = { index: meta.logIndex, size, position: meta.picturePosition, last: pictureEnd };
    const ahead = meta.logIndex >= size || meta.picturePosition > pictureEnd;
    const behind = meta.logIndex < size - 1 || meta.picturePosition < pictureEnd;
    if (ahead && !context.live) yield projection("wrong", "projection.ahead", values);
    else
      yield projection(
        behind && !context.live ? "notice" : "good",
        behind ? "projection.behind" : "projection.good",
        values,
      );
  } catch (error) {
    yield projection("wrong", "projection.damaged", {}, faultOf(error, "projection.db", file));
  }
}

/** The picture never speaks of journal records that do not exist. */
async function* checkOrder(context: ExaminationContext): AsyncGenerator<Finding> {
  const last = await lastSequence(context, "picture").catch(() => 0);
  const journalEnd = await lastSequence(context, "journal").catch(() => 0);
  if (last === 0 || context.live) return;
  for await (const line of openPictureReader(context.paths.picture).readFromPosition(last))
    if (line.journalSequence > journalEnd)
      yield picture("wrong", "picture.ahead", { sequence: line.journalSequence, last: journalEnd });
}

interface ProjectionMeta {
  readonly logIndex: number;
  readonly picturePosition: number;
}

function readMeta(database: DatabaseSync): ProjectionMeta {
  const rows = database.prepare("select name, value from meta").all() as { name: string; value: string }[];
  const values = new Map(rows.map((row) => [row.name, Number(row.value)]));
  return { logIndex: values.get("logIndex") ?? -1, picturePosition: values.get("picturePosition") ?? 0 };
}

function look<Value>(file: string, read: (database: DatabaseSync) => Value): Value {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const answer = String(Object.values(database.prepare("pragma quick_check(1)").get() ?? {})[0]);
    if (answer !== "ok") throw new Error(answer);
    return read(database);
  } finally {
    database.close();
  }
}

async function lastSequence(context: ExaminationContext, kind: SegmentKind): Promise<number> {
  const newest = (await listSegments(context.paths[kind], kind)).at(-1);
  if (newest === undefined) return 0;
  const segment = await openSegment(context.paths[kind], newest);
  await segment.close();
  return segment.blocks.at(-1)?.lastSequence ?? newest.firstSequence - 1;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
