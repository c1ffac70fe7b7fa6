/**
 * Recordings in an archive for the two components: of each sealed minute what the markings let both of them have. What does not
 * fit its seal stays out, so that an archive never says more than its record; `jmc doctor --deep` tells what it is.
 */
import { createHash } from "node:crypto";
import type { Mission } from "@openjmc/agreement";
import { type Instant, parseInstant, type RecordingsSealedBody } from "@openjmc/model";
import { encodeRecorded, type RecordedBody, recordingPath } from "@openjmc/record";
import type { FolderPaths } from "../folder/index.ts";
import { type JournalReader, openJournalReader } from "../journal/index.ts";
import { linksFor } from "../nodes/recordings-rule.ts";
import type { BagWriter } from "./bag-writer.ts";
import type { LogPart } from "./log-part.ts";

/** From when to when recordings are wanted; `from` is inclusive, `until` is not. */
export interface RecordingsSpan {
  readonly from?: Instant;
  readonly until?: Instant;
}

export interface RecordingsPart {
  /** Sealed minutes of which something went in. */
  readonly minutes: number;
  /** Links of minutes that do not fit their seal, or are no longer in the journal as a whole. */
  readonly differing: number;
}

export async function writeRecordings(
  bag: BagWriter,
  paths: FolderPaths,
  mission: Mission,
  { given }: LogPart,
  span: RecordingsSpan,
): Promise<RecordingsPart> {
  const links = linksForAll(mission);
  const journal = openJournalReader(paths.journal);
  let [minutes, differing] = [0, 0];
  for (const { index, leaf } of given) {
    if (leaf.statement.kind !== "recordings.sealed") continue;
    const seal = leaf.statement.body as unknown as RecordingsSealedBody;
    if (!isWithin(seal, span)) continue;
    const minute = await sealedFrames(journal, seal, links);
    differing += minute.differing;
    if (minute.frames.length === 0) continue;
    await bag.add(recordingPath(index), minute.frames.map(encodeRecorded));
    minutes += 1;
  }
  return { minutes, differing };
}

/** What every component may have: an archive is for both of them. */
function linksForAll({ view }: Mission): ReadonlySet<string> {
  const [first, ...others] = view.components.map(({ code }) => linksFor(code, view.sources));
  return new Set([...(first ?? [])].filter((link) => others.every((links) => links.has(link))));
}

function isWithin({ from, until }: RecordingsSealedBody, span: RecordingsSpan): boolean {
  const [begins, ends] = [parseInstant(from), parseInstant(until)];
  if (!begins.ok || !ends.ok) return false;
  return (
    ends.value > (span.from ?? Number.NEGATIVE_INFINITY) && begins.value < (span.until ?? Number.POSITIVE_INFINITY)
  );
}

/** Frames of the links whose bytes are those of the seal, in the journal's order. */
async function sealedFrames(
  journal: JournalReader,
  { firstSequence, lastSequence, segments }: RecordingsSealedBody,
  links: ReadonlySet<string>,
): Promise<{ readonly frames: readonly RecordedBody[]; readonly differing: number }> {
  const frames: RecordedBody[] = [];
  const hashes = new Map(segments.map(({ source }) => [source, createHash("sha256")]));
  for await (const recorded of journal.bodies(firstSequence, lastSequence)) {
    if (!links.has(recorded.link)) continue;
    hashes.get(recorded.link)?.update(recorded.body);
    frames.push(recorded);
  }
  const fitting = new Set(
    segments
      .filter(({ source, sha256 }) => links.has(source) && hashes.get(source)!.digest("hex") === sha256)
      .map(({ source }) => source),
  );
  const wanted = segments.filter(({ source }) => links.has(source)).length;
  // A minute whose segment was removed under a rule is no difference: an entry of its own says so.
  const differing = frames.length === 0 ? 0 : wanted - fitting.size;
  return { frames: frames.filter(({ link }) => fitting.has(link)), differing };
}
