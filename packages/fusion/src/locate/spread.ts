/** The position covariance that is told: the solution's own, widened where arrivals may have been taken from a neighbouring round. */
import type { PlaneEvent } from "./plane-event.ts";
import { STATE_SIZE } from "./travel.ts";

/** Rounds within so many metres and seconds of each other may have exchanged arrivals unnoticed. */
const NEIGHBOUR_METRES = 1000;
const NEIGHBOUR_SECONDS = 3;
/** Seconds between what two rounds predict at a station within which its arrival may well be the other's. */
const EXCHANGE_SECONDS = 0.05;
/** What such arrivals add to the variance, for each and over the root of those that are surely its own; and the most that they add. */
const EXCHANGE_WEIGHT = 16;
const MOST_EXCHANGE = 9;
/** Chi-square per degree of freedom from which errors are taken to be larger than stated, and the most that is made of it. */
const POOR_FIT = 1.3;
const MOST_WIDENING = 4;
/** Approximations that make every solution look a little surer than it is. */
const ALWAYS = 1.05;

/** East-east, east-north and north-north, square metres. */
export type Spread = readonly [eastEast: number, eastNorth: number, northNorth: number];

/**
 * Covariance of an event's place for its error ellipse. Where two rounds are due at a station within a few hundredths of a second, nothing
 * tells whose its arrival is: with u = Σ exp(−gap / 0.05 s) such arrivals among n the variance grows by 16 u / √(n − u + 1) times itself,
 * nine times at most. Form and figures were found on thousands of rounds of generated barrages and valleys: in every tenth of them, from
 * the surest to the least sure, 94 to 96 in a hundred lay within their ellipse. `ratio`: by how much all events' variances are larger than
 * stated.
 *
 * GAP: of twelve barrages from other seeds eight hold it for 92 to 98 in a hundred; where many rounds a second come from places with few
 * stations in reach it was 88 and 92, where few do 98. What is missing there is a round, and those after it are taken for each other: to
 * tell places as likely alternatives instead of one wider ellipse would say more.
 */
export function toldSpread(event: PlaneEvent, others: Iterable<PlaneEvent>, ratio: number): Spread {
  const shared = sharedArrivals(event, others);
  const freedom = Math.max(1, event.hits + event.bearings - 3);
  const poor = Math.min(MOST_WIDENING, Math.max(ratio, event.misfit / freedom / POOR_FIT));
  const exchange = (EXCHANGE_WEIGHT * shared) / Math.sqrt(Math.max(0, event.hits - shared) + 1);
  const scale = ALWAYS * poor * (1 + Math.min(MOST_EXCHANGE, exchange));
  const { covariance } = event;
  return [scale * covariance[0]!, scale * covariance[1]!, scale * covariance[STATE_SIZE + 1]!];
}

/** How many of an event's arrivals may as well be those of rounds nearby: a sum of shares. */
function sharedArrivals(event: PlaneEvent, others: Iterable<PlaneEvent>): number {
  const near = neighboursOf(event, others);
  if (near.length === 0) return 0;
  let shared = 0;
  for (let channel = 0; channel < event.picks.length; channel++) {
    if (event.picks[channel]! < 0) continue;
    let gap = Number.POSITIVE_INFINITY;
    for (const other of near) {
      const apart = Math.abs(other.dueTime[channel]! - event.dueTime[channel]!);
      if (apart < gap) gap = apart;
    }
    shared += Math.exp(-gap / EXCHANGE_SECONDS);
  }
  return shared;
}

function neighboursOf(event: PlaneEvent, others: Iterable<PlaneEvent>): PlaneEvent[] {
  const [eastOf, northOf, timeOf] = [event.state[0]!, event.state[1]!, event.state[2]!];
  const near: PlaneEvent[] = [];
  for (const other of others) {
    if (Math.abs(other.state[2]! - timeOf) > NEIGHBOUR_SECONDS || other === event) continue;
    if (other.status === "withdrawn" || other.status === "merged") continue;
    const east = other.state[0]! - eastOf;
    const north = other.state[1]! - northOf;
    if (east * east + north * north < NEIGHBOUR_METRES ** 2) near.push(other);
  }
  return near;
}
