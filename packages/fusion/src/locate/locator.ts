/** The live door of location: arrivals in by journal frame, event solutions out. The only clock is `tick`. */
import { createLocalFrame, type LocalFrame } from "@openjmc/geo";
import { ellipseOfCovariance, type Instant } from "@openjmc/model";
import { residualsOf } from "../long-range/solve.ts";
import { type LongRangeChange, type LongRangeSnapshot, LongRangeWatch } from "../long-range/watch.ts";
import { BurstBook } from "./bursts.ts";
import type { EventChange, ExplainedArrival, SilentStation } from "./changes.ts";
import { classify, decide } from "./classify.ts";
import {
  DEFAULT_MODELS,
  type LocatorModels,
  PHASES,
  type Phase,
  type PlaneStation,
  type WeatherEstimate,
} from "./configuration.ts";
import { PlaneLocator } from "./engine.ts";
import { type EngineSnapshot, restoreEngine, saveEngine } from "./engine-snapshot.ts";
import { flightOf, longestFlight, type RoundFlight } from "./flights.ts";
import { PHASE_COUNT } from "./network.ts";
import type { PlaneEvent } from "./plane-event.ts";
import { STATE_SIZE } from "./travel.ts";

/** A listening post. Degrees, metres above the ellipsoid. */
export interface StationDescription {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly height: number;
}

export interface LocatorConfiguration {
  readonly stations: readonly StationDescription[];
  readonly weather: WeatherEstimate;
  readonly models?: LocatorModels;
  /** Origin of the local frame; the stations' middle where absent. Keep it when stations change. */
  readonly origin?: { readonly lon: number; readonly lat: number };
  /** Instant from which the engine counts its seconds; any instant near the data. */
  readonly epoch?: Instant;
}

/** One arrival of a wave at a station. Amplitude in decibels, frequency in hertz, angles in radians clockwise from true north. */
export interface StationArrival {
  /** Journal sequence number. */
  readonly frame: number;
  readonly station: string;
  readonly at: Instant;
  readonly phase: Phase;
  readonly amplitudeDb?: number;
  readonly frequencyHz?: number;
  readonly durationMs?: number;
  /** Direction in which the source lies, and its one-sigma error. */
  readonly backAzimuth?: number;
  readonly backAzimuthError?: number;
  /** One-sigma error of the onset as its picker states it; the phase's own where that is larger or nothing is stated. */
  readonly onsetErrorSeconds?: number;
  /** One-sigma error of the station's clock, microseconds. */
  readonly clockErrorUs?: number;
}

/** Everything the locator knows, as plain data. */
export interface LocatorSnapshot {
  readonly format: 3;
  readonly epoch: Instant | undefined;
  readonly stations: readonly StationDescription[];
  readonly engine: EngineSnapshot;
  readonly far: LongRangeSnapshot;
}

export interface Locator {
  /** Takes one arrival. False if the station or phase is not configured; such an arrival is not used. */
  arrival(arrival: StationArrival): boolean;
  /** Works on what came in since the last tick. `at`: the journal's tick. */
  tick(at: Instant): void;
  /** Solutions new, revised or withdrawn since the last call. */
  changes(): EventChange[];
  /** Takes what the air over the stations is said to be at an instant. */
  weather(at: Instant, estimate: WeatherEstimate): void;
  /** Adds stations or moves known ones (configuration change in the journal). */
  setStations(stations: readonly StationDescription[]): void;
  snapshot(): LocatorSnapshot;
  /** Replaces all state by a snapshot's. */
  restore(snapshot: LocatorSnapshot): void;
}

/** Makes a locator. Deterministic: the same calls give the same changes. */
export function createLocator(configuration: LocatorConfiguration): Locator {
  return new EarthLocator(configuration);
}

const MISFIT = 3;

class EarthLocator implements Locator {
  readonly #configuration: LocatorConfiguration;
  readonly #frame: LocalFrame;
  #stations: StationDescription[] = [];
  #index = new Map<string, number>();
  #rotation: number[] = [];
  #engine: PlaneLocator;
  #bursts = new BurstBook();
  /** Infrasound of far sources goes by bearings over the ellipsoid, not by the near search in the plane. */
  #far = new LongRangeWatch();
  #epoch: Instant | undefined;
  readonly #scratch = new Float64Array(3);

  constructor(configuration: LocatorConfiguration) {
    this.#configuration = configuration;
    const { stations } = configuration;
    const middle = {
      lon: stations.reduce((sum, station) => sum + station.lon, 0) / Math.max(1, stations.length),
      lat: stations.reduce((sum, station) => sum + station.lat, 0) / Math.max(1, stations.length),
    };
    this.#frame = createLocalFrame("locator", configuration.origin ?? middle, 0);
    this.#epoch = configuration.epoch;
    this.#engine = this.#makeEngine();
    this.setStations(stations);
  }

  #makeEngine(): PlaneLocator {
    const { weather, models = DEFAULT_MODELS } = this.#configuration;
    return new PlaneLocator({ stations: [], weather, models });
  }

  setStations(stations: readonly StationDescription[]): void {
    for (const station of stations) {
      const known = this.#index.get(station.id);
      if (known === undefined) {
        this.#index.set(station.id, this.#stations.length);
        this.#stations.push(station);
      } else this.#stations[known] = station;
    }
    this.#rotation = this.#stations.map((station) => this.#northOf(station));
    this.#engine.setStations(this.#stations.map((station) => this.#toPlane(station)));
  }

  #toPlane(station: StationDescription): PlaneStation {
    this.#frame.toLocal(station.lon, station.lat, 0, this.#scratch);
    return { id: station.id, east: this.#scratch[0]!, north: this.#scratch[1]! };
  }

  /** The plane's azimuth of true north at a station. */
  #northOf(station: StationDescription): number {
    this.#frame.toLocal(station.lon, station.lat, 0, this.#scratch);
    const [east, north] = [this.#scratch[0]!, this.#scratch[1]!];
    this.#frame.toLocal(station.lon, station.lat + 0.01, 0, this.#scratch);
    return Math.atan2(this.#scratch[0]! - east, this.#scratch[1]! - north);
  }

  arrival(arrival: StationArrival): boolean {
    const station = this.#index.get(arrival.station);
    const phase = PHASES.indexOf(arrival.phase);
    const models = this.#configuration.models ?? DEFAULT_MODELS;
    const model = models.phases[arrival.phase];
    if (station === undefined || model === undefined || !Number.isFinite(arrival.at)) return false;
    this.#epoch ??= arrival.at;
    if (arrival.phase === "I") return this.#farArrival(arrival, this.#stations[station]!, models.bearingError);
    const bearing = arrival.backAzimuth ?? Number.NaN;
    this.#engine.add({
      frame: arrival.frame,
      station,
      phase,
      time: (arrival.at - this.#epoch) / 1e6,
      timeError: Math.max(model.timeError, arrival.onsetErrorSeconds ?? 0),
      clockError: (arrival.clockErrorUs ?? 0) / 1e6,
      amplitude: arrival.amplitudeDb ?? Number.NaN,
      frequency: arrival.frequencyHz ?? Number.NaN,
      backAzimuth: bearing + this.#rotation[station]!,
      bearingError: arrival.backAzimuthError ?? models.bearingError,
    });
    return true;
  }

  /** Of no use without a bearing: times alone, over ways of which nobody knows the speed, place nothing. */
  #farArrival(arrival: StationArrival, { lon, lat }: StationDescription, usualError: number): boolean {
    const { frame, station, at, backAzimuth, backAzimuthError = usualError } = arrival;
    if (backAzimuth === undefined) return false;
    this.#far.add({ frame, station, lon, lat, at, backAzimuth, backAzimuthError });
    return true;
  }

  tick(at: Instant): void {
    this.#epoch ??= at;
    this.#far.tick(at);
    this.#engine.advance((at - this.#epoch) / 1e6);
  }

  weather(at: Instant, estimate: WeatherEstimate): void {
    this.#epoch ??= at;
    this.#engine.weather((at - this.#epoch) / 1e6, estimate);
  }

  changes(): EventChange[] {
    const changed = this.#engine.takeChanged();
    for (const event of changed) this.#noteRound(event);
    this.#bursts.dropBefore(this.#engine.field.now - this.#engine.field.limits.forgetAfter);
    return [...changed.map((event) => this.#describe(event)), ...this.#far.takeChanges().map(describeFar)];
  }

  #noteRound(event: PlaneEvent): void {
    this.#bursts.note(event, classify(event, this.#engine.field.evidence));
  }

  /** Rounds land a minute or two after they were fired: by the time that an event is settled both ends are known. */
  #flightOf(event: PlaneEvent): RoundFlight | undefined {
    const own = event.status === "settled" ? this.#bursts.find(event.firstFrame) : undefined;
    if (own === undefined) return undefined;
    const { signatures } = this.#engine.field.network.models;
    const longest = longestFlight(signatures);
    const rounds = this.#bursts.within(own.time - longest, own.time + longest);
    return flightOf(own, rounds, (key) => this.#bursts.membersOf(key), signatures);
  }

  #describe(event: PlaneEvent): EventChange {
    const { state, covariance } = event;
    this.#frame.toSurface(state[0]!, state[1]!, this.#scratch);
    const [lon, lat] = [this.#scratch[0]!, this.#scratch[1]!];
    const spread = this.#engine.spreadOf(event);
    const arrivals = this.#explained(event);
    const classification = classify(event, this.#engine.field.evidence);
    const flight = this.#flightOf(event);
    return {
      key: event.firstFrame,
      version: event.version,
      status: event.status,
      ...(event.mergedInto === undefined ? {} : { mergedInto: event.mergedInto }),
      originTime: this.#epoch! + Math.round(state[2]! * 1e6),
      originTimeErrorSeconds: Math.sqrt(covariance[2 * STATE_SIZE + 2]!),
      lon,
      lat,
      covariance: spread,
      ellipse95: ellipseOfCovariance(...spread),
      arrivals,
      misfits: arrivals.filter((arrival) => Math.abs(arrival.normalised) > MISFIT),
      silentStations: this.#silent(event),
      logOdds: event.score,
      classification,
      what: decide(event, this.#engine.field.evidence),
      burst: this.#bursts.of(event),
      ...(flight === undefined ? {} : { flight }),
    };
  }

  #explained(event: PlaneEvent): ExplainedArrival[] {
    const store = this.#engine.field.arrivals;
    const list: ExplainedArrival[] = [];
    event.picks.forEach((number, channel) => {
      if (number < 0) return;
      const place = number & store.mask;
      const late = this.#engine.field.terms.late(Math.floor(channel / PHASE_COUNT));
      const residual = store.time[place]! - event.dueTime[channel]!;
      const variance = this.#engine.field.refiner.timeVariance(channel, number, event.distance[channel]!);
      list.push({
        frame: store.frame[place]!,
        station: this.#stations[Math.floor(channel / PHASE_COUNT)]!.id,
        phase: PHASES[channel % PHASE_COUNT]!,
        at: this.#epoch! + Math.round((store.time[place]! + late) * 1e6),
        residualSeconds: residual,
        normalised: residual / Math.sqrt(variance),
      });
    });
    return list.sort((one, other) => one.at - other.at || one.frame - other.frame);
  }

  #silent(event: PlaneEvent): SilentStation[] {
    return this.#engine.silentChannels(event).map(({ channel, probability }) => ({
      station: this.#stations[Math.floor(channel / PHASE_COUNT)]!.id,
      phase: PHASES[channel % PHASE_COUNT]!,
      detectionProbability: probability,
    }));
  }

  snapshot(): LocatorSnapshot {
    return {
      format: 3,
      epoch: this.#epoch,
      stations: [...this.#stations],
      engine: saveEngine(this.#engine),
      far: this.#far.snapshot(),
    };
  }

  restore(snapshot: LocatorSnapshot): void {
    this.#epoch = snapshot.epoch;
    this.#stations = [];
    this.#index = new Map();
    this.#engine = this.#makeEngine();
    this.setStations(snapshot.stations);
    restoreEngine(this.#engine, snapshot.engine);
    this.#far = new LongRangeWatch();
    this.#far.restore(snapshot.far);
    this.#bursts = new BurstBook();
    for (const event of this.#engine.field.events.values()) this.#noteRound(event);
  }
}

/** What it was cannot be told from bearings and times. */
function describeFar({ key, version, status, event }: LongRangeChange): EventChange {
  const arrivals = event.members.map((member): ExplainedArrival => {
    const { late, lateDeviation } = residualsOf(member, event, event.at);
    const { frame, station, at } = member;
    return { frame, station, phase: "I", at, residualSeconds: late, normalised: late / lateDeviation };
  });
  return {
    ...{ key, version, status, originTime: event.at, originTimeErrorSeconds: event.timeDeviation },
    ...{ lon: event.lon, lat: event.lat, covariance: event.covariance },
    ellipse95: ellipseOfCovariance(...event.covariance),
    arrivals: arrivals.sort((one, other) => one.at - other.at || one.frame - other.frame),
    ...{ misfits: [], silentStations: [], logOdds: event.logOdds, what: "undetermined" },
    classification: [{ what: "undetermined", probability: 1 }],
    burst: { key, rounds: 1, spanSeconds: 0 },
  };
}
