/** What goes out to programs beside the API, put together. */
import { openTakLink } from "../feeds-out/tak-link.ts";
import { TakOut } from "../feeds-out/tak-out.ts";
import type { Foundation } from "./foundation.ts";
import type { RecordLane } from "./record-lane.ts";
import type { Sensors } from "./sensors.ts";

export function startFeedsOut(foundation: Foundation, record: RecordLane, sensors: Sensors): void {
  const { options, closers, clock, file, logger } = foundation;
  if (!options.tak || options.tak.length === 0) return;
  const onTrouble = (fault: object): void => logger.warn({ fault }, "feed out");
  const out = new TakOut({
    links: options.tak.map((target) => openTakLink(target, onTrouble)),
    origin: file.origin,
    exercise: file.exercise,
    now: () => clock.now(),
    rule: () => foundation.mission.view.release,
    lines: (from, until) => sensors.picture.read(from, until),
    incidents: () => record.registrar.desk.incidents.values(),
    onTrouble,
  });
  closers.keep(out);
  out.start();
}
