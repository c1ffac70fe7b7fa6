/** One of the gateway's ways out: a TCP connection that is made again when it breaks. What cannot wait any longer is left out whole. */
import { connect, type Socket } from "node:net";

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 10_000;
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

export interface OutletCounts {
  readonly isConnected: boolean;
  readonly sent: number;
  /** Batches that were left out: the numbers that the other side will miss. */
  readonly lost: number;
}

export class Outlet {
  readonly address: string;
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | undefined;
  #isConnected = false;
  #isClosed = false;
  #pause = FIRST_PAUSE_MILLISECONDS;
  #timer: NodeJS.Timeout | undefined;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #sent = 0;
  #lost = 0;

  constructor(host: string, port: number) {
    this.address = `${host}:${port}`;
    this.#host = host;
    this.#port = port;
    this.#open();
  }

  get counts(): OutletCounts {
    return { isConnected: this.#isConnected, sent: this.#sent, lost: this.#lost };
  }

  send(batch: Uint8Array): void {
    this.#waiting.push(batch);
    this.#waitingBytes += batch.length;
    while (this.#waitingBytes > MOST_WAITING_BYTES) {
      this.#waitingBytes -= this.#waiting.shift()!.length;
      this.#lost += 1;
    }
    this.#drain();
  }

  /** Sends what waits, as far as there is a connection, and closes. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    if (!socket || !this.#isConnected) {
      socket?.destroy();
      return;
    }
    this.#drain();
    await new Promise<void>((resolve) => {
      socket.once("close", () => resolve());
      socket.end();
    });
  }

  #open(): void {
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true, keepAlive: true });
    this.#socket = socket;
    socket.on("connect", () => {
      this.#isConnected = true;
      this.#pause = FIRST_PAUSE_MILLISECONDS;
      this.#drain();
    });
    socket.on("drain", () => this.#drain());
    socket.on("error", () => undefined);
    // What the other side might say is read and thrown away.
    socket.resume();
    socket.on("close", () => {
      this.#isConnected = false;
      if (this.#isClosed) return;
      this.#timer = setTimeout(() => this.#open(), this.#pause);
      this.#pause = Math.min(LONGEST_PAUSE_MILLISECONDS, this.#pause * 2);
    });
  }

  #drain(): void {
    const socket = this.#socket;
    while (this.#isConnected && socket && this.#waiting.length > 0 && !socket.writableNeedDrain) {
      const batch = this.#waiting.shift()!;
      this.#waitingBytes -= batch.length;
      this.#sent += 1;
      socket.write(batch);
    }
  }
}
