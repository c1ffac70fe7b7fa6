/** Durable entries per second: entries of about 700 bytes, acknowledged one commit after another. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foundRecord } from "./found.ts";
import { openKeeper } from "./keeper.ts";
import { testOptions } from "./testing/options.ts";

const ENTRY_BYTES = 700;

export interface DurableRate {
  readonly batch: number;
  readonly entriesPerSecond: number;
  readonly millisecondsPerCommit: number;
}

/** Appends batches to a record in a temporary folder for some seconds. */
export async function measureDurableEntries(batch: number, seconds: number, parent = tmpdir()): Promise<DurableRate> {
  const folder = mkdtempSync(join(parent, "openjmc-bench-"));
  try {
    const options = testOptions(folder);
    await foundRecord(options);
    const keeper = await openKeeper({ ...options, largestBatch: batch });
    const started = performance.now();
    let commits = 0;
    for (; performance.now() - started < seconds * 1000; commits++) {
      await keeper.append(Array.from({ length: batch }, (_, number) => entry(commits, number)));
    }
    const milliseconds = performance.now() - started;
    await keeper.close();
    const entriesPerSecond = Math.round((commits * batch * 1000) / milliseconds);
    return { batch, entriesPerSecond, millisecondsPerCommit: milliseconds / commits };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function entry(commit: number, number: number): Uint8Array {
  const bytes = Buffer.alloc(ENTRY_BYTES, 0x78);
  bytes.writeUInt32BE(commit);
  bytes.writeUInt32BE(number, 4);
  return bytes;
}

if (process.argv[1] === import.meta.filename) {
  for (const batch of [1, 16, 256, 1024])
    process.stdout.write(`${JSON.stringify(await measureDurableEntries(batch, 3))}\n`);
}
