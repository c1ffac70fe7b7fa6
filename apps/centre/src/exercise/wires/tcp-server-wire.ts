/** A receiver that waits for the centre to connect. Without a connection its frames are lost, as on a real roof. */
import { createServer, type Socket } from "node:net";
import { listen } from "./listen.ts";
import { SocketSender } from "./socket-sender.ts";
import type { Wire } from "./wire.ts";

/** Listens on loopback. A second connection takes the place of the first. Error: `exercise.port-taken`. */
export async function openTcpServerWire(source: string, port: number): Promise<Wire & { readonly port: number }> {
  const sender = new SocketSender();
  const server = createServer({ noDelay: true }, (socket) => accept(socket, sender));
  const taken = await listen(server, { what: "listener of an exercise receiver", source, field: "listenPort" }, port);
  return {
    port: taken,
    put: (message) => sender.put(message),
    flush: () => {
      if (sender.socket === undefined) sender.loseAll();
      else sender.flush();
    },
    isFull: () => sender.isFull,
    count: () => sender.count(),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await sender.end();
      await closed;
    },
  };
}

function accept(socket: Socket, sender: SocketSender): void {
  sender.socket?.destroy();
  sender.attach(socket);
  socket.on("error", () => socket.destroy());
  socket.on("close", () => sender.detach(socket));
  // What a centre might say to a receiver is read and thrown away, so that its buffer never fills.
  socket.resume();
}
