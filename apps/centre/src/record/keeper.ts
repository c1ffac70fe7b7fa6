/**
 * The record keeper: takes leaves, makes them durable in the order bundles, tiles, head, checkpoint, and only then
 * acknowledges them. What waits is committed together. Any failure to write is fatal: nothing more is taken, and the
 * record has to be opened again from disk, because after a failed sync nobody knows what the disk holds.
 */
import { join } from "node:path";
import { FaultError, unwrap } from "@openjmc/model";
import { type AppendPlan, type LogEdge, MAXIMUM_ENTRY_BYTES, planAppend } from "@openjmc/record";
import { faultErrorOf } from "../segments/system-fault.ts";
import { writeDurably } from "./durable.ts";
import { nodeRecordFiles, type RecordFiles } from "./files.ts";
import { publishHead, putHead } from "./head.ts";
import { type FolderLock, lockFolder } from "./lock.ts";
import { checkpointFile, type KeeperOptions, type Published } from "./options.ts";
import { recover } from "./recover.ts";

export interface Appended {
  /** Place of the first of the leaves; the others follow it. */
  readonly firstIndex: number;
  /** The checkpoint that holds them. */
  readonly checkpoint: Published;
}

interface Waiting {
  readonly leaves: readonly Uint8Array[];
  /** The head with cosignatures, to be published in the place of the bare one. */
  readonly cosigned?: Published;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (problem: Error) => void;
}

const LARGEST_BATCH = 1024;

/** Opens a record for writing. Errors (thrown): `record.held` and those of `recover`. */
export async function openKeeper(options: KeeperOptions): Promise<RecordKeeper> {
  const files = options.files ?? nodeRecordFiles;
  const lock = options.files ? undefined : lockFolder(options.keeperFolder);
  try {
    const { head, edge, removed } = await recover(options, files);
    return new RecordKeeper(options, files, lock, head, edge, removed);
  } catch (problem) {
    lock?.release();
    throw problem;
  }
}

export class RecordKeeper {
  readonly #options: KeeperOptions;
  readonly #files: RecordFiles;
  readonly #lock: FolderLock | undefined;
  #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;
  #stopped: FaultError | undefined;
  #edge: LogEdge;
  #head: Published;
  /** Files of an unfinished commit that opening removed. */
  readonly removed: readonly string[];

  constructor(
    options: KeeperOptions,
    files: RecordFiles,
    lock: FolderLock | undefined,
    head: Published,
    edge: LogEdge,
    removed: readonly string[],
  ) {
    this.#options = options;
    this.#files = files;
    this.#lock = lock;
    this.#head = head;
    this.#edge = edge;
    this.removed = removed;
  }

  /** The latest published checkpoint. */
  get head(): Published {
    return this.#head;
  }

  get size(): number {
    return this.#head.size;
  }

  /** Set once the keeper has stopped for good. */
  get stopped(): FaultError | undefined {
    return this.#stopped;
  }

  /**
   * Resolves when the leaves are durable under a published checkpoint. Rejects with `entry.too-long`, with
   * `record.stopped`, or with the failure that stopped the keeper.
   */
  append(leaves: readonly Uint8Array[]): Promise<Appended> {
    if (this.#stopped) return Promise.reject(this.#stopped);
    const long = leaves.find((leaf) => leaf.length > MAXIMUM_ENTRY_BYTES);
    if (long) return Promise.reject(tooLong(long.length));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ leaves, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Publishes the head with its cosignatures; nothing happens where the head has gone on since. */
  publishCosigned(cosigned: Published): Promise<unknown> {
    if (this.#stopped) return Promise.reject(this.#stopped);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ leaves: [], cosigned, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Stops for good, as after a failed write: somebody holds a longer or another history under this log's key. */
  halt(fault: FaultError): void {
    this.#stopped ??= fault;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#stopped);
  }

  /** Finishes what waits, then lets go of the folder. */
  async close(): Promise<void> {
    await this.#working;
    this.#stopped ??= stoppedFault(this.#options);
    this.#lock?.release();
  }

  async #work(): Promise<void> {
    // One turn of the loop is left to those who append at the same moment.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      try {
        await this.#commit(batch);
      } catch (problem) {
        this.#stop(problem, batch);
      }
    }
    this.#working = undefined;
  }

  #takeBatch(): Waiting[] {
    const largest = this.#options.largestBatch ?? LARGEST_BATCH;
    let count = 0;
    const end = this.#waiting.findIndex((waiting, position) => {
      count += waiting.leaves.length;
      return position > 0 && count > largest;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const leaves = batch.flatMap((waiting) => waiting.leaves);
    let firstIndex = this.#edge.tree.size;
    if (leaves.length > 0) await this.#write(unwrap(planAppend(this.#options.primitives.sha256, this.#edge, leaves)));
    for (const { cosigned } of batch) if (cosigned) await this.#publish(cosigned);
    for (const waiting of batch) {
      waiting.resolve({ firstIndex, checkpoint: this.#head });
      firstIndex += waiting.leaves.length;
    }
  }

  async #publish(cosigned: Published): Promise<void> {
    if (cosigned.size !== this.#head.size) return;
    await putHead(this.#options, this.#files, cosigned.note);
    this.#head = cosigned;
  }

  async #write(plan: AppendPlan): Promise<void> {
    const { recordFolder } = this.#options;
    await writeDurably(
      this.#files,
      plan.files.map((file) => ({ path: join(recordFolder, file.path), bytes: file.bytes })),
    );
    this.#head = await publishHead(this.#options, this.#files, plan.size, plan.root);
    this.#edge = plan.edge;
    // Only tidying: superseded tiles may stay, and what was asked for is done already.
    for (const folder of plan.superseded) await this.#files.remove(join(recordFolder, folder)).catch(() => undefined);
    this.#options.onPublished?.(this.#head);
  }

  #stop(problem: unknown, batch: readonly Waiting[]): void {
    this.#stopped = faultErrorOf(problem, "record", checkpointFile(this.#options));
    for (const waiting of [...batch, ...this.#waiting.splice(0)]) waiting.reject(this.#stopped);
  }
}

function stoppedFault(options: KeeperOptions): FaultError {
  return new FaultError({ code: "record.stopped", what: "record", where: { file: options.recordFolder } });
}

function tooLong(length: number): FaultError {
  const expected = `at most ${MAXIMUM_ENTRY_BYTES} bytes`;
  return new FaultError({ code: "entry.too-long", what: "entry", expected, got: `${length}` });
}
