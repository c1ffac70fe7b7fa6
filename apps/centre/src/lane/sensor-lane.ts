/**
 * The shell around fusion: takes what feeds bring, journals it first, ticks, and hands on what comes out. It alone knows
 * the clock; the lane inside only ever sees journal records.
 */
import { type Fault, FaultError, type Instant, type SourceRow } from "@openjmc/model";
import type { Clock } from "../clock.ts";
import { connectionName, type FeedSink, type Reply } from "../feeds/feed.ts";
import type { Journal, JournalEntry, JournalRecord } from "../journal/index.ts";
import type { PictureLine } from "../projection/rows.ts";
import { FlightMarks } from "./flight-marks.ts";
import { Lane } from "./lane.ts";
import { configurationOf, type LaneChange, type LaneConfiguration } from "./lane-configuration.ts";
import type { LaneOutput } from "./lane-output.ts";
import { OutputLines } from "./output-lines.ts";

/** Wall milliseconds between beats: how stale the picture may be before a message of it goes out. */
const BEAT_MILLISECONDS = 50;
/** When nothing comes, only each so many-th beat is a tick of the journal. */
const BEATS_PER_IDLE_TICK = 2;
/** When beats come this much too late, decoding is behind: what arrives is recorded and not decoded, until it has caught up. */
const SHED_AFTER_MILLISECONDS = 5_000;
const SHED_UNTIL_MILLISECONDS = 300;

export interface SensorLaneOptions {
  readonly configuration: LaneConfiguration;
  readonly journal: Journal;
  readonly clock: Clock;
  /** What a tick brought, for screens and alerts; told after its lines. */
  readonly onOutput: (output: LaneOutput, at: Instant) => void;
  /** Lines for the sealed picture, already thinned. The journal record that caused them is with the operating system by then. */
  readonly onLines: (lines: readonly PictureLine[], at: Instant, journalSequence: number) => void;
  readonly onTrouble: (feed: string, fault: Fault) => void;
  /** Why nothing may be taken from feeds now, as with a disk that is nearly full. */
  readonly refusal?: () => Fault | undefined;
}

const encoder = new TextEncoder();

/** Journal entries that fusion answers with what changed. */
type OutputEntry = Pick<JournalEntry, "kind" | "payload">;

const ENDS: LaneChange = { ends: true };

export class SensorLane implements FeedSink {
  readonly #options: SensorLaneOptions;
  readonly #lane: Lane;
  readonly #lines = new OutputLines();
  readonly #flights: FlightMarks;
  readonly #start: Uint8Array;
  #timer: NodeJS.Timeout | undefined;
  #expectedBeat = 0;
  #idleBeats = 0;
  #hasTaken = false;
  #isShedding = false;
  #paused: (() => void)[] = [];
  readonly #replies = new Map<string, Reply>();
  /** Marks that the journal did not take: they go before anything else once it does. */
  #owed: Omit<JournalEntry, "receivedAt">[] = [];
  #toldCode: string | undefined;
  #latest: Instant = 0;
  /** Chunks recorded without being decoded, since start. */
  shedTotal = 0;
  chunksTotal = 0;

  constructor(options: SensorLaneOptions) {
    this.#options = options;
    // Fusion works by the very bytes that a replay will read.
    this.#start = encoder.encode(JSON.stringify(options.configuration));
    this.#lane = new Lane(configurationOf({ payload: this.#start }));
    this.#flights = new FlightMarks(this.#lane.flights);
  }

  /** Marks the start in the journal (empty state, this configuration) and begins to tick. */
  start(): void {
    this.#append({ kind: "fusion-started", payload: this.#start });
    this.#expectedBeat = performance.now() + BEAT_MILLISECONDS;
    this.#timer = setInterval(() => this.#beat(), BEAT_MILLISECONDS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#tick();
    this.#tick({ kind: "configuration", payload: encoder.encode(JSON.stringify(ENDS)) });
    this.#append({ kind: "fusion-stopped" });
  }

  /** Changes what fusion works by, from the next journal record on. */
  change(change: LaneChange): void {
    this.#append({ kind: "configuration", payload: encoder.encode(JSON.stringify(change)) });
  }

  connected(feed: string, connection: number, _remote: string, reply?: Reply): void {
    const source = connectionName(feed, connection);
    if (reply) this.#replies.set(source, reply);
    this.#append({ kind: "connected", source });
  }

  disconnected(feed: string, connection: number, reason: string): void {
    const source = connectionName(feed, connection);
    this.#replies.delete(source);
    this.#append({
      kind: "disconnected",
      source,
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
    this.#hasTaken = true;
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

  #beat(): void {
    this.#measureLag();
    this.#idleBeats += 1;
    if (this.#hasTaken || this.#idleBeats >= BEATS_PER_IDLE_TICK) this.#tick();
  }

  /** Time passes for fusion, or its run ends, and what changed goes out. */
  #tick(entry: OutputEntry = { kind: "tick" }): void {
    this.#hasTaken = false;
    this.#idleBeats = 0;
    const output = this.#appendTick(entry);
    if (!output) return;
    if (this.#paused.length > 0) this.#resume();
    const lines = this.#lines.of(output);
    if (lines.length > 0) this.#write(lines);
    this.#options.onOutput(output, this.#latest);
    const flying = this.#flights.due(this.#latest);
    if (flying) this.change({ flying });
  }

  /** The journal goes first: a picture of what was never recorded could not be made again. */
  #write(lines: readonly PictureLine[]): void {
    try {
      this.#options.journal.flush();
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      this.#tell(error.fault);
    }
    this.#options.onLines(lines, this.#latest, this.#options.journal.lastSequence);
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
      if (entry.kind !== "bytes") this.#owed.push(entry);
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
    const output = this.#lane.take(record);
    for (const { connection, bytes } of this.#lane.takeAnswers()) this.#replies.get(connection)?.(bytes);
    return output;
  }

  #appendTick(entry: OutputEntry): LaneOutput | undefined {
    try {
      this.#payOwed();
      return this.#take(entry);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      this.#tell(error.fault);
      return undefined;
    }
  }

  #measureLag(): void {
    const now = performance.now();
    const late = now - this.#expectedBeat;
    this.#expectedBeat = now + BEAT_MILLISECONDS;
    if (late > SHED_AFTER_MILLISECONDS) this.#isShedding = true;
    else if (late < SHED_UNTIL_MILLISECONDS) this.#isShedding = false;
  }

  #resume(): void {
    const paused = this.#paused;
    this.#paused = [];
    for (const resume of paused) resume();
  }
}
