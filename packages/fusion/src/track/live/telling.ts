/** Tracks as the centre is told of them. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { MOMENT_STRIDE } from "../bank.ts";
import type { Forest } from "../forest.ts";
import { LEAVES } from "../track-table.ts";
import { altitudeAt } from "./altitude.ts";
import type { TrackState } from "./picture.ts";
import type { Plane } from "./plane.ts";
import { liveSuspicions, type TrackRecord } from "./record.ts";

/** A source counts as feeding a track for so long after its last plot. */
const SOURCE_LIFE = 60 * MICROSECONDS_PER_SECOND;

export class Telling {
  readonly #forest: Forest;
  readonly #plane: Plane;
  readonly #m = new Float64Array(MOMENT_STRIDE + 4);

  constructor(forest: Forest, plane: Plane) {
    this.#forest = forest;
    this.#plane = plane;
  }

  /** State of a track at the time of its newest plot. */
  state(record: TrackRecord, slot: number, now: Instant): TrackState {
    const { tracks, pool, bank } = this.#forest.parts;
    const m = this.#m;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    this.#forest.toldMoments(slot, pool.time[hypothesis]!, m, 0);
    this.#plane.unproject(m[0]!, m[1]!, m, MOMENT_STRIDE);
    const scale = m[MOMENT_STRIDE + 3]!;
    const cosine = Math.cos(m[MOMENT_STRIDE + 2]!) / scale;
    const sine = Math.sin(m[MOMENT_STRIDE + 2]!) / scale;
    const altitude = altitudeAt(record, record.at);
    const moving = pool.hits[hypothesis]! > 1;
    return {
      key: record.key,
      firstFrame: record.firstFrame,
      at: record.at,
      firstAt: record.firstAt,
      status: record.status,
      lon: m[MOMENT_STRIDE]!,
      lat: m[MOMENT_STRIDE + 1]!,
      ...(altitude === undefined ? {} : { altitudeMetres: altitude, altitudeReference: record.altitudeReference! }),
      velocityEast: cosine * m[2]! + sine * m[3]!,
      velocityNorth: cosine * m[3]! - sine * m[2]!,
      velocityUp: record.velocityUp,
      positionCovariance: turned(m[4]!, m[5]!, m[8]!, cosine, sine),
      velocityCovariance: moving
        ? turned(m[11]!, m[12]!, m[13]!, cosine, sine)
        : unknownVelocity(this.#forest.parts.motion.speedDeviation),
      existence: tracks.existence[slot]!,
      identity: record.identity,
      ...(record.onGround === undefined ? {} : { onGround: record.onGround }),
      sources: Object.keys(record.sources)
        .filter((source) => record.at - record.sources[source]! < SOURCE_LIFE)
        .sort(),
      nis: tracks.nis[slot]!,
      manoeuvring: moving ? 1 - pool.estimate[hypothesis * bank.estimateStride]! : 0,
      suspicious: liveSuspicions(record, now),
    };
  }
}

function unknownVelocity(deviation: number): readonly [number, number, number] {
  return [deviation * deviation, 0, deviation * deviation];
}

/** A plane covariance turned and scaled into the local east-north frame. */
export function turned(xx: number, xy: number, yy: number, c: number, s: number): readonly [number, number, number] {
  return [
    c * c * xx + 2 * c * s * xy + s * s * yy,
    c * c * xy - c * s * xx + c * s * yy - s * s * xy,
    s * s * xx - 2 * c * s * xy + c * c * yy,
  ];
}
