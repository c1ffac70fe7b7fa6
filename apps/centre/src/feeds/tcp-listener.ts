/** A feed that listens on a TCP port for receivers or stations that connect in. */
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer } from "node:tls";
import { FaultError } from "@openjmc/model";
import type { TlsIdentity } from "../tls/identity.ts";
import type { Feed, FeedSink } from "./feed.ts";
import { readSocket, replyTo } from "./read-socket.ts";

/** Connections beyond this are refused and said so: a flood of slow clients must not eat the centre. */
export const MOST_CONNECTIONS = 64;
/** A client that sends nothing for this long is let go. */
const IDLE_MILLISECONDS = 600_000;

/** How long a client may take to show its certificate. */
const HANDSHAKE_MILLISECONDS = 10_000;

/**
 * Makes a TCP listener feed. Error at start: `feed.port-taken`. Under TLS, where an identity is given, only clients with a certificate
 * of its `ca` are let in; the others are told as `feed.tls-refused`.
 */
export function createTcpListenerFeed(options: {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly sink: FeedSink;
  readonly nextConnection: () => number;
  readonly tls?: TlsIdentity;
}): Feed {
  const { id, sink } = options;
  const sockets = new Set<Socket>();
  const manner = { noDelay: true, keepAlive: true };
  const server: Server = options.tls ? secureServer(options.tls) : createServer(manner, (socket) => accept(socket));
  server.maxConnections = MOST_CONNECTIONS;
  server.on("drop", (dropped) =>
    sink.trouble(id, {
      code: "feed.too-many-connections",
      what: `connection from ${dropped?.remoteAddress ?? "unknown"}`,
      expected: `at most ${MOST_CONNECTIONS} connections`,
    }),
  );

  function secureServer(identity: TlsIdentity): Server {
    const demands = { requestCert: true, rejectUnauthorized: true, handshakeTimeout: HANDSHAKE_MILLISECONDS };
    const secure = createSecureServer({ ...manner, ...identity, ...demands }, (socket) => accept(socket));
    secure.on("tlsClientError", ({ message }, socket) =>
      sink.trouble(id, {
        code: "feed.tls-refused",
        what: `connection from ${socket.remoteAddress ?? "unknown"}`,
        where: { source: id },
        expected: "a client with a certificate of this feed's authority",
        cause: message,
      }),
    );
    return secure;
  }

  function accept(socket: Socket): void {
    const connection = options.nextConnection();
    let reason = "closed by the sender";
    sockets.add(socket);
    sink.connected(id, connection, `${socket.remoteAddress}:${socket.remotePort}`, replyTo(socket));
    socket.setTimeout(IDLE_MILLISECONDS, () => {
      reason = "silent for too long";
      socket.destroy();
    });
    readSocket(socket, { sink, feed: id, connection, reason: () => reason });
    socket.on("error", (error) => {
      reason = error.message;
    });
    socket.on("close", () => sockets.delete(socket));
  }

  return {
    id,
    start: () =>
      new Promise<void>((resolve, reject) => {
        server.once("error", (error) =>
          reject(
            new FaultError({
              code: "feed.port-taken",
              what: `listener of ${id}`,
              where: { source: id, field: "port" },
              expected: `port ${options.port} free on ${options.host}`,
              cause: error.message,
            }),
          ),
        );
        server.listen(options.port, options.host, () => resolve());
      }),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
    },
    address: () => {
      const address = server.address();
      return address && typeof address === "object"
        ? `${address.address}:${address.port}`
        : `${options.host}:${options.port}`;
    },
  };
}
