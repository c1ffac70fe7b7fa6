/** The centre says in the record what it runs: with its first start, and whenever it is another programme than the record says. */
import type { ProgrammeBody } from "@openjmc/model";
import type { Foundation } from "../centre/foundation.ts";
import type { RecordLane } from "../centre/record-lane.ts";

export const PROGRAMME_KIND = "centre.started";
const SUBJECT = "programme";

/** Goes on beside the centre's work; a centre that stops waits for it. */
export function stateProgramme(
  { closers, logger }: Foundation,
  { registrar, loaded }: RecordLane,
  read: () => Promise<ProgrammeBody>,
): void {
  let isStopping = false;
  const stating = (async () => {
    const body = await read();
    if (isStopping || isSame(loaded.programme, body)) return;
    await registrar.act([{ kind: PROGRAMME_KIND, subject: SUBJECT, body }]);
  })().catch((error: unknown) => logger.error({ err: error }, "what the centre runs"));
  closers.add(() => {
    isStopping = true;
    return stating;
  });
}

function isSame(stated: object | undefined, body: ProgrammeBody): boolean {
  const inOrder = (value: object): string => JSON.stringify(Object.entries(value).sort());
  return stated !== undefined && inOrder(stated) === inOrder(body);
}
