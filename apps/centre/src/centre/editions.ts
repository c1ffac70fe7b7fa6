/** Frozen reports, put together: asked for by officers, and made at each cut-off as the mission says. */
import type { Result } from "@openjmc/model";
import { Editions } from "../reports/editions.ts";
import type { RenderedReport, ReportRequest } from "../reports/requests.ts";
import type { Foundation } from "./foundation.ts";
import type { People } from "./people.ts";
import type { RecordLane } from "./record-lane.ts";

const LOOK_MILLISECONDS = 5_000;

export function openEditions(
  foundation: Foundation,
  { registrar }: RecordLane,
  { attachments }: People,
  report: (request: ReportRequest) => Promise<Result<RenderedReport>>,
): Editions {
  const { clock, logger, closers } = foundation;
  const editions = new Editions({
    ...{ registrar, attachments, report },
    setting: () => foundation.mission.view,
    now: () => clock.now(),
    onTrouble: (error, what) => logger.error({ err: error }, what),
  });
  const beat = setInterval(() => editions.look(), LOOK_MILLISECONDS);
  closers.add(async () => {
    clearInterval(beat);
    await editions.close();
  });
  return editions;
}
