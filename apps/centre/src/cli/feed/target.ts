/** Where a file is fed to: a connection made or waited for, or an address that takes datagrams. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { FaultError } from "@openjmc/model";
import { say } from "../terminal.ts";

export interface Target {
  readonly takesDatagrams: boolean;
  write(pieces: readonly Uint8Array[]): Promise<void>;
  close(): Promise<void>;
}

/** Datagrams have nobody who says stop: after so many a moment is left to whoever reads them. */
const BURST = 64;

/** Opens what `--to` or `--listen` names. Errors: `address.missing`, `address.malformed`, `feed.unreachable`. */
export async function openTarget(flags: { readonly to?: string; readonly listen?: string }): Promise<Target> {
  if (flags.listen !== undefined) return connectionTarget(await called(endpoint(flags.listen, "--listen")));
  if (flags.to === undefined)
    throw new FaultError({
      code: "address.missing",
      what: "command line",
      expected: "--to HOST:PORT, --to udp:HOST:PORT or --listen HOST:PORT",
    });
  if (flags.to.startsWith("udp:")) return datagramTarget(endpoint(flags.to.slice("udp:".length), "--to"));
  return connectionTarget(await calling(endpoint(flags.to, "--to"), flags.to));
}

function connectionTarget(socket: Socket): Target {
  return {
    takesDatagrams: false,
    write: async (pieces) => {
      if (pieces.length > 0 && !socket.write(Buffer.concat(pieces))) await once(socket, "drain");
    },
    close: () => new Promise<void>((resolve) => socket.end(() => resolve())),
  };
}

function datagramTarget({ host, port }: Endpoint): Target {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  const send = (piece: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => socket.send(piece, port, host, (error) => (error ? reject(error) : resolve())));
  let sent = 0;
  return {
    takesDatagrams: true,
    write: async (pieces) => {
      for (const piece of pieces) {
        await send(piece);
        if (++sent % BURST === 0) await pause(1);
      }
    },
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

async function called({ host, port }: Endpoint): Promise<Socket> {
  const server = createServer();
  server.listen(port, host);
  await once(server, "listening");
  say(`waiting for a connection on ${host}:${port}`);
  const [socket] = (await once(server, "connection")) as [Socket];
  server.close();
  return socket;
}

async function calling({ host, port }: Endpoint, to: string): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true });
  try {
    await once(socket, "connect");
  } catch (error) {
    throw new FaultError({
      code: "feed.unreachable",
      what: "socket",
      where: { source: to },
      expected: "a listener at this address",
      cause: (error as Error).message,
    });
  }
  socket.on("error", () => undefined);
  // What the centre answers a sensor is read and let go: unread it would stand in the way of the end.
  socket.resume();
  return socket;
}

function endpoint(text: string, field: string): Endpoint {
  const match = /^(?:(.*):)?(\d{1,5})$/.exec(text);
  if (!match || Number(match[2]) > 65_535)
    throw new FaultError({
      code: "address.malformed",
      what: "command line",
      where: { field },
      expected: "HOST:PORT",
      got: text,
    });
  return { host: match[1]?.replace(/^\[(.*)\]$/, "$1") || "127.0.0.1", port: Number(match[2]) };
}
