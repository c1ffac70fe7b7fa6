/** A feed that takes datagrams, sent to the centre or to a multicast group that it joins. One datagram is one chunk. */
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import { FaultError } from "@openjmc/model";
import type { Feed, FeedSink } from "./feed.ts";
import { kernelDrops } from "./kernel-drops.ts";

/** Senders told apart at one time; more are a flood, and refused. */
const MOST_SENDERS = 64;
/** A sender that says nothing for this long is let go. */
const IDLE_MILLISECONDS = 600_000;
/** What may wait in the kernel while the centre is busy: a second of the busiest radar data net. */
const KERNEL_BUFFER_BYTES = 4 << 20;
/** Datagrams that were not taken are told of this often at most, with their number. */
const TELL_MILLISECONDS = 10_000;

interface Sender {
  readonly connection: number;
  heardAt: number;
}

/** How often the kernel is asked what it has dropped. */
const ASK_MILLISECONDS = 10_000;

/**
 * Makes a UDP feed. Errors at start: `feed.port-taken`, `feed.group-not-joined`. What the kernel drops before the centre reads it is
 * told as `feed.datagram-dropped`, where the system counts it.
 */
export function createUdpFeed(options: {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly group?: string;
  readonly interface?: string;
  readonly sink: FeedSink;
  readonly nextConnection: () => number;
}): Feed {
  const { id, host, port, group, sink } = options;
  const senders = new Map<string, Sender>();
  const lost = new Losses(id, sink);
  // Several programs of one machine may listen to one group; a port of the centre's own is its own.
  const socket: Socket = createSocket({
    type: isIPv6(group ?? host) ? "udp6" : "udp4",
    reuseAddr: group !== undefined,
    recvBufferSize: KERNEL_BUFFER_BYTES,
  });
  let sweep: NodeJS.Timeout | undefined;
  let asking: NodeJS.Timeout | undefined;
  let dropped = 0;
  let isOpen = false;

  socket.on("message", (datagram, remote) => {
    const sender = senderOf(remote);
    if (!sender) return lost.note("feed.too-many-senders", `at most ${MOST_SENDERS} senders`);
    sender.heardAt = performance.now();
    if (datagram.length > 0 && !sink.bytes(id, sender.connection, datagram))
      lost.note("feed.datagram-lost", "a centre that takes what comes");
  });

  function senderOf(remote: RemoteInfo): Sender | undefined {
    const name = `${remote.address}:${remote.port}`;
    const known = senders.get(name);
    if (known || senders.size >= MOST_SENDERS) return known;
    const sender = { connection: options.nextConnection(), heardAt: 0 };
    senders.set(name, sender);
    sink.connected(id, sender.connection, name, (bytes) => {
      // Datagrams have no connection to end.
      if (isOpen && bytes !== undefined) socket.send(bytes, remote.port, remote.address, () => undefined);
    });
    return sender;
  }

  function letGo(isGone: (sender: Sender) => boolean, reason: string): void {
    for (const [name, sender] of senders) {
      if (!isGone(sender)) continue;
      senders.delete(name);
      sink.disconnected(id, sender.connection, reason);
    }
  }

  /** A port of the centre's own begins at nought; others may share a group's. */
  async function askKernel(): Promise<void> {
    if (!isOpen) return;
    const drops = await kernelDrops(socket.address().port, isIPv6(group ?? host) ? "udp6" : "udp4").catch(
      () => undefined,
    );
    if (!isOpen || drops === undefined) return;
    if (drops > dropped)
      lost.note("feed.datagram-dropped", "a centre that reads as fast as they come", drops - dropped);
    dropped = drops;
  }

  return {
    id,
    start: async () => {
      await bind(socket, id, host, port);
      if (group !== undefined) join(socket, id, group, options.interface);
      isOpen = true;
      socket.on("error", (error) =>
        sink.trouble(id, { code: "feed.socket", what: "datagrams", where: { source: id }, cause: error.message }),
      );
      sweep = setInterval(() => {
        const now = performance.now();
        letGo(({ heardAt }) => now - heardAt > IDLE_MILLISECONDS, "silent for too long");
      }, IDLE_MILLISECONDS / 10).unref();
      asking = setInterval(() => void askKernel(), ASK_MILLISECONDS).unref();
    },
    stop: async () => {
      clearInterval(sweep);
      clearInterval(asking);
      lost.tell();
      if (!isOpen) return;
      isOpen = false;
      await new Promise<void>((resolve) => socket.close(() => resolve()));
      letGo(() => true, "stopped");
    },
    address: () => {
      if (!isOpen) return `${host}:${port}`;
      const bound = socket.address();
      return `${bound.address}:${bound.port}`;
    },
  };
}

function bind(socket: Socket, id: string, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void =>
      reject(
        new FaultError({
          code: "feed.port-taken",
          what: `datagrams of ${id}`,
          where: { source: id, field: "port" },
          expected: `UDP port ${port} free on ${host}`,
          cause: error.message,
        }),
      );
    socket.once("error", refuse);
    socket.bind(port, host, () => {
      socket.off("error", refuse);
      resolve();
    });
  });
}

function join(socket: Socket, id: string, group: string, face: string | undefined): void {
  try {
    socket.addMembership(group, face);
  } catch (error) {
    socket.close();
    throw new FaultError({
      code: "feed.group-not-joined",
      what: `datagrams of ${id}`,
      where: { source: id, field: "group" },
      expected: "a multicast group, and an interface that can join it",
      got: group,
      cause: (error as Error).message,
    });
  }
}

/** Datagrams cannot be kept waiting as a connection can: what is not taken is lost, and said so. */
class Losses {
  readonly #id: string;
  readonly #sink: FeedSink;
  readonly #counts = new Map<string, { count: number; expected: string }>();
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(id: string, sink: FeedSink) {
    this.#id = id;
    this.#sink = sink;
  }

  note(code: string, expected: string, count = 1): void {
    const known = this.#counts.get(code) ?? { count: 0, expected };
    known.count += count;
    this.#counts.set(code, known);
    if (performance.now() - this.#toldAt >= TELL_MILLISECONDS) this.tell();
  }

  tell(): void {
    this.#toldAt = performance.now();
    for (const [code, { count, expected }] of this.#counts)
      this.#sink.trouble(this.#id, {
        code,
        what: "datagrams",
        where: { source: this.#id },
        expected,
        got: `${count} lost`,
      });
    this.#counts.clear();
  }
}
