/** Reads one socket into the journal. What the lane does not take now waits here, with the socket paused, and is offered again. */
import type { Socket } from "node:net";
import type { FeedSink } from "./feed.ts";

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
