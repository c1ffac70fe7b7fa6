/**
 * The centre's side of cosigning. It shows cosigners a checkpoint, takes what they bring, keeps and publishes what meets the
 * policy that all components have agreed on, and tells the log of it. And it believes a cosigner before itself: a checkpoint
 * under the log's own key that is longer than the record, or another one, stops the keeper from signing anything more.
 */
import { join } from "node:path";
import {
  type CosignerRow,
  type CosigningView,
  FaultError,
  type Instant,
  MICROSECONDS_PER_SECOND,
  type NodeReport,
} from "@openjmc/model";
import {
  bytesEqual,
  bytesToBase64,
  bytesToHex,
  type CosignerRules,
  componentOfCosigner,
  ED25519_COSIGNATURE,
  evaluatePolicy,
  formatNote,
  formatVkey,
  gradeOf,
  type NoteKey,
  type OpenedCheckpoint,
  openCheckpoint,
  openOwnCheckpoint,
  parseNote,
  type ReplayState,
  unwrap,
} from "@openjmc/record";
import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import { nodePrimitives } from "../primitives.ts";
import { makeFolders, writeDurably } from "../record/durable.ts";
import { nodeRecordFiles } from "../record/files.ts";
import type { RecordKeeper } from "../record/index.ts";
import type { MachineAct } from "../registrar/registrar.ts";
import { type Candidate, Rounds } from "./rounds.ts";

export interface CosigningOptions {
  readonly state: ReplayState;
  readonly keeper: RecordKeeper;
  readonly logKey: NoteKey;
  readonly recordFolder: string;
  readonly keeperFolder: string;
  /** The centre's clock: the scenario's in an exercise. */
  readonly clock: Clock;
  /** Wall milliseconds, for rounds. */
  readonly wallMilliseconds: () => number;
  readonly logger: Logger;
  readonly act: (acts: readonly MachineAct[]) => Promise<unknown>;
  /** Told when more is sealed. */
  readonly onSealed: () => void;
  /** Told when somebody holds a longer or another history under this log's key. */
  readonly onFatal: (fault: FaultError) => void;
}

interface Seen {
  readonly size: number;
  /** When it was cosigned, by the cosigner, seconds since 1970. */
  readonly time: number;
  /** The centre's clock when it came. */
  readonly receivedAt: Instant;
}

/** What is told to the log at most so often; more often only where silence is counted in seconds. */
const TELL_MICROSECONDS = 60 * MICROSECONDS_PER_SECOND;
const TOLD_PER_SILENCE = 3;
/** A cosigner's clock that is further off than this is shown. */
const CLOCK_SECONDS = 60;

const PATIENCE_WITH_THE_SLOW = 5;
/** Who has signed within two minutes of the wall is at work. */
const LATELY = 120 * MICROSECONDS_PER_SECOND;

export class Cosigning {
  readonly #options: CosigningOptions;
  readonly #rounds = new Rounds();
  readonly #seen = new Map<string, Seen>();
  readonly #reports = new Map<string, NodeReport>();
  readonly #waiters = new Set<() => void>();
  #sealed: OpenedCheckpoint | undefined;
  #best: { readonly joint?: Candidate; readonly lower?: Candidate } = {};
  #telling = false;
  #writing: Promise<unknown> = Promise.resolve();
  #published: CosignerRules | undefined;

  private constructor(options: CosigningOptions) {
    this.#options = options;
  }

  /** Opens it with what was sealed before. A sealed note beyond the record is a roll-back: `record.rolled-back`. */
  static async open(options: CosigningOptions): Promise<Cosigning> {
    const cosigning = new Cosigning(options);
    await cosigning.#publishRules();
    const note = await nodeRecordFiles.read(sealedFile(options.keeperFolder));
    if (note) await cosigning.take(note);
    return cosigning;
  }

  get #rules(): CosignerRules | undefined {
    return this.#options.state.cosigners;
  }

  /** Size that cosigners meeting the policy have signed; 0 before. */
  get sealedSize(): number {
    return this.#sealed?.size ?? 0;
  }

  /** The newest checkpoint that meets the policy, with all cosignatures. */
  get sealedNote(): Promise<Uint8Array | undefined> {
    return nodeRecordFiles.read(sealedFile(this.#options.keeperFolder));
  }

  /** What is to be cosigned now. */
  get candidate(): Candidate | undefined {
    return this.#rounds.candidate;
  }

  /** Called a few times a second: the next candidate, the log's own words on what was cosigned. */
  beat(): void {
    const rules = this.#rules;
    if (!rules || this.#options.keeper.stopped) return;
    if (rules !== this.#published) void this.#publishRules().catch((error) => this.#trouble(error));
    const { keeper, wallMilliseconds } = this.#options;
    if (this.#rounds.advance(keeper.head, rules.policy, wallMilliseconds())) this.#wake();
    this.#tell(rules);
  }

  /** Resolves when there is something else to cosign than size `after`, or after the given milliseconds. */
  async changed(after: number, milliseconds: number): Promise<Candidate | undefined> {
    const until = performance.now() + milliseconds;
    for (;;) {
      const { candidate } = this.#rounds;
      const rest = until - performance.now();
      if (candidate && candidate.size !== after) return candidate;
      if (rest <= 0) return undefined;
      await this.#wait(rest);
    }
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#waiters.add(done);
    });
  }

  #wake(): void {
    for (const waiter of [...this.#waiters]) waiter();
  }

  /** Lets everybody who waits go. */
  release(): void {
    this.#wake();
  }

  /**
   * Takes a checkpoint of this log that somebody holds, with cosignatures or without. Throws a `FaultError`: `cosigning.unnamed`
   * where no cosigners are named, `record.rolled-back`, `record.forked`; refusals of notes that are no good.
   */
  async take(note: Uint8Array): Promise<{ readonly size: number; readonly sealedSize: number }> {
    const keys = this.#rules?.policy.witnesses.map((witness) => witness.key) ?? [];
    const { logKey, state } = this.#options;
    // What was sealed before the log had another key stands under the one before.
    const { checkpoint: opened } = unwrap(openOwnCheckpoint(nodePrimitives, note, logKey, state, keys));
    this.#requireOwnHistory(opened);
    const rules = this.#rules;
    if (!rules)
      throw new FaultError({ code: "cosigning.unnamed", what: "cosigners", expected: "cosigners named in the record" });
    this.#see(rules, opened);
    const outcome = this.#rounds.add(opened, rules.policy, this.#options.wallMilliseconds());
    const candidate = this.#rounds.recent(opened.size);
    if (candidate && outcome) {
      this.#rank(candidate, outcome.present);
      await this.#exclusively(() => this.#publish(candidate, rules, outcome.satisfied));
    } else if (evaluatePolicy(rules.policy, opened).satisfied && opened.size > this.sealedSize) this.#sealed = opened;
    return { size: opened.size, sealedSize: this.sealedSize };
  }

  /** Nobody but the keeper has the log's key: what it signed and does not know is what this disk has lost or never had. */
  #requireOwnHistory({ size, root }: OpenedCheckpoint): void {
    const { state, keeper } = this.#options;
    // The replayed history is never behind the keeper's: entries on their way to the disk are in it already.
    const own = state.history.rootAt(size);
    if (own && bytesEqual(own, root)) return;
    const fault = own
      ? { code: "record.forked", expected: `root ${bytesToHex(root)} at size ${size}`, got: bytesToHex(own) }
      : {
          code: "record.rolled-back",
          expected: `a history of at least ${size} entries, as a cosigner holds it`,
          got: `${keeper.size}`,
        };
    const error = new FaultError({ ...fault, what: "record", where: { file: this.#options.recordFolder } });
    keeper.halt(error);
    this.#options.onFatal(error);
    throw error;
  }

  #see(rules: CosignerRules, opened: OpenedCheckpoint): void {
    const receivedAt = this.#options.clock.now();
    for (const { name, key } of rules.policy.witnesses) {
      const signature = opened.cosignatures.find((one) => one.name === key.name && one.id === key.id);
      const before = this.#seen.get(name);
      if (!signature || (before && before.size > opened.size)) continue;
      this.#seen.set(name, { size: opened.size, time: signature.timestamp ?? 0, receivedAt });
    }
  }

  /** Keeps the best candidates for telling the log. */
  #rank(candidate: Candidate, present: readonly string[]): void {
    const grade = gradeOf(ed25519Names(this.#rules!, present), this.#options.state.founding!.components);
    const isNewer = (before: Candidate | undefined): boolean => candidate.size >= (before?.size ?? 0);
    if (grade === "joint" && isNewer(this.#best.joint)) this.#best = { ...this.#best, joint: candidate };
    if (grade !== "none" && isNewer(this.#best.lower)) this.#best = { ...this.#best, lower: candidate };
  }

  async #publish(candidate: Candidate, rules: CosignerRules, isSealed: boolean): Promise<void> {
    const note = noteOf(candidate);
    const { keeper, keeperFolder, onSealed } = this.#options;
    if (isSealed && candidate.size >= this.sealedSize) {
      await writeDurably(nodeRecordFiles, [{ path: sealedFile(keeperFolder), bytes: note }]);
      const grown = candidate.size > this.sealedSize;
      const keys = rules.policy.witnesses.map((witness) => witness.key);
      this.#sealed = unwrap(openCheckpoint(nodePrimitives, note, this.#options.logKey, keys));
      if (grown) onSealed();
    }
    const { origin, size, root } = candidate;
    if (size === keeper.size) await keeper.publishCosigned({ origin, size, root, note });
  }

  /** Tells the log of what all components cosigned; after their silence of what one and a neutral did. */
  #tell({ silence }: CosignerRules): void {
    const { state, clock, act } = this.#options;
    const [told, now] = [state.sealed.last, clock.now()];
    const age = (time: number | undefined): number => now - (time ?? 0) * MICROSECONDS_PER_SECOND;
    const pause = Math.min(TELL_MICROSECONDS, silence / TOLD_PER_SILENCE);
    if (this.#telling || (told && age(told.time) < pause)) return;
    const silent = age(state.sealed.lastOf("joint")?.time ?? founded(state)) > silence;
    // What came since must be more than the log's own words on the last one.
    const isNews = (one: Candidate | undefined): boolean => (one?.size ?? 0) > (told?.size ?? 0) + 1;
    const candidate = [this.#best.joint, ...(silent ? [this.#best.lower] : [])].find(isNews);
    if (!candidate) return;
    this.#telling = true;
    this.#best = {};
    act([this.#actOf(candidate)])
      .catch((error: unknown) => this.#trouble(error))
      .finally(() => {
        this.#telling = false;
      });
  }

  #actOf({ size, root, cosignatures }: Candidate): MachineAct {
    const told = this.#rules!.policy.witnesses.flatMap(({ name, key }) => {
      const found = [...cosignatures.values()].find((one) => one.name === key.name && one.id === key.id);
      if (!found || key.type !== ED25519_COSIGNATURE) return [];
      return [{ name, time: found.timestamp ?? 0, signature: bytesToBase64(found.bytes.subarray(8)) }];
    });
    return {
      kind: "checkpoint.cosigned",
      subject: `checkpoint-${size}`,
      body: { size, root: bytesToHex(root), cosignatures: told },
    };
  }

  /** Copies of what the log says of its cosigners, for readers that follow the formats only. */
  async #publishRules(): Promise<void> {
    const rules = this.#rules;
    this.#published = rules;
    if (!rules) return;
    const { recordFolder, keeperFolder } = this.#options;
    const vkeys = rules.policy.witnesses.map(({ key }) => `${formatVkey(key)}\n`).join("");
    await makeFolders(nodeRecordFiles, keeperFolder);
    await writeDurably(nodeRecordFiles, [
      { path: join(recordFolder, "policy"), bytes: Buffer.from(rules.text) },
      { path: join(recordFolder, "cosigners.vkey"), bytes: Buffer.from(vkeys) },
    ]);
  }

  /** What a node has against the record, as it says itself. */
  report(name: string, report: NodeReport): void {
    this.#reports.set(name, report);
    for (const { code, index } of report.objections)
      this.#options.logger.error({ node: name, code, index }, "a node objects to the record");
    if (report.isForked) this.#options.logger.error({ node: name }, "a node holds proof of two histories of this log");
  }

  /** How cosigning stands, for screens and operators. */
  view(): CosigningView {
    const { keeper, clock, state } = this.#options;
    const rules = this.#rules;
    const now = clock.now();
    return {
      size: keeper.size,
      sealedSize: this.sealedSize,
      isNamed: rules !== undefined,
      ...(rules ? { silenceSeconds: rules.silence / MICROSECONDS_PER_SECOND } : {}),
      anchorGrade: state.sealed.last?.grade ?? "none",
      cosigners: (rules?.policy.witnesses ?? []).map(({ name, key }) => this.#row(rules!, name, key, now)),
    };
  }

  #row(rules: CosignerRules, name: string, key: NoteKey, now: Instant): CosignerRow {
    const seen = this.#seen.get(name);
    const component = componentOfCosigner(name, this.#options.state.founding?.components ?? []);
    const report = this.#reports.get(name);
    const offset = seen ? seen.time - Math.round(seen.receivedAt / MICROSECONDS_PER_SECOND) : 0;
    const isOff = Math.abs(offset) > CLOCK_SECONDS * this.#options.clock.speed;
    return {
      name,
      ...(component === undefined ? {} : { component }),
      algorithm: key.type === ED25519_COSIGNATURE ? "Ed25519" : "ML-DSA-44",
      size: seen?.size ?? 0,
      ...(seen ? { at: seen.time * MICROSECONDS_PER_SECOND } : {}),
      isSilent: !seen || now - seen.receivedAt > rules.silence,
      ...(isOff ? { clockOffsetSeconds: offset } : {}),
      objections: report?.objections ?? [],
      isForked: report?.isForked ?? false,
    };
  }

  /**
   * Resolves when the head is sealed, or after the given milliseconds: what a stopping centre waits for. Cosigners of whom all have
   * signed of late are given longer, as they are slow and not away.
   */
  async sealHead(milliseconds: number): Promise<boolean> {
    const begun = performance.now();
    const { keeper } = this.#options;
    while (this.#rules && !keeper.stopped && this.sealedSize < keeper.size) {
      const patience = this.#isAnyoneAway() ? 1 : PATIENCE_WITH_THE_SLOW;
      if (performance.now() - begun > patience * milliseconds) return false;
      this.beat();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return true;
  }

  #isAnyoneAway(): boolean {
    const { clock } = this.#options;
    const since = clock.now() - LATELY * clock.speed;
    return (this.#rules?.policy.witnesses ?? []).some(({ name }) => (this.#seen.get(name)?.receivedAt ?? 0) < since);
  }

  #exclusively(work: () => Promise<unknown>): Promise<unknown> {
    const turn = this.#writing.then(work);
    this.#writing = turn.catch(() => undefined);
    return turn;
  }

  #trouble(error: unknown): void {
    this.#options.logger.error({ err: error }, "cosigning");
  }
}

/** A candidate with what came for it: the log's line first, as signed, then the cosigners'. */
export function noteOf(candidate: Candidate): Uint8Array {
  const { text, signatures } = unwrap(parseNote(candidate.note));
  const fresh = [...candidate.cosignatures.values()];
  const kept = signatures.filter((one) => !fresh.some((other) => other.name === one.name && other.id === one.id));
  return formatNote({ text, signatures: [...kept, ...fresh] });
}

export function sealedFile(keeperFolder: string): string {
  return join(keeperFolder, "sealed");
}

/** Names of those present whose keys every verifier can check. */
function ed25519Names({ policy }: CosignerRules, present: readonly string[]): readonly string[] {
  return policy.witnesses
    .filter(({ name, key }) => key.type === ED25519_COSIGNATURE && present.includes(name))
    .map(({ name }) => name);
}

/** Before the first cosigned point silence counts from the founding. */
function founded(state: ReplayState): number {
  return Math.floor((state.founding?.at ?? 0) / MICROSECONDS_PER_SECOND);
}
