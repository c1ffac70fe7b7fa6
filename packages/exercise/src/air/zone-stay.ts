import type { Stage } from "../stage.ts";
import { type Jamming, throughput } from "../trouble/jamming.ts";
import type { Aircraft } from "./aircraft.ts";
import { isInside, type NoFlyZone } from "./airspace.ts";
import { STATE_LENGTH } from "./flight-path.ts";
import { COULD_RECEIVE, type Reception, receptionAt } from "./receiver.ts";

/** One stay of an aircraft in a zone, in scenario seconds. */
export interface ZoneStay {
  readonly aircraft: Aircraft;
  readonly zone: NoFlyZone;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
  /** For how many seconds it was deeper inside than the zone's precision with a receiver that could hear it. */
  readonly beyondDoubtSeconds: number;
  /** The second at which that had held for ESTABLISHED_SECONDS in all; infinite if it never did. */
  readonly establishedSeconds: number;
}

/** A stay that could be seen beyond doubt for this long must be noticed. */
export const ESTABLISHED_SECONDS = 60;
/** What a barometric altitude may be wrong by against the sea. */
const HEIGHT_DOUBT = 300;

/** All stays of a flight in the zones. */
export function zoneStays(
  aircraft: Aircraft,
  zones: readonly NoFlyZone[],
  stage: Pick<Stage, "receivers" | "reference">,
  jammings: readonly Jamming[],
): ZoneStay[] {
  return zones.flatMap((zone) => staysIn(aircraft, zone, stage, jammings));
}

function staysIn(
  aircraft: Aircraft,
  zone: NoFlyZone,
  stage: Pick<Stage, "receivers" | "reference">,
  jammings: readonly Jamming[],
): ZoneStay[] {
  const state = new Float64Array(STATE_LENGTH);
  const stays: ZoneStay[] = [];
  let open: ZoneStay | undefined;
  for (let seconds = aircraft.path.startSeconds; seconds <= aircraft.path.endSeconds; seconds++) {
    aircraft.path.stateAt(seconds, state);
    if (!isInside(zone, state[0]!, state[1]!, state[2]!)) {
      if (open) stays.push(open);
      open = undefined;
      continue;
    }
    const isCertain = isDeep(zone, state) && isHeard(state, seconds, stage, jammings);
    open = extend(open ?? begin(aircraft, zone, seconds), seconds, isCertain);
  }
  return open ? [...stays, open] : stays;
}

function begin(aircraft: Aircraft, zone: NoFlyZone, seconds: number): ZoneStay {
  const none = { establishedSeconds: Number.POSITIVE_INFINITY, beyondDoubtSeconds: 0 };
  return { aircraft, zone, fromSeconds: seconds, untilSeconds: seconds, ...none };
}

function extend(stay: ZoneStay, seconds: number, isCertain: boolean): ZoneStay {
  const extended = { ...stay, untilSeconds: seconds };
  if (!isCertain) return extended;
  const beyondDoubtSeconds = stay.beyondDoubtSeconds + 1;
  const establishedSeconds = beyondDoubtSeconds === ESTABLISHED_SECONDS ? seconds : stay.establishedSeconds;
  return { ...extended, beyondDoubtSeconds, establishedSeconds };
}

function isDeep(zone: NoFlyZone, state: Float64Array): boolean {
  const height = state[2]!;
  return (
    height > zone.floorMetres + HEIGHT_DOUBT &&
    height < zone.ceilingMetres - HEIGHT_DOUBT &&
    zone.area.signedDistanceMetres(state[0]!, state[1]!) < -zone.precisionMetres
  );
}

const reception: Reception = { chance: 0, signal: 0, delaySeconds: 0 };

function isHeard(
  state: Float64Array,
  seconds: number,
  stage: Pick<Stage, "receivers" | "reference">,
  jammings: readonly Jamming[],
): boolean {
  return stage.receivers.some((receiver) => {
    receptionAt(receiver, state[0]!, state[1]!, state[2]! + stage.reference.ellipsoidMinusSea, reception);
    const through = jammings.reduce((share, jamming) => share * throughput(jamming, receiver.id, seconds), 1);
    return reception.chance * through >= COULD_RECEIVE;
  });
}
