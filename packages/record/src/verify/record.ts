/** Verifying a whole record: checkpoint, entries, tiles, and the statements replayed. Needs nothing but the files. */
import { bytesEqual, utf8ToText } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import { type OpenedCheckpoint, openCheckpoint } from "../note/checkpoint.ts";
import { type NoteKey, parseVkey, parseVkeys } from "../note/vkey.ts";
import { type Primitives, settle, type VerifyMany } from "../primitives.ts";
import type { ReplayState } from "../replay/state.ts";
import { finding, type RecordFinding } from "./finding.ts";
import { sortListing, UNLISTED } from "./listing.ts";
import { checkLogKey, openSeen, signingLogKey } from "./log-key.ts";
import { type OpeningMeans, type Openings, openDisclosed } from "./openings.ts";
import { CHECKPOINT_FILE, COSIGNER_KEYS_FILE, LOG_KEY_FILE, type RecordReader } from "./reader.ts";
import { checkReseals, type Reseals, type Sha512 } from "./reseal.ts";
import type { Story } from "./story.ts";
import { type WalkOutcome, walkEntries } from "./walk.ts";

export interface VerifyOptions extends OpeningMeans {
  readonly sha256: Primitives["sha256"];
  /** Checks signatures, on several cores where it can. */
  readonly verifyMany: VerifyMany;
  /** The log's key, if known from elsewhere; else the record's own `log.vkey` is taken. */
  readonly logKey?: NoteKey;
  /** Checkpoints of this log seen elsewhere (signed notes): each must be of the same history. */
  readonly seen?: readonly Uint8Array[];
  /** False for logs that hold other things than statements: only hashes are checked. */
  readonly statements?: boolean;
  /** What the record tells is gathered too; `entries`: with a verdict on each of them. */
  readonly story?: "short" | "entries";
  /** For entries that seal the record once more; without it they are counted and not checked. */
  readonly sha512?: Sha512;
  /** Told now and then how many entries are done. */
  readonly onProgress?: (entries: number, size: number) => void;
}

export interface RecordVerification {
  /** Whether everything that was checked holds. */
  readonly holds: boolean;
  readonly findings: readonly RecordFinding[];
  readonly checkpoint?: OpenedCheckpoint;
  /** What the statements establish; undefined where they could not be read or were not asked for. */
  readonly state?: ReplayState;
  /** What it tells, where that was asked for. */
  readonly story?: Story;
  /** What it discloses of private rooms, where the story was asked for. */
  readonly openings?: Openings;
  /** What it has sealed once more with another hash, where the story was asked for. */
  readonly reseals?: Reseals;
}

/** Never throws on what it reads; what is wrong is a finding. */
export async function verifyRecord(reader: RecordReader, options: VerifyOptions): Promise<RecordVerification> {
  const opened = await openRecord(reader, options);
  if (!opened.ok) return { holds: false, findings: [finding("checkpoint.refused", {}, opened.fault)] };
  const checkpoint = opened.value;
  const paths = await reader.list();
  const listing = paths === undefined ? UNLISTED : sortListing(paths, checkpoint.size);
  const walked = await walkEntries({ reader, listing, size: checkpoint.size }, options);
  const openings = await openingsOf(walked, options);
  const reseals = walked.broken
    ? undefined
    : walked.story &&
      (await checkReseals(
        { reader, listing, size: checkpoint.size },
        checkpoint.origin,
        walked.story.resealed,
        options.sha512,
      ));
  const findings = [
    ...listing.findings,
    ...walked.findings,
    ...(await compareRoots(walked, checkpoint, options)),
    ...(openings?.findings ?? []),
    ...(reseals?.findings ?? []),
  ];
  const state = options.statements === false || walked.broken ? {} : { state: walked.state };
  const story = walked.story ? { story: walked.story } : {};
  const more = { ...(openings ? { openings } : {}), ...(reseals ? { reseals } : {}) };
  return { holds: findings.length === 0, findings, checkpoint, ...state, ...story, ...more };
}

async function openingsOf(
  { story, broken, state }: WalkOutcome,
  options: VerifyOptions,
): Promise<Openings | undefined> {
  return story && !broken && options.statements !== false ? openDisclosed(story, state, options) : undefined;
}

async function openRecord(reader: RecordReader, options: VerifyOptions): Promise<Result<OpenedCheckpoint>> {
  const [note, logText, cosignerText] = await Promise.all([
    reader.read(CHECKPOINT_FILE),
    reader.read(LOG_KEY_FILE),
    reader.read(COSIGNER_KEYS_FILE),
  ]);
  return settle(options.sha256, options.verifyMany, (primitives) =>
    attempt(() => {
      if (!note) return missing(CHECKPOINT_FILE);
      const logKey = options.logKey ?? readLogKey(options.sha256, logText ?? missing(LOG_KEY_FILE));
      const text = unwrap(utf8ToText(cosignerText ?? new Uint8Array(0)));
      return unwrap(openCheckpoint(primitives, note, logKey, unwrap(parseVkeys(options.sha256, text))));
    }),
  );
}

function readLogKey(sha256: Primitives["sha256"], bytes: Uint8Array): NoteKey {
  return unwrap(parseVkey(sha256, unwrap(utf8ToText(bytes)).replace(/\n$/, "")));
}

async function compareRoots(
  walked: WalkOutcome,
  checkpoint: OpenedCheckpoint,
  options: VerifyOptions,
): Promise<RecordFinding[]> {
  if (walked.broken) return [];
  const findings: RecordFinding[] = [];
  const root = walked.state.history.root();
  if (!bytesEqual(root, checkpoint.root)) {
    findings.push(finding("root.differs", { signed: bytesToHex(checkpoint.root), computed: bytesToHex(root) }));
  }
  findings.push(...checkLogKey(walked.state, checkpoint));
  for (const note of options.seen ?? []) findings.push(...(await compareSeen(walked, checkpoint, note, options)));
  return findings;
}

/** Findings: `seen.refused`, `log-key.not-in-force`, `history.longer-elsewhere`, `history.split-view`. */
async function compareSeen(
  walked: WalkOutcome,
  checkpoint: OpenedCheckpoint,
  note: Uint8Array,
  options: VerifyOptions,
): Promise<RecordFinding[]> {
  const seen = await openSeen(options, walked.state, signingLogKey(checkpoint), note);
  if (!seen.ok) return [finding("seen.refused", {}, seen.fault)];
  const outOfForce = checkLogKey(walked.state, seen.value);
  if (outOfForce.length > 0) return outOfForce;
  const { size, root } = seen.value;
  const own = walked.state.history.rootAt(size);
  if (!own) return [finding("history.longer-elsewhere", { size: checkpoint.size, elsewhere: size })];
  return bytesEqual(own, root) ? [] : [finding("history.split-view", { size, elsewhere: bytesToHex(root) })];
}

function missing(path: string): never {
  return refuse("file.missing", "record", { where: { file: path }, expected: "a file" });
}
