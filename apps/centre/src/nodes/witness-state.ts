/**
 * What a witness has cosigned, log by log, and the one step in which it cosigns more: a request is judged, the new state is
 * made durable, and only then answered, with no other request in between. A witness that forgot could be led to sign a fork.
 * A log's other key it takes from the entries by which roots of all components named it, proven to lie in a tree that goes on from
 * the one it holds, and from nothing else.
 */
import { join } from "node:path";
import { unwrap } from "@openjmc/model";
import {
  cosign,
  formatNote,
  judgeCheckpoint,
  logKeysOfProof,
  monitoringPath,
  type NoteKey,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseSignatureLine,
  SIZE_CONTENT_TYPE,
  verifyConsistency,
  type WitnessedLog,
  type WitnessKey,
  type WitnessReply,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { makeFolders, writeDurably } from "../record/durable.ts";
import { nodeRecordFiles, type RecordFiles } from "../record/files.ts";
import { type LogKeyRequest, parseLogKeyRequest } from "./log-key-wire.ts";

export interface WitnessOptions {
  /** Absolute path; one folder below it for each log. */
  readonly folder: string;
  readonly keys: readonly WitnessKey[];
  readonly logs: ReadonlyMap<string, NoteKey>;
  /** Keys that these logs had before: what was cosigned last may stand under one of them. */
  readonly earlierLogKeys?: readonly NoteKey[];
  /** Told of a log's other key before anything under it is looked at; to be durable when it returns. */
  readonly onRekeyed?: (key: NoteKey) => void;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly files?: RecordFiles;
  /** Told of a well-signed checkpoint that does not continue the one held: both notes. */
  readonly onRefused?: (held: Uint8Array, offered: Uint8Array) => void;
}

export class WitnessState {
  readonly #options: WitnessOptions;
  readonly #files: RecordFiles;
  readonly #held = new Map<string, WitnessedLog>();
  readonly #logs: Map<string, NoteKey>;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: WitnessOptions) {
    this.#options = options;
    this.#logs = new Map(options.logs);
    this.#files = options.files ?? nodeRecordFiles;
  }

  /** What was cosigned last of a log. */
  last(origin: string): WitnessedLog | undefined {
    return this.#held.get(origin);
  }

  /** The key that a log has now. */
  keyOf(origin: string): NoteKey | undefined {
    return this.#logs.get(origin);
  }

  /** Reads the state back from disk; without it nothing may be answered. Throws for a state that does not open. */
  async load(): Promise<void> {
    for (const [origin, key] of this.#logs) await this.#loadLog(origin, key);
  }

  async #loadLog(origin: string, key: NoteKey): Promise<void> {
    const note = await this.#files.read(this.#pathOf(origin));
    if (!note) return;
    const earlier = (this.#options.earlierLogKeys ?? []).filter(({ name }) => name === origin);
    const opened = [key, ...earlier].map((one) => openCheckpoint(nodePrimitives, note, one));
    const { size, root } = unwrap(opened.find(({ ok }) => ok) ?? opened[0]!);
    this.#held.set(origin, { size, root, checkpoint: note });
  }

  /** The note last cosigned, with the cosignatures, as the monitoring address shows it. */
  async cosigned(origin: string): Promise<Uint8Array | undefined> {
    return this.#files.read(this.#pathOf(origin));
  }

  /** `add-checkpoint`. One request at a time; the answer goes out when the state is durable. */
  add(request: Uint8Array): Promise<WitnessReply> {
    return this.#inTurn(() => this.#addNow(request));
  }

  /** `log-key`. Answers 200 where the log has that key now, 409 with the size held, 403 for a proof that proves nothing. */
  succeed(request: Uint8Array): Promise<WitnessReply> {
    return this.#inTurn(async () => this.#succeedNow(request));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #succeedNow(request: Uint8Array): WitnessReply {
    const read = parseLogKeyRequest(request);
    if (!read.ok) return answer(400, read.fault.code);
    const keys = logKeysOfProof(nodePrimitives, read.value);
    if (!keys.ok) return answer(403, keys.fault.code);
    const key = keys.value.at(-1)!;
    const [known, last] = [this.#logs.get(key.name), this.#held.get(key.name)];
    if (!known) return answer(404, "origin unknown");
    if (known.id === key.id) return answer(200, "");
    if (!keys.value.some(({ id }) => id === known.id)) return answer(403, "log-key.other");
    const fault = goesOn(read.value, last);
    if (fault) return fault;
    this.#options.onRekeyed?.(key);
    this.#logs.set(key.name, key);
    return answer(200, "");
  }

  async #addNow(request: Uint8Array): Promise<WitnessReply> {
    const { keys, now, onRefused } = this.#options;
    const verdict = judgeCheckpoint(nodePrimitives, request, this.#logs, (origin) => this.#held.get(origin));
    if (verdict.kind === "answer") {
      if (verdict.reply.status === 422) this.#tellRefused(request, onRefused);
      return verdict.reply;
    }
    const reply = await cosign(keys, verdict.text, now());
    const note = withLines(verdict.log.checkpoint, reply.body);
    await this.#store(verdict.origin, note);
    this.#held.set(verdict.origin, { ...verdict.log, checkpoint: note });
    return reply;
  }

  #tellRefused(request: Uint8Array, onRefused: WitnessOptions["onRefused"]): void {
    const offered = noteOf(request);
    const origin = new TextDecoder().decode(offered).split("\n")[0] ?? "";
    const held = this.#held.get(origin)?.checkpoint;
    if (held) onRefused?.(held, offered);
  }

  async #store(origin: string, note: Uint8Array): Promise<void> {
    const path = this.#pathOf(origin);
    await makeFolders(this.#files, join(path, ".."));
    await writeDurably(this.#files, [{ path, bytes: note }]);
  }

  #pathOf(origin: string): string {
    return join(this.#options.folder, monitoringPath(nodePrimitives.sha256, origin));
  }
}

/** Nothing where the proof's checkpoint goes on from what is held. A log of which nothing is held names its key to the operator. */
function goesOn({ oldSize, consistency, checkpoint }: LogKeyRequest, last: WitnessedLog | undefined) {
  if (!last || oldSize !== last.size)
    return { status: 409, contentType: SIZE_CONTENT_TYPE, body: `${last?.size ?? 0}\n` } as const;
  const { size, root } = unwrap(parseCheckpoint(unwrap(parseNote(checkpoint)).text));
  const claim = { oldSize, newSize: size, oldRoot: last.root, newRoot: root, proof: consistency };
  return verifyConsistency(nodePrimitives.sha256, claim).ok
    ? undefined
    : answer(422, "consistency proof does not hold");
}

function answer(status: WitnessReply["status"], body: string): WitnessReply {
  return { status, body: body === "" ? "" : `${body}\n` };
}

/** The checkpoint of a request: what comes behind its first empty line. */
function noteOf(request: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(request);
  return new TextEncoder().encode(text.slice(text.indexOf("\n\n") + 2));
}

/** A note with further signature lines. */
export function withLines(note: Uint8Array, lines: string): Uint8Array {
  const parsed = unwrap(parseNote(note));
  const added = lines === "" ? [] : lines.trimEnd().split("\n").map(parseSignatureLine);
  const kept = parsed.signatures.filter((old) => !added.some((one) => one.name === old.name && one.id === old.id));
  return formatNote({ text: parsed.text, signatures: [...kept, ...added] });
}
