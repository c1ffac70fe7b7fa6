/**
 * The sensor lane's fusion: journal records in, picture and alert decisions out. No clock, timer or randomness: the same
 * records in the same order give the same output, byte for byte, which is what a replay proves.
 */
import { createHash } from "node:crypto";
import { type AlertDecision, createJudge, type Judge, type JudgedMission, type Mission } from "@openjmc/agreement";
import {
  createLocator,
  createTracker,
  DEFAULT_TRACKER_CONFIGURATION,
  type EventChange,
  FIELD_MODELS,
  type Locator,
  type LocatorConfiguration,
  type Plot,
  type Tracker,
  type TrackerConfiguration,
  type TrackFinding,
  type TrackState,
  type WeatherEstimate,
} from "@openjmc/fusion";
import { distanceBetween } from "@openjmc/geo";
import {
  type CoverageRow,
  type EventRow,
  ellipseOfCovariance,
  type Instant,
  isListeningPost,
  MICROSECONDS_PER_SECOND,
  type NotifiedFlight,
  provesItself,
  type SourceDescription,
  type SourceRow,
  type TrackRow,
  UNPROVED_CONFIDENCE,
} from "@openjmc/model";
import { feedOfConnection } from "../feeds/feed.ts";
import type { JournalRecord } from "../journal/index.ts";
import { VERSION } from "../version.ts";
import type { ConnectionDecoder } from "./connection.ts";
import { Coverage } from "./coverage.ts";
import { DECODERS } from "./decoders.ts";
import { mayBeDouble } from "./doubles.ts";
import { FindingAlerts } from "./finding-alerts.ts";
import { judgeForgery } from "./forgery.ts";
import { hearingOf } from "./hearing.ts";
import { JammingWatch } from "./jamming.ts";
import { LatestOf } from "./latest-of.ts";
import { sensorOf } from "./sensor-configuration.ts";
import { SignedConnection } from "./signed-connection.ts";
import { soundPlot } from "./sound-plot.ts";
import { SourceHealth } from "./source-health.ts";
import { type SourceKeys, SourceProof, type SourceTap } from "./source-proof.ts";

/** Everything fusion works by; journalled as a `configuration` record, so that a replay works by the same. */
export interface LaneConfiguration {
  readonly tracker: TrackerConfiguration;
  readonly locator: LocatorConfiguration;
  readonly sources: readonly SourceDescription[];
  /** Which source a feed's bytes belong to, where it is one source; arrivals links may carry several stations. */
  readonly feeds: Readonly<
    Record<string, { readonly format: SourceDescription["format"]; readonly sources: readonly string[] }>
  >;
  /** Scenario seconds per wall second. */
  readonly speed: number;
  /** Until when an earlier run of fusion took what came: servers that keep their data are asked for what came since. */
  readonly since?: Instant;
  /** Rules, zones and flights that alerts are judged by. */
  readonly judging: JudgedMission;
  /** The program that fused: another version may rightly come to another picture. */
  readonly software: string;
}

/** What may change while fusion goes on; the payload of a `configuration` record. */
export interface LaneChange {
  /** Flights notified through the record, in place of those given before. */
  readonly flights?: readonly NotifiedFlight[];
  readonly judging?: JudgedMission;
  /** By source: the keys that its gateway signs with. */
  readonly keys?: Readonly<Record<string, SourceKeys>>;
}

/** What one tick brought. Rows are final for that tick. */
export interface LaneOutput {
  /** In order of time; a track may stand in it more than once. */
  readonly tracks: readonly TrackRow[];
  readonly events: readonly EventRow[];
  readonly sources: readonly SourceRow[];
  readonly coverage: readonly CoverageRow[];
  readonly decisions: readonly LaneDecision[];
  /** Events that expect no more arrivals. */
  readonly settled: readonly EventRow[];
  /** Signed batches by minute, of minutes that have ended. */
  readonly taps: readonly SourceTap[];
}

/** Bytes for the sender of a connection: what a sensor must be told to go on. A replay makes the same and sends none. */
export interface LaneAnswer {
  readonly connection: string;
  readonly bytes: Uint8Array;
}

/** A judge's decision with the stable id of the alert it speaks of. */
export interface LaneDecision {
  readonly alert: string;
  readonly decision: AlertDecision;
}

/** Sources are told at most this often, and coverage is extended as often. */
const HEALTH_PERIOD = 5 * MICROSECONDS_PER_SECOND;
/** Between ticks, states of tracks are kept this often, by the frames' own times. */
const SAMPLE_PERIOD = 2 * MICROSECONDS_PER_SECOND;
const SHOWN_GROUND_PERIOD = MICROSECONDS_PER_SECOND;
const COVERAGE_PERIOD = 60 * MICROSECONDS_PER_SECOND;
/** A receiver that the tracker calls jammed counts as jammed this long after the last sign of it. */
const JAMMING_MEMORY = 60 * MICROSECONDS_PER_SECOND;

/**
 * What a solution must be before it is shown as an event: an ellipse that says where, and odds that leave little to chance.
 * A centre would rather wait for one more arrival than raise an alert for something that was not.
 */
const SHOWN_ELLIPSE_METRES = 250;
const SHOWN_LOG_ODDS = 18;
/** Subjects remembered as resting on nothing proved. */
const MOST_UNPROVED = 5_000;
const SHOWN_MEMORY = 300 * MICROSECONDS_PER_SECOND;
/** A solution is a shadow of one with so much better odds, so near in time, and in this ring around it. */
const SHADOW_RATIO = 1.25;
const SHADOW_TIME = 6 * MICROSECONDS_PER_SECOND;
const SHADOW_NEAREST_METRES = 250;
const SHADOW_FARTHEST_METRES = 2_500;

/** Where nobody has said what the weather is: a mild day, and anything near it. */
const UNKNOWN_WEATHER: WeatherEstimate = {
  temperature: 10,
  windEast: 0,
  windNorth: 0,
  temperatureError: 8,
  windError: 4,
};

/** The configuration that a mission's sources ask for. */
export function configureLane(
  mission: Mission,
  feeds: LaneConfiguration["feeds"],
  speed: number,
  weather: WeatherEstimate = UNKNOWN_WEATHER,
): LaneConfiguration {
  const { sources, mapCentre } = mission.view;
  const stations = sources.filter(isListeningPost);
  return {
    tracker: {
      ...DEFAULT_TRACKER_CONFIGURATION,
      centreLon: mapCentre.lon,
      centreLat: mapCentre.lat,
      sensors: sources.flatMap((source) => sensorOf(source) ?? []),
    },
    locator: {
      stations: stations.map((source) => ({
        id: source.id,
        lon: source.lon,
        lat: source.lat,
        height: source.heightMetres,
      })),
      weather,
      models: FIELD_MODELS,
      ...(stations.length === 0 ? { origin: { lon: mapCentre.lon, lat: mapCentre.lat } } : {}),
    },
    sources,
    feeds,
    speed,
    judging: judgingOf(mission),
    software: VERSION,
  };
}

/** What of a mission alerts are judged by. */
export function judgingOf({ view, judgedZones }: Mission): JudgedMission {
  return { view: { rules: view.rules, flights: view.flights }, judgedZones };
}

/** What a `fusion-started` record says fusion works by. Throws a `SyntaxError` for what is no JSON. */
export function configurationOf(record: Pick<JournalRecord, "payload">): LaneConfiguration {
  return JSON.parse(new TextDecoder().decode(record.payload)) as LaneConfiguration;
}

/** What a `configuration` record changes. Throws a `SyntaxError` for what is no JSON. */
export function changeOf(record: Pick<JournalRecord, "payload">): LaneChange {
  return JSON.parse(new TextDecoder().decode(record.payload)) as LaneChange;
}

/** One run of fusion, from a `fusion-started` mark on. */
export class Lane {
  readonly #configuration: LaneConfiguration;
  readonly #hash: string;
  readonly #tracker: Tracker;
  readonly #locator: Locator;
  #judge: Judge;
  readonly #coverage: Coverage;
  readonly #health = new Map<string, SourceHealth>();
  readonly #connections = new Map<string, ConnectionDecoder>();
  /** What decoders keep of a source beyond the end of a connection. */
  readonly #memories = new Map<string, unknown>();
  #answers: LaneAnswer[] = [];
  readonly #jamming = new Map<string, JammingWatch>();
  readonly #proofs = new Map<string, SourceProof>();
  /** Tracks and events that rest on sources alone that do not prove themselves, the longest unchanged first. */
  readonly #unproved = new Set<string>();
  readonly #names = new LatestOf<string, { callsign?: string; squawk?: string }>();
  /** Last rows of tracks that live. */
  readonly #rows = new Map<string, TrackRow>();
  readonly #findings: FindingAlerts;
  readonly #shown = new Map<number, EventChange>();
  readonly #firstSolved = new Map<number, Instant>();
  #sampled: TrackRow[] = [];
  #sampledDecisions: LaneDecision[] = [];
  #nextSample = 0;
  #latest: Instant = 0;
  #nextHealth = 0;
  #nextCoverage = 0;
  #nextShown = 0;

  constructor(configuration: LaneConfiguration) {
    this.#configuration = configuration;
    this.#hash = createHash("sha256").update(JSON.stringify(configuration)).digest("hex");
    this.#tracker = createTracker(configuration.tracker);
    this.#locator = createLocator(configuration.locator);
    this.#judge = createJudge(configuration.judging);
    this.#coverage = new Coverage((row) => hearingOf(row, configuration.locator));
    this.#findings = new FindingAlerts(
      {
        idOf: (key) => this.#idOf(`track|${key}`),
        rowOf: (id) => this.#rows.get(id),
        sourceOf: (id) => this.#health.get(id)?.description,
      },
      configuration.judging.view.rules.some((rule) => rule.kind === "interference"),
    );
    for (const source of configuration.sources) this.#health.set(source.id, new SourceHealth(source));
  }

  /** Takes one journal record; a tick answers with what changed. */
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
        this.#change(changeOf(record));
        return undefined;
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
    return [...this.#health.values()].map((health) => health.row(now));
  }

  #change({ flights, judging, keys }: LaneChange): void {
    for (const [source, known] of Object.entries(keys ?? {})) this.#proofOf(source).setKeys(known);
    if (judging) {
      const known = this.#judge.snapshot();
      this.#judge = createJudge(judging);
      this.#judge.restore(known);
    }
    if (flights) this.#judge.setFlights(flights);
  }

  #sourcesOf(connection: string): SourceHealth[] {
    const feed = this.#configuration.feeds[feedOfConnection(connection)];
    return (feed?.sources ?? []).flatMap((id) => this.#health.get(id) ?? []);
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
      sourceOf: (name) => (feed.sources.includes(name) ? this.#health.get(name) : undefined),
      sources: feed.sources.flatMap((name) => this.#health.get(name) ?? []),
      speed: this.#configuration.speed,
      run: this.#hash,
      air: this.#airSink,
      arrival: (arrival) => void this.#locator.arrival(arrival),
      memory: (make, source = id) => this.#memoryOf(source, make),
      ...(this.#configuration.since === undefined ? {} : { since: this.#configuration.since }),
      answer: (bytes) => {
        if (authentication !== "signed") this.#answers.push({ connection, bytes });
      },
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
        this.#health.get(said.source)?.bad("plot.unsound");
        return;
      }
      if (plot.kind === "position" && plot.nacp !== undefined && plot.identity?.icao !== undefined)
        this.#jammingOf(plot.source).note(plot.identity.icao, plot.nacp, plot.at);
      this.#tracker.report(plot);
      if (plot.at >= this.#nextSample) this.#sampleTracks(plot.at);
    },
    named: (icao: string, names: { callsign?: string; squawk?: string }): void => {
      this.#names.set(icao, { ...this.#names.get(icao), ...names });
    },
  };

  #tick(at: Instant): LaneOutput {
    for (const connection of this.#connections.values()) connection.tick?.(at);
    this.#tracker.tick(at);
    this.#locator.tick(at);
    const findings = this.#tracker.findings();
    this.#noteJamming(findings, at);
    this.#latest = at;
    const decisions = this.#sampledDecisions;
    const tracks = this.#sampled;
    this.#sampledDecisions = [];
    this.#sampled = [];
    this.#nextSample = at + SAMPLE_PERIOD;
    tracks.push(...this.#judgeTracks(at, decisions));
    for (const finding of findings) this.#collect(this.#findings.take(finding, at), decisions);
    this.#collect(this.#findings.tick(at), decisions);
    const events = this.#locator
      .changes()
      .flatMap((change) => this.#shownChange(change) ?? [])
      .map((change) => this.#judgeEvent(change, at, decisions));
    const rows = at >= this.#nextHealth ? this.sourceRows(at) : [];
    if (rows.length > 0) this.#nextHealth = at + HEALTH_PERIOD;
    for (const row of rows) this.#collect(this.#judge.source(row, at), decisions);
    this.#collect(this.#judge.tick(at), decisions);
    for (const proof of this.#proofs.values())
      this.#collect(judgeForgery(proof, this.#health.get(proof.source)?.description, at), decisions);
    const shown = rows.length > 0 ? [] : this.#shownGround(at);
    const coverage = rows.flatMap((row) => this.#coverage.observe(row, at));
    const extended = at >= this.#nextCoverage && rows.length > 0 ? this.#coverage.extend(rows, at) : [];
    if (extended.length > 0) this.#nextCoverage = at + COVERAGE_PERIOD;
    return {
      tracks,
      events,
      sources: [...rows, ...shown],
      coverage: [...coverage, ...extended],
      decisions,
      settled: events.filter((event) => event.status === "settled"),
      taps: [...this.#proofs.values()].flatMap((proof) => proof.takeTaps()),
    };
  }

  /** Cameras move faster than states of health: what they show now is told by itself. */
  #shownGround(at: Instant): SourceRow[] {
    if (at < this.#nextShown) return [];
    const rows = [...this.#health.values()].filter((health) => health.takeShown()).map((health) => health.row(at));
    if (rows.length > 0) this.#nextShown = at + SHOWN_GROUND_PERIOD;
    return rows;
  }

  /** Ticks may come late when frames come in a rush: the picture then keeps states between them, by the frames' own times. */
  #sampleTracks(at: Instant): void {
    this.#nextSample = at + SAMPLE_PERIOD;
    this.#latest = Math.max(this.#latest, at);
    this.#sampled.push(...this.#judgeTracks(this.#latest, this.#sampledDecisions));
  }

  #jammingOf(source: string): JammingWatch {
    const known = this.#jamming.get(source) ?? new JammingWatch();
    this.#jamming.set(source, known);
    return known;
  }

  #noteJamming(findings: readonly TrackFinding[], at: Instant): void {
    for (const [source, watch] of this.#jamming)
      if (watch.isJammed(at)) this.#health.get(source)?.jammed(at + JAMMING_MEMORY);
    for (const finding of findings)
      if (finding.kind === "jamming-suspected") this.#health.get(finding.source)?.jammed(at + JAMMING_MEMORY);
  }

  #collect(decisions: readonly AlertDecision[], into: LaneDecision[]): void {
    for (const decision of decisions) {
      const rests = decision.kind === "raise" && this.#unproved.has(decision.subject.id);
      into.push({ alert: this.#idOf(`alert|${decision.key}`), decision: rests ? capped(decision) : decision });
    }
  }

  /** Machine ids: hash of the configuration and the first journal frame. */
  #idOf(name: string): string {
    return createHash("sha256").update(`${this.#hash}|${name}`).digest("hex").slice(0, 32);
  }

  #judgeTracks(at: Instant, decisions: LaneDecision[]): TrackRow[] {
    return this.#tracker
      .changes()
      .flatMap((track) => (isSound(track) ? this.#judgeTrack(track, at, decisions) : this.#giveUp(track)));
  }

  /** What cannot be told in numbers is counted where it came from, and not told: one such row would hold up all others. */
  #giveUp(track: TrackState): TrackRow[] {
    for (const source of track.sources) this.#health.get(source)?.bad("track.unsound");
    const known = this.#rows.get(this.#idOf(`track|${track.key}`));
    if (!known || track.status !== "ended") return [];
    this.#rows.delete(known.id);
    return [{ ...known, status: "ended" }];
  }

  #judgeTrack(track: TrackState, at: Instant, decisions: LaneDecision[]): TrackRow {
    const row = this.#trackRow(track);
    const isDoubted = row.status === "confirmed" && mayBeDouble(row, this.#rows.values(), track.at);
    const status = isDoubted ? "tentative" : row.status;
    const judged = this.#judge.track({ ...row, status, positionCovariance: track.positionCovariance }, at);
    const isUnproved = this.#noteProof(row.id, row.sources, track.status === "ended");
    this.#collect(judged.decisions, decisions);
    const existence = isUnproved ? Math.min(row.existence, UNPROVED_CONFIDENCE) : row.existence;
    if (track.status === "ended") this.#rows.delete(row.id);
    else this.#rows.set(row.id, row);
    return {
      ...row,
      existence,
      zones: judged.zones,
      ...(judged.flight === undefined ? {} : { flight: judged.flight }),
    };
  }

  /** Whether something rests on sources alone that do not prove themselves; remembered, as an alert of it may come later. */
  #noteProof(subject: string, sources: readonly string[], isOver: boolean): boolean {
    const known = sources.flatMap((id) => this.#health.get(id)?.description ?? []);
    const isUnproved = known.length > 0 && !known.some(provesItself);
    this.#unproved.delete(subject);
    if (isUnproved && !isOver) this.#unproved.add(subject);
    const oldest = this.#unproved.values().next().value;
    if (this.#unproved.size > MOST_UNPROVED && oldest !== undefined) this.#unproved.delete(oldest);
    return isUnproved;
  }

  #trackRow(track: TrackState): TrackRow {
    const { icao, callsign, modeA, serial } = track.identity;
    const names = icao === undefined ? undefined : this.#names.get(icao);
    const knownCallsign = callsign ?? names?.callsign;
    const squawk = modeA ?? names?.squawk;
    return {
      id: this.#idOf(`track|${track.key}`),
      at: track.at,
      firstAt: track.firstAt,
      status: track.status,
      lon: track.lon,
      lat: track.lat,
      ...(track.altitudeMetres === undefined ? {} : { altitudeMetres: track.altitudeMetres }),
      ...(track.altitudeReference === undefined ? {} : { altitudeReference: track.altitudeReference }),
      velocityEast: track.velocityEast,
      velocityNorth: track.velocityNorth,
      velocityUp: track.velocityUp,
      ellipse: ellipseOfCovariance(...track.positionCovariance),
      existence: track.existence,
      ...(icao === undefined ? {} : { icao }),
      ...(knownCallsign === undefined ? {} : { callsign: knownCallsign }),
      ...(serial === undefined ? {} : { serial }),
      ...(squawk === undefined ? {} : { squawk }),
      ...(track.onGround === undefined ? {} : { onGround: track.onGround }),
      sources: track.sources,
      zones: [],
      suspicions: track.suspicious,
    };
  }

  /** What may be shown of a change: the change itself, its withdrawal, or nothing. Once shown, an event is followed to its end. */
  #shownChange(change: EventChange): EventChange | undefined {
    const isStanding = change.status === "live" || change.status === "settled";
    const isGood = change.ellipse95.semiMajorMetres <= SHOWN_ELLIPSE_METRES && change.logOdds >= SHOWN_LOG_ODDS;
    const wasShown = this.#shown.has(change.key);
    if (isStanding && this.#isShadow(change)) {
      this.#shown.delete(change.key);
      return wasShown ? { ...change, status: "withdrawn" } : undefined;
    }
    if (!wasShown && !(isStanding && isGood)) return undefined;
    if (isStanding) this.#shown.set(change.key, change);
    else this.#shown.delete(change.key);
    return change;
  }

  /** A weaker solution beside a stronger one, near in place and time but not the same place: most likely its arrivals taken twice. */
  #isShadow(change: EventChange): boolean {
    for (const [key, other] of this.#shown) {
      if (change.originTime - other.originTime > SHOWN_MEMORY) this.#shown.delete(key);
      if (key === change.key || Math.abs(change.originTime - other.originTime) > SHADOW_TIME) continue;
      if (change.logOdds * SHADOW_RATIO > other.logOdds) continue;
      const apart = distanceBetween(change, other);
      if (apart > SHADOW_NEAREST_METRES && apart < SHADOW_FARTHEST_METRES) return true;
    }
    return false;
  }

  #judgeEvent(change: EventChange, at: Instant, decisions: LaneDecision[]): EventRow {
    const row = this.#eventRow(change, at);
    const judged = this.#judge.event(row, at);
    const isUnproved = this.#noteProof(row.id, row.stations, false);
    this.#collect(judged.decisions, decisions);
    return { ...row, zones: judged.zones, ...(isUnproved ? { capped: "unauthenticated" as const } : {}) };
  }

  #eventRow(change: EventChange, at: Instant): EventRow {
    const firstSolvedAt = this.#firstSolved.get(change.key) ?? at;
    this.#firstSolved.set(change.key, firstSolvedAt);
    if (change.status === "settled" || change.status === "withdrawn" || change.status === "merged")
      this.#firstSolved.delete(change.key);
    return {
      id: this.#idOf(`event|${change.key}`),
      version: change.version,
      originTime: change.originTime,
      originTimeErrorSeconds: change.originTimeErrorSeconds,
      lon: change.lon,
      lat: change.lat,
      ellipse: change.ellipse95,
      kind: change.what === "small-arms" ? "shot" : "explosion",
      count: 1,
      countUnit: change.what === "small-arms" ? "shot" : "explosion",
      classes: change.classification,
      arrivals: change.arrivals
        .filter((arrival) => Number.isFinite(arrival.residualSeconds))
        .map((arrival) => ({
          station: arrival.station,
          at: arrival.at,
          residualSeconds: arrival.residualSeconds,
          used: true,
        })),
      stations: [...new Set(change.arrivals.map((arrival) => arrival.station))].sort(),
      burst: { event: this.#idOf(`event|${change.burst.key}`), rounds: change.burst.rounds },
      status: change.status === "live" ? "automatic" : change.status,
      ...(change.mergedInto === undefined ? {} : { mergedInto: this.#idOf(`event|${change.mergedInto}`) }),
      zones: [],
      firstSolvedAt,
    };
  }
}

function isSound({ lon, lat, velocityEast, velocityNorth, existence, positionCovariance }: TrackState): boolean {
  const [eastEast, , northNorth] = positionCovariance;
  const isPlaced = [lon, lat, velocityEast, velocityNorth, existence].every(Number.isFinite);
  return isPlaced && positionCovariance.every(Number.isFinite) && eastEast >= 0 && northNorth >= 0;
}

/** An alert never claims more than what it rests on can bear. */
function capped(decision: AlertDecision): AlertDecision {
  if (decision.kind !== "raise" || decision.probability <= UNPROVED_CONFIDENCE) return decision;
  return { ...decision, probability: UNPROVED_CONFIDENCE, capped: "unauthenticated" };
}
