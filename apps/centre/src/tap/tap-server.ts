/** Where gateways bring their batches to a component's own node. */
import { createServer, type Socket } from "node:net";
import { SignedBatchFramer } from "@openjmc/formats";
import { FaultError } from "@openjmc/model";
import type { TapWatch } from "./tap-watch.ts";

const MOST_CONNECTIONS = 64;

export interface TapServer {
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Error: `feed.port-taken`. */
export async function openTap(host: string, port: number, watch: TapWatch): Promise<TapServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    const framer = new SignedBatchFramer();
    const sink = { batch: watch.batch.bind(watch), fault: () => undefined };
    sockets.add(socket);
    socket.on("data", (chunk: Uint8Array) => framer.push(chunk, sink));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        new FaultError({
          code: "feed.port-taken",
          what: "tap of a component",
          expected: `port ${port} free on ${host}`,
          cause: error.message,
        }),
      ),
    );
    server.listen(port, host, () => resolve());
  });
  const address = server.address();
  return {
    host,
    port: address !== null && typeof address === "object" ? address.port : port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
