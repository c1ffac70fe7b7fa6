import type { Aircraft } from "../air/aircraft.ts";
import { STATE_LENGTH } from "../air/flight-path.ts";
import { lookAt, type RadarLook } from "../air/radar.ts";
import { COULD_RECEIVE, type Reception, receptionAt } from "../air/receiver.ts";
import { instantOf } from "../play/time.ts";
import type { Stage } from "../stage.ts";
import { type Jamming, throughput } from "../trouble/jamming.ts";
import type { TruthRecord } from "../truth/truth-record.ts";

/** A ghost must be called one when a radar has had so many turns to show it, and did not, while it was heard. */
const TURNS = 12;
/** Nearer than this to the edge of what a radar sees nobody can be blamed for not seeing; seconds granted on top. */
const EDGE_SHARE = 0.9;
const GRACE_SECONDS = 60;

const reception: Reception = { chance: 0, signal: 0, delaySeconds: 0 };
const look: RadarLook = { range: 0, azimuth: 0, isVisible: false };

/** When an honest centre must have noticed a ghost; nothing where radar and receivers never had both their say. */
export function expectGhostAlert(stage: Stage, ghost: Aircraft, jammings: readonly Jamming[]): TruthRecord[] {
  const { path } = ghost;
  const state = new Float64Array(STATE_LENGTH);
  for (const radar of stage.radars) {
    let seen = 0;
    for (let seconds = path.startSeconds; seconds <= path.endSeconds; seconds++) {
      path.stateAt(seconds, state);
      lookAt(radar, state[0]!, state[1]!, state[2]! + stage.reference.ellipsoidMinusSea, look);
      const isDue =
        look.isVisible && look.range < EDGE_SHARE * radar.rangeMetres && isHeard(stage, ghost, jammings, seconds);
      seen = isDue ? seen + 1 : 0;
      if (seen < TURNS * radar.periodSeconds) continue;
      const at = instantOf(stage.options.startsAt, seconds + GRACE_SECONDS);
      const [from, until] = [path.startSeconds, path.endSeconds].map((one) => instantOf(stage.options.startsAt, one));
      return [{ type: "expected-alert", at, rule: "contradicts-radar", subject: ghost.id, from: from!, until: until! }];
    }
  }
  return [];
}

function isHeard(stage: Stage, { emitter }: Aircraft, jammings: readonly Jamming[], seconds: number): boolean {
  if (!emitter) return false;
  return stage.receivers.some((receiver) => {
    const height = emitter.heightMetres + stage.reference.ellipsoidMinusSea;
    receptionAt(receiver, emitter.lon, emitter.lat, height, reception);
    const through = jammings.reduce((share, jamming) => share * throughput(jamming, receiver.id, seconds), 1);
    return reception.chance * through >= COULD_RECEIVE;
  });
}
