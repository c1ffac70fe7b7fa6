/** Bytes of a waveform file → blocks of samples: miniSEED, sound blocks behind their sidecars, or one WAV file with its sidecar. */
import {
  type AcousticBlock,
  AcousticBlockFramer,
  type BlockSidecar,
  decodeWav,
  MiniSeedFramer,
  readMiniSeed,
} from "@openjmc/formats";
import { clockErrorOf, piecesOf, type WaveformBlock } from "@openjmc/fusion";
import type { Fault, Instant } from "@openjmc/model";
import { WholeInput } from "../decode/whole-input.ts";

/** Samples of one channel from one instant on. */
export interface ChannelBlock {
  readonly station: string;
  /** Source identifier of the channel; of sound, the number of the microphone. */
  readonly channel: string | number;
  readonly samples: WaveformBlock;
  readonly startAt: Instant;
  readonly sampleRate: number;
  readonly clockErrorMicroseconds: number;
  /** Pa in one count, where the block tells. */
  readonly scale?: number;
}

export interface WaveformSink {
  block(block: ChannelBlock): void;
  fault(fault: Fault): void;
}

const BRACE = 0x7b;
const RIFF = 0x52;

/** Reads one file by what it begins with. A WAV file needs `sidecar`, since it knows no time. */
export class WaveformInput {
  readonly #sink: WaveformSink;
  readonly #sidecar: BlockSidecar | undefined;
  readonly #records = new MiniSeedFramer();
  readonly #blocks = new AcousticBlockFramer();
  readonly #file = new WholeInput("wav");
  #kind: "miniseed" | "blocks" | "wav" | undefined;

  constructor(sink: WaveformSink, sidecar?: BlockSidecar) {
    this.#sink = sink;
    this.#sidecar = sidecar;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#kind ??= chunk[0] === BRACE ? "blocks" : chunk[0] === RIFF ? "wav" : "miniseed";
    if (this.#kind === "blocks") this.#blocks.push(chunk, this.#blockSink);
    else if (this.#kind === "wav") this.#file.push(chunk);
    else this.#records.push(chunk, this.#recordSink);
  }

  end(): void {
    if (this.#kind === "blocks") this.#blocks.end(this.#blockSink);
    else if (this.#kind === "wav") this.#wav();
    else this.#records.end(this.#recordSink);
  }

  #wav(): void {
    const bytes = this.#file.take({ record: () => undefined, fault: (fault) => this.#sink.fault(fault) });
    const wave = bytes && decodeWav(bytes);
    if (wave === undefined) return;
    if (!wave.ok) this.#sink.fault(wave.fault);
    else if (this.#sidecar === undefined)
      this.#sink.fault({
        code: "wav.sidecar-missing",
        what: "WAV file",
        expected: "its sidecar beside it, under the same name with .json behind it",
        got: "none",
      });
    else this.#sound({ ...wave.value, sidecar: this.#sidecar });
  }

  #sound({ sidecar, sampleRate, channels }: AcousticBlock): void {
    for (const { from, until, startAt } of piecesOf(channels[0]?.length ?? 0, sidecar.at, sampleRate))
      channels.forEach((samples, channel) => {
        this.#sink.block({
          station: sidecar.station,
          channel,
          samples: samples.subarray(from, until),
          startAt,
          sampleRate,
          clockErrorMicroseconds: sidecar.clock.errorMicroseconds,
          ...(sidecar.pascalsPerCount === undefined ? {} : { scale: sidecar.pascalsPerCount }),
        });
      });
  }

  readonly #blockSink = {
    block: (block: AcousticBlock) => this.#sound(block),
    fault: (fault: Fault) => this.#sink.fault(fault),
  };

  readonly #recordSink = {
    record: (bytes: Uint8Array, start: number, end: number, offset: number) => {
      const read = readMiniSeed(bytes, start, end, offset);
      if (!read.ok) this.#sink.fault(read.fault);
      else if (typeof read.value.samples !== "string" && read.value.sampleRate > 0) {
        const { sourceId, samples, startAt, sampleRate, timingQuality, clockLocked, timeQuestionable } = read.value;
        this.#sink.block({
          station: sourceId
            .replace(/^FDSN:/, "")
            .split("_")
            .slice(0, 2)
            .join("_"),
          channel: sourceId,
          samples,
          startAt,
          sampleRate,
          clockErrorMicroseconds: clockErrorOf({
            ...(timingQuality === undefined ? {} : { timingQuality }),
            isLocked: clockLocked,
            isQuestionable: timeQuestionable,
          }),
        });
      }
    },
    fault: (fault: Fault) => this.#sink.fault(fault),
  };
}
