/** A recording station's part in one episode: a second of samples a second, as records for a SeedLink server or as blocks of sound. */
import { encodeBlockMessage, encodeMiniSeed } from "@openjmc/formats";
import type { Instant } from "@openjmc/model";
import type { Actor, DueItem } from "../play/actor.ts";
import { instantOf } from "../play/time.ts";
import type { Random } from "../random/random.ts";
import type { Atmosphere } from "../sound/atmosphere.ts";
import { noiseAt } from "../sound/hearing.ts";
import { POST_RATE, type RecordingPost } from "./post.ts";
import { Recorder } from "./recorder.ts";
import type { RecordedWave } from "./wave.ts";

export interface RecorderPart {
  readonly startsAt: Instant;
  readonly boot: number;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
  readonly post: RecordingPost;
  readonly waves: readonly RecordedWave[];
  readonly atmosphere: Atmosphere;
  readonly streamOf: (label: string) => Random;
}

/** What a clock's claim is as a recorder's percentage: 100 for half a millisecond, 0 for a tenth of a second. */
const BEST_CLAIM = 500;
const CLAIM_SPAN = 200;

export class RecorderActor implements Actor {
  readonly #part: RecorderPart;
  readonly #recorder: Recorder;
  readonly #random: Random;
  #sequence = 0;
  #lastOutput = Number.NEGATIVE_INFINITY;
  nextSeconds: number;

  constructor(part: RecorderPart) {
    const { post, atmosphere, streamOf, waves } = part;
    this.#part = part;
    this.#random = streamOf(`wire-${post.station.id}`);
    this.#recorder = new Recorder({
      sampleRate: POST_RATE,
      microphones: post.waveform.channels.map(({ eastMetres, northMetres }) => ({
        east: eastMetres ?? 0,
        north: northMetres ?? 0,
      })),
      pascalsPerCount: post.waveform.channels[0]!.unitsPerCount,
      noiseAt: (seconds) => ({ decibel: noiseAt(post.station, atmosphere, seconds), unrest: 0.12 }),
      random: (label) => streamOf(`recorder-${post.station.id}-${label}`),
      waves,
    });
    this.nextSeconds = Math.ceil(part.fromSeconds);
  }

  /** Records the next second; it leaves when it is over. Noise goes on from second to second, so that none may be left out. */
  step(put: (item: DueItem) => void): void {
    const { post, startsAt, untilSeconds } = this.#part;
    const second = this.nextSeconds;
    const samples = this.#recorder.record(second * POST_RATE, (second + 1) * POST_RATE);
    const latency = post.station.latencyLeast + this.#random.exponential(post.station.latencyMean);
    this.#lastOutput = Math.max(this.#lastOutput + 0.001, second + 1 + latency);
    const at = instantOf(startsAt, this.#lastOutput);
    const sequence = ++this.#sequence;
    const shown = instantOf(startsAt, second + post.station.clock.error(second));
    const make = () => this.#bytes(samples, shown, sequence);
    put({ at, make: () => ({ kind: "bytes", at, source: post.station.id, bytes: make() }) });
    this.nextSeconds = second + 2 > untilSeconds ? Number.POSITIVE_INFINITY : second + 1;
  }

  #bytes(samples: readonly Int32Array[], startAt: Instant, sequence: number): Uint8Array {
    return this.#part.post.format === "pcm"
      ? this.#block(samples, startAt, sequence)
      : this.#records(samples, startAt, sequence);
  }

  #records(samples: readonly Int32Array[], startAt: Instant, sequence: number): Uint8Array {
    const { post } = this.#part;
    const records = samples.flatMap((channel, index) =>
      encodeMiniSeed(
        {
          sourceId: `FDSN:${post.waveform.station ?? ""}_${post.waveform.channels[index]!.code}`,
          startAt,
          sampleRate: POST_RATE,
          samples: channel,
          timingQuality: qualityOf(post.station.clock.claimMicroseconds),
        },
        { sequence },
      ),
    );
    const bytes = new Uint8Array(records.reduce((sum, record) => sum + record.length, 0));
    let at = 0;
    for (const record of records) {
      bytes.set(record, at);
      at += record.length;
    }
    return bytes;
  }

  #block(samples: readonly Int32Array[], startAt: Instant, sequence: number): Uint8Array {
    const { post, boot } = this.#part;
    const { station, waveform } = post;
    const bytes = new Uint8Array(samples.length * samples[0]!.length * 4);
    const view = new DataView(bytes.buffer);
    samples.forEach((channel, index) => {
      for (let sample = 0; sample < channel.length; sample++)
        view.setInt32(4 * (sample * samples.length + index), channel[sample]!, true);
    });
    const clock = { source: station.clock.source, errorMicroseconds: station.clock.claimMicroseconds };
    return encodeBlockMessage(
      {
        station: station.id,
        sequence,
        boot,
        at: startAt,
        clock,
        encoding: "s32le",
        sampleRate: POST_RATE,
        channels: samples.length,
        pascalsPerCount: waveform.channels[0]!.unitsPerCount,
      },
      bytes,
    );
  }
}

function qualityOf(claimMicroseconds: number): number {
  const part = Math.log(claimMicroseconds / BEST_CLAIM) / Math.log(CLAIM_SPAN);
  return Math.round(100 * (1 - Math.min(1, Math.max(0, part))));
}
