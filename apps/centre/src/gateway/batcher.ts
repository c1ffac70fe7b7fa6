/** Gathers a sensor's bytes and signs them batch by batch, soon after they came. */
import { finishSignedBatch, LARGEST_SIGNED_PAYLOAD, prepareSignedBatch } from "@openjmc/formats";
import type { Instant } from "@openjmc/model";
import type { GatewayKey } from "./gateway-key.ts";

/** A batch is signed so long after its first byte at the latest, unless said otherwise. */
export const LONGEST_WAIT_MILLISECONDS = 50;
/** Full enough to go at once. */
const FULL_BYTES = 16_384;

export class Batcher {
  readonly #key: GatewayKey;
  readonly #now: () => Instant;
  readonly #send: (batch: Uint8Array) => void;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #sequence = 0;
  readonly #wait: number;
  #timer: NodeJS.Timeout | undefined;

  /** `wait`: milliseconds from a batch's first byte to its signature at most. */
  constructor(
    key: GatewayKey,
    now: () => Instant,
    send: (batch: Uint8Array) => void,
    wait = LONGEST_WAIT_MILLISECONDS,
  ) {
    this.#key = key;
    this.#now = now;
    this.#send = send;
    this.#wait = wait;
  }

  /** Batches signed so far. */
  get batches(): number {
    return this.#sequence;
  }

  push(chunk: Uint8Array): void {
    for (let start = 0; start < chunk.length; start += LARGEST_SIGNED_PAYLOAD)
      this.#add(chunk.slice(start, start + LARGEST_SIGNED_PAYLOAD));
  }

  #add(part: Uint8Array): void {
    if (this.#bytes + part.length > LARGEST_SIGNED_PAYLOAD) this.flush();
    this.#parts.push(part);
    this.#bytes += part.length;
    if (this.#bytes >= FULL_BYTES) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#wait);
  }

  /** Signs and sends what has come. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#bytes === 0) return;
    const payload = new Uint8Array(Buffer.concat(this.#parts));
    this.#parts = [];
    this.#bytes = 0;
    const { keyId, boot, signer } = this.#key;
    const head = { keyId, boot, sequence: this.#sequence++, time: this.#now() };
    const { unsigned, message } = prepareSignedBatch(head, payload);
    // The key is in this process: its signatures come at once.
    this.#send(finishSignedBatch(unsigned, signer.sign(message) as Uint8Array));
  }
}
