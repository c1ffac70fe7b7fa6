/** The registrar of a founded centre that nobody serves, with a clock that is set: fills a record as a centre would, sooner. */
import type { Instant } from "@openjmc/model";
import { withClosedRecord } from "../../apps/centre/src/archive/closed-record.ts";
import type { Registrar } from "../../apps/centre/src/registrar/registrar.ts";

export interface OpenRegistrar {
  readonly registrar: Registrar;
  readonly origin: string;
  readonly setNow: (now: Instant) => void;
}

/** Everything that was taken is durable when this resolves, and the folder is free again. */
export async function withRegistrar(
  folder: string,
  startsAt: Instant,
  work: (open: OpenRegistrar) => Promise<void>,
): Promise<void> {
  let now = startsAt;
  const setNow = (next: Instant): void => {
    now = next;
  };
  await withClosedRecord(folder, "bench", ({ registrar, file }) => work({ registrar, origin: file.origin, setNow }), {
    now: () => now,
    isOfMission: true,
  });
}
