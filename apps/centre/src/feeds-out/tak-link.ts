/** The link to one receiver of Cursor on Target: connects again when it breaks; what cannot be sent meanwhile is not kept. */
import { createSocket } from "node:dgram";
import { connect, isIPv6, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import type { Fault } from "@openjmc/model";
import { nameOfTarget, type TakTarget } from "./tak-target.ts";

const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 30_000;
/** A receiver that takes nothing may hold back so much before what is newer is left out for it. */
const MOST_UNTAKEN_BYTES = 1 << 20;

export interface TakLink {
  /** Sends one event; false where the link does not stand or its receiver does not take what it was sent. */
  send(bytes: Uint8Array): boolean;
  close(): Promise<void>;
}

/** `onTrouble`: told once whenever a link that stood, or was hoped for, does not. */
export function openTakLink(target: TakTarget, onTrouble: (fault: Fault) => void): TakLink {
  return target.kind === "udp" ? new DatagramLink(target) : new StreamLink(target, onTrouble);
}

class DatagramLink implements TakLink {
  readonly #target: TakTarget;
  readonly #socket;

  constructor(target: TakTarget) {
    this.#target = target;
    this.#socket = createSocket(isIPv6(target.host) ? "udp6" : "udp4");
    // A port at which nobody listens answers with an error that ends nothing.
    this.#socket.on("error", () => undefined);
  }

  send(bytes: Uint8Array): boolean {
    this.#socket.send(bytes, this.#target.port, this.#target.host, () => undefined);
    return true;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}

class StreamLink implements TakLink {
  readonly #target: TakTarget;
  readonly #onTrouble: (fault: Fault) => void;
  #socket: Socket | undefined;
  #isOpen = false;
  #isClosed = false;
  #hasTold = false;
  #pause = FIRST_PAUSE_MILLISECONDS;
  #timer: NodeJS.Timeout | undefined;

  constructor(target: TakTarget, onTrouble: (fault: Fault) => void) {
    this.#target = target;
    this.#onTrouble = onTrouble;
    this.#open();
  }

  send(bytes: Uint8Array): boolean {
    const socket = this.#socket;
    if (!socket || !this.#isOpen || socket.writableLength > MOST_UNTAKEN_BYTES) return false;
    socket.write(bytes);
    return true;
  }

  close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    if (!socket || socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => socket.once("close", () => resolve()).destroy());
  }

  #open(): void {
    const { kind, host, port, identity } = this.#target;
    let cause = "closed by the receiver";
    const isSecure = kind === "tls";
    const socket: Socket = isSecure ? connectSecurely({ host, port, ...identity }) : connect({ host, port });
    this.#socket = socket;
    // Receivers send what others tell them; the centre takes nothing by this way.
    socket.resume();
    socket.on(isSecure ? "secureConnect" : "connect", () => {
      this.#isOpen = true;
      this.#hasTold = false;
      this.#pause = FIRST_PAUSE_MILLISECONDS;
    });
    socket.on("error", (error) => {
      cause = error.message;
    });
    socket.on("close", () => this.#closed(cause));
  }

  #closed(cause: string): void {
    this.#isOpen = false;
    if (this.#isClosed) return;
    if (!this.#hasTold) this.#onTrouble({ code: "tak.link", what: nameOfTarget(this.#target), cause });
    this.#hasTold = true;
    this.#timer = setTimeout(() => this.#open(), this.#pause);
    this.#timer.unref();
    this.#pause = Math.min(LONGEST_PAUSE_MILLISECONDS, this.#pause * 2);
  }
}
