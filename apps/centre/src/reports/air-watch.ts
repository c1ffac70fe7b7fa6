/** How the air over the zones that flights must keep out of was watched, as reports tell it to the components. */
import type { Mission } from "@openjmc/agreement";
import { airWatch } from "@openjmc/geo";
import { type AirWatchLine, airEyesOf, type CoverageRow, type Instant } from "@openjmc/model";
import { skylinesOf } from "./skylines.ts";

/** Lines of a period up to now: nobody has watched what is to come. */
export function airWatchOf(
  mission: Pick<Mission, "view" | "judgedZones" | "terrain">,
  coverage: readonly CoverageRow[],
  period: { readonly from: Instant; readonly until: Instant },
  now: Instant,
): AirWatchLine[] {
  const { view, judgedZones } = mission;
  const until = Math.max(period.from, Math.min(period.until, now));
  const kinds = new Set(view.rules.filter(({ kind }) => kind === "no-fly-entry").flatMap(({ zoneKinds }) => zoneKinds));
  const zones = judgedZones.filter(
    ({ kind, validFrom, validUntil }) => kinds.has(kind) && validFrom <= until && (validUntil ?? until + 1) > until,
  );
  return airWatch({
    zones,
    eyes: airEyesOf(view.sources, skylinesOf(mission)),
    watched: coverage.filter(({ watching }) => watching),
    from: period.from,
    until,
  });
}
