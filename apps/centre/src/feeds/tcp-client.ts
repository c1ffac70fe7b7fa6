/** A feed that connects out to a receiver over TCP and connects again, ever more patiently, when the link breaks. */
import { connect, type Socket } from "node:net";
import type { Feed, FeedSink } from "./feed.ts";
import { readSocket, replyTo } from "./read-socket.ts";

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 10_000;
/** A connection that says nothing for this long is taken for dead and made anew. */
const IDLE_MILLISECONDS = 120_000;

/** Makes a TCP client feed. `nextConnection` numbers connections over the centre's life, so that no two share a framer. */
export function createTcpClientFeed(options: {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly sink: FeedSink;
  readonly nextConnection: () => number;
}): Feed {
  const { id, host, port, sink, nextConnection } = options;
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let pause = FIRST_PAUSE_MILLISECONDS;

  function open(): void {
    if (stopped) return;
    const connection = nextConnection();
    let reason = "closed by the receiver";
    const current = connect({ host, port, noDelay: true, keepAlive: true });
    socket = current;
    current.setTimeout(IDLE_MILLISECONDS, () => {
      reason = "silent for too long";
      current.destroy();
    });
    current.on("connect", () => {
      pause = FIRST_PAUSE_MILLISECONDS;
      sink.connected(id, connection, `${host}:${port}`, replyTo(current));
      readSocket(current, { sink, feed: id, connection, reason: () => (stopped ? "stopped" : reason) });
    });
    current.on("error", (error) => {
      reason = error.message;
    });
    current.on("close", () => {
      if (stopped) return;
      timer = setTimeout(open, pause);
      pause = Math.min(LONGEST_PAUSE_MILLISECONDS, pause * 2);
    });
  }

  return {
    id,
    start: async () => open(),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      const open = socket;
      if (open && !open.destroyed) await new Promise<void>((resolve) => open.once("close", () => resolve()).destroy());
    },
    address: () => `${host}:${port}`,
  };
}
