/**
 * Keys of sealed entries, each in a file of its own under the epoch's key. They lie nowhere else: destroying the file
 * destroys what was said, and the record only shows that something was.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import { bytesToHex, hexToBytes, type SealedBody, unwrap, unwrapKey, wrapKey } from "@openjmc/record";
import { destroyFile, replaceFile } from "../secrets/small-file.ts";
import { nodeCipher } from "./cipher.ts";
import type { EpochKey } from "./epoch-keys.ts";

const COMMITMENT = /^[0-9a-f]{64}$/;

export class EntryKeys {
  readonly #folder: string;
  #epochs: ReadonlyMap<number, Uint8Array> = new Map();

  constructor(roomFolder: string, epochs: readonly EpochKey[]) {
    this.#folder = join(roomFolder, "keys");
    this.setEpochs(epochs);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** A new epoch has begun, or an old one's key has been recovered. */
  setEpochs(epochs: readonly EpochKey[]): void {
    this.#epochs = new Map(epochs.map(({ epoch, key }) => [epoch, key]));
  }

  /** Keeps an entry's key; when this resolves it is on the device. The same key again is no mistake. Errors: `room.epoch`, `room.key-taken`. */
  async keep(body: Pick<SealedBody, "commitment" | "epoch">, key: Uint8Array): Promise<void> {
    const epochKey = this.#epochKey(body.epoch);
    const path = this.#path(body.commitment);
    if (existsSync(path)) return this.#requireSame(body, key);
    const wrapped = await wrapKey(nodeCipher, epochKey, body.commitment, key, new Uint8Array(randomBytes(12)));
    replaceFile(path, `${body.epoch} ${bytesToHex(wrapped)}\n`);
  }

  /** An entry's key; undefined where it was destroyed, never came, or is wrapped by an epoch this node has no key of. */
  async find(body: SealedBody): Promise<Uint8Array | undefined> {
    const path = this.#path(body.commitment);
    if (!existsSync(path)) return undefined;
    const [epoch, wrapped] = readFileSync(path, "utf8").trim().split(" ");
    const epochKey = this.#epochs.get(Number(epoch));
    return epochKey && unwrapKey(nodeCipher, epochKey, body, unwrap(hexToBytes(wrapped ?? "")));
  }

  has(commitment: string): boolean {
    return existsSync(this.#path(commitment));
  }

  /** Overwrites and removes an entry's key. False where there was none. */
  destroy(commitment: string): boolean {
    const path = this.#path(commitment);
    const isKept = existsSync(path);
    destroyFile(path);
    return isKept;
  }

  async #requireSame(body: Pick<SealedBody, "commitment" | "epoch">, key: Uint8Array): Promise<void> {
    const kept = await this.find(body as SealedBody);
    if (kept && Buffer.compare(kept, key) === 0) return;
    throw new FaultError({
      code: "room.key-taken",
      what: "key of a sealed entry",
      expected: "an entry whose key is not kept yet",
      got: body.commitment,
    });
  }

  #epochKey(epoch: number): Uint8Array {
    const key = this.#epochs.get(epoch);
    if (key) return key;
    throw new FaultError({
      code: "room.epoch",
      what: "epoch of a room",
      expected: [...this.#epochs.keys()].join(", "),
      got: `${epoch}`,
    });
  }

  #path(commitment: string): string {
    if (COMMITMENT.test(commitment)) return join(this.#folder, commitment);
    throw new FaultError({
      code: "room.commitment",
      what: "commitment of a sealed entry",
      expected: "64 hexadecimal digits",
      got: commitment.slice(0, 80),
    });
  }
}
