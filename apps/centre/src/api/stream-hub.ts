/** Live changes to clients: a bounded memory of recent events, so that a broken stream resumes by log index. */
import type { StreamEvent } from "@openjmc/model";

/** Events remembered for resumption; a client further behind is told to read its views anew. */
const REMEMBERED = 20_000;
/** Bytes a slow client may leave unread before it is let go (it resumes when it can). */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024;

export interface StreamClient {
  /** Writes one event; answers how many bytes wait unread. */
  write(text: string): number;
  end(): void;
}

interface Remembered {
  readonly sequence: number;
  readonly text: string;
}

/** Sends each event to every client and remembers the last ones. */
export class StreamHub {
  readonly #clients = new Set<StreamClient>();
  readonly #memory: Remembered[] = [];
  #sequence: number;

  /** `firstSequence`: where numbering starts; higher than any number an earlier run of the centre gave. */
  constructor(firstSequence: number) {
    this.#sequence = firstSequence;
  }

  get sequence(): number {
    return this.#sequence;
  }

  get clients(): number {
    return this.#clients.size;
  }

  publish(event: StreamEvent): void {
    const remembered = event.type === "row";
    if (remembered) this.#sequence += 1;
    const text = `id: ${this.#sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    if (remembered) {
      this.#memory.push({ sequence: this.#sequence, text });
      if (this.#memory.length > REMEMBERED * 1.25) this.#memory.splice(0, this.#memory.length - REMEMBERED);
    }
    for (const client of this.#clients) this.#send(client, text);
  }

  /** Adds a client that has seen everything up to `from`; answers false when that is too long ago to resume. */
  join(client: StreamClient, from: number | undefined): boolean {
    this.#clients.add(client);
    if (from === undefined || from === this.#sequence) return true;
    const oldest = this.#memory[0]?.sequence;
    if (from > this.#sequence || oldest === undefined || from < oldest - 1) return false;
    for (const event of this.#memory) if (event.sequence > from) this.#send(client, event.text);
    return true;
  }

  leave(client: StreamClient): void {
    this.#clients.delete(client);
  }

  close(): void {
    for (const client of this.#clients) client.end();
    this.#clients.clear();
  }

  #send(client: StreamClient, text: string): void {
    if (client.write(text) > MOST_UNREAD_BYTES) {
      client.end();
      this.#clients.delete(client);
    }
  }
}
