/** What a bearing says for or against a hypothesis. */
import type { ArrivalStore } from "./arrivals.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { Network } from "./network.ts";
import { STATE_SIZE, turnBetween } from "./travel.ts";

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** Log likelihood ratio of an arrival's bearing as the hypothesis' against any direction; nought where it has none. */
export function bearingGain(
  network: Network,
  arrivals: ArrivalStore,
  hypothesis: Hypothesis,
  number: number,
  station: number,
): number {
  const place = number & arrivals.mask;
  if (Number.isNaN(arrivals.bearingEast[place]!)) return 0;
  const deltaEast = hypothesis.state[0]! - network.east[station]!;
  const deltaNorth = hypothesis.state[1]! - network.north[station]!;
  const square = Math.max(1, deltaEast * deltaEast + deltaNorth * deltaNorth);
  const slopeEast = deltaNorth / square;
  const slopeNorth = -deltaEast / square;
  const covariance = hypothesis.covariance;
  const variance =
    arrivals.bearingVariance[place]! +
    slopeEast * slopeEast * covariance[0]! +
    2 * slopeEast * slopeNorth * covariance[1]! +
    slopeNorth * slopeNorth * covariance[STATE_SIZE + 1]!;
  const difference = turnBetween(arrivals.bearingEast[place]!, arrivals.bearingNorth[place]!, deltaEast, deltaNorth);
  return 0.5 * (LOG_TWO_PI - Math.log(variance)) - (0.5 * difference * difference) / variance;
}
