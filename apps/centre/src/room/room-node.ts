/**
 * A component's room at its own node: replays the record, opens what is the room's own, keeps the entries' keys, discloses
 * what is due, erases what it is told to, and answers its officers. The joint centre never has any of the keys.
 */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError, formatInstant, type Instant } from "@openjmc/model";
import {
  type Acceptance,
  base64ToBytes,
  bytesToHex,
  checkOpened,
  type DisclosedBody,
  disclose,
  emptyState,
  type Leaf,
  type ReplayState,
  replay,
  type SealedBody,
  type Signer,
  signStatement,
  unseal,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { TapWatch } from "../tap/tap-watch.ts";
import { nodeCipher } from "./cipher.ts";
import { dueForDisclosure, type SealedConclusion } from "./due.ts";
import { EntryKeys } from "./entry-keys.ts";
import type { EpochKey } from "./epoch-keys.ts";
import type { RoomKeyedBody } from "./found-room.ts";
import type { LeafSource } from "./leaf-source.ts";
import type { Asker } from "./line-service.ts";
import type { RoomEntry } from "./room-entry.ts";
import { RoomView } from "./room-view.ts";

export interface RoomNodeOptions {
  readonly origin: string;
  /** The component whose room it is; the room has its name. */
  readonly room: string;
  readonly folder: string;
  readonly epochs: readonly EpochKey[];
  /** Reads the epochs' keys again when the record says that a new one has begun. */
  readonly readEpochs?: () => readonly EpochKey[];
  /** The node's own role id, enrolled in the log. */
  readonly officer: string;
  readonly signer: Signer;
  readonly wallNow: () => Instant;
  /** The component's own tap of the gateways, where its node has one. */
  readonly tap?: TapWatch;
  readonly onTrouble: (what: string, problem: unknown) => void;
}

/** What the node needs of the centre while it is connected. */
export interface RoomLink {
  readonly source: LeafSource;
  /** The centre's clock. */
  now(): Promise<Instant>;
  submit(leaf: Uint8Array): Promise<{ readonly index: number }>;
}

interface OwnSealed {
  readonly index: number;
  readonly leaf: Leaf;
}

const KEY_WAIT_MILLISECONDS = 8_000;

export class RoomNode {
  readonly #options: RoomNodeOptions;
  readonly #state: ReplayState = emptyState(nodePrimitives);
  readonly #keys: EntryKeys;
  readonly #view = new RoomView();
  readonly #sealed = new Map<string, OwnSealed>();
  readonly #conclusions = new Map<string, SealedConclusion>();
  readonly #disclosing = new Set<string>();
  readonly #endings = new Map<string, "disclosed" | "erased">();
  readonly #checks = new Map<number, string>();
  #epochs: readonly EpochKey[];
  #fresh: Leaf[] = [];

  constructor(options: RoomNodeOptions) {
    this.#options = options;
    this.#epochs = options.epochs;
    this.#keys = new EntryKeys(options.folder, options.epochs);
  }

  /** Entries of the record replayed so far. */
  get size(): number {
    return this.#state.history.size;
  }

  /** The epoch that new entries belong to. */
  get epoch(): number {
    return this.#epochs.at(-1)!.epoch;
  }

  /** What the record says of each epoch's key. */
  get checks(): ReadonlyMap<number, string> {
    return this.#checks;
  }

  /** Takes what is new in the record and does what follows from it. Answers how many entries came. */
  async follow(link: RoomLink): Promise<number> {
    const leaves = await link.source.next(this.size);
    this.#fresh = [];
    const refused = replay(nodePrimitives, this.#state, leaves, (acceptance) => {
      this.#take(acceptance);
      this.#options.tap?.entry(acceptance);
    });
    for (const { index, fault } of refused) this.#options.onTrouble(`entry ${index} of the record`, fault);
    for (const leaf of this.#fresh) await this.#look(leaf, link);
    await this.#discloseDue(link);
    await this.#stateComparison(link);
    return leaves.length;
  }

  #take({ index, leaf, signer, effect }: Acceptance): void {
    const { kind, body } = leaf.statement;
    if (kind === "room.keyed" && effect === "keys-changed") this.#beginEpoch(body as unknown as RoomKeyedBody);
    if (kind === "sealed") {
      const { promise, room } = body as unknown as SealedBody;
      if (promise)
        this.#conclusions.set(leaf.statementId, {
          statement: leaf.statementId,
          component: signer.component,
          promise,
          isDisclosed: false,
        });
      if (room !== this.#options.room || signer.component !== room) return;
      this.#sealed.set(leaf.statementId, { index, leaf });
      this.#fresh.push(leaf);
    }
    if (kind === "disclosed" || kind === "key.destroyed") this.#close(String(body.sealed), kind);
  }

  #beginEpoch({ room, epoch, check }: RoomKeyedBody): void {
    if (room !== this.#options.room) return;
    this.#checks.set(epoch, check);
    if (epoch <= this.epoch || !this.#options.readEpochs) return;
    try {
      this.#epochs = this.#options.readEpochs();
      this.#keys.setEpochs(this.#epochs);
    } catch (problem) {
      this.#options.onTrouble(`key of epoch ${epoch}`, problem);
    }
  }

  #close(statement: string, kind: "disclosed" | "key.destroyed"): void {
    const conclusion = this.#conclusions.get(statement);
    if (conclusion && kind === "disclosed") this.#conclusions.set(statement, { ...conclusion, isDisclosed: true });
    if (kind === "key.destroyed") this.#conclusions.delete(statement);
    const own = this.#sealed.get(statement);
    if (!own) return;
    this.#disclosing.add(statement);
    this.#fresh.push(own.leaf);
    this.#endings.set(statement, kind === "disclosed" ? "disclosed" : "erased");
  }

  /** Opens an entry of the room, as far as its key is here. */
  async #look(leaf: Leaf, link: RoomLink): Promise<void> {
    const own = this.#sealed.get(leaf.statementId)!;
    const body = leaf.statement.body as unknown as SealedBody;
    const ending = this.#endings.get(leaf.statementId);
    if (ending === "erased") this.#keys.destroy(body.commitment);
    const content = ending === "erased" ? undefined : await this.#open(own, link);
    const parsed = Date.parse(leaf.statement.at) * 1000;
    const entry: RoomEntry = {
      index: own.index,
      statement: leaf.statementId,
      role: leaf.statement.role,
      claimedAt: parsed,
      state: ending ?? (content ? "sealed" : "unreadable"),
      sealed: body,
      ...(content ? { content } : {}),
    };
    this.#view.put(entry);
  }

  async #open({ index, leaf }: OwnSealed, link: RoomLink): Promise<RoomEntry["content"]> {
    const body = leaf.statement.body as unknown as SealedBody;
    const key = await this.#keys.find(body);
    if (!key) return undefined;
    try {
      const ciphertext = await link.source.attachment(body.ciphertext);
      const place = { origin: this.#options.origin, room: body.room, epoch: body.epoch };
      const opened = await unseal(nodePrimitives, nodeCipher, place, body, ciphertext, key);
      if (!opened.ok) throw new FaultError(opened.fault);
      const checked = checkOpened(nodePrimitives, this.#state, { index, leaf }, opened.value);
      if (!checked.ok) throw new FaultError(checked.fault);
      const { kind, subject, body: content } = checked.value.statement;
      return { kind, subject, body: content };
    } catch (problem) {
      this.#options.onTrouble(`sealed entry ${index}`, problem);
      return undefined;
    }
  }

  /** The clock is the log's own; outside of exercises the node's must agree that the time has come. */
  #time(): Instant {
    const logged = this.#state.machineTime;
    return this.#state.founding?.exercise ? logged : Math.min(logged, this.#options.wallNow());
  }

  async #discloseDue(link: RoomLink): Promise<void> {
    const components = this.#state.founding?.components ?? [];
    const due = dueForDisclosure([...this.#conclusions.values()], this.#options.room, components, this.#time());
    for (const statement of due) {
      if (this.#disclosing.has(statement)) continue;
      this.#disclosing.add(statement);
      try {
        await this.disclose(statement, link);
      } catch (problem) {
        this.#disclosing.delete(statement);
        this.#options.onTrouble(`disclosure of ${statement}`, problem);
      }
    }
  }

  async #stateComparison(link: RoomLink): Promise<void> {
    const body = this.#options.tap?.due();
    if (!body) return;
    try {
      await this.#stateThat(link, "tap.compared", `taps-${this.#options.room}`, body);
    } catch (problem) {
      this.#options.onTrouble("comparison of taps", problem);
    }
  }

  /** Publishes an entry's key. Errors (thrown): `room.entry-unknown`, `room.key-gone`, the centre's refusal. */
  async disclose(statement: string, link: RoomLink): Promise<{ readonly index: number }> {
    const { leaf } = this.#ownEntry(statement);
    const key = await this.#keys.find(leaf.statement.body as unknown as SealedBody);
    if (!key) throw unknown("room.key-gone", "an entry whose key is still here", statement);
    const body: DisclosedBody = disclose(statement, key);
    return this.#stateThat(link, "disclosed", leaf.statement.subject, { ...body }, statement);
  }

  /** Destroys an entry's key and states it. Errors (thrown): `room.entry-unknown`, the centre's refusal. */
  async erase(statement: string, reason: string, link: RoomLink): Promise<{ readonly index: number }> {
    const { leaf } = this.#ownEntry(statement);
    this.#keys.destroy((leaf.statement.body as unknown as SealedBody).commitment);
    return this.#stateThat(link, "key.destroyed", leaf.statement.subject, { sealed: statement, reason }, statement);
  }

  async #stateThat(link: RoomLink, kind: string, subject: string, body: object, sealed?: string) {
    const { room, officer, signer, origin } = this.#options;
    const size = this.size;
    const leaf = await signStatement(nodePrimitives.sha256, signer, {
      ...{ origin, kind, component: room, role: officer, subject, revision: 0 },
      at: formatInstant(await link.now()),
      refs: sealed === undefined ? [] : [{ rel: "sealed", sha256: sealed }],
      anchor: { size, root: bytesToHex(this.#state.history.rootAt(size)!) },
      body,
    });
    return link.submit(leaf);
  }

  #ownEntry(statement: string): OwnSealed {
    const own = this.#sealed.get(statement);
    if (own) return own;
    throw unknown("room.entry-unknown", `a sealed entry of room ${this.#options.room}`, statement);
  }

  search(words: string): readonly RoomEntry[] {
    return this.#view.search(words);
  }

  /** The key that a session or officer of this component signs with; waits for one that is just being enrolled. */
  async findAsker(keyid: string): Promise<{ readonly officer: string; readonly publicKey: Uint8Array } | undefined> {
    const until = performance.now() + KEY_WAIT_MILLISECONDS;
    while (!this.#state.keys.has(keyid) && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const key = this.#state.keys.get(keyid);
    const isOpen = key !== undefined && key.ended === undefined && (key.until ?? Infinity) >= this.#state.machineTime;
    if (!isOpen || key.component !== this.#options.room) return undefined;
    if (key.tier !== "session" && key.tier !== "binding") return undefined;
    return { officer: key.holder, publicKey: key.publicKey };
  }

  /** One question of an officer. Errors (thrown): `room.question` and those of what is asked. */
  async answer(question: unknown, asker: Asker, link: RoomLink): Promise<unknown> {
    const asked = question as Readonly<Record<string, unknown>>;
    switch (asked.do) {
      case "keep": {
        const key = base64ToBytes(String(asked.key));
        if (!key.ok || key.value.length !== 32) throw unknown("room.question", "a key of 32 bytes", "other bytes");
        await this.#keys.keep({ commitment: String(asked.commitment), epoch: Number(asked.epoch) }, key.value);
        return { kept: asked.commitment };
      }
      case "search": {
        const entries = this.search(String(asked.words ?? "").slice(0, 200));
        this.#noteRead(asker, entries);
        return { entries: withinAnAnswer(entries) };
      }
      case "disclose":
        return this.disclose(String(asked.statement), link);
      case "erase":
        return this.erase(String(asked.statement), requireReason(asked.reason), link);
      default:
        throw unknown("room.question", "keep, search, disclose or erase", String(asked.do));
    }
  }

  /** Reading in a room is logged at the room, and only there. */
  #noteRead(asker: Asker, entries: readonly RoomEntry[]): void {
    const line = {
      at: formatInstant(this.#options.wallNow()),
      officer: asker.officer,
      entries: entries.map((one) => one.index),
    };
    appendFileSync(join(this.#options.folder, "reads.jsonl"), `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }
}

const LONGEST_ANSWER = 500_000;

/** As many entries, newest first, as one answer can hold. */
function withinAnAnswer(entries: readonly RoomEntry[]): readonly RoomEntry[] {
  let length = 0;
  return entries.filter((entry) => {
    length += JSON.stringify(entry).length * 2;
    return length <= LONGEST_ANSWER;
  });
}

function requireReason(reason: unknown): string {
  if (typeof reason === "string" && reason.trim() !== "" && reason.length <= 2_000) return reason;
  throw unknown("room.question", "a reason of 1 to 2000 characters", String(reason));
}

function unknown(code: string, expected: string, got: string): FaultError {
  return new FaultError({ code, what: "room", expected, got: got.slice(0, 80) });
}
