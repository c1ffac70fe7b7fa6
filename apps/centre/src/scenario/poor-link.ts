/**
 * A poor line between two programs on one machine: a relay on loopback that lets bytes through as slowly, as late and with as many
 * packets sent again as a bad satellite link would. TCP hides losses from programs: what is lost comes later, and all behind it waits.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { ScenarioLink } from "@openjmc/agreement";
import { createRandom, type Random } from "@openjmc/exercise";

const SEGMENT_BYTES = 1_460;
/** Headers of IP and TCP, which use the line too. */
const HEADER_BYTES = 40;
/** A lost segment is noticed after a round trip and a little, as by the receiver's repeated acknowledgements. */
const NOTICED_MILLISECONDS = 200;
/** A sender is held back when so much waits for the line. */
const MOST_WAITING_BYTES = 64 * 1024;

export interface PoorLink {
  /** Address of the relay, to be used in place of that of the target. */
  readonly url: string;
  /** Bytes that came through so far, there and back. */
  count(): { readonly sent: number; readonly received: number };
  close(): Promise<void>;
}

/** One direction of the line: all connections share its rate. */
class Direction {
  readonly #link: ScenarioLink;
  readonly #random: Random;
  #freeAt = 0;
  bytes = 0;

  constructor(link: ScenarioLink, random: Random) {
    this.#link = link;
    this.#random = random;
  }

  /** When a segment that is handed over now arrives, milliseconds of the process's clock. */
  arrivalOf(size: number): number {
    const { bitsPerSecond, delayMilliseconds, lossShare } = this.#link;
    const takes = ((size + HEADER_BYTES) * 8_000) / bitsPerSecond;
    this.#freeAt = Math.max(performance.now(), this.#freeAt) + takes;
    this.bytes += size;
    let late = delayMilliseconds / 2;
    while (this.#random.chance(lossShare)) late += delayMilliseconds + NOTICED_MILLISECONDS;
    return this.#freeAt + late;
  }
}

/** Opens a relay to a target such as `http://127.0.0.1:8080`. */
export async function openPoorLink(target: string, link: ScenarioLink, seed = "1"): Promise<PoorLink> {
  const { hostname, port } = new URL(target);
  const [there, back] = ["there", "back"].map((way) => new Direction(link, createRandom("link", seed, way))) as [
    Direction,
    Direction,
  ];
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: hostname, port: Number(port), noDelay: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    }
    // Before the first byte the two ends have greeted each other, which takes a round trip.
    relay(near, far, there, performance.now() + link.delayMilliseconds);
    relay(far, near, back, 0);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => ({ sent: there.bytes, received: back.bytes }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Everything of one connection arrives in order: what is behind a lost segment waits for it. */
function relay(from: Socket, to: Socket, direction: Direction, notBefore: number): void {
  const at = inOrder(notBefore);
  let waiting = 0;
  from.on("data", (chunk: Buffer) => {
    for (let start = 0; start < chunk.length; start += SEGMENT_BYTES) {
      const segment = chunk.subarray(start, start + SEGMENT_BYTES);
      waiting += segment.length;
      at(direction.arrivalOf(segment.length), () => {
        waiting -= segment.length;
        if (waiting < MOST_WAITING_BYTES && from.isPaused()) from.resume();
        if (!to.destroyed) to.write(segment);
      });
    }
    if (waiting >= MOST_WAITING_BYTES) from.pause();
  });
  from.on("end", () => at(0, () => to.end()));
  from.on("error", () => to.destroy());
  from.on("close", () => at(0, () => to.destroy()));
}

/**
 * Does work at its time and never before what was asked for earlier. One timer serves the whole row: timers of their own go off in
 * the order of their whole milliseconds, which is not always the order in which they were set.
 */
export function inOrder(notBefore: number): (due: number, work: () => void) => void {
  const row: { readonly due: number; readonly work: () => void }[] = [];
  let last = notBefore;
  const serve = (): void => {
    while (row.length > 0 && row[0]!.due <= performance.now()) row.shift()!.work();
    if (row.length > 0) setTimeout(serve, Math.max(0, row[0]!.due - performance.now()));
  };
  return (due, work) => {
    last = Math.max(last, due);
    row.push({ due: last, work });
    if (row.length === 1) setTimeout(serve, Math.max(0, last - performance.now()));
  };
}
