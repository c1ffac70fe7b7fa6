/**
 * The sensor lane's fusion: journal records in, picture and alert decisions out. No clock, timer or randomness: the same
 * records in the same order give the same output, byte for byte, which is what a replay proves.
 */
import { createHash } from "node:crypto";
import {
  createLocator,
  createTracker,
  type Locator,
  type LocatorConfiguration,
  type Plot,
  type Tracker,
  type TrackerConfiguration,
  type TrackState,
} from "@openjmc/fusion";
import {
  type CollectionTask,
  type Instant,
  type LonLat,
  MICROSECONDS_PER_SECOND,
  type SourceRow,
  type TrackRow,
  UNPROVED_CONFIDENCE,
} from "@openjmc/model";
import { feedOfConnection } from "../feeds/feed.ts";
import type { JournalRecord } from "../journal/index.ts";
import type { ConnectionDecoder } from "./connection.ts";
import { DECODERS } from "./decoders.ts";
import { EventViews } from "./event-views.ts";
import { FollowedTrack } from "./followed-track.ts";
import { GroundBook } from "./ground-book.ts";
import { LaneAlerts } from "./lane-alerts.ts";
import { changeOf, type LaneChange, type LaneConfiguration } from "./lane-configuration.ts";
import { type LaneAnswer, type LaneOutput, NO_OUTPUT } from "./lane-output.ts";
import { SignedConnection } from "./signed-connection.ts";
import { soundPlot } from "./sound-plot.ts";
import type { SourceHealth } from "./source-health.ts";
import { SourceProof } from "./source-proof.ts";
import { SourceViews } from "./source-views.ts";
import { type HeardNames, isSound, TrackViews } from "./track-views.ts";

/** Between ticks, states of tracks are kept this often, by the frames' own times. */
const SAMPLE_PERIOD = 2 * MICROSECONDS_PER_SECOND;

/** One run of fusion, from a `fusion-started` mark on. */
export class Lane {
  readonly #configuration: LaneConfiguration;
  readonly #hash: string;
  readonly #tracker: Tracker;
  readonly #locator: Locator;
  readonly #sources: SourceViews;
  readonly #tracks: TrackViews;
  readonly #events: EventViews;
  readonly #alerts: LaneAlerts;
  readonly #ground: GroundBook;
  readonly #stationsMiddle: LonLat;
  readonly #connections = new Map<string, ConnectionDecoder>();
  /** What decoders keep of a source beyond the end of a connection. */
  readonly #memories = new Map<string, unknown>();
  #answers: LaneAnswer[] = [];
  #tasks: readonly CollectionTask[] = [];
  readonly #proofs = new Map<string, SourceProof>();
  #sampled: TrackRow[] = [];
  #nextSample = 0;
  #latest: Instant = 0;

  constructor(configuration: LaneConfiguration) {
    this.#configuration = configuration;
    this.#hash = createHash("sha256").update(JSON.stringify(configuration)).digest("hex");
    this.#tracker = createTracker(configuration.tracker);
    this.#locator = createLocator(configuration.locator);
    const idOf = (name: string) => this.#idOf(name);
    this.#ground = new GroundBook(idOf, (source) => this.#sources.find(source)?.bad("cue.flood"));
    this.#stationsMiddle = middleOf(configuration.locator);
    this.#sources = new SourceViews(configuration.sources, configuration.locator, this.#ground.air);
    this.#tracks = new TrackViews(idOf);
    this.#events = new EventViews(idOf, configuration.locator.models?.signatures);
    const context = {
      idOf,
      trackIdOf: (key: number) => this.#tracks.idOf(key),
      trackOf: (id: string) => this.#tracks.find(id),
      sourceOf: (id: string) => this.#sources.descriptionOf(id),
      pressureAt: (place: LonLat, at: Instant) => this.#ground.air.pressureAt(place, at),
    };
    this.#alerts = new LaneAlerts(configuration.judging, context, configuration.flying);
  }

  /** Flights in the air, and what has been seen of them: what a run that could not end leaves to the next. */
  get flights(): Pick<LaneAlerts, "inAir" | "flying"> {
    return this.#alerts;
  }

  /** Gathers, from now on, the plots that feed one track. */
  follow(track: string): FollowedTrack {
    const followed = new FollowedTrack((key) => this.#tracks.idOf(key) === track);
    this.#tracker.onFed = (key, plot) => followed.take(key, plot);
    return followed;
  }

  get trackerConfiguration(): TrackerConfiguration {
    return this.#configuration.tracker;
  }

  /** Takes one journal record; a tick answers with what changed, the end of the run with what it leaves open. */
  take(record: JournalRecord): LaneOutput | undefined {
    switch (record.kind) {
      case "connected":
        this.#connected(record.source);
        return undefined;
      case "disconnected":
        this.#disconnected(record);
        return undefined;
      case "bytes":
        this.#bytes(record);
        return undefined;
      case "configuration":
        return this.#change(changeOf(record), record.receivedAt);
      case "tick":
        return this.#tick(record.receivedAt);
      default:
        return undefined;
    }
  }

  /** Answers that have come about since the last call. */
  takeAnswers(): readonly LaneAnswer[] {
    if (this.#answers.length === 0) return this.#answers;
    const answers = this.#answers;
    this.#answers = [];
    return answers;
  }

  sourceRows(now: Instant): SourceRow[] {
    return this.#sources.rows(now);
  }

  #change(change: LaneChange, at: Instant): LaneOutput | undefined {
    if (change.tasks) this.#plan(change.tasks, at);
    for (const [source, known] of Object.entries(change.keys ?? {})) this.#proofOf(source).setKeys(known);
    this.#alerts.change(change);
    return change.ends ? this.#stop(at) : undefined;
  }

  #plan(tasks: readonly CollectionTask[], at: Instant): void {
    this.#tasks = tasks;
    this.#sources.setTasks(tasks);
    for (const connection of this.#connections.values()) connection.planned?.(at);
  }

  #sourcesOf(connection: string): SourceHealth[] {
    return this.#sources.findAll(this.#configuration.feeds[feedOfConnection(connection)]?.sources ?? []);
  }

  #connected(connection: string): void {
    const decoder = this.#open(connection);
    if (!decoder) return;
    this.#connections.set(connection, decoder);
    for (const health of this.#sourcesOf(connection)) health.connected();
  }

  #disconnected(record: JournalRecord): void {
    this.#connections.get(record.source)?.end({ sequence: record.sequence, receivedAt: record.receivedAt });
    if (!this.#connections.delete(record.source)) return;
    for (const health of this.#sourcesOf(record.source)) health.disconnected();
  }

  #bytes(record: JournalRecord): void {
    const sources = this.#sourcesOf(record.source);
    if (sources.length === 1) sources[0]!.bytes(record.payload.length);
    if (record.disposition === "shed") {
      for (const health of sources) health.shed();
      return;
    }
    this.#connections
      .get(record.source)
      ?.push(record.payload, { sequence: record.sequence, receivedAt: record.receivedAt });
  }

  #open(connection: string): ConnectionDecoder | undefined {
    const feed = this.#configuration.feeds[feedOfConnection(connection)];
    const health = this.#sourcesOf(connection)[0];
    if (!feed || !health) return undefined;
    const inner = this.#openPlain(connection, feed, health);
    if (!inner || health.description.authentication !== "signed") return inner;
    return new SignedConnection({ inner, health, proof: this.#proofOf(health.description.id) });
  }

  #proofOf(source: string): SourceProof {
    const known = this.#proofs.get(source) ?? new SourceProof(source, this.#configuration.speed);
    this.#proofs.set(source, known);
    return known;
  }

  /** A gateway that signs listens to nobody: what would be answered to its sensor is not sent. */
  #openPlain(
    connection: string,
    feed: LaneConfiguration["feeds"][string],
    health: SourceHealth,
  ): ConnectionDecoder | undefined {
    const { authentication, id } = health.description;
    return DECODERS[feed.format]?.({
      health,
      sourceOf: (name) => (feed.sources.includes(name) ? this.#sources.find(name) : undefined),
      sources: this.#sources.findAll(feed.sources),
      speed: this.#configuration.speed,
      run: this.#hash,
      air: this.#airSink,
      arrival: (arrival) => void this.#locator.arrival(arrival),
      ground: this.#ground,
      alert: (alert) => this.#alerts.node(alert),
      tasks: () => this.#tasks,
      memory: (make, source = id) => this.#memoryOf(source, make),
      ...(this.#configuration.since === undefined ? {} : { since: this.#configuration.since }),
      answer: (bytes) => {
        if (authentication !== "signed") this.#answers.push({ connection, bytes });
      },
      hangUp: () => void this.#answers.push({ connection, bytes: undefined }),
    });
  }

  #memoryOf<Memory>(source: string, make: () => Memory): Memory {
    const known = this.#memories.get(source) ?? make();
    this.#memories.set(source, known);
    return known as Memory;
  }

  readonly #airSink = {
    plot: (said: Plot): void => {
      const plot = soundPlot(said);
      if (!plot) {
        this.#sources.find(said.source)?.bad("plot.unsound");
        return;
      }
      this.#sources.noteAccuracy(plot);
      this.#tracker.report(plot);
      if (plot.at >= this.#nextSample) this.#sampleTracks(plot.at);
    },
    named: (icao: string, names: HeardNames): void => this.#tracks.named(icao, names),
  };

  /** What is open is told as far as it has come; nothing where nothing is. */
  #stop(at: Instant): LaneOutput | undefined {
    this.#alerts.stop(at);
    const decisions = this.#alerts.take();
    return decisions.length === 0 ? undefined : { ...NO_OUTPUT, decisions };
  }

  #tick(at: Instant): LaneOutput {
    for (const connection of this.#connections.values()) connection.tick?.(at);
    this.#tracker.tick(at);
    const air = this.#ground.air.due(this.#stationsMiddle, at);
    if (air !== undefined) this.#locator.weather(at, air);
    this.#locator.tick(at);
    const findings = this.#tracker.findings();
    this.#sources.noteJamming(findings, at);
    this.#latest = at;
    this.#nextSample = at + SAMPLE_PERIOD;
    const tracks = [...this.#sampled, ...this.#judgeTracks(at)];
    this.#sampled = [];
    this.#alerts.found(findings, at);
    const events = this.#events.rowsOf(this.#locator.changes(), at).map((row) => {
      const { zones, isUnproved } = this.#alerts.event(row, at);
      return { ...row, zones, ...(isUnproved ? { capped: "unauthenticated" as const } : {}) };
    });
    if (this.#sources.isDue(at)) this.#sources.noteErrors(this.#tracker.registrations());
    const rows = this.#sources.dueRows(at);
    this.#alerts.sources(rows, at);
    this.#alerts.tick(this.#proofs.values(), at);
    return {
      tracks,
      events,
      ...this.#ground.take(),
      sources: rows.length > 0 ? rows : this.#sources.shownGround(at),
      coverage: this.#sources.coverageOf(rows, at),
      decisions: this.#alerts.take(),
      settled: events.filter((event) => event.status === "settled"),
      taps: [...this.#proofs.values()].flatMap((proof) => proof.takeTaps()),
    };
  }

  /** Ticks may come late when frames come in a rush: the picture then keeps states between them, by the frames' own times. */
  #sampleTracks(at: Instant): void {
    this.#nextSample = at + SAMPLE_PERIOD;
    this.#latest = Math.max(this.#latest, at);
    this.#sampled.push(...this.#judgeTracks(this.#latest));
  }

  /** Machine ids: hash of the configuration and the first journal frame. */
  #idOf(name: string): string {
    return createHash("sha256").update(`${this.#hash}|${name}`).digest("hex").slice(0, 32);
  }

  #judgeTracks(at: Instant): TrackRow[] {
    return this.#tracker
      .changes()
      .flatMap((track) => (isSound(track) ? this.#judgeTrack(track, at) : this.#giveUp(track)));
  }

  /** What cannot be told in numbers is counted where it came from, and not told: one such row would hold up all others. */
  #giveUp(track: TrackState): TrackRow[] {
    for (const source of track.sources) this.#sources.find(source)?.bad("track.unsound");
    return [this.#tracks.endOf(track) ?? []].flat();
  }

  #judgeTrack(track: TrackState, at: Instant): TrackRow {
    const row = this.#tracks.rowOf(track);
    const isDoubted = row.status === "confirmed" && this.#tracks.mayBeDouble(row, track.at);
    const status = isDoubted ? "tentative" : row.status;
    const judged = { ...row, status, positionCovariance: track.positionCovariance };
    const { zones, flight, isUnproved } = this.#alerts.track(judged, track.status === "ended", at);
    this.#tracks.keep(row);
    return {
      ...row,
      existence: isUnproved ? Math.min(row.existence, UNPROVED_CONFIDENCE) : row.existence,
      zones,
      ...(flight === undefined ? {} : { flight }),
    };
  }
}

/** Where the air matters: amid the listening posts. */
function middleOf({ stations, origin }: LocatorConfiguration): LonLat {
  if (stations.length === 0) return origin ?? { lon: 0, lat: 0 };
  const mean = (of: (station: LonLat) => number): number =>
    stations.reduce((sum, station) => sum + of(station), 0) / stations.length;
  return { lon: mean(({ lon }) => lon), lat: mean(({ lat }) => lat) };
}
