/** What happens again and again: minutes sealed, deadlines watched, the disk looked at. */
import { lapsesDue } from "../acts/machine-acts.ts";
import { restorationsDue } from "../acts/restorations.ts";
import type { Sealer } from "../acts/sealing.ts";
import type { Foundation } from "./foundation.ts";
import type { RecordLane } from "./record-lane.ts";

const SEAL_MILLISECONDS = 1_000;
const DISK_MILLISECONDS = 1_000;

/** Starts them; the answer stops them. */
export function startBeats({ clock, disk, logger }: Foundation, { registrar }: RecordLane, sealer: Sealer): () => void {
  const onTrouble =
    (what: string) =>
    (error: unknown): void =>
      logger.error({ err: error }, what);
  const watchTheMinute = (): void => {
    sealer.seal().catch(onTrouble("sealing"));
    const due = [...lapsesDue(registrar.state, clock.now()), ...restorationsDue(registrar.state, clock.now())];
    if (due.length > 0) registrar.act(due).catch(onTrouble("what a deadline brings"));
  };
  const beats = [setInterval(() => disk.look(), DISK_MILLISECONDS), setInterval(watchTheMinute, SEAL_MILLISECONDS)];
  return () => {
    for (const beat of beats) clearInterval(beat);
  };
}
