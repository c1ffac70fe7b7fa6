/** What size of source would have been heard over the zones in which fire is judged, as reports and the console tell it to the components. */
import type { Mission } from "@openjmc/agreement";
import { FIELD_MODELS } from "@openjmc/fusion";
import { groundWatch } from "@openjmc/geo";
import { type CoverageRow, type GroundWatchLine, type Instant, isListeningPost } from "@openjmc/model";

/** Kinds of source, what is heard least far first. */
const KINDS = FIELD_MODELS.signatures
  .map(({ what, level, levelSpread }) => ({ what, least: (level.A ?? 0) - levelSpread }))
  .sort((one, other) => one.least - other.least)
  .map(({ what }) => what);

/** Lines of a period up to now: nobody has listened to what is to come. */
export function groundWatchOf(
  { view, judgedZones }: Pick<Mission, "view" | "judgedZones">,
  coverage: readonly CoverageRow[],
  period: { readonly from: Instant; readonly until: Instant },
  now: Instant,
): GroundWatchLine[] {
  const { from } = period;
  const until = Math.max(from, Math.min(period.until, now));
  const judged = new Set(
    view.rules.filter(({ kind }) => kind === "ceasefire-event").flatMap(({ zoneKinds }) => zoneKinds),
  );
  const inForce = judgedZones.filter(
    ({ validFrom, validUntil }) => validFrom < until && (validUntil ?? until + 1) > from,
  );
  return groundWatch({
    zones: inForce.filter(({ kind, heldBy }) => judged.has(kind) || heldBy !== undefined),
    held: inForce,
    posts: view.sources.filter((source) => isListeningPost(source) && source.link.kind !== "people"),
    ...{ coverage, kinds: KINDS, from, until },
  });
}
