import type { Socket } from "node:net";
import type { WireCount } from "../endpoint.ts";
import { Outbox } from "./outbox.ts";
import { OUTBOX_BYTES } from "./wire.ts";

/** Puts messages of an outbox on whatever socket is there, as fast as the other side takes them. */
export class SocketSender {
  readonly #outbox = new Outbox(OUTBOX_BYTES);
  #socket: Socket | undefined;
  #messages = 0;
  #bytes = 0;

  get socket(): Socket | undefined {
    return this.#socket;
  }

  /** From now on messages go here. */
  attach(socket: Socket): void {
    this.#socket = socket;
    socket.on("drain", () => this.flush());
  }

  /** Without a socket: what is put waits (`keep`) or, at the next flush, is lost, as a live receiver's frames are. */
  detach(socket: Socket): void {
    if (this.#socket === socket) this.#socket = undefined;
  }

  put(message: Uint8Array): void {
    this.#outbox.put(message);
  }

  /** One write for all that waits; nothing while the socket is full. */
  flush(): void {
    const socket = this.#socket;
    if (this.#outbox.isEmpty || socket === undefined || socket.writableNeedDrain || socket.destroyed) return;
    const messages = this.#outbox.takeAll();
    this.#messages += messages.length;
    for (const message of messages) this.#bytes += message.length;
    socket.write(messages.length === 1 ? messages[0]! : Buffer.concat(messages));
  }

  /** Whether there is a socket and it is full. */
  get isFull(): boolean {
    return this.#socket !== undefined && !this.#socket.destroyed && this.#socket.writableNeedDrain;
  }

  loseAll(): void {
    this.#outbox.loseAll();
  }

  count(): WireCount {
    return {
      isConnected: this.#socket !== undefined,
      messages: this.#messages,
      bytes: this.#bytes,
      lostMessages: this.#outbox.lostMessages,
      lostBytes: this.#outbox.lostBytes,
    };
  }

  /** Ends the socket once everything written has gone, or after a second. */
  async end(): Promise<void> {
    this.flush();
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => socket.destroy(), 1000);
      socket.once("close", () => {
        clearTimeout(timer);
        resolve();
      });
      socket.end();
    });
  }
}
