/** Verifying an archive from its files alone: the bag, the record in it, and everything that hangs on the record's hashes. */
import { bytesEqual, utf8ToText } from "../bytes/bytes.ts";
import { bytesToHex, isSha256Hex } from "../bytes/hex.ts";
import { bad, type Fault, type Result } from "../fault.ts";
import { verifyInclusion } from "../merkle/verify.ts";
import { openCheckpoint } from "../note/checkpoint.ts";
import { evaluatePolicy } from "../policy/evaluate.ts";
import { parsePolicy } from "../policy/parse.ts";
import { settle } from "../primitives.ts";
import { parseTlogProof } from "../proof/tlog-proof.ts";
import { reveal } from "../redact/redact.ts";
import { type Certificate, readCertificates } from "../timestamp/certificate.ts";
import { stampedHash } from "../timestamp/request.ts";
import { readTimestampResponse, type TimestampToken } from "../timestamp/token.ts";
import { finding, type RecordFinding } from "../verify/finding.ts";
import { openSeen, signingLogKey } from "../verify/log-key.ts";
import { CHECKPOINT_FILE, type RecordReader } from "../verify/reader.ts";
import { type RecordVerification, type VerifyOptions, verifyRecord } from "../verify/record.ts";
import { type BagHash, checkBag, digestOf } from "./check.ts";
import { ARCHIVE, type ArchiveDescription, readDescription } from "./layout.ts";
import { judgePage, type PageVerdict } from "./page.ts";
import { checkRecording } from "./recordings.ts";

export interface ArchiveOptions extends VerifyOptions {
  readonly hash: BagHash;
  /** Verifies a token's signature and its authority's certificate; undefined where that cannot be done here. */
  readonly checkToken?: (token: TimestampToken, authority: string) => Promise<Fault | undefined>;
  /** Whether the certificates that tokens are held against are those that the archive brings. */
  readonly trustsOwnCertificates?: boolean;
}

export interface StampedPoint {
  readonly size: number;
  readonly authority: string;
  /** When the authority says it was, microseconds since 1970. */
  readonly time: number;
  /** Whether the authority's signature was verified too. */
  readonly signed: boolean;
}

export interface ArchiveVerification extends RecordVerification {
  readonly description?: ArchiveDescription;
  readonly files: number;
  readonly attachments: number;
  readonly stamps: readonly StampedPoint[];
  /** The stamps lead to certificates that came with the archive, and nobody has said that these are the authorities'. */
  readonly trustsOwnCertificates: boolean;
  /** Statements of which something concealed is disclosed here. */
  readonly disclosed: number;
  readonly receipts: number;
  /** Sealed minutes of which recordings are here. */
  readonly recordings: number;
  /** Of the page for verifying that it brings, where the record names one. */
  readonly page?: PageVerdict;
}

/** Never throws on what it reads. Findings: those of `checkBag` and `verifyRecord`, `archive.*`, `attachment.*`, `receipt.*`, … */
export async function verifyArchive(reader: RecordReader, options: ArchiveOptions): Promise<ArchiveVerification> {
  const paths = [...((await reader.list()) ?? [])];
  const bag = await checkBag(reader, options.hash);
  const description = await describe(reader);
  const seen = await readAll(reader, paths, ARCHIVE.checkpoints);
  const log = await verifyRecord(below(reader, ARCHIVE.log, paths), {
    ...options,
    story: options.story ?? "short",
    sha512: (bytes) => options.hash("sha512", bytes),
    attachment: (name) => reader.read(`${ARCHIVE.attachments}${name}`),
    seen: [...(options.seen ?? []), ...seen.values()],
  });
  const parts = new Parts(reader, paths, options, log);
  const findings = [
    ...bag,
    ...(description.ok
      ? compareDescription(description.value, log)
      : [finding("archive.description", {}, description.fault)]),
    ...log.findings,
    ...(await parts.policy()),
    ...(await parts.attachments(description.ok ? description.value : undefined)),
    ...(await parts.disclosures()),
    ...(await parts.receipts()),
    ...(await parts.timestamps()),
    ...(await parts.recordings()),
  ];
  const pageBytes = await reader.read(ARCHIVE.page);
  const page = judgePage(pageBytes && bytesToHex(options.sha256(pageBytes)), log.story);
  const { attachments, disclosed, receipts, recordings, stamps } = parts.counts;
  return {
    ...log,
    ...(description.ok ? { description: description.value } : {}),
    ...{ holds: findings.length === 0, findings, files: paths.length },
    ...{ attachments, disclosed, receipts, recordings, stamps },
    ...(page ? { page } : {}),
    trustsOwnCertificates: options.trustsOwnCertificates === true,
  };
}

/** The certificates that an archive brings for an authority. Errors: `timestamp.chain` where there are none to be read. */
export async function readAuthority(reader: RecordReader, authority: string): Promise<Result<Certificate[]>> {
  const bytes = (await reader.read(`${ARCHIVE.timestamps}${authority}.pem`)) ?? new Uint8Array(0);
  const pem = utf8ToText(bytes);
  const read = pem.ok ? readCertificates(pem.value) : pem;
  if (read.ok) return read;
  return bad({
    code: "timestamp.chain",
    what: "time stamp",
    where: { file: `${authority}.pem` },
    cause: read.fault.code,
  });
}

/** A reader of what lies below a folder of another. */
export function below(reader: RecordReader, folder: string, paths?: readonly string[]): RecordReader {
  const inside = (all: Iterable<string>) =>
    [...all].filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
  return {
    read: (path) => reader.read(`${folder}${path}`),
    list: async () => {
      const all = paths ?? (await reader.list());
      return all && inside(all);
    },
  };
}

async function describe(reader: RecordReader): Promise<Result<ArchiveDescription>> {
  const bytes = await reader.read(ARCHIVE.description);
  if (bytes) return readDescription(bytes);
  const where = { file: ARCHIVE.description };
  return { ok: false, fault: { code: "file.missing", what: "archive", where, expected: "a file" } };
}

async function readAll(
  reader: RecordReader,
  paths: readonly string[],
  folder: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const path of paths.filter((one) => one.startsWith(folder))) {
    const bytes = await reader.read(path);
    if (bytes) found.set(path.slice(folder.length), bytes);
  }
  return found;
}

/** Findings: `archive.differs` with what it says and what is. */
function compareDescription(
  says: ArchiveDescription,
  { checkpoint, story, state }: RecordVerification,
): RecordFinding[] {
  if (!checkpoint) return [];
  const pairs: [string, string | number | boolean, string | number | boolean][] = [
    ["origin", says.origin, checkpoint.origin],
    ["size", says.size, checkpoint.size],
    ["root", says.root, bytesToHex(checkpoint.root)],
    ["withheldEntries", says.withheldEntries, story?.withheld ?? says.withheldEntries],
    ["exercise", says.exercise, state?.founding?.exercise ?? says.exercise],
  ];
  const present = checkpoint.cosignatures.map(({ key }) => key.name);
  const dropped = says.cosigners.filter((name) => !present.includes(name));
  return [
    ...pairs
      .filter(([, said, is]) => said !== is)
      .map(([field, said, is]) => finding("archive.differs", { field, said: String(said), is: String(is) })),
    ...dropped.map((name) => finding("cosignature.dropped", { name })),
  ];
}

class Parts {
  readonly #reader: RecordReader;
  readonly #paths: readonly string[];
  readonly #options: ArchiveOptions;
  readonly #log: RecordVerification;
  readonly counts = { attachments: 0, disclosed: 0, receipts: 0, recordings: 0, stamps: [] as StampedPoint[] };

  constructor(reader: RecordReader, paths: readonly string[], options: ArchiveOptions, log: RecordVerification) {
    this.#reader = reader;
    this.#paths = paths;
    this.#options = options;
    this.#log = log;
  }

  /** Findings: `policy.malformed`, `policy.unsatisfied`. */
  async policy(): Promise<RecordFinding[]> {
    const bytes = await this.#reader.read(ARCHIVE.policy);
    const { checkpoint, state } = this.#log;
    const agreed = state?.cosigners?.text;
    if (!checkpoint || (!bytes && agreed === undefined)) return [];
    const text = bytes ? utf8ToText(bytes) : { ok: true as const, value: agreed! };
    const policy = text.ok ? parsePolicy(this.#options.sha256, agreed ?? text.value) : text;
    if (!policy.ok) return [finding("policy.malformed", {}, policy.fault)];
    // Opened again with the keys that the policy names, whatever keys lie beside the log.
    const keys = policy.value.witnesses.map((witness) => witness.key);
    const note = (await this.#reader.read(`${ARCHIVE.log}${CHECKPOINT_FILE}`)) ?? new Uint8Array(0);
    const opened = await settle(this.#options.sha256, this.#options.verifyMany, (primitives) =>
      openCheckpoint(primitives, note, signingLogKey(checkpoint), keys),
    );
    if (!opened.ok) return [finding("checkpoint.refused", {}, opened.fault)];
    const { satisfied, absent } = evaluatePolicy(policy.value, opened.value);
    return satisfied ? [] : [finding("policy.unsatisfied", { size: checkpoint.size, absent: absent.join(", ") })];
  }

  /** Findings: `attachment.name`, `attachment.swapped`, `ciphertext.swapped`, `attachment.unmentioned`, `attachment.missing`. */
  async attachments(says: ArchiveDescription | undefined): Promise<RecordFinding[]> {
    const findings: RecordFinding[] = [];
    const { story } = this.#log;
    const present = new Set<string>();
    for (const path of this.#below(ARCHIVE.attachments)) {
      const name = path.slice(ARCHIVE.attachments.length);
      present.add(name);
      if (!isSha256Hex(name)) findings.push(finding("attachment.name", { path }));
      else if ((await digestOf(this.#reader, this.#options.hash, "sha256", path)) !== name)
        findings.push(finding(story?.ciphertexts.has(name) ? "ciphertext.swapped" : "attachment.swapped", { name }));
      else if (story && !story.mentioned.has(name)) findings.push(finding("attachment.unmentioned", { name }));
      else this.counts.attachments += 1;
    }
    const lacking = [...(story?.files ?? [])].filter((name) => !present.has(name));
    if (says?.level === "full" && lacking.length > says.withheldAttachments)
      findings.push(...lacking.map((name) => finding("attachment.missing", { name })));
    return findings;
  }

  /** Findings: `disclosure.unknown` (no such statement here), `disclosure.refused`. */
  async disclosures(): Promise<RecordFinding[]> {
    const findings: RecordFinding[] = [];
    for (const path of this.#below(ARCHIVE.disclosures)) {
      const statement = path.slice(ARCHIVE.disclosures.length).replace(/\.json$/, "");
      const concealed = this.#log.story?.concealed.get(statement);
      if (!concealed) {
        findings.push(finding("disclosure.unknown", { statement }));
        continue;
      }
      const texts = readTexts(await this.#reader.read(path));
      const revealed = texts && reveal(this.#options.sha256, concealed.body, texts);
      if (revealed?.ok) this.counts.disclosed += 1;
      else findings.push(finding("disclosure.refused", { statement, index: concealed.index }, revealed?.fault));
    }
    return findings;
  }

  /** Findings: `receipt.refused`. */
  async receipts(): Promise<RecordFinding[]> {
    const findings: RecordFinding[] = [];
    for (const path of this.#below(ARCHIVE.proofs)) {
      const bytes = await this.#reader.read(path);
      const fault = bytes && (await this.#checkReceipt(path, bytes));
      if (fault === undefined) this.counts.receipts += 1;
      else findings.push(finding("receipt.refused", { path }, fault as Fault));
    }
    return findings;
  }

  async #checkReceipt(path: string, bytes: Uint8Array): Promise<Fault | undefined> {
    const { checkpoint, state } = this.#log;
    const proof = parseTlogProof(bytes);
    if (!proof.ok) return proof.fault;
    const { index } = proof.value;
    if (!checkpoint || !state || index >= state.history.size || !path.endsWith(`/${index}.tlog-proof`)) {
      return { code: "proof.malformed", what: "receipt", expected: "a receipt of an entry of this log", got: path };
    }
    const signed = await openSeen(this.#options, state, signingLogKey(checkpoint), proof.value.checkpoint);
    if (!signed.ok) return signed.fault;
    const { size, root } = signed.value;
    const claim = { index, size, root, proof: proof.value.path, leafHash: state.history.node(0, index) };
    const included = verifyInclusion(this.#options.sha256, claim);
    return included.ok ? undefined : included.fault;
  }

  /** Findings: `timestamp.refused`, `timestamp.differs`, `timestamp.untrusted`. */
  async timestamps(): Promise<RecordFinding[]> {
    const findings: RecordFinding[] = [];
    for (const path of this.#below(ARCHIVE.timestamps).filter((one) => one.endsWith(".tsr"))) {
      const name = path.slice(ARCHIVE.timestamps.length);
      const problem = await this.#checkStamp(name, await this.#reader.read(path));
      if (problem) findings.push(problem);
    }
    return findings;
  }

  async #checkStamp(name: string, bytes: Uint8Array | undefined): Promise<RecordFinding | undefined> {
    const { checkpoint, state } = this.#log;
    const match = /^(\d+)-([A-Za-z0-9_.-]+)\.tsr$/.exec(name);
    const [, sizeText = "", authority = ""] = match ?? [];
    const size = Number(sizeText);
    const token = readTimestampResponse(bytes ?? new Uint8Array(0));
    if (!match || !token.ok) return finding("timestamp.refused", { name }, token.ok ? undefined : token.fault);
    const root = state?.history.rootAt(size);
    const wanted = root && stampedHash(this.#options.sha256, { origin: checkpoint!.origin, size, root });
    if (!wanted || !bytesEqual(wanted, token.value.imprint)) return finding("timestamp.differs", { name, size });
    const fault = await this.#options.checkToken?.(token.value, authority);
    if (fault) return finding("timestamp.untrusted", { name, size, authority }, fault);
    this.counts.stamps.push({
      size,
      authority,
      time: token.value.time,
      signed: this.#options.checkToken !== undefined,
    });
    return undefined;
  }

  /** Findings: those of `checkRecording`. */
  async recordings(): Promise<RecordFinding[]> {
    const findings: RecordFinding[] = [];
    const { state } = this.#log;
    for (const path of this.#below(ARCHIVE.recordings)) {
      const { hash, sha256 } = this.#options;
      const context = state && { reader: this.#reader, hash, sha256, history: state.history };
      const problem = context ? await checkRecording(context, path) : finding("recording.name", { path });
      if (problem) findings.push(problem);
      else this.counts.recordings += 1;
    }
    return findings;
  }

  #below(folder: string): readonly string[] {
    return this.#paths.filter((path) => path.startsWith(folder)).sort();
  }
}

function readTexts(bytes: Uint8Array | undefined): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(value) && value.every((text) => typeof text === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}
