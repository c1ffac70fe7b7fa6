/** The centre says in the record what it runs: with its first start, and whenever it is another programme than the record says. */
import { setTimeout as pause } from "node:timers/promises";
import type { ProgrammeBody } from "@openjmc/model";
import type { Foundation } from "../centre/foundation.ts";
import type { RecordLane } from "../centre/record-lane.ts";

const KIND = "centre.started";
const SUBJECT = "programme";
/** Thousands of files are read for it: whoever waits for the first screen comes first. */
const AFTER_MILLISECONDS = 5_000;

/** Goes on beside the centre's work; a centre that stops waits for it, or it is stated with the next start. */
export function stateProgramme(
  { closers, logger }: Foundation,
  { registrar, loaded }: RecordLane,
  read: () => Promise<ProgrammeBody>,
): void {
  const stopping = new AbortController();
  const stating = (async () => {
    await pause(AFTER_MILLISECONDS, undefined, { signal: stopping.signal, ref: false });
    const body = await read();
    if (stopping.signal.aborted || isSame(loaded.programme, body)) return;
    await registrar.act([{ kind: KIND, subject: SUBJECT, body }]);
  })().catch((error: unknown) => {
    if (!stopping.signal.aborted) logger.error({ err: error }, "what the centre runs");
  });
  closers.add(() => {
    stopping.abort();
    return stating;
  });
}

function isSame(stated: object | undefined, body: ProgrammeBody): boolean {
  const inOrder = (value: object): string => JSON.stringify(Object.entries(value).sort());
  return stated !== undefined && inOrder(stated) === inOrder(body);
}
