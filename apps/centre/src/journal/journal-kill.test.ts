import { join } from "node:path";
import { expect, it } from "vitest";
import { killWriter } from "../segments/testing/kill-writer.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { openJournal } from "./index.ts";
import { payloadOf, receivedAtOf } from "./testing/numbered-records.ts";

const WRITER = join(import.meta.dirname, "testing", "endless-writer.ts");
const rounds = process.env.OPENJMC_TORTURE === "1" ? 200 : 20;

/** Opens what is left and checks every byte from a record on; returns the last record there is. */
async function checkFrom(directory: string, first: number): Promise<number> {
  const journal = await openJournal({ directory });
  let expected = first;
  for await (const record of journal.readFromSequence(first)) {
    if (record.sequence !== expected || record.receivedAt !== receivedAtOf(expected))
      expect(record.sequence).toBe(expected);
    if (Buffer.compare(record.payload, payloadOf(expected)) !== 0) expect(record.payload).toEqual(payloadOf(expected));
    expected++;
  }
  expect(journal.lastSequence).toBe(expected - 1);
  await journal.close();
  return expected - 1;
}

it(`the journal loses nothing that was reported as flushed, ${rounds} times killed`, async () => {
  const directory = temporaryFolder();
  let last = 0;
  for (let round = 0; round < rounds; round++) {
    const flushed = await killWriter(WRITER, directory, 5 + ((round * 37) % 120));
    expect(flushed).toBeGreaterThan(last);
    const found = await checkFrom(directory, last + 1);
    expect(found).toBeGreaterThanOrEqual(flushed);
    last = found;
  }
  expect(await checkFrom(directory, 1)).toBe(last);
}, 5_400_000);
