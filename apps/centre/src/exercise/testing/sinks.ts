/** Plain ends of wires for tests: they keep every byte, as a centre would receive it. */
import { connect, createServer, type Server, type Socket } from "node:net";

export interface Sink {
  readonly port: number;
  bytes(): Buffer;
  connections(): number;
  /** Breaks the connections that are open. */
  breakLinks(): void;
  stop(): Promise<void>;
}

/** A listener that takes what clients send. */
export async function openListeningSink(port = 0): Promise<Sink> {
  const chunks: Buffer[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : 0,
    bytes: () => Buffer.concat(chunks),
    connections: () => connections,
    breakLinks: () => {
      for (const socket of sockets) socket.destroy();
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A client that reads what a listening receiver sends. */
export async function openConnectingSink(port: number): Promise<Sink> {
  const chunks: Buffer[] = [];
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("data", (chunk) => chunks.push(chunk));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  socket.on("error", () => socket.destroy());
  return {
    port,
    bytes: () => Buffer.concat(chunks),
    connections: () => 1,
    breakLinks: () => socket.destroy(),
    stop: async () => {
      socket.destroy();
    },
  };
}

/** Waits until a condition holds; fails with `what` after two minutes. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
