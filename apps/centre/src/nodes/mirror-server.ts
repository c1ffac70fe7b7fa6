/**
 * A mirror that is sent things (c2sp.org/tlog-mirror): `POST add-checkpoint` sets what is awaited, `POST add-entries` brings
 * entries, `PUT attachments/<sha256>` the files they name; once all is stored the cosignatures are the answer. It serves
 * checkpoint and hash tiles; entries only to whoever has the reader's token, as they hold what people and sensors said.
 * `POST log-key` proves that the log has another key, so that what stands under it may be awaited; before anything is cosigned
 * under it, the entries themselves have said the same.
 */
import { timingSafeEqual } from "node:crypto";
import {
  bytesToHex,
  type Checkpoint,
  formatMirrorInfo,
  HASH_BYTES,
  MIRROR_INFO_CONTENT_TYPE,
  type NoteKey,
  parseAddEntries,
  parseTilePath,
  TILE_WIDTH,
  utf8,
  verifyPackage,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { NodeAnswer, NodeRequest } from "./http.ts";
import { LARGEST_LOG_KEY_REQUEST } from "./log-key-wire.ts";
import type { Mirror, MirrorStepResult } from "./mirror.ts";
import { NO_SOURCE } from "./record-source.ts";
import { WitnessState } from "./witness-state.ts";

export interface MirrorServerOptions {
  readonly mirror: Mirror;
  readonly logKey: NoteKey;
  readonly earlierLogKeys?: readonly NoteKey[];
  /** As of `WitnessOptions`. */
  readonly onRekeyed?: (key: NoteKey) => void;
  /** Folder for what is awaited. */
  readonly pendingFolder: string;
  /** Whoever has it reads entries; without it nobody does over the network. */
  readonly readerToken?: string;
}

/** 32 packages of 256 entries of the largest size do not come at once; this is what one request may bring. */
const LARGEST_ENTRIES_BYTES = 64 * 1024 * 1024;
const LARGEST_REQUEST_BYTES = 1_000_000;
const REMEMBERED_PENDING = 16;

interface Pending extends Checkpoint {
  readonly note: Uint8Array;
}

export class MirrorServer {
  readonly #options: MirrorServerOptions;
  readonly #witness: WitnessState;
  readonly #pending = new Map<number, Pending>();
  readonly #prefix: string;

  private constructor(options: MirrorServerOptions) {
    this.#options = options;
    const { logKey, pendingFolder, earlierLogKeys = [], onRekeyed } = options;
    const logs = new Map([[logKey.name, logKey]]);
    // It cosigns nothing here: a mirror's signature says that the entries are stored, and they are not yet.
    this.#witness = new WitnessState({
      ...{ folder: pendingFolder, keys: [], logs, now: () => 0, earlierLogKeys },
      ...(onRekeyed === undefined ? {} : { onRekeyed }),
    });
    this.#prefix = `/${bytesToHex(nodePrimitives.sha256(utf8(logKey.name)))}/`;
  }

  static async open(options: MirrorServerOptions): Promise<MirrorServer> {
    const server = new MirrorServer(options);
    await server.#witness.load();
    server.#remember();
    return server;
  }

  readonly handle = async (request: NodeRequest): Promise<NodeAnswer> => {
    const { method, path } = request;
    if (method === "POST" && path === "/add-checkpoint") return this.#addCheckpoint(request);
    if (method === "POST" && path === "/add-entries")
      return this.#addEntries(await request.body(LARGEST_ENTRIES_BYTES));
    if (method === "POST" && path === "/log-key")
      return this.#witness.succeed(await request.body(LARGEST_LOG_KEY_REQUEST));
    if (method === "PUT" && path.startsWith("/attachments/")) return this.#putAttachment(path.slice(13), request);
    if (method === "GET" && path.startsWith(this.#prefix)) return this.#read(path.slice(this.#prefix.length), request);
    return NOT_FOUND;
  };

  async #addCheckpoint(request: NodeRequest): Promise<NodeAnswer> {
    const reply = await this.#witness.add(await request.body(LARGEST_REQUEST_BYTES));
    this.#remember();
    return reply;
  }

  #remember(): void {
    const last = this.#witness.last(this.#options.logKey.name);
    if (!last) return;
    const { size, root, checkpoint: note } = last;
    this.#pending.set(size, { origin: this.#options.logKey.name, size, root, note });
    for (const old of this.#pending.keys()) if (this.#pending.size > REMEMBERED_PENDING) this.#pending.delete(old);
  }

  async #addEntries(body: Uint8Array): Promise<NodeAnswer> {
    const parsed = parseAddEntries(body);
    if (!parsed.ok) return { status: 400, body: `${parsed.fault.code}\n` };
    if (parsed.value.head.origin !== this.#options.logKey.name) return { status: 404, body: "origin unknown\n" };
    return this.#options.mirror.exclusively(() => this.#store(parsed.value));
  }

  async #store({
    head,
    packages,
  }: Extract<ReturnType<typeof parseAddEntries>, { ok: true }>["value"]): Promise<NodeAnswer> {
    const { files } = this.#options.mirror;
    const pending = this.#pending.get(head.end);
    const next = files.staged.tree.size;
    const isTooFarBack = Math.floor(head.start / TILE_WIDTH) < Math.floor(next / TILE_WIDTH) && head.start < next;
    if (!pending || head.end < files.size || head.start > next || isTooFarBack) return this.#conflict();
    let stored = 0;
    for (const sent of packages) {
      const known = files.staged.tree.size;
      const before = await this.#hashesBefore(sent.start);
      if (!before || !verifyPackage(nodePrimitives.sha256, sent, before, pending).ok)
        return { status: 422, body: "package is not of the checkpoint\n" };
      await files.stage(sent.entries.slice(Math.max(0, known - sent.start)));
      stored += 1;
    }
    if (files.staged.tree.size < head.end)
      return stored === 0 ? { status: 400, body: "no whole package\n" } : this.#info(202, pending.size);
    if (files.staged.tree.size > head.end) return this.#conflict();
    return answerOf(await this.#options.mirror.finish(pending.note, NO_SOURCE), this.#conflict());
  }

  /** Hashes of the leaves of the same bundle that come before; all of them are here, or nothing is. */
  async #hashesBefore(start: number): Promise<readonly Uint8Array[] | undefined> {
    const { staged } = this.#options.mirror.files;
    const count = start % TILE_WIDTH;
    if (start > staged.tree.size) return undefined;
    if (count === 0) return [];
    const bytes = staged.tiles[0] ?? new Uint8Array(0);
    if (Math.floor(start / TILE_WIDTH) !== Math.floor(staged.tree.size / TILE_WIDTH)) return undefined;
    if (bytes.length < count * HASH_BYTES) return undefined;
    return Array.from({ length: count }, (_, place) => bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES));
  }

  #conflict(): NodeAnswer {
    const last = [...this.#pending.keys()].at(-1) ?? 0;
    return this.#info(409, last);
  }

  #info(status: number, size: number): NodeAnswer {
    const next = this.#options.mirror.files.staged.tree.size;
    const body = formatMirrorInfo({ size, next, ticket: new Uint8Array(0) });
    return { status, contentType: MIRROR_INFO_CONTENT_TYPE, body };
  }

  async #putAttachment(sha256: string, request: NodeRequest): Promise<NodeAnswer> {
    if (!this.#mayRead(request)) return UNAUTHORISED;
    if (!/^[0-9a-f]{64}$/.test(sha256)) return NOT_FOUND;
    const stored = await this.#options.mirror.attachments.put(request.stream);
    return stored.sha256 === sha256 ? { status: 204, body: "" } : { status: 422, body: "another hash\n" };
  }

  async #read(path: string, request: NodeRequest): Promise<NodeAnswer> {
    const { files } = this.#options.mirror;
    if (path === "checkpoint") return files.head ? { status: 200, body: files.head } : NOT_FOUND;
    const tile = parseTilePath(path);
    if (!tile.ok) return NOT_FOUND;
    if (tile.value.level === "entries" && !this.#mayRead(request)) return UNAUTHORISED;
    const bytes = await files.read(path);
    return bytes ? { status: 200, contentType: "application/octet-stream", body: bytes } : NOT_FOUND;
  }

  #mayRead({ authorization }: NodeRequest): boolean {
    const { readerToken } = this.#options;
    if (readerToken === undefined || authorization === undefined) return false;
    const [given, wanted] = [authorization, `Bearer ${readerToken}`].map((text) => nodePrimitives.sha256(utf8(text)));
    return timingSafeEqual(given!, wanted!);
  }
}

const NOT_FOUND: NodeAnswer = { status: 404, body: "not found\n" };
const UNAUTHORISED: NodeAnswer = { status: 401, body: "reader's token wanted\n" };

/** The mirror's own words for how its step ended; 424 asks for files that the entries name. */
function answerOf(result: MirrorStepResult, conflict: NodeAnswer): NodeAnswer {
  switch (result.kind) {
    case "cosigned":
      return { status: 200, body: result.lines };
    case "withheld":
      return { status: 424, body: `${result.what}\n` };
    case "objected":
      return { status: 403, body: result.objections.map((one) => `entry ${one.index} ${one.fault?.code}\n`).join("") };
    default:
      return conflict;
  }
}
