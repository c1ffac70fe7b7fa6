/**
 * What a witness has cosigned, log by log, and the one step in which it cosigns more: a request is judged, the new state is
 * made durable, and only then answered, with no other request in between. A witness that forgot could be led to sign a fork.
 * GAP: it is shown no entries, so it cannot know that roots of all components gave a log another key. Closed by a proof of these
 * entries beside the first checkpoint under the new key, for which the format has no place yet.
 */
import { join } from "node:path";
import { unwrap } from "@openjmc/model";
import {
  cosign,
  formatNote,
  judgeCheckpoint,
  monitoringPath,
  type NoteKey,
  openCheckpoint,
  parseNote,
  parseSignatureLine,
  type WitnessedLog,
  type WitnessKey,
  type WitnessReply,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { makeFolders, writeDurably } from "../record/durable.ts";
import { nodeRecordFiles, type RecordFiles } from "../record/files.ts";

export interface WitnessOptions {
  /** Absolute path; one folder below it for each log. */
  readonly folder: string;
  readonly keys: readonly WitnessKey[];
  readonly logs: ReadonlyMap<string, NoteKey>;
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
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: WitnessOptions) {
    this.#options = options;
    this.#files = options.files ?? nodeRecordFiles;
  }

  /** What was cosigned last of a log. */
  last(origin: string): WitnessedLog | undefined {
    return this.#held.get(origin);
  }

  /** Reads the state back from disk; without it nothing may be answered. Throws for a state that does not open. */
  async load(): Promise<void> {
    for (const [origin, key] of this.#options.logs) await this.loadLog(origin, key);
  }

  async loadLog(origin: string, key: NoteKey): Promise<void> {
    const note = await this.#files.read(this.#pathOf(origin));
    if (!note) return;
    const { size, root } = unwrap(openCheckpoint(nodePrimitives, note, key));
    this.#held.set(origin, { size, root, checkpoint: note });
  }

  /** The note last cosigned, with the cosignatures, as the monitoring address shows it. */
  async cosigned(origin: string): Promise<Uint8Array | undefined> {
    return this.#files.read(this.#pathOf(origin));
  }

  /** `add-checkpoint`. One request at a time; the answer goes out when the state is durable. */
  add(request: Uint8Array): Promise<WitnessReply> {
    const turn = this.#turn.then(() => this.#addNow(request));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #addNow(request: Uint8Array): Promise<WitnessReply> {
    const { keys, logs, now, onRefused } = this.#options;
    const verdict = judgeCheckpoint(nodePrimitives, request, logs, (origin) => this.#held.get(origin));
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
