/** Reads one socket into the journal. What the lane does not take now waits here, with the socket paused, and is offered again. */
import type { Socket } from "node:net";
import type { FeedSink, Reply } from "./feed.ts";

export function readSocket(
  socket: Socket,
  options: {
    readonly sink: FeedSink;
    readonly feed: string;
    readonly connection: number;
    /** Why it was closed, asked once it is. */
    readonly reason: () => string;
  },
): void {
  const { sink, feed, connection } = options;
  let waiting: Uint8Array | undefined;
  let isClosed = false;
  const offerAgain = (): void => {
    if (waiting && !sink.bytes(feed, connection, waiting)) {
      sink.onResume(offerAgain);
      return;
    }
    waiting = undefined;
    if (isClosed) sink.disconnected(feed, connection, options.reason());
    else socket.resume();
  };
  socket.on("data", (chunk: Uint8Array) => {
    if (sink.bytes(feed, connection, chunk)) return;
    waiting = chunk;
    socket.pause();
    sink.onResume(offerAgain);
  });
  socket.on("close", () => {
    isClosed = true;
    if (!waiting) sink.disconnected(feed, connection, options.reason());
  });
}

/** Answers that a sender does not take may pile up to so much before it is let go. */
const MOST_UNTAKEN_BYTES = 1 << 20;

/** How to answer on a socket, or end it. A sender that never reads its answers is let go instead of held in memory. */
export function replyTo(socket: Socket): Reply {
  return (bytes) => {
    if (bytes === undefined) socket.destroy();
    if (bytes === undefined || !socket.writable) return;
    socket.write(bytes);
    if (socket.writableLength > MOST_UNTAKEN_BYTES) socket.destroy(new Error("answers not taken"));
  };
}
