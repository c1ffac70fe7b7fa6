/** A connection on which a gateway's signed batches come: only what is proved goes on to the format's own decoder. */
import { type Fault, type SignedBatch, SignedBatchFramer, type SignedBatchSink } from "@openjmc/formats";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { SourceHealth } from "./source-health.ts";
import type { SourceProof } from "./source-proof.ts";

export class SignedConnection implements ConnectionDecoder, SignedBatchSink {
  readonly #inner: ConnectionDecoder;
  readonly #health: SourceHealth;
  readonly #proof: SourceProof;
  readonly #framer = new SignedBatchFramer();
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: {
    readonly inner: ConnectionDecoder;
    readonly health: SourceHealth;
    readonly proof: SourceProof;
  }) {
    this.#inner = options.inner;
    this.#health = options.health;
    this.#proof = options.proof;
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    this.#framer.push(chunk, this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#framer.end(this);
    this.#inner.end(place);
  }

  tick(now: number): void {
    this.#inner.tick?.(now);
  }

  fault(fault: Fault): void {
    this.#health.bad(fault.code);
  }

  batch(batch: SignedBatch): void {
    const { taken, troubles } = this.#proof.judge(batch, this.#place.receivedAt);
    for (const trouble of troubles) this.#health.bad(trouble);
    // The framer lends its bytes; a decoder may hold on to some of what it is given.
    if (taken) this.#inner.push(batch.payload.slice(), this.#place);
  }
}
