/**
 * The record's arithmetic and its verification: a million leaves into tiles with roots and consistency proofs, and how that
 * grows to ten million; a signed log in a folder verified as `jmc verify` does it, beside the raw rate at which node:crypto
 * verifies the very same signatures in the same run. Both are measured by the clock, which a shared machine speaks in, and by
 * processor time of all threads, in which it does less: there the ratio to one core's raw rate is that of all cores to all.
 * The wanted ratio is 0.8, and the margin is thin: where nothing disturbs them, an entry's other checks take about 16 microseconds, a
 * signature 74. Beside other work the clock's figure falls first, as replaying and verifying then wait for each other.
 */
import { verify } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  admit,
  bytesToHex,
  consistencyProof,
  EMPTY_LOG,
  planAppend,
  readLeaf,
  TreeHistory,
  trusting,
  unwrap,
  verifyConsistency,
  verifyRecord,
} from "@openjmc/record";
import { nodeVerification } from "../apps/centre/src/archive/verification.ts";
import { openSource } from "../apps/centre/src/archive/verify-source.ts";
import { nodePrimitives, publicKeyOf } from "../apps/centre/src/primitives.ts";
import { type Files, recordOf } from "../packages/record/src/testing/memory-record.ts";
import { scenario } from "../packages/record/src/testing/scenario.ts";

const GROWTH = [1_000_000, 3_000_000, 10_000_000];
const SIGNED = 60_000;
/** As a centre does it, statements are anchored to a point that was cosigned a moment ago. */
const ENTRIES_BETWEEN_ANCHORS = 64;
const PROOFS = 1_000;
const ROUNDS = 3;
const { sha256 } = nodePrimitives;

interface Spent {
  readonly seconds: number;
  /** Of all threads. */
  readonly processorSeconds: number;
}

async function spend(work: () => unknown): Promise<Spent> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6 };
}

/** Leaves of the length of a small statement, made as they are needed. */
function* leaves(count: number): Generator<Uint8Array> {
  const bytes = new Uint8Array(700);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < count; index++) {
    view.setUint32(0, index);
    yield bytes.slice();
  }
}

/** Tiles of all leaves, and consistency proofs from sizes spread over the log, made and checked. */
function arithmetic(count: number): { readonly tiles: number } {
  const history = new TreeHistory(sha256);
  let edge = EMPTY_LOG;
  let tiles = 0;
  let batch: Uint8Array[] = [];
  const write = (): void => {
    const plan = unwrap(planAppend(sha256, edge, batch, (hash) => history.append(hash)));
    edge = plan.edge;
    tiles += plan.files.length;
    batch = [];
  };
  for (const leaf of leaves(count)) {
    batch.push(leaf);
    if (batch.length === 4096) write();
  }
  if (batch.length > 0) write();
  const newRoot = history.root();
  for (let step = 1; step <= PROOFS; step++) {
    const size = Math.ceil((count * step) / (PROOFS + 1));
    const proof = consistencyProof(sha256, history.node, size, count);
    unwrap(
      verifyConsistency(sha256, { oldSize: size, oldRoot: history.rootAt(size)!, newSize: count, newRoot, proof }),
    );
  }
  return { tiles };
}

async function growth() {
  const rows = [];
  for (const count of GROWTH) {
    let tiles = 0;
    const spent = await spend(() => {
      tiles = arithmetic(count).tiles;
    });
    rows.push({
      ...{ leaves: count, tiles, seconds: round(spent.seconds, 2), processorSeconds: round(spent.processorSeconds, 2) },
      processorMicrosecondsEach: round((spent.processorSeconds / count) * 1e6, 2),
      residentMegabytes: Math.round(process.memoryUsage().rss / 2 ** 20),
    });
  }
  return rows;
}

async function signedLog(count: number): Promise<readonly Uint8Array[]> {
  const log = await scenario();
  const sure = trusting(nodePrimitives);
  const body = {
    rule: "K1",
    severity: "warning",
    subjectKind: "event",
    probabilityPerMille: 950,
    outline: { code: "event", zone: "z" },
  };
  const made = log.leaves.slice();
  let anchor = { size: 0, root: "" };
  for (let index = 0; index < count; index++) {
    const { history } = log.state;
    if (index % ENTRIES_BETWEEN_ANCHORS === 0) anchor = { size: history.size, root: bytesToHex(history.root()) };
    const leaf = await log.sign(log.machine, { kind: "alert.raised", subject: `alert-${index}`, body, anchor });
    unwrap(admit(sure, log.state, leaf));
    made.push(leaf);
  }
  return made;
}

function toFolder(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "openjmc-bench-"));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

/** The log's own signatures, one after the other on one core, and nothing else. */
function rawVerification(made: readonly Uint8Array[], machine: Uint8Array): () => void {
  const key = publicKeyOf({ algorithm: "ed25519", publicKey: machine })!;
  const questions = made.slice(-SIGNED).map((leaf) => unwrap(readLeaf(sha256, leaf)));
  return () => {
    for (const { signed, envelope } of questions)
      if (!verify(null, signed, key, envelope.signature)) throw new Error("a signature does not hold");
  };
}

async function verifyFolder(folder: string): Promise<void> {
  const { reader } = await openSource(folder);
  const result = await verifyRecord(reader, { ...nodeVerification(), story: "short" });
  if (!result.holds) throw new Error(JSON.stringify(result.findings[0]));
}

/** Rounds of raw verification and whole verification in turn, so that both meet the same machine. */
async function signed() {
  const made = await signedLog(SIGNED);
  const folder = toFolder(await recordOf(made));
  const raw = rawVerification(made, (await scenario()).machine.publicKey);
  const rounds = [];
  try {
    await verifyFolder(folder);
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({ raw: await spend(raw), whole: await spend(() => verifyFolder(folder)) });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rounds;
}

export async function run() {
  const rounds = await signed();
  const rows = await growth();
  const cores = availableParallelism();
  const [raw, whole] = (["raw", "whole"] as const).map((which) => ({
    seconds: median(rounds.map((round) => round[which].seconds)),
    processorSeconds: median(rounds.map((round) => round[which].processorSeconds)),
  })) as [Spent, Spent];
  const ratio = raw.seconds / cores / whole.seconds;
  const ratioByProcessor = raw.processorSeconds / whole.processorSeconds;
  const [million, , tenMillion] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
  return {
    name: "record verification",
    headline: [
      `1,000,000 leaves in ${million.seconds} s (${million.processorSeconds} s of processor time), 10,000,000 in ${tenMillion.seconds} s (${tenMillion.processorSeconds} s)`,
      `${Math.round(SIGNED / whole.seconds)} signed entries a second`,
      `${round(ratioByProcessor, 2)} of ${cores} cores' raw rate by processor time, ${round(ratio, 2)} by the clock`,
    ].join("; "),
    unit: "signed entries verified a second, from a folder, as `jmc verify` does it",
    value: Math.round(SIGNED / whole.seconds),
    reference: Math.round((cores * SIGNED) / raw.seconds),
    ratio: round(ratio, 3),
    /** Nothing is left idle when a core's time is what is counted: raw verification's share of all that was spent. */
    ratioByProcessor: round(ratioByProcessor, 3),
    referenceIs: `verifications a second of the same signatures by node:crypto on one core, times ${cores} cores; the wanted ratio is 0.8`,
    microsecondsEach: {
      raw: round((raw.processorSeconds / SIGNED) * 1e6, 1),
      whole: round((whole.processorSeconds / SIGNED) * 1e6, 1),
    },
    rounds,
    wanted: { millionSeconds: 10 },
    growth: rows,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!;
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

if (process.argv[1]?.endsWith("verify.bench.ts")) console.log(JSON.stringify(await run(), null, 1));
