/**
 * A mirror: follows one log, keeps every leaf and every file that leaves name, replays what they say, and cosigns a
 * checkpoint only when all of that is on its own disk. One step at a time; nothing is answered before it is durable.
 */
import { join } from "node:path";
import { type Fault, FaultError, unwrap } from "@openjmc/model";
import {
  type Acceptance,
  bytesEqual,
  bytesToHex,
  type Checkpoint,
  type CosignerRules,
  decodeBundle,
  emptyState,
  filesOfEntry,
  formatSignatureLine,
  formatVkey,
  logNoteKeys,
  mayLogKeySign,
  type NoteKey,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  type ReplayState,
  replay,
  signNote,
  TILE_WIDTH,
  type TileName,
  tilePath,
  tilesForGrowth,
  trusting,
  type WitnessKey,
} from "@openjmc/record";
import { type Attachments, openAttachments } from "../attachments/index.ts";
import { nodePrimitives } from "../primitives.ts";
import type { RecordingsRemovedBody } from "../retention/removed.ts";
import { MirrorFiles } from "./mirror-files.ts";
import { keepMisbehaviour, type Misbehaviour } from "./misbehaviour.ts";
import { type Objection, Objections } from "./objections.ts";
import type { RecordSource } from "./record-source.ts";
import { withLines } from "./witness-state.ts";

export interface MirrorOptions {
  readonly root: string;
  readonly logKey: NoteKey;
  /** Keys that the log had before. */
  readonly earlierLogKeys?: readonly NoteKey[];
  readonly keys: readonly WitnessKey[];
  /** Seconds since 1970. */
  readonly now: () => number;
  /** Told of a new key of the log that roots of all components have signed, before anything is cosigned under it. */
  readonly onRekeyed?: (key: NoteKey) => void;
}

/** How a step ended. */
export type MirrorStepResult =
  /** Stored and cosigned: the note with the mirror's lines. */
  | { readonly kind: "cosigned"; readonly note: Uint8Array; readonly lines: string }
  /** Stored, not cosigned: entries that the replay refuses. */
  | { readonly kind: "objected"; readonly objections: readonly Objection[] }
  /** Not stored: the log's source does not give what its checkpoint covers. */
  | { readonly kind: "withheld"; readonly what: string }
  /** The log shows less than it has signed before. */
  | { readonly kind: "rolled-back"; readonly held: number; readonly shown: number }
  /** The log has signed two histories. */
  | { readonly kind: "forked"; readonly misbehaviour: Misbehaviour }
  /** Not a checkpoint of this log, or bytes that are not what was signed. */
  | { readonly kind: "refused"; readonly fault: Fault };

const BUNDLES_AT_A_TIME = 64;

/** A file of the log that is not to be had, or that is of another history. */
interface Lack {
  readonly path: string;
  readonly isOther?: boolean;
}

type FetchedBundle = { readonly entries: readonly Uint8Array[] } | { readonly lack: Lack };

export class Mirror {
  readonly #options: MirrorOptions;
  readonly files: MirrorFiles;
  readonly attachments: Attachments;
  readonly objections: Objections;
  readonly state: ReplayState;
  /** Places of the entries that seal a minute of recordings. */
  readonly seals: number[] = [];
  /** Recordings that the record says were removed, and under which rule. */
  readonly removals: RecordingsRemovedBody[] = [];
  #logKey: NoteKey;
  #rules: CosignerRules | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: MirrorOptions, files: MirrorFiles, attachments: Attachments) {
    this.#options = options;
    this.#logKey = options.logKey;
    this.files = files;
    this.attachments = attachments;
    this.objections = new Objections(options.root);
    this.state = emptyState(nodePrimitives);
  }

  static async open(options: MirrorOptions): Promise<Mirror> {
    const files = await MirrorFiles.open(options.root, options.logKey, undefined, options.earlierLogKeys);
    const attachments = await openAttachments({ directory: join(options.root, "attachments") });
    const mirror = new Mirror(options, files, attachments);
    mirror.#replayStored();
    await files.write("log.vkey", Buffer.from(`${formatVkey(options.logKey)}\n`));
    await mirror.#writeRules();
    return mirror;
  }

  /** Signatures were checked when entries came in; where one was found bad they are checked again, as it must stay refused. */
  #replayStored(): void {
    const refusedBefore = this.objections.all.some((objection) => objection.code === "leaf.refused");
    replay(refusedBefore ? nodePrimitives : trusting(nodePrimitives), this.state, this.files.leaves(), this.#note);
    if (!this.files.bears({ origin: "", size: this.state.history.size, root: this.state.history.root() }))
      throw new FaultError({ code: "record.damaged", what: "mirror", where: { file: this.files.recordFolder } });
  }

  readonly #note = ({ index, leaf }: Acceptance): void => {
    const { kind, body } = leaf.statement;
    if (kind === "recordings.sealed") this.seals.push(index);
    if (kind === "recordings.removed") this.removals.push(body as unknown as RecordingsRemovedBody);
  };

  /** The log's keys that the copy knows of, the present one first. */
  get logKeys(): readonly NoteKey[] {
    const earlier = logNoteKeys(nodePrimitives.sha256, this.state).toReversed();
    return [this.#logKey, ...earlier.filter(({ id }) => id !== this.#logKey.id)];
  }

  get misbehaviourFolder(): string {
    return join(this.#options.root, "misbehaviour");
  }

  /** Goes to a checkpoint of the log, fetching what is missing. */
  follow(note: Uint8Array, source: RecordSource): Promise<MirrorStepResult> {
    return this.exclusively(() => this.#follow(note, source));
  }

  /** Runs work with nobody else at the files. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #follow(note: Uint8Array, source: RecordSource): Promise<MirrorStepResult> {
    const opened = openCheckpoint(nodePrimitives, note, this.#logKey);
    if (!opened.ok) {
      const key = await this.#findNewKey(note, source);
      if (!key) return { kind: "refused", fault: opened.fault };
      await this.#takeKey(key);
      return this.#follow(note, source);
    }
    const checkpoint = opened.value;
    if (checkpoint.size < this.files.size) return this.#shorter(note, checkpoint, source);
    if (this.files.staged.tree.size > checkpoint.size) await this.files.unstage();
    for (let again = false; ; again = true) {
      const lack = await this.#fetchEntries(checkpoint, source);
      if (lack?.isOther) return this.#otherHistory(note, source);
      if (lack) return { kind: "withheld", what: lack.path };
      if (this.files.bears(checkpoint)) return this.finish(note, source);
      // What was staged may be of a checkpoint that was never signed to the end: once more from what is cosigned.
      if (again || this.files.size === checkpoint.size) return this.#otherHistory(note, source);
      await this.files.unstage();
    }
  }

  /**
   * A key that the log has by the word of roots of all components. The entries that say so may be among those that the note covers:
   * they are fetched and judged before anything is believed, and go again where they do not name the key that signed it.
   */
  async #findNewKey(note: Uint8Array, source: RecordSource): Promise<NoteKey | undefined> {
    const shown = textOf(note);
    if (shown?.origin !== this.#logKey.name || shown.size < this.files.size) return undefined;
    const known = newestKey(this.state, note);
    if (known && known.id !== this.#logKey.id) return known;
    if (shown.size === this.files.size) return undefined;
    if (this.files.staged.tree.size > shown.size) await this.files.unstage();
    const lack = await this.#fetchEntries(shown, source);
    const key = !lack && this.files.bears(shown) ? newestKey(this.#stateOfStaged(), note) : undefined;
    if (key && key.id !== this.#logKey.id) return key;
    await this.files.unstage();
    return undefined;
  }

  /** What the record comes to with what is staged; the mirror's own state is not touched. */
  #stateOfStaged(): ReplayState {
    const state = emptyState(nodePrimitives);
    replay(trusting(nodePrimitives), state, this.files.leaves());
    replay(nodePrimitives, state, this.files.stagedLeaves());
    return state;
  }

  async #takeKey(key: NoteKey): Promise<void> {
    this.#options.onRekeyed?.(key);
    this.#logKey = key;
    await this.files.write("log.vkey", Buffer.from(`${formatVkey(key)}\n`));
  }

  /** All entries of a checkpoint are staged: files, replay, cosignature. To be called with nobody else at the files. */
  async finish(note: Uint8Array, source: RecordSource): Promise<MirrorStepResult> {
    for (const entry of this.files.stagedLeaves())
      for (const sha256 of filesOfEntry(nodePrimitives.sha256, entry))
        if (!(await this.#fetchAttachment(sha256, source))) return { kind: "withheld", what: `attachment ${sha256}` };
    await this.#replayStaged();
    const fault = await this.#checkKey(note);
    if (fault) return { kind: "refused", fault };
    await this.#writeRules();
    const { blocking } = this.objections;
    if (blocking.length > 0) {
      await this.files.commit(withoutOwn(note, this.#options.keys));
      return { kind: "objected", objections: blocking };
    }
    const lines = await this.#cosign(note);
    const cosigned = withLines(note, lines);
    await this.files.commit(cosigned);
    return { kind: "cosigned", note: cosigned, lines };
  }

  /** Whatever told of a key before: nothing is cosigned but under the one that the entries themselves have put in force. */
  async #checkKey(note: Uint8Array): Promise<Fault | undefined> {
    const key = newestKey(this.state, note);
    if (key && key.id !== this.#logKey.id) await this.#takeKey(key);
    const opened = openCheckpoint(nodePrimitives, note, this.#logKey);
    if (!opened.ok) return opened.fault;
    if (mayLogKeySign(this.state, this.#logKey.publicKey, opened.value.size)) return undefined;
    return {
      ...{ code: "log-key.not-in-force", what: "checkpoint", expected: `another key than ${this.#logKey.id}` },
      got: `a checkpoint of size ${opened.value.size}`,
    };
  }

  /** The log's own words on its cosigners, as files, so that the copy verifies by itself. */
  async #writeRules(): Promise<void> {
    const { cosigners } = this.state;
    if (cosigners === this.#rules) return;
    this.#rules = cosigners;
    const vkeys = (cosigners?.policy.witnesses ?? []).map(({ key }) => `${formatVkey(key)}\n`).join("");
    await this.files.write("cosigners.vkey", Buffer.from(vkeys));
    if (cosigners) await this.files.write("policy", Buffer.from(cosigners.text));
  }

  async #cosign(note: Uint8Array): Promise<string> {
    const { text } = unwrap(parseNote(note));
    const time = this.#options.now();
    const lines = this.#options.keys.map(async ({ key, signer }) =>
      formatSignatureLine(await signNote(key, signer, text, time)),
    );
    return (await Promise.all(lines)).join("");
  }

  async #replayStaged(): Promise<void> {
    const { size } = this.state.history;
    const fresh = [...this.files.stagedLeaves()].slice(size - this.files.size);
    const refused = replay(nodePrimitives, this.state, fresh, this.#note);
    const since = this.#options.now();
    await this.objections.addAll(refused.map(({ index, fault }) => ({ code: "leaf.refused", index, fault, since })));
  }

  /** Answers what is missing, or what does not go on from what is here; nothing when all is there. */
  async #fetchEntries(checkpoint: Checkpoint, source: RecordSource): Promise<Lack | undefined> {
    for (;;) {
      const { tree, bundle } = this.files.staged;
      if (tree.size >= checkpoint.size) return undefined;
      const names = [...tilesForGrowth(tree.size, checkpoint.size)].filter((name) => name.level === "entries");
      const entries: Uint8Array[] = [];
      for (const [position, name] of names.slice(0, BUNDLES_AT_A_TIME).entries()) {
        const known = position === 0 ? bundle : new Uint8Array(0);
        const fetched = await this.#fetchBundle(name, known, source);
        if ("lack" in fetched) return fetched.lack;
        entries.push(...fetched.entries.slice(position === 0 ? tree.size % TILE_WIDTH : 0));
      }
      await this.files.stage(entries);
    }
  }

  /** A log that goes on takes a partial bundle away once there is the full one, whose beginning it was. */
  async #fetchBundle(name: TileName, known: Uint8Array, source: RecordSource): Promise<FetchedBundle> {
    const lacking = tilePath(name);
    for (const width of new Set([name.width, TILE_WIDTH])) {
      const path = tilePath({ ...name, width });
      const rest = await source.file(path, known.length);
      if (!rest) continue;
      const whole = decodeBundle(Buffer.concat([known, rest]), width);
      if (whole.ok) return { entries: whole.value.slice(0, name.width) };
      return { lack: { path: lacking, isOther: await this.#goesOnOtherwise(path, known, width, source) } };
    }
    return { lack: { path: lacking } };
  }

  /** A rest that does not fit may be of a bundle whose beginning is another one. */
  async #goesOnOtherwise(path: string, known: Uint8Array, width: number, source: RecordSource): Promise<boolean> {
    const whole = known.length > 0 ? await source.file(path) : undefined;
    return whole !== undefined && decodeBundle(whole, width).ok && !bytesEqual(whole.subarray(0, known.length), known);
  }

  async #fetchAttachment(sha256: string, source: RecordSource): Promise<boolean> {
    if (await this.attachments.find(sha256)) return true;
    const bytes = await source.attachment(sha256);
    if (!bytes) return false;
    const stored = await this.attachments.put(bytes);
    return stored.sha256 === sha256;
  }

  /** A checkpoint shorter than what is held: an old one shown again, or one of another history. */
  async #shorter(note: Uint8Array, checkpoint: Checkpoint, source: RecordSource): Promise<MirrorStepResult> {
    const root = this.state.history.rootAt(checkpoint.size);
    if (root && bytesEqual(root, checkpoint.root))
      return { kind: "rolled-back", held: this.files.size, shown: checkpoint.size };
    return this.#otherHistory(note, source);
  }

  async #otherHistory(note: Uint8Array, source: RecordSource): Promise<MirrorStepResult> {
    const [staged, held] = [this.files.stagedRoot(), this.files.head];
    await this.files.unstage();
    const shown = unwrap(openCheckpoint(nodePrimitives, note, this.#logKey));
    // The longer history's tiles prove it: this mirror's own where it is the longer one, the log's otherwise.
    const own = (path: string) => this.files.read(path);
    const theirs = (path: string) => source.file(path);
    const misbehaviour = held
      ? await keepMisbehaviour(
          this.misbehaviourFolder,
          { logKey: this.#logKey, one: held, other: note },
          shown.size < this.files.size ? own : theirs,
        )
      : undefined;
    if (misbehaviour) return { kind: "forked", misbehaviour };
    const fault = {
      code: "mirror.entries-differ",
      what: "entries of the log",
      expected: bytesToHex(shown.root),
      got: staged,
    };
    return { kind: "refused", fault };
  }
}

/** What a note says, whoever signed it. */
function textOf(note: Uint8Array): Checkpoint | undefined {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : undefined;
  return checkpoint?.ok ? checkpoint.value : undefined;
}

/** The log's newest key, if it is the one that signed a note: no older one comes back. */
function newestKey(state: ReplayState, note: Uint8Array): NoteKey | undefined {
  const key = logNoteKeys(nodePrimitives.sha256, state).at(-1);
  const opened = key && openCheckpoint(nodePrimitives, note, key);
  return opened?.ok && mayLogKeySign(state, key!.publicKey, opened.value.size) ? key : undefined;
}

/** The mirror's own lines are not kept on what it does not cosign. */
function withoutOwn(note: Uint8Array, keys: readonly WitnessKey[]): Uint8Array {
  const { text, signatures } = unwrap(parseNote(note));
  const others = signatures.filter((one) => !keys.some(({ key }) => key.name === one.name && key.id === one.id));
  return Buffer.concat([Buffer.from(`${text}\n`), ...others.map((one) => Buffer.from(formatSignatureLine(one)))]);
}
