/** The position covariance that is told: the solution's own, widened where arrivals may have been taken from a neighbouring round. */
import type { PlaneEvent } from "./plane-event.ts";
import { STATE_SIZE } from "./travel.ts";

/** Rounds within so many metres and this time constant, seconds, may have exchanged arrivals unnoticed. */
const NEIGHBOUR_METRES = 600;
const NEIGHBOUR_SECONDS = 0.25;
/** Chi-square per degree of freedom from which errors are taken to be larger than stated, and the most that is made of it. */
const POOR_FIT = 1.3;
const MOST_WIDENING = 4;
/** Approximations that make every solution look a little surer than it is. */
const ALWAYS = 1.05;

/** East-east, east-north and north-north, square metres. */
export type Spread = readonly [eastEast: number, eastNorth: number, northNorth: number];

/**
 * Covariance of an event's place for its error ellipse. How often rounds that follow each other within 50, 100, 200, 400
 * milliseconds miss an ellipse that knows nothing of each other was measured on generated barrages; the widening
 * 1 + exp(−Δt / 0.25 s) restores the stated probability. `ratio`: by how much all events' variances are larger than stated.
 *
 * GAP: where more than one round a second comes from one place, ellipses hold the truth in some barrages only nine times in ten. Those
 * whose arrivals are all their own hold it 98 times in a hundred, those that took four or more from a neighbour once or twice in ten:
 * what is missing is not width but the other solution. To weigh, channel by channel, what a neighbour's arrival would change was tried
 * and changes next to nothing, for exchanged arrivals hang together; the spread over whole ways of sharing out would tell more.
 */
export function toldSpread(event: PlaneEvent, others: Iterable<PlaneEvent>, ratio: number): Spread {
  let nearest = Number.POSITIVE_INFINITY;
  for (const other of others) {
    if (other === event || other.status === "withdrawn" || other.status === "merged") continue;
    const apart = Math.abs(other.state[2]! - event.state[2]!);
    if (apart >= nearest || apart > 10 * NEIGHBOUR_SECONDS) continue;
    const east = other.state[0]! - event.state[0]!;
    const north = other.state[1]! - event.state[1]!;
    if (east * east + north * north < NEIGHBOUR_METRES ** 2) nearest = apart;
  }
  const freedom = Math.max(1, event.hits + event.bearings - 3);
  const poor = Math.min(MOST_WIDENING, Math.max(ratio, event.misfit / freedom / POOR_FIT));
  const scale = ALWAYS * poor * (1 + Math.exp(-nearest / NEIGHBOUR_SECONDS));
  const { covariance } = event;
  return [scale * covariance[0]!, scale * covariance[1]!, scale * covariance[STATE_SIZE + 1]!];
}
