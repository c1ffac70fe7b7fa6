/** What happens again and again: minutes sealed, deadlines watched, the disk looked at. */

import { MICROSECONDS_PER_MINUTE } from "@openjmc/model";
import { deadlineActs } from "../acts/deadline-acts.ts";
import { headsCalls } from "../acts/heads-calls.ts";
import { lapsesDue } from "../acts/machine-acts.ts";
import { restorationsDue } from "../acts/restorations.ts";
import type { Sealer } from "../acts/sealing.ts";
import type { Foundation } from "./foundation.ts";
import type { RecordLane } from "./record-lane.ts";

const SEAL_MILLISECONDS = 1_000;
const DISK_MILLISECONDS = 1_000;

/** Starts them; the answer stops them. */
export function startBeats(foundation: Foundation, { registrar }: RecordLane, sealer: Sealer): () => void {
  const { clock, disk, logger } = foundation;
  const onTrouble =
    (what: string) =>
    (error: unknown): void =>
      logger.error({ err: error }, what);
  let minute = -1;
  /** The agreement turns on days: once a minute is often enough to look. */
  const isNewMinute = (): boolean => {
    const before = minute;
    minute = Math.floor(clock.now() / MICROSECONDS_PER_MINUTE);
    return minute !== before;
  };
  let isActing = false;
  const watchTheMinute = (): void => {
    sealer.seal().catch(onTrouble("sealing"));
    // What is on its way into the record is owed no second time.
    if (isActing) return;
    const due = [
      ...lapsesDue(registrar.state, clock.now()),
      ...restorationsDue(registrar.state, clock.now()),
      ...headsCalls(registrar.desk, foundation.mission, clock.now()),
      ...(isNewMinute() ? deadlineActs(registrar.desk, foundation.mission, clock.now()) : []),
    ];
    if (due.length === 0) return;
    isActing = true;
    registrar
      .act(due)
      .catch(onTrouble("what a deadline brings"))
      .finally(() => {
        isActing = false;
      });
  };
  const beats = [setInterval(() => disk.look(), DISK_MILLISECONDS), setInterval(watchTheMinute, SEAL_MILLISECONDS)];
  return () => {
    for (const beat of beats) clearInterval(beat);
  };
}
