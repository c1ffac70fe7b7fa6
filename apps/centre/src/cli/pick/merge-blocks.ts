/** Blocks of many files in order of time, so that the channels of a station meet whichever files they lie in. */
import type { BlockSidecar } from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import { type ChannelBlock, WaveformInput } from "./waveform-input.ts";

export interface NamedInput {
  readonly name: string;
  readonly bytes: () => AsyncIterable<Uint8Array>;
  readonly sidecar?: BlockSidecar;
}

/** Samples held of all files together, and of one at least: within them a file's blocks may come in any order. */
const MOST_HELD = 32_000_000;
const LEAST_HELD = 100_000;

/** @param onFault is told what could not be read, and of which input. */
export async function* mergeBlocks(
  inputs: readonly NamedInput[],
  onFault: (fault: Fault, name: string) => void,
): AsyncGenerator<ChannelBlock> {
  const most = Math.max(LEAST_HELD, MOST_HELD / Math.max(1, inputs.length));
  const open = inputs.map((input) => new HeldInput(input, most, onFault));
  for (;;) {
    let earliest: HeldInput | undefined;
    for (const input of open) {
      await input.fill();
      if (input.next !== undefined && (earliest?.next === undefined || input.next.startAt < earliest.next.startAt))
        earliest = input;
    }
    const block = earliest?.take();
    if (block === undefined) return;
    yield block;
  }
}

/** One file, read ahead so far that its blocks can be put in order. */
class HeldInput {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #input: WaveformInput;
  readonly #most: number;
  readonly #blocks: ChannelBlock[] = [];
  #first = 0;
  #held = 0;
  #isOver = false;

  constructor(input: NamedInput, most: number, onFault: (fault: Fault, name: string) => void) {
    this.#most = most;
    this.#chunks = input.bytes()[Symbol.asyncIterator]();
    this.#input = new WaveformInput(
      { block: (block) => this.#insert(block), fault: (fault) => onFault(fault, input.name) },
      input.sidecar,
    );
  }

  get next(): ChannelBlock | undefined {
    return this.#blocks[this.#first];
  }

  async fill(): Promise<void> {
    while (!this.#isOver && this.#held < this.#most) {
      const chunk = await this.#chunks.next();
      if (chunk.done === true) {
        this.#isOver = true;
        this.#input.end();
      } else this.#input.push(chunk.value);
    }
  }

  take(): ChannelBlock | undefined {
    const block = this.#blocks[this.#first];
    if (block === undefined) return undefined;
    this.#first += 1;
    this.#held -= block.samples.length;
    if (this.#first > 1024) {
      this.#blocks.splice(0, this.#first);
      this.#first = 0;
    }
    return block;
  }

  /** Blocks of one instant stay in the order in which they stand. */
  #insert(block: ChannelBlock): void {
    let place = this.#blocks.length;
    while (place > this.#first && this.#blocks[place - 1]!.startAt > block.startAt) place--;
    this.#blocks.splice(place, 0, block);
    this.#held += block.samples.length;
  }
}
