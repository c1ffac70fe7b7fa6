/** Bringing checkpoints to cosigners that listen: witnesses get a proof, mirrors the entries and files behind it too. */
import type { Readable } from "node:stream";
import {
  consistencyProof,
  formatAddCheckpoint,
  formatAddEntriesHead,
  formatPackage,
  MIRROR_INFO_CONTENT_TYPE,
  type MirrorInfo,
  monitoringPath,
  type NodeSource,
  PACKAGES_PER_REQUEST,
  type ProvenEntry,
  packageBounds,
  parseMirrorInfo,
  readWitnessReply,
  unwrap,
} from "@openjmc/record";
import { formatLogKeyRequest } from "../nodes/log-key-wire.ts";
import { withLines } from "../nodes/witness-state.ts";
import { nodePrimitives } from "../primitives.ts";
import type { CosignerAddress } from "./addresses.ts";
import type { Candidate } from "./rounds.ts";

export interface PushOptions {
  readonly address: CosignerAddress;
  readonly nodes: NodeSource;
  /** Entries `from` up to but without `until`. */
  readonly entries: (from: number, until: number) => readonly Uint8Array[];
  readonly attachment: (sha256: string) => Promise<Readable | undefined>;
  /** Why the log has the key that it has, from the founding on; undefined where it never had another. */
  readonly keyProof?: (candidate: Candidate) => readonly ProvenEntry[] | undefined;
  /** Takes a note that came back. */
  readonly take: (note: Uint8Array) => Promise<unknown>;
}

/** The longest silence: since the last part of a file that was taken, and before the answer. */
const PATIENCE_MILLISECONDS = 30_000;
const MOST_TURNS = 10_000;

export class Push {
  readonly #options: PushOptions;
  readonly #base: string;
  /** The size that the cosigner stands at, as far as is known. */
  #at = 0;

  constructor(options: PushOptions) {
    this.#options = options;
    this.#base = options.address.url.replace(/\/$/, "");
  }

  /** Brings a candidate. Throws what goes wrong on the way; the next candidate is a new try. */
  async bring(candidate: Candidate): Promise<void> {
    const { size } = candidate;
    if (this.#at > size) this.#at = size;
    let response = await this.#addCheckpoint(candidate);
    if (response.status === 409) {
      const told = unwrap(
        readWitnessReply(409, response.headers.get("content-type") ?? undefined, await response.text()),
      );
      if (told.kind !== "conflict") throw new Error("a conflict without a size");
      // It stands further than this log: what it holds is looked at before anything else is signed.
      if (told.size > size) return this.#takeWhatItHolds();
      this.#at = told.size;
      response = await this.#addCheckpoint(candidate);
    }
    if (response.status === 403 && (await this.#tellKey(candidate))) {
      await response.body?.cancel();
      response = await this.#addCheckpoint(candidate);
    }
    // What it holds is not where this history comes from, though it is no longer: one of the two was signed by mistake.
    if (response.status === 422) await this.#takeWhatItHolds();
    if (!response.ok) throw new Error(`${this.#base}: ${response.status} ${(await response.text()).slice(0, 200)}`);
    this.#at = size;
    const lines = await response.text();
    return lines === "" ? this.#addEntries(candidate) : this.#takeLines(candidate, lines);
  }

  /** It may know the log by a key of before: whether it has taken the one of now. */
  async #tellKey(candidate: Candidate): Promise<boolean> {
    const entries = this.#options.keyProof?.(candidate);
    if (entries === undefined) return false;
    const tell = (): Promise<Response> => {
      const { note: checkpoint, size } = candidate;
      const consistency = consistencyProof(nodePrimitives.sha256, this.#options.nodes, this.#at, size);
      const body = formatLogKeyRequest({ oldSize: this.#at, consistency, checkpoint, entries });
      return this.#ask("/log-key", { method: "POST", headers: { "content-type": "application/json" }, body });
    };
    let response = await tell();
    const text = await response.text();
    const stands = response.status === 409 ? Number.parseInt(text, 10) : 0;
    if (stands > 0 && stands <= candidate.size) {
      this.#at = stands;
      response = await tell();
    }
    return response.ok;
  }

  async #takeLines(candidate: Candidate, lines: string): Promise<void> {
    await this.#options.take(withLines(candidate.note, lines));
  }

  async #takeWhatItHolds(): Promise<void> {
    const origin = monitoringPath(nodePrimitives.sha256, this.#origin);
    const response = await this.#ask(`/${origin}`, {});
    if (response.ok) await this.#options.take(new Uint8Array(await response.arrayBuffer()));
  }

  #origin = "";

  #addCheckpoint(candidate: Candidate): Promise<Response> {
    this.#origin = candidate.origin;
    const { sha256 } = nodePrimitives;
    const proof = consistencyProof(sha256, this.#options.nodes, this.#at, candidate.size);
    const body = formatAddCheckpoint({ oldSize: this.#at, proof, checkpoint: candidate.note });
    return this.#ask("/add-checkpoint", { method: "POST", body: Buffer.from(body) });
  }

  /** Sends what the mirror says it lacks, as often as it says so. */
  async #addEntries(candidate: Candidate): Promise<void> {
    let info: MirrorInfo = { size: candidate.size, next: candidate.size, ticket: new Uint8Array(0) };
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const response = await this.#sendPackages(candidate, info);
      const text = await response.text();
      if (response.status === 200) return this.#takeLines(candidate, text);
      const asked = /^attachment ([0-9a-f]{64})\n$/.exec(text)?.[1];
      if (response.status === 424 && asked !== undefined) await this.#putAttachment(asked);
      else if (response.headers.get("content-type") === MIRROR_INFO_CONTENT_TYPE) {
        const told = unwrap(parseMirrorInfo(text));
        if (told.next === info.next && response.status === 409)
          throw new Error(`${this.#base}: stands at ${told.next}`);
        info = told;
      } else throw new Error(`${this.#base}: ${response.status} ${text.slice(0, 200)}`);
    }
  }

  #sendPackages(candidate: Candidate, { next, ticket }: MirrorInfo): Promise<Response> {
    const { sha256 } = nodePrimitives;
    const start = Math.min(next, candidate.size);
    const parts = [formatAddEntriesHead({ origin: candidate.origin, start, end: candidate.size, ticket })];
    for (const { from, until } of packageBounds(start, candidate.size)) {
      if (parts.length > PACKAGES_PER_REQUEST) break;
      const entries = this.#options.entries(from, until);
      parts.push(unwrap(formatPackage(sha256, this.#options.nodes, candidate.size, from, entries)));
    }
    const headers = { "content-type": "application/octet-stream" };
    return this.#ask("/add-entries", { method: "POST", headers, body: Buffer.concat(parts) });
  }

  async #putAttachment(sha256: string): Promise<void> {
    const file = await this.#options.attachment(sha256);
    if (!file) throw new Error(`${this.#base}: asks for ${sha256}, which is not here`);
    const { token } = this.#options.address;
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await this.#ask(`/attachments/${sha256}`, { method: "PUT", headers, duplex: "half" }, file);
    if (!response.ok) throw new Error(`${this.#base}: ${response.status} for a file`);
  }

  /** `file`: sent as it is read, however long that takes. */
  #ask(path: string, init: RequestInit, file?: Readable): Promise<Response> {
    const patience = new AbortController();
    // It goes on while the answer is read: that is short.
    const timer = setTimeout(() => patience.abort(new Error("no answer in time")), PATIENCE_MILLISECONDS).unref();
    async function* parts(of: Readable) {
      for await (const part of of) {
        timer.refresh();
        yield part as Uint8Array;
      }
    }
    const body = file ? { body: parts(file) as never } : {};
    return fetch(`${this.#base}${path}`, { ...init, ...body, signal: patience.signal });
  }
}
