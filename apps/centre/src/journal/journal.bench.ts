/** Journal records appended and flushed per second, how long one of them may wait, and records read back per second. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openJournal } from "./journal.ts";

const PAYLOAD = new Uint8Array(120).fill(9);
const START = 1_617_679_800_000_000;

export interface JournalRate {
  readonly records: number;
  readonly appendedPerSecond: number;
  readonly syncMilliseconds: number;
  readonly readPerSecond: number;
}

/** Appends as fast as it goes to a journal in a temporary folder, makes it durable and reads it back. */
export async function measureJournal(records: number, parent = tmpdir()): Promise<JournalRate> {
  const directory = mkdtempSync(join(parent, "openjmc-bench-"));
  try {
    const journal = await openJournal({ directory });
    const appended = performance.now();
    for (let index = 0; index < records; index++)
      journal.append({ receivedAt: START + index * 200, kind: "bytes", source: `s${index & 7}`, payload: PAYLOAD });
    journal.flush();
    const synced = performance.now();
    await journal.sync();
    const reading = performance.now();
    let read = 0;
    for await (const record of journal.readFromSequence(1)) read += record.payload.length === PAYLOAD.length ? 1 : 0;
    const done = performance.now();
    await journal.close();
    if (read !== records) throw new Error(`${records} appended, ${read} read`);
    const perSecond = (milliseconds: number): number => Math.round((records * 1000) / milliseconds);
    return {
      records,
      appendedPerSecond: perSecond(synced - appended),
      syncMilliseconds: Math.round(reading - synced),
      readPerSecond: perSecond(done - reading),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  for (const records of [5_000, 100_000, 500_000])
    process.stdout.write(`${JSON.stringify(await measureJournal(records))}\n`);
}
