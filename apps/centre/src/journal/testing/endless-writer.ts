/**
 * A process for the kill test: appends to the journal of a directory without end and reports the flushed sequence number on
 * standard output, one a line.
 */
import { openJournal } from "../journal.ts";
import { payloadOf, receivedAtOf } from "./numbered-records.ts";

const journal = await openJournal({
  directory: process.argv[2]!,
  flushMilliseconds: 2,
  syncMilliseconds: 5,
  bufferBytes: 65_536,
});
for (;;) {
  for (let count = 0; count < 200; count++) {
    const sequence = journal.lastSequence + 1;
    journal.append({ receivedAt: receivedAtOf(sequence), kind: "bytes", source: "s", payload: payloadOf(sequence) });
  }
  process.stdout.write(`${journal.flushedSequence}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
