/**
 * What another mirror or a witness has cosigned of the same log, held against this copy without the centre between them: a
 * centre that shows its two sides two histories, or keeps back from one what the other has, is found out by either.
 */
import {
  bytesEqual,
  type Checkpoint,
  monitoringPath,
  type NoteKey,
  openCheckpoint,
  TILE_WIDTH,
  tilePath,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { Mirror } from "./mirror.ts";
import { keepMisbehaviour } from "./misbehaviour.ts";

export interface PeerWatchOptions {
  /** Addresses at which they listen. */
  readonly peers: readonly string[];
  readonly mirror: Mirror;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly say: (text: string) => void;
}

/** A checkpoint that a peer has shown, and since when this copy does not reach it. */
interface Shown extends Checkpoint {
  readonly note: Uint8Array;
  readonly logKey: NoteKey;
  readonly since: number;
}

const PERIOD_MILLISECONDS = 2_000;
const PATIENCE_MILLISECONDS = 10_000;
/** Far above a checkpoint with all its signatures. */
const LARGEST_NOTE_BYTES = 1_000_000;

export class PeerWatch {
  readonly #options: PeerWatchOptions;
  /** The furthest checkpoint of each peer that this copy does not reach yet. */
  readonly #ahead = new Map<string, Shown>();
  readonly #silent = new Set<string>();
  readonly #forked = new Set<string>();
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(options: PeerWatchOptions) {
    this.#options = options;
  }

  /** Whether a peer holds another history. */
  get isForked(): boolean {
    return this.#forked.size > 0;
  }

  /** Asks every peer, now and then. Answers whether there is a new objection. */
  async look(): Promise<boolean> {
    const { mirror, peers } = this.#options;
    if (performance.now() - this.#lookedAt < PERIOD_MILLISECONDS) return false;
    this.#lookedAt = performance.now();
    // What this copy has reached since is kept from it no more.
    for (const { code, index } of mirror.objections.all)
      if (code === "peer.ahead" && index! < mirror.files.size) await mirror.objections.settle(code, index!);
    const before = mirror.objections.all.length;
    for (const peer of peers) await this.#lookAt(peer);
    return mirror.objections.all.length > before;
  }

  async #lookAt(peer: string): Promise<void> {
    const waiting = this.#ahead.get(peer);
    if (waiting && waiting.size <= this.#options.mirror.files.size) {
      this.#ahead.delete(peer);
      await this.#compare(peer, waiting);
    }
    const shown = await this.#ask(peer);
    if (!shown) return;
    if (shown.size <= this.#options.mirror.files.size) await this.#compare(peer, shown);
    else await this.#notYet(peer, this.#ahead.get(peer) ?? shown);
  }

  async #ask(peer: string): Promise<Shown | undefined> {
    const { mirror, now, say } = this.#options;
    const [{ name }] = mirror.logKeys as readonly [NoteKey, ...NoteKey[]];
    const note = await fetchBytes(`${baseOf(peer)}/${monitoringPath(nodePrimitives.sha256, name)}`);
    const opened = note && mirror.logKeys.map((key) => ({ key, read: openCheckpoint(nodePrimitives, note, key) }));
    const found = opened?.find(({ read }) => read.ok);
    if (!note || !found?.read.ok) {
      if (!this.#silent.has(peer)) say(`PEER: ${peer} shows no checkpoint of ${name}`);
      this.#silent.add(peer);
      return undefined;
    }
    this.#silent.delete(peer);
    const { origin, size, root } = found.read.value;
    return { origin, size, root, note, logKey: found.key, since: now() };
  }

  async #compare(peer: string, shown: Shown): Promise<void> {
    const { mirror } = this.#options;
    const root = mirror.state.history.rootAt(shown.size);
    if (!root || bytesEqual(root, shown.root)) return;
    const { head } = mirror.files;
    if (head && openCheckpoint(nodePrimitives, head, shown.logKey).ok) {
      const notes = { logKey: shown.logKey, one: shown.note, other: head };
      await keepMisbehaviour(mirror.misbehaviourFolder, notes, (path) => mirror.files.read(path));
    }
    this.#forked.add(peer);
    await this.#object("peer.other-history", peer, shown);
  }

  /** It may be a moment ahead; after the agreed delay this side is being kept from something, or shown something else. */
  async #notYet(peer: string, shown: Shown): Promise<void> {
    const { mirror, now } = this.#options;
    this.#ahead.set(peer, shown);
    const delay = (mirror.state.cosigners?.mergeDelay ?? 60_000_000) / 1_000_000;
    if (now() - shown.since <= delay) return;
    await this.#object("peer.ahead", peer, shown);
    await this.#proveFromPeer(peer, shown);
  }

  /** A peer that is a mirror gives hash tiles to all; those of the longer history prove whether it goes on from this one. */
  async #proveFromPeer(peer: string, shown: Shown): Promise<void> {
    const { mirror, say } = this.#options;
    const { head } = mirror.files;
    if (this.#forked.has(peer) || !head || !openCheckpoint(nodePrimitives, head, shown.logKey).ok) return;
    const [folder] = monitoringPath(nodePrimitives.sha256, shown.origin).split("/");
    const tiles = (path: string) => fetchBytes(`${baseOf(peer)}/${folder}/${path}`);
    if (!(await givesTiles(tiles, shown.size))) return;
    const notes = { logKey: shown.logKey, one: head, other: shown.note };
    const found = await keepMisbehaviour(mirror.misbehaviourFolder, notes, tiles);
    if (found?.kind !== "fork") return;
    this.#forked.add(peer);
    say(`PEER: ${peer} holds another history; proof in ${found.file}`);
    await this.#object("peer.other-history", peer, shown);
  }

  async #object(code: string, peer: string, { size }: Shown): Promise<void> {
    const { mirror, now, say } = this.#options;
    const expected = `the same history as at ${peer}, up to entry ${size - 1}`;
    const fault = { code, what: "record", where: { source: peer }, expected, got: `${mirror.files.size} entries here` };
    const isNew = await mirror.objections.add({ code, index: size - 1, fault, since: now() });
    if (isNew) say(`PEER: ${code}, ${peer} stands at ${size} entries, this copy at ${mirror.files.size}`);
  }
}

/** A witness has none. Without them nothing could be proven, and a peer that is merely ahead would stand accused. */
async function givesTiles(
  fetchTile: (path: string) => Promise<Uint8Array | undefined>,
  size: number,
): Promise<boolean> {
  return (await fetchTile(tilePath({ level: 0, index: 0, width: Math.min(size, TILE_WIDTH) }))) !== undefined;
}

const baseOf = (peer: string): string => peer.replace(/\/$/, "");

/** Undefined where it is not to be had: a peer that is away says nothing about the log. */
async function fetchBytes(url: string): Promise<Uint8Array | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
    if (!response.ok || Number(response.headers.get("content-length") ?? 0) > LARGEST_NOTE_BYTES) return undefined;
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    return undefined;
  }
}
