/**
 * Points of the log that were seen cosigned, as the log itself tells: by whom, in three grades, and when. What a statement
 * is anchored to is graded by them. In flat arrays, as there may be one a minute for many years.
 */

/**
 * What stands behind a point of the log. `joint`: a cosigner of every component. `one-and-neutral`: of one component at
 * least, and a neutral one. `none`: neither; the centre alone says that the log was so.
 */
export type AnchorGrade = "joint" | "one-and-neutral" | "none";

export interface SealedPoint {
  readonly size: number;
  readonly grade: AnchorGrade;
  /** The middle one of the cosigners' times, seconds since 1970: the point was there then. */
  readonly time: number;
}

const GRADES: readonly AnchorGrade[] = ["none", "one-and-neutral", "joint"];
const FIRST_CAPACITY = 256;

export class SealedPoints {
  #sizes = new Float64Array(FIRST_CAPACITY);
  #times = new Float64Array(FIRST_CAPACITY);
  #grades = new Uint8Array(FIRST_CAPACITY);
  #count = 0;

  /** The point that reaches furthest; undefined before the first. */
  get last(): SealedPoint | undefined {
    return this.#count === 0 ? undefined : this.#at(this.#count - 1);
  }

  /** The point that reaches furthest among those of at least this grade. */
  lastOf(grade: AnchorGrade): SealedPoint | undefined {
    for (let place = this.#count - 1; place >= 0; place--) {
      if (this.#grades[place]! >= GRADES.indexOf(grade)) return this.#at(place);
    }
    return undefined;
  }

  /** The point at exactly this size. */
  get(size: number): SealedPoint | undefined {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#sizes[middle]! < size) low = middle + 1;
      else high = middle;
    }
    return low < this.#count && this.#sizes[low] === size ? this.#at(low) : undefined;
  }

  /** Adds a point that reaches no less far than the last; one of the same size takes its place. */
  add(point: SealedPoint): void {
    const place = this.last?.size === point.size ? this.#count - 1 : this.#count;
    if (place === this.#sizes.length) this.#grow();
    this.#sizes[place] = point.size;
    this.#times[place] = point.time;
    this.#grades[place] = GRADES.indexOf(point.grade);
    this.#count = place + 1;
  }

  #at(place: number): SealedPoint {
    return { size: this.#sizes[place]!, grade: GRADES[this.#grades[place]!]!, time: this.#times[place]! };
  }

  #grow(): void {
    const [sizes, times, grades] = [this.#sizes, this.#times, this.#grades];
    this.#sizes = new Float64Array(sizes.length * 2);
    this.#times = new Float64Array(times.length * 2);
    this.#grades = new Uint8Array(grades.length * 2);
    this.#sizes.set(sizes);
    this.#times.set(times);
    this.#grades.set(grades);
  }
}
