/** Detections of far arrays as they come → events whose identity holds while more join. The only clock is `tick`. */
import type { Instant } from "@openjmc/model";
import { associateLongRange, type LongRangeEvent } from "./associate.ts";
import type { LongRangeDetection } from "./solve.ts";

/** Sound of one source may come in over hours. */
const MEMORY_SECONDS = 4 * 3600;
const SETTLED_SECONDS = 1.5 * 3600;
/** More than these at once are a fault of an array, and would take long to combine. */
const MOST_DETECTIONS = 80;

export interface LongRangeChange {
  /** Journal frame of its first detection when it was first told. */
  readonly key: number;
  readonly version: number;
  readonly status: "live" | "settled" | "withdrawn";
  readonly event: LongRangeEvent;
}

export interface LongRangeSnapshot {
  readonly detections: readonly LongRangeDetection[];
  readonly told: readonly LongRangeChange[];
  readonly isStale: boolean;
}

export class LongRangeWatch {
  #detections: LongRangeDetection[] = [];
  #told = new Map<number, LongRangeChange>();
  #changes: LongRangeChange[] = [];
  #isStale = false;

  add(detection: LongRangeDetection): void {
    this.#detections.push(detection);
    if (this.#detections.length > MOST_DETECTIONS) this.#detections.shift();
    this.#isStale = true;
  }

  tick(at: Instant): void {
    const since = at - MEMORY_SECONDS * 1e6;
    this.#detections = this.#detections.filter((detection) => detection.at > since);
    if (this.#isStale) this.#associate();
    this.#isStale = false;
    this.#settle(at);
  }

  takeChanges(): LongRangeChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  #associate(): void {
    const events = associateLongRange(this.#detections);
    const gone = new Map(this.#told);
    for (const event of events) {
      const before = heirOf(event, gone);
      if (before !== undefined) gone.delete(before.key);
      if (before !== undefined && isSame(before.event, event)) continue;
      const key = before?.key ?? Math.min(...event.members.map(({ frame }) => frame));
      this.#tell({ key, version: (before?.version ?? 0) + 1, status: "live", event });
    }
    for (const { key, version, event } of gone.values())
      this.#tell({ key, version: version + 1, status: "withdrawn", event });
  }

  /** What no more is expected of stands; its detections are no one else's any more. */
  #settle(at: Instant): void {
    for (const { key, version, event } of [...this.#told.values()]) {
      if (event.members.some((member) => member.at > at - SETTLED_SECONDS * 1e6)) continue;
      this.#tell({ key, version: version + 1, status: "settled", event });
      const frames = new Set(event.members.map(({ frame }) => frame));
      this.#detections = this.#detections.filter(({ frame }) => !frames.has(frame));
    }
  }

  #tell(change: LongRangeChange): void {
    this.#changes.push(change);
    if (change.status === "live") this.#told.set(change.key, change);
    else this.#told.delete(change.key);
  }

  snapshot(): LongRangeSnapshot {
    return { detections: this.#detections, told: [...this.#told.values()], isStale: this.#isStale };
  }

  restore({ detections, told, isStale }: LongRangeSnapshot): void {
    this.#detections = [...detections];
    this.#told = new Map(told.map((change) => [change.key, change]));
    this.#isStale = isStale;
  }
}

/** The event told before that shares most detections with this one. */
function heirOf(event: LongRangeEvent, told: ReadonlyMap<number, LongRangeChange>): LongRangeChange | undefined {
  let heir: LongRangeChange | undefined;
  let most = 0;
  for (const change of told.values()) {
    const shared = sharedBetween(change.event, event);
    if (shared <= most) continue;
    most = shared;
    heir = change;
  }
  return heir;
}

function isSame(one: LongRangeEvent, other: LongRangeEvent): boolean {
  return one.members.length === other.members.length && sharedBetween(one, other) === one.members.length;
}

function sharedBetween(one: LongRangeEvent, other: LongRangeEvent): number {
  const frames = new Set(one.members.map(({ frame }) => frame));
  return other.members.filter(({ frame }) => frames.has(frame)).length;
}
