/** Heat spots seen from space, as files or a stream of FIRMS → cues. */
import { type Fault, FirmsStream, type HeatSpot, type HeatSpotSink } from "@openjmc/formats";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { GroundSink } from "./ground-sink.ts";
import type { SourceHealth } from "./source-health.ts";

/** Where the instrument only says low, nominal or high: the shares of true fires that its makers found are about these. */
const CONFIDENCE = { low: 0.3, nominal: 0.8, high: 0.95 } as const;
/** The usual pixel, where a file does not tell its size. */
const PIXEL_METRES = 375;
/** The time of a pass is told in whole minutes. */
const TIME_ERROR_SECONDS = 30;
const MOST_REMEMBERED = 100_000;

/** What was told already: the same files are fetched again and again. */
export type HeatMemory = Set<string>;

export class FirmsConnection implements ConnectionDecoder, HeatSpotSink {
  readonly #health: SourceHealth;
  readonly #ground: GroundSink;
  readonly #memory: HeatMemory;
  readonly #stream = new FirmsStream();
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: { readonly health: SourceHealth; readonly ground: GroundSink; readonly memory: HeatMemory }) {
    this.#health = options.health;
    this.#ground = options.ground;
    this.#memory = options.memory;
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    this.#stream.push(chunk, this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#stream.end(this);
  }

  fault(fault: Fault): void {
    this.#health.bad(fault.code);
  }

  spot(spot: HeatSpot): void {
    const { receivedAt } = this.#place;
    const name = [spot.satellite, spot.instrument, spot.at, spot.longitude, spot.latitude].join("|");
    if (spot.at > receivedAt) {
      this.#health.bad("firms.clock-ahead");
      return;
    }
    this.#health.frame(receivedAt, receivedAt - spot.at);
    if (this.#memory.has(name)) {
      this.#health.duplicate();
      return;
    }
    if (this.#memory.size >= MOST_REMEMBERED) this.#memory.delete(this.#memory.values().next().value!);
    this.#memory.add(name);
    const { id, means } = this.#health.description;
    this.#ground.cue({
      ...{ name, source: id, means, sight: "heat", at: spot.at, lon: spot.longitude, lat: spot.latitude },
      timeErrorSeconds: TIME_ERROR_SECONDS,
      uncertaintyMetres: Math.hypot(spot.acrossTrack ?? PIXEL_METRES, spot.alongTrack ?? PIXEL_METRES) / 2,
      confidence: spot.confidencePercent === undefined ? CONFIDENCE[spot.confidence] : spot.confidencePercent / 100,
      ...(spot.radiativePower === undefined ? {} : { radiativeMegawatts: spot.radiativePower / 1e6 }),
    });
  }
}
