/**
 * Verifying a record in which a writer may be at work. He puts tiles into their places before the checkpoint that counts them, and
 * takes superseded ones away after it, so a look between the two sees what would be damage in a record that stands still.
 */
import { setTimeout as pause } from "node:timers/promises";
import {
  bytesEqual,
  CHECKPOINT_FILE,
  type RecordFinding,
  type RecordReader,
  type RecordVerification,
} from "@openjmc/record";
import { TEMPORARY_SUFFIX } from "./durable.ts";

export interface VerifiedAtWork<T extends RecordVerification> {
  readonly result: T;
  /** The record went on during every look: what its checkpoint covers was verified, what lies beside it was not. */
  readonly isAtWork: boolean;
}

/** Looks at the whole folder; the one after them is at what the checkpoint covers. */
const WHOLE_LOOKS = 3;
/** A commit that writes many tiles takes so long at most on a slow disk. */
const LONGEST_COMMIT_MILLISECONDS = 5_000;
const PERIOD_MILLISECONDS = 50;

/**
 * Verifies, and verifies again for as long as all that is wrong is what a writer leaves for a moment and the checkpoint moves on.
 * A finding of any other kind is final at once, and so is every finding of a record that stands still.
 */
export async function verifyAtWork<T extends RecordVerification>(
  reader: RecordReader,
  verify: (reader: RecordReader) => Promise<T>,
): Promise<VerifiedAtWork<T>> {
  for (let look = 1; look <= WHOLE_LOOKS; look++) {
    const before = await reader.read(CHECKPOINT_FILE);
    const result = await verify(reader);
    if (result.holds || !(await movesOn(reader, before, result.findings))) return { result, isAtWork: false };
  }
  return { result: await verify({ read: (path) => reader.read(path), list: () => undefined }), isAtWork: true };
}

async function movesOn(
  reader: RecordReader,
  before: Uint8Array | undefined,
  findings: readonly RecordFinding[],
): Promise<boolean> {
  if (!before || !findings.every((one) => isAhead(one) || isBehind(one))) return false;
  // What was taken away was taken away after a newer checkpoint; what lies ahead may still wait for its own.
  const deadline = performance.now() + (findings.some(isAhead) ? LONGEST_COMMIT_MILLISECONDS : 0);
  for (;;) {
    const now = await reader.read(CHECKPOINT_FILE);
    if (!now || !bytesEqual(now, before)) return now !== undefined;
    if (performance.now() >= deadline) return false;
    await pause(PERIOD_MILLISECONDS);
  }
}

/** Written before the checkpoint that counts it. */
function isAhead({ code, values }: RecordFinding): boolean {
  return code === "tile.beyond-size" || (code === "file.stray" && `${values.path}`.endsWith(TEMPORARY_SUFFIX));
}

/** Superseded, and gone since. */
function isBehind({ code }: RecordFinding): boolean {
  return code === "tile.missing" || code === "bundle.missing";
}
