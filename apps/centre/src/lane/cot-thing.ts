/** What an event of Cursor on Target speaks of, by the hierarchy of its type (MITRE, CoT message router user's guide, 2009). */
import type { CotEvent } from "@openjmc/formats";
import { type CueThing, type Instant, MICROSECONDS_PER_DAY, type ThingKind } from "@openjmc/model";
import type { HeardCue } from "./ground-sink.ts";
import type { NodeAlert } from "./node-alerts.ts";
import { oneLine } from "./one-line.ts";
import type { SourceHealth } from "./source-health.ts";

/** The first of these that fits; the second part of a type says whose it is, and is not looked at. */
const KINDS: readonly (readonly [RegExp, ThingKind | "aircraft" | undefined])[] = [
  [/^a-[^-]+-A(-|$)/, "aircraft"],
  [/^a-[^-]+-G-E-S(-|$)/, "sensor"],
  [/^a-[^-]+-[GF](-|$)/, "ground"],
  [/^a-[^-]+-S(-|$)/, "sea"],
  [/^a-[^-]+-U(-|$)/, "under-water"],
  [/^a-[^-]+-P(-|$)/, "space"],
  [/^b-a-/, "alarm"],
  // Talk, orders and answers between other people's devices are about no place.
  [/^(b-t|t|y)(-|$)/, undefined],
  [/^[bu]-/, "mark"],
];
const CANCELLED = "b-a-o-can";
/** However long a sender says that something holds: a day later it is no longer known. */
const LONGEST = MICROSECONDS_PER_DAY;
/** Radius that holds 95 % of a circular normal distribution, in standard deviations of one component. */
const RADIUS_95 = 2.448;

/** Undefined for what is about no thing at any place. */
export function kindOfCot({ type }: CotEvent): ThingKind | "aircraft" | undefined {
  const known = KINDS.find(([pattern]) => pattern.test(type));
  return known === undefined ? "other" : known[1];
}

/** The thing as a cue, named so that what is told of it again takes the place of what was told before. */
export function cueOfCot(event: CotEvent, what: ThingKind, { description }: SourceHealth, at: Instant): HeardCue {
  const { uid, longitude: lon, latitude: lat, horizontalError } = event;
  const deviation = horizontalError ?? description.accuracy?.positionMetres;
  return {
    ...{ name: uid, source: description.id, means: description.means, sight: "thing", at, lon, lat },
    timeErrorSeconds: 1,
    ...(deviation === undefined ? {} : { uncertaintyMetres: Math.max(1, Math.round(RADIUS_95 * deviation)) }),
    thing: thingOf(event, what, at),
  };
}

function thingOf(event: CotEvent, what: ThingKind, at: Instant): CueThing {
  const { at: toldAt, staleAt, callsign, remarks, track, groundSpeed } = event;
  const [name, said] = [oneLine(callsign ?? "", 60), oneLine(remarks ?? "", 200)];
  return {
    what,
    ...(name === "" ? {} : { name }),
    ...(said === "" ? {} : { said }),
    // By the centre's clock, as the time of the event is.
    until: isTakenBack(event) ? at : at + Math.min(LONGEST, Math.max(0, staleAt - toldAt)),
    ...(track === undefined || groundSpeed === undefined
      ? {}
      : { velocityEast: groundSpeed * Math.sin(track), velocityNorth: groundSpeed * Math.cos(track) }),
  };
}

/** Somebody's call for help. */
export function alarmOfCot(event: CotEvent, { description }: SourceHealth, at: Instant, heardAt: Instant): NodeAlert {
  const { uid, callsign, remarks, longitude: lon, latitude: lat } = event;
  const text = oneLine([callsign, remarks].filter(Boolean).join(": "), 200);
  return {
    ...{ source: description.id, name: uid, at, heardAt, severity: "warning" },
    isOver: isTakenBack(event),
    ...(lon === 0 && lat === 0 ? {} : { lon, lat }),
    ...(text === "" ? {} : { text }),
  };
}

/** A call for help is taken back by its type, or by a word in its detail. */
export function isTakenBack({ type, details = [] }: CotEvent): boolean {
  const isWord = details.some(({ name, attributes }) => name === "emergency" && attributes.cancel === "true");
  return isWord || type.startsWith(CANCELLED);
}
