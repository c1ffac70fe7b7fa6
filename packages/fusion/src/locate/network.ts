/** The stations and phase models compiled for the kernels: flat arrays, neighbours by distance, one channel per station and phase. */
import { Channel, type ChannelSnapshot } from "./arrivals.ts";
import { type LocatorModels, PHASES, type PhaseModel, type PlaneStation } from "./configuration.ts";

export const PHASE_COUNT = PHASES.length;

/** How long a channel may be silent, in its own mean gaps, before its silence says nothing. */
const SILENT_GAPS = 12;
const RATE_MEMORY = 120;

export class Network {
  readonly stations: PlaneStation[] = [];
  readonly models: LocatorModels;
  readonly phases: (PhaseModel | undefined)[];
  /** Channel of station `s` and phase `p` stands at `s * PHASE_COUNT + p`. */
  readonly channels: Channel[] = [];
  east = new Float64Array(0);
  north = new Float64Array(0);
  /** Row per station: all stations, nearest first, itself leading. */
  neighbours: Int32Array[] = [];
  /** Variance of each station's time correction, seconds squared. */
  termVariance = new Float64Array(0);
  /** Channels that ever spoke. */
  active = new Uint8Array(0);
  /** Square metres over which events are expected. */
  area = 1;

  constructor(models: LocatorModels) {
    this.models = models;
    this.phases = PHASES.map((phase) => models.phases[phase]);
  }

  /** Adds or moves stations; those already there keep their index and their arrivals. */
  setStations(stations: readonly PlaneStation[]): void {
    for (const station of stations) {
      const index = this.stations.findIndex((known) => known.id === station.id);
      if (index >= 0) this.stations[index] = station;
      else {
        for (let phase = 0; phase < PHASE_COUNT; phase++) this.channels.push(new Channel(this.stations.length, phase));
        this.stations.push(station);
      }
    }
    this.east = Float64Array.from(this.stations, (station) => station.east);
    this.north = Float64Array.from(this.stations, (station) => station.north);
    const active = new Uint8Array(this.channels.length);
    active.set(this.active);
    this.active = active;
    const variances = new Float64Array(this.stations.length);
    variances.set(this.termVariance);
    this.termVariance = variances;
    this.neighbours = this.stations.map((_, index) => this.#byDistance(index));
    const width = Math.max(...this.east) - Math.min(...this.east) + 10_000;
    const height = Math.max(...this.north) - Math.min(...this.north) + 10_000;
    this.area = this.stations.length > 0 ? width * height : 1;
  }

  distance(from: number, to: number): number {
    const east = this.east[from]! - this.east[to]!;
    const north = this.north[from]! - this.north[to]!;
    return Math.sqrt(east * east + north * north);
  }

  /** Notes that a channel spoke, so that its rate and its being alive are known. */
  noteArrival(channel: Channel, time: number): void {
    this.active[channel.station * PHASE_COUNT + channel.phase] = 1;
    if (Number.isNaN(channel.rateAt)) {
      channel.rateAt = time;
      channel.rate = 1 / RATE_MEMORY;
    } else {
      const elapsed = Math.max(0, time - channel.rateAt);
      channel.rate = channel.rate * Math.exp(-elapsed / RATE_MEMORY) + 1 / RATE_MEMORY;
      channel.rateAt = Math.max(time, channel.rateAt);
    }
    channel.logClutter = Math.log(this.clutterRate(channel));
  }

  restoreChannel(index: number, saved: ChannelSnapshot): void {
    const channel = this.channels[index]!;
    channel.restore(saved);
    if (Number.isNaN(channel.rateAt)) return;
    this.active[index] = 1;
    channel.logClutter = Math.log(this.clutterRate(channel));
  }

  /** Whether the channel's silence at `time` means that it heard nothing. */
  isWatching(channel: Channel, time: number): boolean {
    if (Number.isNaN(channel.rateAt)) return false;
    return time - channel.lastTime < SILENT_GAPS / Math.max(channel.rate, 1e-4) + RATE_MEMORY;
  }

  /** Whether another arrival kept the channel busy at the time an arrival was due, give or take a deviation. */
  isBusy(channel: Channel, due: number, deviation: number): boolean {
    const from = due - this.models.deadTime - deviation;
    const index = channel.lowerBound(from);
    return index < channel.tail && channel.times[index]! < due + deviation;
  }

  /** False arrivals a second on a channel. */
  clutterRate(channel: Channel): number {
    return this.models.falseFraction * Math.max(channel.rate, 1e-4);
  }

  #byDistance(from: number): Int32Array {
    const order = this.stations.map((_, index) => index);
    order.sort((one, other) => this.distance(from, one) - this.distance(from, other) || one - other);
    return Int32Array.from(order);
  }
}
