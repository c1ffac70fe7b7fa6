/** Makes an archive of a release level from a centre's folder. All levels of one moment have one root. */
import { createReadStream, existsSync, readdirSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Mission } from "@openjmc/agreement";
import { FaultError, formatInstant, type Instant } from "@openjmc/model";
import {
  ARCHIVE,
  type ArchiveDescription,
  bytesToHex,
  formatTlogProof,
  inclusionProof,
  type ReleaseLevel,
  type ReplayState,
  unwrap,
} from "@openjmc/record";
import type { FolderPaths } from "../folder/index.ts";
import { nodePrimitives } from "../primitives.ts";
import { VERSION } from "../version.ts";
import { BagWriter } from "./bag-writer.ts";
import { type ContextSource, writeContext } from "./context-part.ts";
import { crateOf } from "./crate.ts";
import { openNote } from "./end-point.ts";
import { type LogPart, writeLog } from "./log-part.ts";
import { type RecordingsPart, type RecordingsSpan, writeRecordings } from "./recordings-part.ts";
import { EntryRelease, type LevelRule } from "./release-entry.ts";
import { writeSpec } from "./spec-part.ts";

export interface ArchiveRequest {
  readonly paths: FolderPaths;
  readonly mission: Mission;
  /** Signed note that the archive ends with. */
  readonly note: Uint8Array;
  /** Of the record as it was at the note's size. */
  readonly state: ReplayState;
  readonly level: ReleaseLevel;
  readonly party?: string;
  /** The centre's time, by which delays of release are judged. */
  readonly now: Instant;
  /** The file to write; must not exist. */
  readonly out: string;
  /** The single-file verifier, to be put in. */
  readonly verifier?: Uint8Array;
  /** Statements of which what was concealed is disclosed at this level, besides `full`, where all is. */
  readonly disclose?: readonly string[];
  /** See `ContextSource`. */
  readonly known?: ContextSource["known"];
  /** Attachments named by entries that are given go to a party too. */
  readonly withAttachments?: boolean;
  /** Of a full archive: from when to when recordings go in; none without it. */
  readonly recordings?: RecordingsSpan;
}

export interface MadeArchive {
  readonly description: ArchiveDescription;
  readonly files: number;
  readonly bytes: number;
  /** Of a full archive with recordings. */
  readonly recordings?: RecordingsPart;
}

/** Writes the file whole, or leaves nothing. Throws `file.exists` and what reading the folder throws. */
export async function makeArchive(request: ArchiveRequest): Promise<MadeArchive> {
  if (existsSync(request.out))
    throw new FaultError({
      code: "file.exists",
      what: "archive",
      where: { file: request.out },
      expected: "a new file",
    });
  const bag = await BagWriter.create(request.out, request.now);
  try {
    return await fill(bag, request);
  } catch (error) {
    await bag.abort();
    await rm(request.out, { force: true });
    throw error;
  }
}

async function fill(bag: BagWriter, request: ArchiveRequest): Promise<MadeArchive> {
  const { paths, mission, state, now } = request;
  const level: LevelRule = { level: request.level, rule: mission.view.release, now };
  const { checkpoint: head, key } = unwrap(openNote(paths, request.note, state));
  const log = await writeLog(bag, paths.record, { note: request.note, key }, state, new EntryRelease(level));
  const kept = await writeAttachments(bag, request, log);
  await writeKept(bag, paths.checkpoints, ARCHIVE.checkpoints, () => true);
  await writeKept(bag, paths.timestamps, ARCHIVE.timestamps, (name) => !isLater(name, head.size));
  await writeKept(bag, paths.disclosures, ARCHIVE.disclosures, (name) => isDisclosed(request, log, name));
  await writeReceipts(bag, request, log);
  await writeContext(bag, { paths, mission, log, level, ...(request.known ? { known: request.known } : {}) });
  await writeSpec(bag);
  const recordings =
    request.level === "full" && request.recordings
      ? await writeRecordings(bag, paths, mission, log, request.recordings)
      : undefined;
  if (request.verifier) await bag.add(ARCHIVE.page, request.verifier);
  const description: ArchiveDescription = {
    ...{ format: "openjmc-archive", version: 1, level: request.level },
    ...(request.party === undefined ? {} : { party: request.party }),
    ...{ origin: head.origin, size: head.size, root: bytesToHex(head.root) },
    exercise: state.founding?.exercise === true,
    madeAt: formatInstant(now),
    software: VERSION,
    withheldEntries: log.withheld,
    withheldAttachments: kept.withheld,
    cosigners: head.cosignatures.map(({ key }) => key.name),
  };
  await bag.addJson(ARCHIVE.description, description);
  const name = mission.view.names.en ?? mission.view.id;
  await bag.addJson("data/ro-crate-metadata.json", crateOf(description, name, bag.lengths));
  await bag.finish({
    "Source-Organization": name,
    "Bagging-Date": description.madeAt.slice(0, 10),
    "External-Identifier": `${head.origin} ${head.size}`,
    "External-Description": `${description.exercise ? "EXERCISE. " : ""}Record of a joint monitoring centre, release level ${request.level}`,
  });
  const bytes = [...bag.lengths.values()].reduce((sum, length) => sum + length, 0);
  return { description, files: bag.lengths.size, bytes, ...(recordings ? { recordings } : {}) };
}

/** Requests and tokens over more than the archive holds would prove nothing in it; what names no size is always there. */
function isLater(name: string, size: number): boolean {
  return Number(/^(\d+)-/.exec(name)?.[1] ?? 0) > size;
}

/** All of them for the components; for a party, on demand, those that entries given to it name, never a room's ciphertext. */
async function writeAttachments(
  bag: BagWriter,
  { paths, level, withAttachments }: ArchiveRequest,
  { given }: LogPart,
): Promise<{ readonly withheld: number }> {
  const ciphertexts = new Set(given.map(({ leaf }) => leaf.statement.body.ciphertext));
  const named = given.flatMap(({ leaf }) => leaf.statement.refs.filter((ref) => ref.rel === "attachment"));
  const wanted = new Set(named.map((ref) => ref.sha256));
  for (const one of ciphertexts) if (typeof one === "string") wanted.add(one);
  let withheld = 0;
  for (const name of [...wanted].sort()) {
    const path = attachmentPath(paths.attachments, name);
    const isGiven = level === "full" || (level === "party" && withAttachments === true && !ciphertexts.has(name));
    if (isGiven && existsSync(path)) await bag.add(`${ARCHIVE.attachments}${name}`, createReadStream(path));
    else withheld += 1;
  }
  return { withheld };
}

function isDisclosed({ level, disclose }: ArchiveRequest, { given }: LogPart, name: string): boolean {
  const statement = name.replace(/\.json$/, "");
  const isHere = given.some(({ leaf }) => leaf.statementId === statement);
  return isHere && (level === "full" || disclose?.includes(statement) === true);
}

/** Files of a folder that may not be there. */
async function writeKept(
  bag: BagWriter,
  folder: string,
  into: string,
  isWanted: (name: string) => boolean,
): Promise<void> {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  for (const name of names.filter(isWanted)) await bag.add(`${into}${name}`, await readFile(join(folder, name)));
}

/** A receipt for each signature under what needs both components: each stands on its own, without the archive. */
async function writeReceipts(bag: BagWriter, { state, note }: ArchiveRequest, { given }: LogPart): Promise<void> {
  const { size } = state.history;
  const isSigned = new Set([...state.acts.values()].flatMap((act) => act.signatures.map(({ index }) => index)));
  for (const { index } of given.filter((entry) => isSigned.has(entry.index))) {
    const path = inclusionProof(nodePrimitives.sha256, state.history.node, index, size);
    await bag.add(`${ARCHIVE.proofs}${index}.tlog-proof`, formatTlogProof({ index, path, checkpoint: note }));
  }
}

function attachmentPath(folder: string, name: string): string {
  return join(folder, name.slice(0, 2), name);
}
