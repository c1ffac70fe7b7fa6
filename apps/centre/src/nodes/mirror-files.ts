/**
 * A mirror's copy of the record on disk: bundles and tiles as the log's own, made durable before anything is said of them,
 * and the last checkpoint that it cosigned. What lies beyond that checkpoint is nobody's yet and is taken away again.
 */
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import {
  bytesEqual,
  bytesToHex,
  type Checkpoint,
  EMPTY_LOG,
  edgeRoot,
  type LogEdge,
  type NoteKey,
  openCheckpoint,
  planAppend,
  unwrap,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { makeFolders, writeDurably } from "../record/durable.ts";
import { nodeRecordFiles, type RecordFiles } from "../record/files.ts";
import { putHead } from "../record/head.ts";
import { readLeaves } from "../record/leaves.ts";
import { checkpointFile, headFile, type KeeperOptions } from "../record/options.ts";
import { recover, removeBeyond } from "../record/recover.ts";

/** Entries that are written at a time while a mirror catches up. */
const LARGEST_STEP = 64 * 256;

export class MirrorFiles {
  readonly #options: KeeperOptions;
  readonly #files: RecordFiles;
  #edge: LogEdge = EMPTY_LOG;
  /** How far files reach beyond what is cosigned. */
  #staged: LogEdge = EMPTY_LOG;
  #superseded: string[] = [];
  #head: Uint8Array | undefined;

  private constructor(options: KeeperOptions) {
    this.#options = options;
    this.#files = options.files ?? nodeRecordFiles;
  }

  /**
   * Opens a copy, or an empty one. Throws `record.damaged` where tiles do not bear out what was cosigned.
   * @param earlier keys that the log had before: what was cosigned last may stand under one of them
   */
  static async open(
    root: string,
    logKey: NoteKey,
    files: RecordFiles = nodeRecordFiles,
    earlier: readonly NoteKey[] = [],
  ): Promise<MirrorFiles> {
    const sign = (): never => {
      throw new FaultError({ code: "mirror.no-log-key", what: "mirror", expected: "the log's own keeper" });
    };
    const opened = new MirrorFiles({
      recordFolder: join(root, "record"),
      keeperFolder: join(root, "keeper"),
      logKey,
      signer: { publicKey: logKey.publicKey, sign },
      primitives: nodePrimitives,
      ...(files === nodeRecordFiles ? {} : { files }),
    });
    await opened.#load([logKey, ...earlier]);
    return opened;
  }

  async #load(keys: readonly NoteKey[]): Promise<void> {
    const { recordFolder, keeperFolder } = this.#options;
    await makeFolders(this.#files, recordFolder);
    await makeFolders(this.#files, keeperFolder);
    try {
      const logKey = await this.#keyOfHead(keys);
      const { head, edge } = await recover({ ...this.#options, logKey }, this.#files);
      [this.#edge, this.#staged, this.#head] = [edge, edge, head.note];
    } catch (problem) {
      if (!(problem instanceof FaultError) || problem.fault.code !== "record.missing") throw problem;
      await removeBeyond(this.#options, this.#files, 0);
    }
  }

  /** The key under which stands what was cosigned last. A published note of the key before is a commit that was cut short. */
  async #keyOfHead(keys: readonly NoteKey[]): Promise<NoteKey> {
    const [kept, published] = [headFile(this.#options), checkpointFile(this.#options)];
    const note = await this.#files.read(kept);
    const opens = (bytes: Uint8Array | undefined, key: NoteKey): boolean =>
      bytes !== undefined && openCheckpoint(nodePrimitives, bytes, key).ok;
    const key = keys.find((one) => opens(note, one)) ?? keys[0]!;
    const shown = await this.#files.read(published);
    if (note && !opens(shown, key) && keys.some((one) => opens(shown, one)))
      await putHead(this.#options, this.#files, note);
    return key;
  }

  get recordFolder(): string {
    return this.#options.recordFolder;
  }

  /** Size of what is cosigned. */
  get size(): number {
    return this.#edge.tree.size;
  }

  get edge(): LogEdge {
    return this.#edge;
  }

  /** What is on disk, cosigned or on its way. */
  get staged(): LogEdge {
    return this.#staged;
  }

  /** The note last cosigned. */
  get head(): Uint8Array | undefined {
    return this.#head;
  }

  /** Writes entries behind those that are there. They count for nothing before `commit`. */
  async stage(entries: readonly Uint8Array[]): Promise<void> {
    for (let from = 0; from < entries.length; from += LARGEST_STEP) {
      const plan = unwrap(planAppend(nodePrimitives.sha256, this.#staged, entries.slice(from, from + LARGEST_STEP)));
      await writeDurably(
        this.#files,
        plan.files.map((file) => ({ path: join(this.#options.recordFolder, file.path), bytes: file.bytes })),
      );
      this.#staged = plan.edge;
      this.#superseded.push(...plan.superseded);
    }
  }

  /** Whether what is staged is the tree of a signed checkpoint. */
  bears(checkpoint: Checkpoint): boolean {
    const { tree } = this.#staged;
    return tree.size === checkpoint.size && bytesEqual(edgeRoot(nodePrimitives.sha256, tree), checkpoint.root);
  }

  /** Root of what is staged, for messages. */
  stagedRoot(): string {
    return bytesToHex(edgeRoot(nodePrimitives.sha256, this.#staged.tree));
  }

  /** Takes back what was staged: it is of another history than the one signed. */
  async unstage(): Promise<void> {
    this.#staged = this.#edge;
    this.#superseded = [];
    await removeBeyond(this.#options, this.#files, this.#edge.tree.size);
  }

  /** Entries that are staged and not yet cosigned. */
  stagedLeaves(): Generator<Uint8Array> {
    return readLeaves(this.#options.recordFolder, this.#staged.tree.size, this.#edge.tree.size);
  }

  /** Every entry on disk from the first on. */
  leaves(until = this.#edge.tree.size): Generator<Uint8Array> {
    return readLeaves(this.#options.recordFolder, until);
  }

  /** Keeps the cosigned note durably: from here on the mirror stands at it. */
  async commit(note: Uint8Array): Promise<void> {
    await putHead(this.#options, this.#files, note);
    await this.#files.syncFolder(this.#options.recordFolder);
    [this.#edge, this.#head] = [this.#staged, note];
    for (const folder of this.#superseded.splice(0))
      await this.#files.remove(join(this.#options.recordFolder, folder)).catch(() => undefined);
  }

  /** Bytes of a file of the copy. */
  read(path: string): Promise<Uint8Array | undefined> {
    return this.#files.read(join(this.#options.recordFolder, path));
  }

  /** Writes a small file beside the tiles, as `policy`. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    await writeDurably(this.#files, [{ path: join(this.#options.recordFolder, name), bytes }]);
  }
}
