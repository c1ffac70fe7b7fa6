/**
 * The record lane's one door: a leaf comes in, is judged by the record's replay and by the desk, is appended, and becomes
 * rows. Whoever asked is answered only when the entry is durable.
 */
import {
  type DecisionContext,
  type DeskState,
  decide,
  decideSecond,
  emptyDesk,
  entryRow,
  type OpenedStatement,
  project,
  type RecordedEntry,
  type RowChange,
  recordFault,
  takesMachineAct,
} from "@openjmc/desk";
import {
  bad,
  type Fault,
  FaultError,
  formatInstant,
  good,
  type Instant,
  parseInstant,
  type Result,
} from "@openjmc/model";
import {
  type Acceptance,
  applyLeaf,
  checkLeaf,
  emptyState,
  type Json,
  type KeyEntry,
  type Primitives,
  Refusal,
  type ReplayState,
  type SealedBody,
  type Signer,
  signStatement,
  trusting,
} from "@openjmc/record";
import { anchorSize } from "./anchor-size.ts";
import { ACTS_PER_SECOND, KeyQuota } from "./key-quota.ts";
import { Openings, type ReadCiphertext } from "./openings.ts";
import type { RecordedTimes } from "./recorded-at.ts";

/** What the registrar needs of the record keeper: durable appending in order. */
export interface LeafKeeper {
  append(leaves: readonly Uint8Array[]): Promise<{ readonly firstIndex: number }>;
}

/** An entry that is durable, with the rows it changed. */
export interface Registered {
  readonly entry: RecordedEntry;
  readonly changes: readonly RowChange[];
}

/** A machine's statement before it is signed. */
export interface MachineAct {
  readonly kind: string;
  readonly subject: string;
  readonly revision?: number;
  readonly body: object;
  readonly refs?: readonly { readonly rel: string; readonly sha256: string }[];
}

/** A size of the log and its root there, hexadecimal. */
export interface LogPoint {
  readonly size: number;
  readonly root: string;
}

export interface RegistrarOptions {
  readonly primitives: Primitives;
  readonly keeper: LeafKeeper;
  readonly times: RecordedTimes;
  readonly machine: Signer;
  readonly context: () => DecisionContext;
  readonly now: () => Instant;
  /** Told of every durable entry, in log order. */
  readonly onRegistered: (registered: Registered) => void;
  /** A failing keeper is fatal: nothing may be appended before the record has been read again. */
  readonly onFatal: (fault: FaultError) => void;
  /** Told of what went wrong beside the record without harming it. */
  readonly onTrouble?: (problem: unknown) => void;
  /** Where what is sealed lies; without it no disclosed entry is opened. */
  readonly readCiphertext?: ReadCiphertext;
}

/** Joint acts about the centre itself: what they may say, the replay knows, and the desk has no part in it. */
const JUDGED_BY_REPLAY: ReadonlySet<string> = new Set(["mission.configured", "cosigners.named"]);
/** How far ahead of the centre's clock a person's claimed time may be. */
const MOST_AHEAD_MICROSECONDS = 120_000_000;
/** An anchor may be this many entries or this long behind; older ones would let a statement be back-dated unseen. */
const OLDEST_ANCHOR_ENTRIES = 5_000;

export class Registrar {
  readonly #options: RegistrarOptions;
  readonly #openings: Openings;
  readonly #quota = new KeyQuota();
  readonly state: ReplayState;
  readonly desk: DeskState = emptyDesk();
  #fatal: FaultError | undefined;
  /** Entries that are durable: nothing is ever anchored to what a crash could take back. */
  #durableSize = 0;
  #machineQueue: Promise<unknown> = Promise.resolve();

  constructor(options: RegistrarOptions) {
    this.#options = options;
    this.state = emptyState(options.primitives);
    this.#openings = new Openings(options.primitives, options.readCiphertext ?? (() => undefined));
  }

  /** Replays the record at start. `checkSignatures` false trusts what this machine has checked before it wrote it. */
  load(leaves: Iterable<Uint8Array>, checkSignatures: boolean): Registered[] {
    return [...this.replayed(leaves, checkSignatures)];
  }

  /** The same, entry by entry: a record of years is longer than what fits into memory at once. */
  *replayed(leaves: Iterable<Uint8Array>, checkSignatures: boolean): Generator<Registered> {
    const primitives = checkSignatures ? this.#options.primitives : trusting(this.#options.primitives);
    const times = this.#options.times.read();
    for (const bytes of leaves) {
      const checked = checkLeaf(primitives, this.state, bytes);
      if (!checked.ok)
        throw new FaultError({
          code: "record.refused-leaf",
          what: "record",
          where: { file: "record", line: this.state.history.size },
          cause: `${checked.fault.code}: ${checked.fault.what}`,
        });
      yield this.#take(checked.value, times[checked.value.index]);
    }
    this.#durableSize = this.state.history.size;
  }

  /**
   * Compares what was replayed with the signed head: signatures of old leaves are not checked at every start, but a leaf that
   * was touched on the disk has another hash. Throws `record.damaged`.
   */
  requireHead(head: { readonly size: number; readonly root: string }): void {
    const { size, root } = this.head();
    if (size === head.size && root === head.root) return;
    throw new FaultError({
      code: "record.damaged",
      what: "entries of the record",
      where: { file: "record/tile/entries" },
      expected: `the ${head.size} entries under the signed root ${head.root}; \`jmc verify\` says which differ`,
      got: `${size} entries under ${root}`,
    });
  }

  get size(): number {
    return this.state.history.size;
  }

  /** How far the record reaches: entries that are durable. */
  head(): LogPoint {
    return this.#pointAt(this.#durableSize);
  }

  /**
   * A recent point of the log for statements to anchor to, with as much behind it as there is: cosigned by all components;
   * after their stated silence by one and a neutral; else the head alone. Nobody's silence keeps another from stating.
   */
  anchor(): LogPoint {
    return this.#pointAt(anchorSize(this.state, this.#durableSize, this.#options.now()));
  }

  #pointAt(size: number): LogPoint {
    return { size, root: Buffer.from(this.state.history.rootAt(size)!).toString("hex") };
  }

  keyOf(keyId: string): KeyEntry | undefined {
    return this.state.keys.get(keyId);
  }

  /** Why the record takes a leaf from nobody, by its form, its signature and its signer's keys; undefined where it may be taken. */
  faultOf(bytes: Uint8Array): Fault | undefined {
    const checked = checkLeaf(this.#options.primitives, this.state, bytes);
    return checked.ok ? undefined : checked.fault;
  }

  /** Takes a person's leaf: form, signature, tier, two-key rule, sense. Errors: those of the record package and of the desk. */
  async submit(bytes: Uint8Array): Promise<Result<Registered>> {
    if (this.#fatal) return bad(this.#fatal.fault);
    const checked = checkLeaf(this.#options.primitives, this.state, bytes);
    if (!checked.ok) return bad(checked.fault);
    const { signer } = checked.value;
    const fault = this.#checkAct(checked.value) ?? this.#checkQuota(signer);
    if (fault) return bad(fault);
    return good(await this.#commit(checked.value, bytes));
  }

  #checkQuota({ keyId }: KeyEntry): Fault | undefined {
    if (this.#quota.take(keyId, this.#options.now())) return undefined;
    return {
      code: "rate.limited",
      what: "statement",
      expected: `at most ${ACTS_PER_SECOND} acts of a key a second`,
      got: keyId,
    };
  }

  #checkAct(acceptance: Acceptance): Fault | undefined {
    const { statement } = acceptance.leaf;
    const claimedAt = instantOf(statement.at);
    const now = this.#options.now();
    if (claimedAt > now + MOST_AHEAD_MICROSECONDS)
      return {
        code: "statement.time-ahead",
        what: "statement",
        where: { field: "at" },
        expected: `a time up to ${formatInstant(now)}`,
        got: statement.at,
      };
    if (
      acceptance.signer.tier !== "machine" &&
      acceptance.signer.tier !== "root" &&
      statement.anchor.size < this.size - OLDEST_ANCHOR_ENTRIES &&
      acceptance.effect !== "joint"
    )
      return {
        code: "anchor.stale",
        what: "statement",
        where: { field: "anchor.size" },
        expected: `at least ${this.size - OLDEST_ANCHOR_ENTRIES}`,
        got: `${statement.anchor.size}`,
      };
    const ended = recordFault(this.desk, statement.kind);
    if (ended) return ended;
    if (acceptance.signer.tier === "root") return undefined;
    if (acceptance.effect === "keys-changed" || acceptance.effect === "waiting-for-roots") return undefined;
    if (JUDGED_BY_REPLAY.has(statement.kind)) return undefined;
    const { component, holder: role } = acceptance.signer;
    const { kind, subject, body } = statement;
    const draft = { kind, component, role, subject, claimedAt, body };
    const isSecond = acceptance.effect === "joint" || acceptance.effect === "countersigned";
    const decided = (isSecond ? decideSecond : decide)(this.desk, draft, this.#options.context());
    if (!decided.ok) return decided.fault;
    return isSecond ? undefined : this.#checkSeal(acceptance);
  }

  /** A sealed entry's ciphertext is here before the entry is, and a disclosed key fits what was sealed. */
  #checkSeal(acceptance: Acceptance): Fault | undefined {
    const { kind, body } = acceptance.leaf.statement;
    if (kind === "sealed" && !this.#openings.has(body as unknown as SealedBody))
      return { code: "sealed.missing", what: "sealed entry", expected: "its ciphertext among the attachments" };
    const opened = kind === "disclosed" ? this.#openings.open(this.state, acceptance) : undefined;
    return opened && !opened.ok ? opened.fault : undefined;
  }

  /**
   * Signs and appends acts of the machine, one after the other, in the order of the calls. Throws for one that cannot be signed or
   * taken, once all others are durable: what is wrong with one alert must not silence the rest.
   */
  act(acts: readonly MachineAct[]): Promise<readonly Registered[]> {
    const work = this.#machineQueue.then(() => this.#actNow(acts));
    this.#machineQueue = work.catch(() => undefined);
    return work;
  }

  /**
   * The same for acts of which none may come before the one ahead of it: ends at the first that is refused. Gives how many were
   * taken, and why it ended before the last.
   */
  actInOrder(acts: readonly MachineAct[]): Promise<{ readonly taken: number; readonly refused?: FaultError }> {
    const work = this.#machineQueue.then(async () => {
      const { committed, refused } = await this.#offer(acts, (faults) => faults.length > 0);
      return { taken: (await Promise.all(committed)).length, ...(refused[0] ? { refused: refused[0] } : {}) };
    });
    this.#machineQueue = work.catch(() => undefined);
    return work;
  }

  async #actNow(acts: readonly MachineAct[]): Promise<readonly Registered[]> {
    const { committed, refused } = await this.#offer(acts, () => false);
    const registered = await Promise.all(committed);
    if (refused[0]) throw refused[0];
    return registered;
  }

  /** Checks and commits one act after another, until `isEnough` of what was refused; those committed become durable together. */
  async #offer(acts: readonly MachineAct[], isEnough: (refused: readonly FaultError[]) => boolean) {
    if (this.#fatal) throw this.#fatal;
    const committed: Promise<Registered>[] = [];
    const refused: FaultError[] = [];
    for (const act of acts.filter(({ kind }) => takesMachineAct(this.desk, kind))) {
      const checked = await this.#prepareMachineAct(act);
      if (checked.ok) committed.push(this.#commit(checked.value.acceptance, checked.value.leaf));
      else refused.push(new FaultError({ ...checked.fault, what: `act of the centre (${act.kind})` }));
      if (isEnough(refused)) break;
    }
    return { committed, refused };
  }

  async #prepareMachineAct(
    act: MachineAct,
  ): Promise<Result<{ readonly acceptance: Acceptance; readonly leaf: Uint8Array }>> {
    try {
      const leaf = await this.#signMachineAct(act);
      const checked = checkLeaf(trusting(this.#options.primitives), this.state, leaf);
      return checked.ok ? good({ acceptance: checked.value, leaf }) : checked;
    } catch (error) {
      if (error instanceof Refusal) return bad(error.fault);
      throw error;
    }
  }

  /** Resolves when every act of the machine given so far has been answered. */
  async settled(): Promise<void> {
    await this.#machineQueue;
  }

  #signMachineAct(act: MachineAct): Promise<Uint8Array> {
    const at = Math.max(this.#options.now(), this.state.machineTime);
    return signStatement(this.#options.primitives.sha256, this.#options.machine, {
      origin: this.state.founding!.origin,
      kind: act.kind,
      component: "centre",
      role: "centre",
      subject: act.subject,
      revision: act.revision ?? 0,
      at: formatInstant(at),
      refs: act.refs ?? [],
      anchor: this.anchor(),
      body: act.body as { readonly [name: string]: Json },
    });
  }

  /** The state moves on at once, so that two competing leaves cannot both pass; the answer waits for the disk. */
  async #commit(acceptance: Acceptance, bytes: Uint8Array): Promise<Registered> {
    const recordedAt = this.#options.now();
    const registered = this.#take(acceptance, recordedAt);
    try {
      await this.#options.keeper.append([bytes]);
    } catch (problem) {
      this.#fatal ??=
        problem instanceof FaultError
          ? problem
          : new FaultError({ code: "record.write-failed", what: "record", cause: String(problem) });
      this.#options.onFatal(this.#fatal);
      throw this.#fatal;
    }
    this.#durableSize = Math.max(this.#durableSize, registered.entry.index + 1);
    this.#keepTime(registered.entry.index, recordedAt);
    this.#options.onRegistered(registered);
    return registered;
  }

  /** The entry is in the record whatever becomes of this: without it, the time that was claimed stands in. */
  #keepTime(index: number, recordedAt: Instant): void {
    try {
      this.#options.times.append(index, [recordedAt]);
    } catch (problem) {
      this.#options.onTrouble?.(problem);
    }
  }

  #take(acceptance: Acceptance, recordedAt: Instant | undefined): Registered {
    applyLeaf(this.state, acceptance);
    this.#openings.note(acceptance);
    const opened = this.#opened(acceptance);
    const entry = { ...entryOf(acceptance, recordedAt), ...(opened ? { opened } : {}) };
    return { entry, changes: this.#project(entry) };
  }

  /** The replay's state has moved on already: were this to throw, the record in memory and the one on the disk would part. */
  #project(entry: RecordedEntry): readonly RowChange[] {
    try {
      return project(this.desk, entry);
    } catch (problem) {
      this.#options.onTrouble?.(problem);
      return [entryRow(entry)];
    }
  }

  #opened(acceptance: Acceptance): OpenedStatement | undefined {
    if (acceptance.leaf.statement.kind !== "disclosed") return undefined;
    const opened = this.#openings.open(this.state, acceptance);
    if (opened.ok) return opened.value;
    this.#options.onTrouble?.(new FaultError(opened.fault));
    return undefined;
  }
}

function instantOf(text: string): Instant {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : 0;
}

function entryOf(acceptance: Acceptance, recordedAt: Instant | undefined): RecordedEntry {
  const { statement, statementId } = acceptance.leaf;
  const claimedAt = instantOf(statement.at);
  return {
    index: acceptance.index,
    statement: statementId,
    kind: statement.kind,
    tier: acceptance.signer.tier,
    component: acceptance.signer.component,
    role: acceptance.signer.holder,
    keyid: acceptance.signer.keyId,
    subject: statement.subject,
    revision: statement.revision,
    claimedAt,
    recordedAt: recordedAt === undefined || recordedAt === 0 ? claimedAt : recordedAt,
    body: statement.body,
    effect: acceptance.effect,
    keys: (acceptance.change.keys ?? []).map(({ keyId, tier, component, holder, from, ended, until }) => ({
      keyId,
      tier,
      component,
      holder,
      from,
      ...(ended === undefined ? {} : { ended }),
      ...(until === undefined ? {} : { until }),
    })),
  };
}
