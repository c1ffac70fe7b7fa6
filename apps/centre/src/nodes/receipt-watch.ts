/**
 * Receipts that a component's signer was given, held against the component's own copy: what the centre acknowledged must be
 * in the copy before the agreed delay is over, at the very place, under the same history.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bytesEqual, openCheckpoint, parseTlogProof, verifyTlogProof } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { Mirror } from "./mirror.ts";
import { keepMisbehaviour } from "./misbehaviour.ts";

export interface ReceiptWatchOptions {
  readonly folders: readonly string[];
  readonly mirror: Mirror;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly say: (text: string) => void;
}

interface Waiting {
  readonly path: string;
  readonly firstSeenAt: number;
}

export const RECEIPT_ENDING = ".tlog-proof";
/** The entry's own bytes lie beside its receipt. */
export const LEAF_ENDING = ".leaf";

export class ReceiptWatch {
  readonly #options: ReceiptWatchOptions;
  readonly #waiting = new Map<string, Waiting>();
  readonly #done = new Set<string>();

  constructor(options: ReceiptWatchOptions) {
    this.#options = options;
  }

  /** Looks at every receipt that is not settled. Answers whether there is a new objection. */
  async look(): Promise<boolean> {
    const { objections } = this.#options.mirror;
    const before = objections.all.length;
    for (const path of this.#receipts()) {
      const stamp = `${path} ${statSync(path).mtimeMs}`;
      if (this.#done.has(stamp)) continue;
      const waiting = this.#waiting.get(path) ?? { path, firstSeenAt: this.#options.now() };
      this.#waiting.set(path, waiting);
      if ((await this.#check(waiting)) === "waits") continue;
      this.#done.add(stamp);
      this.#waiting.delete(path);
    }
    return objections.all.length > before;
  }

  #receipts(): readonly string[] {
    return this.#options.folders.flatMap((folder) => {
      try {
        return readdirSync(folder)
          .filter((name) => name.endsWith(RECEIPT_ENDING))
          .map((name) => join(folder, name));
      } catch {
        return [];
      }
    });
  }

  async #check({ path, firstSeenAt }: Waiting): Promise<"good" | "objection" | "waits"> {
    const { mirror } = this.#options;
    const [bytes, leaf] = [readFileSync(path), readLeafBeside(path)];
    // A receipt stands under the key that the log had when it was given.
    const answers = leaf ? mirror.logKeys.map((key) => verifyTlogProof(nodePrimitives, bytes, leaf, key)) : [];
    const verified = answers.find(({ ok }) => ok) ?? answers[0];
    if (!leaf || !verified?.ok) return this.#object("receipt.malformed", -1, path);
    const { index, checkpoint } = verified.value;
    if (index >= mirror.files.size) return this.#notYet(index, firstSeenAt, path);
    const root = mirror.state.history.rootAt(checkpoint.size);
    if (!root) return "waits";
    if (bytesEqual(root, checkpoint.root)) {
      await mirror.objections.settle("receipt.withheld", index);
      return "good";
    }
    await this.#keepFork(bytes);
    return this.#object("receipt.other-history", index, path);
  }

  async #notYet(index: number, firstSeenAt: number, path: string): Promise<"objection" | "waits"> {
    const delay = (this.#options.mirror.state.cosigners?.mergeDelay ?? 60_000_000) / 1_000_000;
    const isLate = this.#options.now() - firstSeenAt > delay;
    if (
      !isLate ||
      this.#options.mirror.objections.all.some((one) => one.code === "receipt.withheld" && one.index === index)
    )
      return "waits";
    await this.#object("receipt.withheld", index, path);
    // It is looked at again: an entry that comes late settles the objection.
    return "waits";
  }

  async #object(code: string, index: number, path: string): Promise<"objection"> {
    const { mirror, now, say } = this.#options;
    const fault = { code, what: "receipt", where: { file: path }, expected: "the entry in this component's own copy" };
    const isNew = await mirror.objections.add({ code, index, fault, since: now() });
    if (isNew) say(`RECEIPT: ${code} entry ${index}, ${path}`);
    return "objection";
  }

  /** A receipt is a signed checkpoint too: where it is of another history, it is half of the proof. */
  async #keepFork(receipt: Uint8Array): Promise<void> {
    const { mirror } = this.#options;
    const [logKey] = mirror.logKeys;
    const parsed = parseTlogProof(receipt);
    const head = mirror.files.head;
    if (!parsed.ok || !head || !openCheckpoint(nodePrimitives, head, logKey!).ok) return;
    const notes = { logKey: logKey!, one: parsed.value.checkpoint, other: head };
    await keepMisbehaviour(mirror.misbehaviourFolder, notes, (path) => mirror.files.read(path));
  }
}

/** The entry's bytes beside a receipt; undefined where they are not. */
export function readLeafBeside(path: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(path.slice(0, -RECEIPT_ENDING.length) + LEAF_ENDING));
  } catch {
    return undefined;
  }
}
