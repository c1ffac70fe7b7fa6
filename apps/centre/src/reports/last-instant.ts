/** The present of a folder whose centre goes by a scenario's time: the latest instant that anything in it knows of. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "@openjmc/model";
import type { FolderPaths } from "../folder/index.ts";
import { listSegments, openSegment } from "../segments/index.ts";

/**
 * The latest of when entries were recorded, of the last journal record and picture line, and of the exercise's kept clock; at
 * least `startsAt`. Only reads, beside a centre that runs as well. Throws `segment.damaged`.
 */
export async function lastInstantOf(paths: FolderPaths, startsAt: Instant): Promise<Instant> {
  return Math.max(
    startsAt,
    lastRecordedAt(paths.recordedAt),
    keptClock(paths.exercise),
    await lastOf(paths.journal, "journal"),
    await lastOf(paths.picture, "picture"),
  );
}

const NEVER = 0;

/** Eight bytes per entry; entries that no running centre took in have none. */
function lastRecordedAt(path: string): Instant {
  if (!existsSync(path)) return NEVER;
  const bytes = readFileSync(path);
  let last = NEVER;
  for (let offset = 0; offset + 8 <= bytes.length; offset += 8) last = Math.max(last, bytes.readDoubleLE(offset));
  return last;
}

function keptClock(exerciseFolder: string): Instant {
  const path = join(exerciseFolder, "clock.json");
  if (!existsSync(path)) return NEVER;
  try {
    const { instant } = JSON.parse(readFileSync(path, "utf8")) as { instant: unknown };
    return typeof instant === "number" ? instant : NEVER;
  } catch {
    // Caught while it is written anew: the record and the journal know the time too.
    return NEVER;
  }
}

/** Latest time in the last block of a folder of segments. */
async function lastOf(directory: string, kind: "journal" | "picture"): Promise<Instant> {
  for (const name of (await listSegments(directory, kind)).reverse()) {
    const segment = await openSegment(directory, name);
    try {
      const block = segment.blocks.at(-1);
      if (block) return block.latest;
    } finally {
      await segment.close();
    }
  }
  return NEVER;
}
