/**
 * Removes recordings that the mission's rules keep no longer. The entry comes first, with the file's hash: should the machine
 * stop in between, the next call finds a file that the record says is gone, and takes it away.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  formatInstant,
  type Instant,
  MICROSECONDS_PER_DAY,
  MICROSECONDS_PER_HOUR,
  type RetentionRule,
} from "@openjmc/model";
import type { FolderPaths } from "../folder/index.ts";
import { openPictureReader } from "../picture/index.ts";
import { listSegments, parseSegmentFileName, type SegmentName } from "../segments/index.ts";
import type { RecordingsRemovedBody, RemovedRecordings } from "./removed.ts";

export interface Retention {
  readonly paths: FolderPaths;
  readonly rules: readonly RetentionRule[];
  readonly now: Instant;
  /** Last journal record that is sealed: nothing behind it is ever removed. */
  readonly sealedSequence: number;
  readonly removed: RemovedRecordings;
}

/** What the rules let go of now, oldest first. The newest segment of each kind always stays, as the next one is numbered by it. */
export async function dueForRemoval(retention: Retention): Promise<RecordingsRemovedBody[]> {
  const due: RecordingsRemovedBody[] = [];
  for (const rule of retention.rules) due.push(...(await dueUnder(rule, retention)));
  return due;
}

async function dueUnder(rule: RetentionRule, retention: Retention): Promise<RecordingsRemovedBody[]> {
  const folder = retention.paths[rule.what];
  const segments = await listSegments(folder, rule.what);
  const due: RecordingsRemovedBody[] = [];
  for (const [place, segment] of segments.slice(0, -1).entries()) {
    const until = segment.hour + MICROSECONDS_PER_HOUR;
    if (until > retention.now - rule.days * MICROSECONDS_PER_DAY) break;
    const span = await spanOf(rule.what, retention.paths, segment, segments[place + 1]!);
    if (span.lastSequence > retention.sealedSequence) break;
    const file = await fileOf(folder, segment);
    due.push({
      ...{ rule: rule.id, what: rule.what, from: formatInstant(segment.hour), until: formatInstant(until), ...span },
      ...{ file, sha256: await hashOf(join(folder, file)) },
    });
  }
  return due;
}

/** Journal records that a segment holds, or whose lines it holds. */
async function spanOf(what: RetentionRule["what"], paths: FolderPaths, segment: SegmentName, next: SegmentName) {
  const [first, last] = [segment.firstSequence, next.firstSequence - 1];
  if (what === "journal") return { firstSequence: first, lastSequence: last };
  const causes: number[] = [];
  const picture = openPictureReader(paths.picture);
  for (const position of [first, last])
    for await (const line of picture.readFromPosition(position, position)) causes.push(line.journalSequence);
  return { firstSequence: causes[0] ?? 0, lastSequence: causes[1] ?? causes[0] ?? 0 };
}

/** Takes a file away whose removal is in the record. */
export async function remove(paths: FolderPaths, body: RecordingsRemovedBody): Promise<void> {
  await rm(join(paths[body.what], body.file), { force: true });
}

async function fileOf(folder: string, segment: SegmentName): Promise<string> {
  const names = await readdir(folder);
  return names.find((name) => {
    const parsed = parseSegmentFileName(name);
    return parsed?.kind === segment.kind && parsed.firstSequence === segment.firstSequence;
  })!;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}
