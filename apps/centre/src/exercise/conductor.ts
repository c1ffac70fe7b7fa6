/** Plays a scenario on wires by the clock: every message at its due time, never before. Runs in the driver's thread. */
import type { ActItem, ScenarioItem, TruthRecord } from "@openjmc/exercise";
import type { Instant } from "@openjmc/model";
import { type DriverClock, millisecondsUntil, shownAt, wallMicroseconds } from "./driver-clock.ts";
import type { WireCount } from "./endpoint.ts";
import { paceOf, playedUntil } from "./pace.ts";
import type { TruthFile } from "./truth-file.ts";
import type { Wire } from "./wires/wire.ts";

/** How late messages left, in wall milliseconds: bins with upper limits 1, 2, 5, 10, 20, 50, 100 and more. */
export const LATENESS_LIMITS = [1, 2, 5, 10, 20, 50, 100] as const;

export interface ConductorOptions {
  /** Yields items from an instant on. */
  readonly play: (from: Instant) => Iterator<ScenarioItem>;
  readonly truth: TruthFile;
  readonly onAct: (act: ActItem) => void;
}

/** Wall time after which truth is written down, and how often progress is noted at most. */
const FLUSH_MILLISECONDS = 200;
/** Later than this there was no play but a standstill of the machine: what was due meanwhile is left out. */
const STANDSTILL_MILLISECONDS = 5_000;
/** How late the play may begin and still play everything: the time that a word to the thread takes. */
const START_GRACE_MILLISECONDS = 250;
/** Items sent in one go before other work of the thread gets its turn. */
const LARGEST_BATCH = 2_000;
const LONGEST_WAIT_MILLISECONDS = 50;
/** A full wire holds up the clock for this long at most; then what waits for it is lost, and counted. */
const PATIENCE_MILLISECONDS = 10_000;
/** Further ahead than this it is cheaper to begin anew than to play through in silence, µs. */
const FAR_AHEAD = 1_800_000_000;

export class Conductor {
  readonly #options: ConductorOptions;
  readonly #wires = new Map<string, Wire>();
  readonly #dirty = new Set<Wire>();
  readonly #lostBefore = new Map<string, WireCount>();
  readonly lateness = new Array<number>(LATENESS_LIMITS.length + 1).fill(0);
  /** Messages of sources that have no wire. */
  unconnected = 0;
  latestMilliseconds = 0;
  #items: Iterator<ScenarioItem> | undefined;
  #next: ScenarioItem | undefined;
  #clock: DriverClock | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastFlush = 0;
  /** Wall milliseconds since when some wire has been full. */
  #fullSince: number | undefined;
  #speedTold = 0;

  constructor(options: ConductorOptions) {
    this.#options = options;
  }

  /** Makes everything ready to play from an instant, so that running can begin without delay. */
  prime(from: Instant): void {
    this.#items = this.#options.play(from);
    this.#advance();
    // What holds already was due long ago: it is no sign of being late.
    while (this.#next && this.#next.at < from && isLasting(this.#next)) {
      this.#tell(this.#next.record);
      this.#advance();
    }
  }

  setWire(source: string, wire: Wire): void {
    this.#wires.set(source, wire);
  }

  wires(): ReadonlyMap<string, Wire> {
    return this.#wires;
  }

  /** Plays by this clock from now on. What was due a good while before what it shows now is left out: it has not happened. */
  run(clock: DriverClock): void {
    this.#cancel();
    this.#clock = clock;
    const wall = wallMicroseconds();
    this.#skipIfLate(clock, wall, START_GRACE_MILLISECONDS);
    this.#tellSpeed(clock, wall);
    this.#turn();
  }

  pause(): void {
    this.#cancel();
    if (this.#clock) this.#tellProgress(shownAt(this.#clock, wallMicroseconds()));
    this.#publish(Number.MAX_SAFE_INTEGER);
    this.#clock = undefined;
  }

  stop(): void {
    this.pause();
    this.#options.truth.flush();
  }

  #cancel(): void {
    clearTimeout(this.#timer);
  }

  #advance(): void {
    const step = this.#items?.next();
    this.#next = step === undefined || step.done === true ? undefined : step.value;
  }

  /** Speed of the first run, and of every change. */
  #tellSpeed(clock: DriverClock, wall: number): void {
    if (this.#speedTold === clock.speed) return;
    this.#speedTold = clock.speed;
    const at = Math.min(shownAt(clock, wall), this.#next?.at ?? Number.POSITIVE_INFINITY);
    this.#tell({ type: "progress", at, resumed: true, speed: clock.speed });
  }

  #skipIfLate(clock: DriverClock, wall: number, graceMilliseconds: number): void {
    const late = this.#next === undefined ? Number.POSITIVE_INFINITY : -millisecondsUntil(clock, this.#next.at, wall);
    if (late > graceMilliseconds) this.#skipTo(shownAt(clock, wall));
  }

  /** Leaves out what is due before an instant, but for what holds from then on. */
  #skipTo(instant: Instant): void {
    if (this.#next === undefined || instant - this.#next.at > FAR_AHEAD) this.prime(instant);
    while (this.#next && this.#next.at < instant) {
      if (isLasting(this.#next)) this.#tell(this.#next.record);
      this.#advance();
    }
    this.#tell({ type: "progress", at: instant, resumed: true });
  }

  /** Sends what is due, then waits for what comes next. */
  #turn(): void {
    const clock = this.#clock;
    if (clock === undefined) return;
    const wall = wallMicroseconds();
    const now = shownAt(clock, wall);
    this.#skipIfLate(clock, wall, STANDSTILL_MILLISECONDS);
    let sent = 0;
    while (this.#next && this.#next.at <= now && sent++ < LARGEST_BATCH) {
      this.#perform(this.#next, -millisecondsUntil(clock, this.#next.at, wall));
      this.#advance();
    }
    for (const wire of this.#dirty) wire.flush();
    this.#dirty.clear();
    if (!this.#isHeldUp(wall)) this.#publish(this.#next?.at ?? Number.MAX_SAFE_INTEGER);
    const isBehind = this.#next !== undefined && this.#next.at <= now;
    if (wall / 1000 - this.#lastFlush > FLUSH_MILLISECONDS && !isBehind) this.#writeDown(now, wall);
    this.#wait(clock);
  }

  /** Says before which instant everything was sent: the clock does not run far ahead of it. */
  #publish(instant: Instant): void {
    if (this.#clock?.pace) playedUntil(paceOf(this.#clock.pace), instant);
  }

  /** Whether some link takes no more for now, so that what was sent has not gone yet. */
  #isHeldUp(wall: number): boolean {
    const isFull = [...this.#wires.values()].some((wire) => wire.isFull());
    this.#fullSince = isFull ? (this.#fullSince ?? wall / 1000) : undefined;
    return this.#fullSince !== undefined && wall / 1000 - this.#fullSince < PATIENCE_MILLISECONDS;
  }

  #wait(clock: DriverClock): void {
    if (this.#next === undefined) return;
    const pause = millisecondsUntil(clock, this.#next.at, wallMicroseconds());
    // Timers are a millisecond coarse. Waiting by turns of the event loop would be finer, but would take the centre's core.
    this.#timer = setTimeout(() => this.#turn(), Math.max(1, Math.min(pause, LONGEST_WAIT_MILLISECONDS)));
  }

  #perform(item: ScenarioItem, lateMilliseconds: number): void {
    if (item.kind === "bytes") this.#send(item.source, item.bytes, lateMilliseconds);
    else if (item.kind === "truth") this.#tell(item.record);
    else this.#options.onAct(item);
  }

  #send(source: string, bytes: Uint8Array, lateMilliseconds: number): void {
    const bin = LATENESS_LIMITS.findIndex((limit) => lateMilliseconds < limit);
    const index = bin < 0 ? LATENESS_LIMITS.length : bin;
    this.lateness[index] = this.lateness[index]! + 1;
    this.latestMilliseconds = Math.max(this.latestMilliseconds, lateMilliseconds);
    const wire = this.#wires.get(source);
    if (wire === undefined) {
      this.unconnected += 1;
      return;
    }
    wire.put(bytes);
    this.#dirty.add(wire);
  }

  #tell(record: TruthRecord): void {
    this.#options.truth.append(record);
  }

  #writeDown(now: Instant, wall: number): void {
    this.#lastFlush = wall / 1000;
    this.#tellLosses(now);
    this.#tellProgress(now);
  }

  #tellProgress(now: Instant): void {
    // What is due at this very instant may still be to come.
    const at = this.#next ? Math.min(now, this.#next.at) : now;
    this.#tell({ type: "progress", at });
    this.#options.truth.flush();
  }

  #tellLosses(at: Instant): void {
    for (const [source, wire] of this.#wires) {
      const count = wire.count();
      const before = this.#lostBefore.get(source);
      const messages = count.lostMessages - (before?.lostMessages ?? 0);
      if (messages === 0) continue;
      this.#tell({ type: "lost-bytes", at, source, messages, bytes: count.lostBytes - (before?.lostBytes ?? 0) });
      this.#lostBefore.set(source, count);
    }
  }
}

/** Truth that holds from its instant on: who is in the air. */
function isLasting(item: ScenarioItem): item is ScenarioItem & { readonly kind: "truth" } {
  return item.kind === "truth" && item.record.type === "aircraft";
}
