/** Pickers of all stations of a run, and what they found: as `jmc locate` reads it, or as stations send it. */
import { encodeArrival } from "@openjmc/formats";
import { type PickerChannel, type StationPick, StationPicker } from "@openjmc/fusion";
import { type Fault, formatInstant } from "@openjmc/model";
import type { PickSites } from "./sites.ts";
import type { ChannelBlock } from "./waveform-input.ts";

export interface PickBookOptions {
  readonly sites?: PickSites;
  /** Units in one count of channels of which nothing else is known. */
  readonly scale?: number;
  readonly isInfrasound: boolean;
  readonly onFault: (fault: Fault) => void;
}

/** Weather that the locator is told to begin with; it solves for the rest. */
export interface PickWeather {
  readonly celsius: number;
  readonly windEast: number;
  readonly windNorth: number;
}

interface Found {
  readonly station: string;
  readonly pick: StationPick;
}

const PHASE = { A: "acoustic", P: "seismic-p", I: "infrasound" } as const;
/** Where nobody has said what the weather is. */
const MILD: PickWeather = { celsius: 10, windEast: 0, windNorth: 0 };

export class PickBook {
  readonly #options: PickBookOptions;
  readonly #pickers = new Map<string, StationPicker>();
  readonly #told = new Set<string>();
  readonly #found: Found[] = [];
  samples = 0;

  constructor(options: PickBookOptions) {
    this.#options = options;
  }

  take(block: ChannelBlock): void {
    const site = this.#siteOf(block.station);
    const id = channelIdOf(block, site?.channels);
    const station = site?.id ?? block.station;
    const known = this.#pickers.get(station) ?? this.#open(station, block, site?.channels);
    if (known === undefined) return;
    if (known.push(id, block.samples, block.startAt, block.sampleRate, block.clockErrorMicroseconds))
      this.samples += block.samples.length;
    else
      this.#tell(
        id,
        "pick.not-used",
        "a channel of the station whose place is known, at a rate that its bands fit in",
        `${block.sampleRate} Hz`,
      );
  }

  finish(): void {
    for (const picker of this.#pickers.values()) picker.finish();
    this.#found.sort((one, other) => one.pick.at - other.pick.at || (one.station < other.station ? -1 : 1));
  }

  get count(): number {
    return this.#found.length;
  }

  /** Counts of every station, for `--stats`. */
  stats(): object {
    return Object.fromEntries(
      [...this.#pickers].map(([station, picker]) => [
        station,
        {
          ...picker.counts,
          sound: picker.noise("sound"),
          ground: picker.noise("ground"),
          channels: Object.fromEntries(picker.channels().map(({ id, picker: channel }) => [id, channel.counts])),
        },
      ]),
    );
  }

  /** A header and arrivals, as `jmc locate` reads them; `t` counts from the header's `epoch`. */
  *locateLines(sites: PickSites, weather: PickWeather = MILD): Generator<string> {
    const epoch = Math.floor((this.#found[0]?.pick.at ?? 0) / 60e6) * 60e6;
    const index = new Map(sites.sites.map(({ id }, at) => [id, at]));
    const isStated = weather !== MILD;
    yield JSON.stringify({
      type: "header",
      epoch: formatInstant(epoch),
      origin: [rounded(sites.origin.lon, 1e7), rounded(sites.origin.lat, 1e7)],
      sensors: sites.sites.map(({ id, east, north }, at) => ({
        id: at,
        name: id,
        x: rounded(east, 10),
        y: rounded(north, 10),
      })),
      met: {
        T: weather.celsius,
        wind: [weather.windEast, weather.windNorth],
        sd_T: isStated ? 2 : 8,
        sd_wind: isStated ? 1.5 : 4,
      },
      pick_sd: { A: 0.02, P: 0.05, I: 5 },
    });
    for (const { station, pick } of this.#found)
      yield JSON.stringify({
        t: rounded((pick.at - epoch) / 1e6, 1e4),
        s: index.get(station),
        ph: pick.phase,
        amp: rounded(pick.amplitudeDecibels, 10),
        f: rounded(pick.frequency, 10),
        ...(pick.frequencyIsLeast ? { f_least: true } : {}),
        sd: rounded(pick.onsetError, 1e4),
        clk: rounded(pick.clockErrorMicroseconds / 1e6, 1e6),
        ...(pick.wave === undefined
          ? {}
          : { az: rounded(pick.wave.backAzimuth, 1e4), az_sd: rounded(pick.wave.backAzimuthError, 1e4) }),
      });
  }

  /** Lines as stations send them (`jmc decode arrivals`), which a centre takes over TCP or MQTT. */
  *stationLines(): Generator<string> {
    const sequences = new Map<string, number>();
    for (const { station, pick } of this.#found) {
      const sequence = (sequences.get(station) ?? 0) + 1;
      sequences.set(station, sequence);
      yield encodeArrival(messageOf(station, sequence, pick));
    }
  }

  #open(
    station: string,
    block: ChannelBlock,
    channels: readonly PickerChannel[] | undefined,
  ): StationPicker | undefined {
    const described = channels ?? this.#assumed(block);
    if (described === undefined) return undefined;
    const made = new StationPicker({
      channels: described,
      isInfrasound: this.#options.isInfrasound,
      emit: (pick) => this.#found.push({ station, pick }),
    });
    this.#pickers.set(station, made);
    return made;
  }

  /** A station of which no document tells: its sound, by its own scale or the one given for all. */
  #assumed(block: ChannelBlock): PickerChannel[] | undefined {
    const scale = block.scale ?? this.#options.scale;
    if (this.#options.sites !== undefined || scale === undefined) {
      const expected = this.#options.sites
        ? "a station of the StationXML document"
        : "--stations with its response, or --scale for pascals (metres a second) in one count";
      this.#tell(block.station, "pick.unknown-station", expected, block.station);
      return undefined;
    }
    // Microphones whose places nobody tells are no array: the first speaks for all.
    if (typeof block.channel === "number") return [{ id: "0", quantity: "pressure", scale, east: 0, north: 0 }];
    return assumedChannels(block.channel, scale);
  }

  #siteOf(station: string) {
    return this.#options.sites?.sites.find(({ id }) => id === station || id.split("_")[1] === station);
  }

  #tell(field: string, code: string, expected: string, got: string): void {
    if (this.#told.has(`${code} ${field}`)) return;
    this.#told.add(`${code} ${field}`);
    this.#options.onFault({ code, what: "waveform", where: { field }, expected, got });
  }
}

/** Microphones of a sound block are the station's pressure channels, in the document's order. */
function channelIdOf({ channel }: ChannelBlock, channels: readonly PickerChannel[] | undefined): string {
  if (typeof channel === "string") return channel;
  return channels?.filter(({ quantity }) => quantity === "pressure")[channel]?.id ?? `${channel}`;
}

/** By the codes of FDSN source identifiers: D and its kind are pressure, H and L seismometers, of which Z is the vertical. */
function assumedChannels(sourceId: string, scale: number): PickerChannel[] {
  const parts = sourceId.split("_");
  const [instrument, direction] = parts.slice(-2);
  const prefix = parts.slice(0, -1).join("_");
  const place = { scale, east: 0, north: 0 };
  if (instrument !== "H" && instrument !== "L") return [{ id: sourceId, quantity: "pressure", ...place }];
  return ["Z", "N", "E", "1", "2", "3", direction!].map((code) => ({
    id: `${prefix}_${code}`,
    quantity: code === "Z" || code === "3" ? "vertical-velocity" : "horizontal-velocity",
    ...place,
  }));
}

function messageOf(station: string, sequence: number, pick: StationPick) {
  const { wave } = pick;
  return {
    kind: "arrival",
    station,
    sequence,
    boot: 0,
    at: pick.at,
    clock: {
      source: pick.clockErrorMicroseconds <= 1000 ? "gnss" : "free",
      errorMicroseconds: pick.clockErrorMicroseconds,
    },
    phase: PHASE[pick.phase],
    amplitudeDecibels: rounded(pick.amplitudeDecibels, 10),
    frequency: rounded(pick.frequency, 10),
    duration: rounded(pick.duration, 1000),
    signalToNoiseDecibels: rounded(pick.signalToNoiseDecibels, 10),
    ...(wave === undefined
      ? {}
      : { backAzimuth: rounded(wave.backAzimuth, 1e4), backAzimuthError: rounded(wave.backAzimuthError, 1e4) }),
  } as const;
}

function rounded(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
