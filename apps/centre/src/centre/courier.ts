/** The courier of messages out, put together: it looks once a second, and at once when an officer has signed something. */
import { Courier } from "../escalation/courier.ts";
import type { Foundation } from "./foundation.ts";
import type { RecordLane } from "./record-lane.ts";

const LOOK_MILLISECONDS = 1_000;
/** After these something may be due that no clock had brought. */
const AT_ONCE = /^(flash|escalation)\.|^act\.(dissented|withdrawn)$/;

export function startCourier(foundation: Foundation, { registrar, entries }: RecordLane): void {
  const { clock, wall, paths, keys, file, logger, closers } = foundation;
  const courier = new Courier({
    registrar,
    mission: () => foundation.mission.view,
    origin: file.origin,
    keysFolder: paths.keys,
    machine: keys.machine,
    now: () => clock.now(),
    wallNow: () => wall.now(),
    logger,
  });
  entries.add(({ entry }) => {
    if (AT_ONCE.test(entry.kind)) courier.beat();
  });
  const beat = setInterval(() => courier.beat(), LOOK_MILLISECONDS);
  closers.add(async () => {
    clearInterval(beat);
    await courier.close();
  });
}
