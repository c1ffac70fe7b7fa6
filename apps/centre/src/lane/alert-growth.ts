/** How an alert that stands for many grows: counted exactly, told from time to time, every member by name. */
import type { GrowDecision } from "@openjmc/agreement";
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";

/** Growth is told at most this often: an entry for each member would bury the officers and the record. */
const TELL = 10 * MICROSECONDS_PER_SECOND;
/** As many members as one entry names. */
const MOST_NAMED = 200;

export class AlertGrowth {
  readonly key: string;
  #count: number;
  #untold: string[] = [];
  #toldAt: Instant;

  /** `count`: how many the alert stood for when it was raised. */
  constructor(key: string, at: Instant, count = 0) {
    this.key = key;
    this.#count = count;
    this.#toldAt = at;
  }

  /** Members that are to be named, and by how many the alert counts more. */
  add(members: readonly string[], more = members.length): void {
    this.#count += more;
    for (const member of members) this.#untold.push(member);
  }

  /** What is due to be told: everything since the last time, in as many entries as its names take. `until`: time of the latest. */
  tell(at: Instant, until: Instant, isLast = false): GrowDecision[] {
    if (this.#untold.length === 0 || (!isLast && at - this.#toldAt < TELL)) return [];
    const named = [...new Set(this.#untold)];
    this.#untold = [];
    this.#toldAt = at;
    return Array.from({ length: Math.ceil(named.length / MOST_NAMED) }, (_, part) => ({
      ...{ kind: "grow", key: this.key, at, count: this.#count, until },
      members: named.slice(part * MOST_NAMED, (part + 1) * MOST_NAMED),
    }));
  }
}
