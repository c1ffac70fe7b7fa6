/**
 * One station's waveforms → arrivals for the locator. Lives as long as fusion: connections come and go, its noise and its past stay.
 * GAP: the picker says of which frequencies a recorder tells a lower bound only, and the locator takes them for measured: at a hundred
 * samples a second some small cannon are still named mortars, at two hundred it is not seen. Bounds in its evidence would close it.
 */
import {
  type PickerChannel,
  piecesOf,
  type StationArrival,
  type StationPick,
  StationPicker,
  type WaveformBlock,
} from "@openjmc/fusion";
import type { Instant, SourceDescription } from "@openjmc/model";
import type { ChunkPlace } from "./connection.ts";
import type { SourceHealth } from "./source-health.ts";

/** Times further ahead of the centre's clock than this are a clock gone wrong, and older than an hour too old: counted, not used. */
const MOST_AHEAD_MICROSECONDS = 5_000_000;
const MOST_BEHIND_MICROSECONDS = 3_600_000_000;

/** Samples of channels that were taken side by side. */
export interface StationBlock {
  readonly channels: readonly { readonly id: string; readonly samples: WaveformBlock }[];
  readonly startAt: Instant;
  readonly sampleRate: number;
  readonly clockErrorMicroseconds: number;
  /** Pa in one count, where the block itself tells and the mission does not. */
  readonly scale?: number;
}

export class WaveformStation {
  /** Sequence number of the last packet that came of it, where its server numbers them. */
  after: string | undefined;
  readonly health: SourceHealth;
  readonly #arrival: (arrival: StationArrival) => void;
  readonly #speed: number;
  #picker: StationPicker | undefined;
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: {
    readonly health: SourceHealth;
    readonly arrival: (arrival: StationArrival) => void;
    /** Scenario seconds per wall second. */
    readonly speed: number;
  }) {
    this.health = options.health;
    this.#arrival = options.arrival;
    this.#speed = options.speed;
  }

  take(block: StationBlock, place: ChunkPlace): void {
    this.#place = place;
    const { channels, startAt, sampleRate } = block;
    const count = channels[0]?.samples.length ?? 0;
    const lag = place.receivedAt - (startAt + (1e6 * count) / sampleRate);
    if (lag < -MOST_AHEAD_MICROSECONDS * this.#speed || lag > MOST_BEHIND_MICROSECONDS) {
      this.health.bad(lag < 0 ? "waveform.clock-ahead" : "waveform.too-late");
      return;
    }
    this.health.frame(place.receivedAt, Math.round(lag));
    if (this.health.description.link.kind === "folder")
      this.health.held.note(startAt, Math.round(startAt + (1e6 * count) / sampleRate));
    this.#picker ??= this.#open(block);
    for (const piece of piecesOf(count, startAt, sampleRate))
      for (const { id, samples } of channels)
        if (!this.#push(id, samples.subarray(piece.from, piece.until), piece.startAt, block)) return;
    const noise = this.#picker.noise("sound") ?? this.#picker.noise("ground");
    if (noise) this.health.noise(noise.median);
  }

  #push(id: string, samples: WaveformBlock, startAt: Instant, block: StationBlock): boolean {
    const isTaken = this.#picker!.push(id, samples, startAt, block.sampleRate, block.clockErrorMicroseconds);
    if (!isTaken) this.health.bad("waveform.unknown-channel");
    return isTaken;
  }

  #open(block: StationBlock): StationPicker {
    const { waveform } = this.health.description;
    return new StationPicker({
      channels: channelsOf(this.health.description, block),
      isInfrasound: waveform?.isInfrasound === true,
      emit: (pick) => this.#arrival(this.#arrivalOf(pick)),
    });
  }

  #arrivalOf(pick: StationPick): StationArrival {
    return {
      frame: this.#place.sequence,
      station: this.health.description.id,
      at: pick.at,
      phase: pick.phase,
      amplitudeDb: pick.amplitudeDecibels,
      frequencyHz: pick.frequency,
      durationMs: Math.round(pick.duration * 1000),
      onsetErrorSeconds: pick.onsetError,
      clockErrorUs: pick.clockErrorMicroseconds,
      ...(pick.wave === undefined
        ? {}
        : { backAzimuth: pick.wave.backAzimuth, backAzimuthError: pick.wave.backAzimuthError }),
    };
  }
}

/** As the mission says; a source of which it says nothing has one channel, by what its first block tells. */
function channelsOf({ waveform }: SourceDescription, block: StationBlock): readonly PickerChannel[] {
  if (waveform === undefined)
    return block.channels.slice(0, 1).map(({ id }) => ({
      id,
      quantity: "pressure",
      scale: block.scale ?? 1,
      east: 0,
      north: 0,
    }));
  return waveform.channels.map(({ code, quantity, unitsPerCount, eastMetres, northMetres }) => ({
    id: code,
    quantity,
    scale: unitsPerCount,
    east: eastMetres ?? 0,
    north: northMetres ?? 0,
  }));
}
