import { metresPerDegree } from "@openjmc/geo";

/** Numbers of one sample: longitude, latitude (degrees), height above the sea (m), velocity east, north, up (m/s). */
export const STATE_LENGTH = 6;

/** Where an aircraft truly is, over its time in the air. Samples are a second apart; between them cubic curves. */
export class FlightPath {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly #samples: Float64Array;
  readonly #scale = new Float64Array(2);

  /** `samples` holds STATE_LENGTH numbers a second from `startSeconds` on: two seconds or more. */
  constructor(startSeconds: number, samples: Float64Array) {
    if (samples.length < 2 * STATE_LENGTH) throw new RangeError("a flight path needs two samples or more");
    this.startSeconds = startSeconds;
    this.endSeconds = startSeconds + samples.length / STATE_LENGTH - 1;
    this.#samples = samples;
  }

  /** Writes the state at `seconds` to `out`; false, with `out` untouched, where the flight does not exist then. */
  stateAt(seconds: number, out: Float64Array): boolean {
    if (!(seconds >= this.startSeconds && seconds <= this.endSeconds)) return false;
    const since = seconds - this.startSeconds;
    const last = this.#samples.length / STATE_LENGTH - 2;
    const index = Math.min(Math.floor(since), last);
    const part = since - index;
    const from = index * STATE_LENGTH;
    const to = from + STATE_LENGTH;
    metresPerDegree(this.#samples[from + 1]!, this.#scale);
    out[0] = this.#curve(from, to, 0, 3, part, this.#scale[0]!);
    out[1] = this.#curve(from, to, 1, 4, part, this.#scale[1]!);
    out[2] = this.#curve(from, to, 2, 5, part, 1);
    for (let field = 3; field < STATE_LENGTH; field++)
      out[field] = this.#samples[from + field]! * (1 - part) + this.#samples[to + field]! * part;
    return true;
  }

  /** Cubic Hermite curve through two samples with their velocities; `metres` is the length of one unit of the position. */
  #curve(from: number, to: number, position: number, velocity: number, part: number, metres: number): number {
    const start = this.#samples[from + position]!;
    const end = this.#samples[to + position]!;
    const startSlope = this.#samples[from + velocity]! / metres;
    const endSlope = this.#samples[to + velocity]! / metres;
    const rest = 1 - part;
    return (
      rest * rest * (start * (1 + 2 * part) + startSlope * part) +
      part * part * (end * (1 + 2 * rest) - endSlope * rest)
    );
  }
}
