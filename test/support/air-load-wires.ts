/** Brings a load to a centre's feeds, each piece when it is due, and keeps count of what each source has sent. */
import { createSocket } from "node:dgram";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { AirLoad, LoadPiece } from "./air-load.ts";
import { endpointOf, openSocket, write } from "./sockets.ts";

const STEP_MILLISECONDS = 5;

export class LoadWires {
  /** Frames sent, by source. */
  readonly sent = new Map<string, number>();
  readonly #feeds: ReadonlyMap<string, string>;
  readonly #connections = new Map<string, Socket>();
  readonly #datagrams = createSocket("udp4");

  private constructor(feeds: ReadonlyMap<string, string>) {
    this.#feeds = feeds;
  }

  /** Opens a wire to each source; radars take datagrams. */
  static async open(feeds: ReadonlyMap<string, string>, sources: readonly string[]): Promise<LoadWires> {
    const wires = new LoadWires(feeds);
    for (const source of sources) {
      if (source.startsWith("rd-")) continue;
      const socket = await openSocket(feeds.get(source)!);
      socket.resume();
      wires.#connections.set(source, socket);
    }
    return wires;
  }

  async greet(load: AirLoad): Promise<void> {
    await this.#send(load.greetings());
  }

  /** Sends a load's seconds from its first on, by the wall's clock from `start` (of `performance.now`). */
  async run(
    seconds: Iterable<readonly LoadPiece[]> | AsyncIterable<readonly LoadPiece[]>,
    start: number,
  ): Promise<void> {
    for await (const pieces of seconds) {
      for (let next = 0; next < pieces.length; ) {
        const due = (performance.now() - start) / 1000;
        const from = next;
        while (next < pieces.length && pieces[next]!.second <= due) next += 1;
        await this.#send(pieces.slice(from, next));
        if (next < pieces.length) await pause(STEP_MILLISECONDS);
      }
    }
  }

  async #send(pieces: readonly LoadPiece[]): Promise<void> {
    const together = new Map<string, Uint8Array[]>();
    for (const { source, bytes, frames } of pieces) {
      this.sent.set(source, (this.sent.get(source) ?? 0) + frames);
      if (this.#connections.has(source)) together.set(source, [...(together.get(source) ?? []), bytes]);
      else await this.#datagram(source, bytes);
    }
    for (const [source, parts] of together) await write(this.#connections.get(source)!, Buffer.concat(parts));
  }

  #datagram(source: string, bytes: Uint8Array): Promise<void> {
    const { host, port } = endpointOf(this.#feeds.get(source)!);
    return new Promise((resolve, reject) =>
      this.#datagrams.send(bytes, port, host, (error) => (error ? reject(error) : resolve())),
    );
  }

  close(): void {
    for (const socket of this.#connections.values()) socket.destroy();
    this.#datagrams.close();
  }
}
