/** Brings the running centre under the mission that the record puts in force. */
import type { RecordedEntry } from "@openjmc/desk";
import { judgingOf } from "../lane/lane-configuration.ts";
import { MISSION_CONFIGURED } from "../mission/configuration.ts";
import type { Foundation } from "./foundation.ts";
import { planOf } from "./plan.ts";
import type { RecordLane } from "./record-lane.ts";
import type { Sensors } from "./sensors.ts";

const NOT_ADOPTED = "configuration of the mission; the one before goes on";
const isInForce = ({ kind, effect }: RecordedEntry): boolean => kind === MISSION_CONFIGURED && effect === "joint";

/** What the record has put in force and the folder does not know of yet: the machine stopped in between. */
export async function catchUpMission({ working, logger }: Foundation, { loaded }: RecordLane): Promise<void> {
  const last = loaded.entries.findLast(isInForce);
  // A centre whose files are not all there watches by those that it has, and says so.
  if (last) await working.adopt(last).catch((error: unknown) => logger.error({ err: error }, NOT_ADOPTED));
}

/**
 * From here on a configuration is in force with its last signature: zones, rules, release, retention and texts at once; alerts are
 * judged by it from the next record of the journal on, which holds it, so that a replay judges in the same way. Sources are opened
 * at a start only.
 */
export function followMission({ working, logger }: Foundation, record: RecordLane, { lane }: Sensors): void {
  record.entries.add(({ entry }) => {
    if (!isInForce(entry)) return;
    const before = JSON.stringify(working.current.view.sources);
    const adopted = working.adopt(entry).then((isNew) => {
      if (!isNew) return;
      lane.change({ judging: judgingOf(working.current), ...planOf(record.registrar.desk, entry.recordedAt) });
      logger.info(
        { index: entry.index, sha256: entry.body.sha256 },
        "another configuration of the mission is in force",
      );
      if (JSON.stringify(working.current.view.sources) !== before)
        logger.warn({ index: entry.index }, "the mission's sources have changed: the next start opens them");
    });
    adopted.catch((error: unknown) => logger.error({ err: error }, NOT_ADOPTED));
  });
}
