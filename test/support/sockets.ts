/** Plain sockets to a centre's feeds. */
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** Splits "host:port". */
export function endpointOf(address: string): { readonly host: string; readonly port: number } {
  const mark = address.lastIndexOf(":");
  return { host: address.slice(0, mark), port: Number(address.slice(mark + 1)) };
}

export async function openSocket(address: string): Promise<Socket> {
  const socket = connect({ ...endpointOf(address), noDelay: true });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Writes as fast as the other side reads; gives up quietly where it has hung up. */
export async function write(socket: Socket, bytes: Uint8Array | string): Promise<void> {
  if (socket.destroyed || socket.write(bytes)) return;
  const done = new AbortController();
  const heard = ["drain", "close"].map((event) => once(socket, event, { signal: done.signal }));
  await Promise.race(heard).catch(() => undefined);
  for (const one of heard) one.catch(() => undefined);
  done.abort();
}

export function end(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.once("close", () => resolve()).end();
  });
}

/** Sends all the bytes over a connection of their own. */
export async function sendBytes(address: string, bytes: Uint8Array | string): Promise<void> {
  const socket = await openSocket(address);
  await write(socket, bytes);
  await end(socket);
}

/** A receiver that the centre connects to. */
export interface TestReceiver {
  readonly port: number;
  /** Sends to whoever is connected, after the first has come. */
  send(bytes: Uint8Array | string): Promise<void>;
  /** Breaks every connection; the centre will come again. */
  hangUp(): void;
  close(): Promise<void>;
}

export async function openReceiver(): Promise<TestReceiver> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    port,
    send: async (bytes) => {
      while (sockets.size === 0) await once(server, "connection");
      for (const socket of sockets) await write(socket, bytes);
    },
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
