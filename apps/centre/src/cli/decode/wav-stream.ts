import { type AcousticBlock, AcousticBlockFramer, decodeWav, type Waveform } from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";
import { WholeInput } from "./whole-input.ts";

export const wavFormat: DecodeFormat = {
  name: "wav",
  description: "blocks of sound behind their sidecars, or one WAV file",
  create: (_, output) => new SoundStream(output),
};

const BRACE = 0x7b;

/** A sidecar begins with a brace; anything else is taken for a WAV file. */
class SoundStream implements StreamDecoder {
  readonly #framer = new AcousticBlockFramer();
  readonly #file = new WholeInput("wav");
  readonly #output: DecodeOutput;
  #isBlocks: boolean | undefined;

  constructor(output: DecodeOutput) {
    this.#output = output;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#isBlocks ??= chunk[0] === BRACE;
    if (this.#isBlocks) this.#framer.push(chunk, this);
    else this.#file.push(chunk);
  }

  end(): void {
    if (this.#isBlocks) this.#framer.end(this);
    if (this.#isBlocks !== false) return;
    const bytes = this.#file.take(this.#output);
    const wave = bytes && decodeWav(bytes);
    if (wave?.ok === true) this.#output.record({ offset: 0, ...waveObject(wave.value) });
    else if (wave !== undefined) this.#output.fault(wave.fault);
  }

  counts(): Readonly<Record<string, number>> {
    return this.#framer.counts;
  }

  fault(fault: Fault): void {
    this.#output.fault(fault);
  }

  block({ sidecar, ...wave }: AcousticBlock, offset: number): void {
    this.#output.record({ offset, ...sidecar, ...waveObject(wave) });
  }
}

function waveObject({ sampleRate, channels }: Waveform): object {
  return { sampleRate, samples: channels.map((samples) => Array.from(samples)) };
}
