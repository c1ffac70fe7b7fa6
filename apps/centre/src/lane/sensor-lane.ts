/**
 * The shell around fusion: takes what feeds bring, journals it first, ticks, and hands on what comes out. It alone knows
 * the clock; the lane inside only ever sees journal records.
 */
import type { Mission } from "@openjmc/agreement";
import {
  type Fault,
  FaultError,
  type Instant,
  MICROSECONDS_PER_SECOND,
  type NotifiedFlight,
  type SourceRow,
  type TrackRow,
} from "@openjmc/model";
import type { Clock } from "../clock.ts";
import { connectionName, type FeedSink } from "../feeds/feed.ts";
import type { Journal, JournalEntry, JournalRecord } from "../journal/index.ts";
import type { PictureLine } from "../projection/rows.ts";
import { Lane, type LaneConfiguration, type LaneOutput } from "./lane.ts";

/** Wall milliseconds between ticks: how stale the picture may be before a message of it goes out. */
const TICK_MILLISECONDS = 100;
/** When ticks come this much too late, decoding is behind: what arrives is recorded and not decoded, until it has caught up. */
const SHED_AFTER_MILLISECONDS = 5_000;
const SHED_UNTIL_MILLISECONDS = 300;
/** A track is written to the picture at most once in this time, unless its status changes. */
const TRACK_PERIOD = MICROSECONDS_PER_SECOND;

export interface SensorLaneOptions {
  readonly mission: Mission;
  readonly configuration: LaneConfiguration;
  readonly journal: Journal;
  readonly clock: Clock;
  /** What a tick brought, at once, for screens and alerts. */
  readonly onOutput: (output: LaneOutput, at: Instant) => void;
  /** Lines for the sealed picture, already thinned. */
  readonly onLines: (lines: readonly PictureLine[], at: Instant, journalSequence: number) => void;
  readonly onTrouble: (feed: string, fault: Fault) => void;
  /** Why nothing may be taken from feeds now, as with a disk that is nearly full. */
  readonly refusal?: () => Fault | undefined;
}

export class SensorLane implements FeedSink {
  readonly #options: SensorLaneOptions;
  readonly #lane: Lane;
  readonly #written = new Map<string, { at: Instant; status: string }>();
  #timer: NodeJS.Timeout | undefined;
  #expectedTick = 0;
  #isShedding = false;
  #paused: (() => void)[] = [];
  /** Marks of connections that the journal did not take: they go before anything else once it does. */
  #owed: Omit<JournalEntry, "receivedAt">[] = [];
  #toldCode: string | undefined;
  #latest: Instant = 0;
  /** Chunks recorded without being decoded, since start. */
  shedTotal = 0;
  chunksTotal = 0;

  constructor(options: SensorLaneOptions) {
    this.#options = options;
    this.#lane = new Lane(options.mission, options.configuration);
  }

  /** Marks the start in the journal (empty state, this configuration) and begins to tick. */
  start(): void {
    this.#append({
      kind: "fusion-started",
      payload: new TextEncoder().encode(JSON.stringify(this.#options.configuration)),
    });
    this.#expectedTick = performance.now() + TICK_MILLISECONDS;
    this.#timer = setInterval(() => this.tick(), TICK_MILLISECONDS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.tick();
  }

  setFlights(flights: readonly NotifiedFlight[]): void {
    this.#append({ kind: "configuration", payload: new TextEncoder().encode(JSON.stringify({ flights })) });
    this.#lane.setFlights(flights);
  }

  connected(feed: string, connection: number, _remote: string): void {
    this.#append({ kind: "connected", source: connectionName(feed, connection) });
  }

  disconnected(feed: string, connection: number, reason: string): void {
    this.#append({
      kind: "disconnected",
      source: connectionName(feed, connection),
      payload: new TextEncoder().encode(reason.slice(0, 200)),
    });
  }

  get isTaking(): boolean {
    return this.#options.refusal?.() === undefined && this.#options.journal.fault === undefined;
  }

  /** Journals a chunk, then decodes it. False asks the feed to keep it and pause: nothing is taken now. */
  bytes(feed: string, connection: number, chunk: Uint8Array): boolean {
    const refusal = this.#options.refusal?.();
    if (refusal) {
      this.#tell(refusal);
      return false;
    }
    const isTaken = this.#append({
      kind: "bytes",
      source: connectionName(feed, connection),
      disposition: this.#isShedding ? "shed" : "processed",
      payload: chunk,
    });
    if (!isTaken) return false;
    this.#toldCode = undefined;
    this.chunksTotal += 1;
    if (this.#isShedding) this.shedTotal += 1;
    return true;
  }

  onResume(resume: () => void): void {
    this.#paused.push(resume);
  }

  trouble(feed: string, fault: Fault): void {
    this.#options.onTrouble(feed, fault);
  }

  sourceRows(): SourceRow[] {
    return this.#lane.sourceRows(this.#now());
  }

  /** One beat: time passes for fusion, and what changed goes out. */
  tick(): void {
    this.#measureLag();
    const output = this.#appendTick();
    if (!output) return;
    if (this.#paused.length > 0) this.#resume();
    this.#options.onOutput(output, this.#latest);
    const lines = this.#linesOf(output);
    if (lines.length > 0) this.#options.onLines(lines, this.#latest, this.#options.journal.lastSequence);
  }

  /** Journal time never goes back, whatever the clock does. */
  #now(): Instant {
    this.#latest = Math.max(this.#latest, this.#options.clock.now());
    return this.#latest;
  }

  #append(entry: Omit<JournalEntry, "receivedAt">): boolean {
    try {
      this.#payOwed();
      this.#take(entry);
      return true;
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      this.#tell(error.fault);
      if (entry.kind === "connected" || entry.kind === "disconnected") this.#owed.push(entry);
      return false;
    }
  }

  #payOwed(): void {
    for (let next = this.#owed[0]; next !== undefined; next = this.#owed[0]) {
      this.#take(next);
      this.#owed.shift();
    }
  }

  /** The same trouble is told once, not with every chunk: the log lies on the same disk. */
  #tell(fault: Fault): void {
    if (fault.code === this.#toldCode) return;
    this.#toldCode = fault.code;
    this.#options.onTrouble("journal", fault);
  }

  #take(entry: Omit<JournalEntry, "receivedAt">): LaneOutput | undefined {
    const receivedAt = this.#now();
    const sequence = this.#options.journal.append({ ...entry, receivedAt });
    const record: JournalRecord = {
      sequence,
      receivedAt,
      kind: entry.kind,
      source: entry.source ?? "",
      disposition: entry.disposition ?? "processed",
      payload: entry.payload ?? new Uint8Array(0),
    };
    return this.#lane.take(record);
  }

  #appendTick(): LaneOutput | undefined {
    try {
      this.#payOwed();
      return this.#take({ kind: "tick" });
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      this.#tell(error.fault);
      return undefined;
    }
  }

  #measureLag(): void {
    const now = performance.now();
    const late = now - this.#expectedTick;
    this.#expectedTick = now + TICK_MILLISECONDS;
    if (late > SHED_AFTER_MILLISECONDS) this.#isShedding = true;
    else if (late < SHED_UNTIL_MILLISECONDS) this.#isShedding = false;
  }

  #resume(): void {
    const paused = this.#paused;
    this.#paused = [];
    for (const resume of paused) resume();
  }

  #linesOf(output: LaneOutput): PictureLine[] {
    return [
      ...output.tracks.filter((row) => this.#isDue(row)).map((row) => ({ t: "track" as const, row })),
      ...output.events.map((row) => ({ t: "event" as const, row })),
      ...output.sources.map((row) => ({ t: "source" as const, row })),
      ...output.coverage.map((row) => ({ t: "coverage" as const, row })),
    ];
  }

  #isDue(row: TrackRow): boolean {
    const last = this.#written.get(row.id);
    if (last && last.status === row.status && row.at - last.at < TRACK_PERIOD) return false;
    if (row.status === "ended") this.#written.delete(row.id);
    else this.#written.set(row.id, { at: row.at, status: row.status });
    return true;
  }
}
