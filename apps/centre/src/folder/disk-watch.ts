/**
 * Looks after the room on the folder's device. Below a reserve the centre takes no more of what comes from outside, so that
 * what it has begun (seals, ends of deadlines, views) still finds room and nothing is torn.
 */
import type { Fault } from "@openjmc/model";
import type { DiskSpace } from "./folder.ts";

export interface DiskWatchOptions {
  readonly root: string;
  readonly space: () => DiskSpace;
  readonly reserveBytes?: number;
  /** Told when room runs out, and with `undefined` when there is room again. */
  readonly onChange?: (fault: Fault | undefined) => void;
}

export const RESERVE_BYTES = 32 * 1024 * 1024;
/** Room must come back with something to spare, so that the centre does not take and refuse by turns. */
const ENOUGH = 1.25;

export class DiskWatch {
  readonly #options: DiskWatchOptions;
  readonly #reserveBytes: number;
  #fault: Fault | undefined;

  constructor(options: DiskWatchOptions) {
    this.#options = options;
    this.#reserveBytes = options.reserveBytes ?? RESERVE_BYTES;
    this.look();
  }

  /** Why nothing is taken in now; undefined while there is room. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Measures. Call it every second, and while much is being written. */
  look(): void {
    const freeBytes = this.#measure();
    if (freeBytes === undefined) return;
    const wasFull = this.#fault !== undefined;
    const isFull = freeBytes < this.#reserveBytes * (wasFull ? ENOUGH : 1);
    this.#fault = isFull ? this.#faultOf(freeBytes) : undefined;
    if (isFull !== wasFull) this.#options.onChange?.(this.#fault);
  }

  /** A device that cannot be measured is not taken for full: writing to it will say what is wrong. */
  #measure(): number | undefined {
    try {
      return this.#options.space().freeBytes;
    } catch {
      return undefined;
    }
  }

  #faultOf(freeBytes: number): Fault {
    return {
      code: "disk.full",
      what: "disk of the centre",
      where: { file: this.#options.root },
      expected: `at least ${this.#reserveBytes} bytes free`,
      got: `${freeBytes}`,
    };
  }
}

const BYTES_BETWEEN_LOOKS = 4 * 1024 * 1024;

/** Passes a stream on while there is room. Throws `disk.full` when it runs out on the way. */
export async function* whileThereIsRoom(
  chunks: AsyncIterable<Uint8Array>,
  disk: DiskWatch,
  refuse: (fault: Fault) => Error,
): AsyncGenerator<Uint8Array> {
  let unseen = BYTES_BETWEEN_LOOKS;
  for await (const chunk of chunks) {
    unseen += chunk.length;
    if (unseen >= BYTES_BETWEEN_LOOKS) {
      disk.look();
      unseen = 0;
    }
    if (disk.fault) throw refuse(disk.fault);
    yield chunk;
  }
}
