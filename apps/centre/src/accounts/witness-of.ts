/** Sightings, cues, heat and allegations as witnesses of where and when. What people state as give or take holds the truth 95 times of 100. */
import type { Witness } from "@openjmc/fusion";
import {
  type AccountKind,
  type AllegationRow,
  type CueRow,
  type EventAccount,
  type Means,
  type PlaceBody,
  parseDegrees,
  parseInstant,
  radiansOf,
  type SightingRow,
} from "@openjmc/model";

/** A single account: what it says as a witness, and what is shown of it. */
export interface SingleAccount {
  readonly kind: AccountKind;
  readonly witness: Witness;
  readonly means: readonly Means[];
  readonly shown: Pick<EventAccount, "count" | "sight" | "source" | "still">;
  /** Seconds by which it may be later than what it is of: fires are seen from space hours after. */
  readonly laterSeconds: number;
}

/** Deviations of one component within 95 of 100: in one dimension, and of a circle's radius. */
const LINE = 1.96;
const CIRCLE = 2.448;
const LEAST_SECONDS = 1;
const LEAST_METRES = 5;
const LEAST_BEARING_DEGREES = 1;
/** Of people who give a bearing or range and do not say how sure they are. */
const USUAL_BEARING_DEGREES = 10;
const USUAL_RANGE_SHARE = 0.3;
/** An allegation's time is what somebody remembers. */
const REMEMBERED_SECONDS = 300;
const HEAT_LATER_SECONDS = 6 * 3600;
/** What bangs; other sightings are of other things. */
const OF_EVENTS: ReadonlySet<string> = new Set(["explosion", "burst", "shot", "projectile", "impact", "muzzle-flash"]);

export function sightingAccount({ id, occurredAt, body, withdrawn }: SightingRow): SingleAccount | undefined {
  if (withdrawn !== undefined || !OF_EVENTS.has(body.observation)) return undefined;
  const place = placeOf(body.place ?? body.observer);
  if (place === undefined || (body.place === undefined && body.bearingDegrees === undefined)) return undefined;
  const range = body.rangeMetres;
  const direction = body.place === undefined ? { bearing: radiansOf(body.bearingDegrees!) } : {};
  return {
    kind: "sighting",
    means: [body.means],
    laterSeconds: 0,
    shown: { count: body.count },
    witness: {
      ...{ id, at: occurredAt, isHeard: body.means === "heard", ...place, ...direction },
      timeDeviation: Math.max(LEAST_SECONDS, body.timeUncertaintySeconds / LINE),
      ...(body.place === undefined
        ? {
            bearingDeviation: radiansOf(
              Math.max(LEAST_BEARING_DEGREES, (body.bearingUncertaintyDegrees ?? USUAL_BEARING_DEGREES) / LINE),
            ),
            ...(range === undefined
              ? {}
              : {
                  rangeMetres: range,
                  rangeDeviation: Math.max(
                    LEAST_METRES,
                    (body.rangeUncertaintyMetres ?? USUAL_RANGE_SHARE * range) / LINE,
                  ),
                }),
          }
        : {}),
    },
  };
}

export function cueAccount(cue: CueRow): SingleAccount {
  const isHeat = cue.bearingDegrees === undefined;
  return {
    kind: isHeat ? "heat" : "camera",
    means: [cue.means],
    laterSeconds: isHeat ? HEAT_LATER_SECONDS : 0,
    shown: { sight: cue.sight, source: cue.source, ...(cue.still === undefined ? {} : { still: cue.still }) },
    witness: {
      ...{ id: cue.id, at: cue.at, isHeard: false, lon: cue.lon, lat: cue.lat },
      timeDeviation: Math.max(LEAST_SECONDS, cue.timeErrorSeconds),
      placeDeviation: Math.max(LEAST_METRES, (cue.uncertaintyMetres ?? 0) / CIRCLE),
      ...(isHeat
        ? {}
        : {
            bearing: radiansOf(cue.bearingDegrees),
            bearingDeviation: radiansOf(Math.max(cue.bearingUncertaintyDegrees ?? LEAST_BEARING_DEGREES, 0.01)),
          }),
    },
  };
}

export function allegationAccount({ id, body }: AllegationRow): SingleAccount | undefined {
  const at = body.occurredAt === undefined ? undefined : parseInstant(body.occurredAt);
  const place = body.place === undefined ? undefined : placeOf(body.place);
  if (!at?.ok || place === undefined || (body.observation !== undefined && !OF_EVENTS.has(body.observation)))
    return undefined;
  return {
    kind: "allegation",
    means: ["party-report"],
    laterSeconds: 0,
    shown: body.count === undefined ? {} : { count: body.count },
    witness: { id, at: at.value, timeDeviation: REMEMBERED_SECONDS, isHeard: false, ...place },
  };
}

function placeOf(
  body: PlaceBody,
): { readonly lon: number; readonly lat: number; readonly placeDeviation: number } | undefined {
  const [lon, lat] = [parseDegrees(body.lon, 180), parseDegrees(body.lat, 90)];
  if (!lon.ok || !lat.ok) return undefined;
  return {
    ...{ lon: lon.value, lat: lat.value },
    placeDeviation: Math.max(LEAST_METRES, body.uncertaintyMetres / CIRCLE),
  };
}
