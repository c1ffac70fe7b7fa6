/** Where a sensor's bytes come from: a TCP server or client, UDP datagrams, a serial line or file, or standard input. */
import { createSocket } from "node:dgram";
import { createReadStream } from "node:fs";
import { connect, createServer } from "node:net";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { FaultError } from "@openjmc/model";

export interface InletOptions {
  readonly take: (chunk: Uint8Array) => void;
  readonly tell: (text: string) => void;
  readonly signal: AbortSignal;
}

const AGAIN_MILLISECONDS = 1_000;

/**
 * Brings bytes until the input ends or `signal` aborts. `from`: `tcp:HOST:PORT` (connects), `listen:[HOST:]PORT`,
 * `udp:[HOST:]PORT`, `-`, or the path of a file or serial device. Errors: `address.malformed`, `feed.port-taken`, `file.unreadable`.
 */
export async function runInlet(from: string, options: InletOptions): Promise<void> {
  const match = /^(tcp|listen|udp):(.*)$/.exec(from);
  if (!match) return readAll(from === "-" ? process.stdin : createReadStream(from), from, options);
  const { host, port } = addressOf(match[2]!);
  if (match[1] === "tcp") return connectAgain(host, port, options);
  if (match[1] === "udp") return receiveDatagrams(host, port, options);
  return acceptConnections(host, port, options);
}

/** `HOST:PORT` or `PORT`. Error: `address.malformed`. */
export function addressOf(text: string): { readonly host: string; readonly port: number } {
  const match = /^(?:(.+):)?(\d{1,5})$/.exec(text);
  if (match && Number(match[2]) <= 65_535) return { host: match[1] ?? "127.0.0.1", port: Number(match[2]) };
  throw new FaultError({ code: "address.malformed", what: "address", expected: "HOST:PORT", got: text.slice(0, 80) });
}

async function readAll(stream: Readable, from: string, { take, signal }: InletOptions): Promise<void> {
  signal.addEventListener("abort", () => stream.destroy(), { once: true });
  try {
    for await (const chunk of stream) take(chunk as Uint8Array);
  } catch (error) {
    if (signal.aborted) return;
    throw new FaultError({
      code: "file.unreadable",
      what: "input",
      where: { file: from },
      expected: "a readable file or device",
      cause: (error as Error).message,
    });
  }
}

async function connectAgain(host: string, port: number, { take, tell, signal }: InletOptions): Promise<void> {
  while (!signal.aborted) {
    await new Promise<void>((resolve) => {
      const socket = connect({ host, port, noDelay: true, keepAlive: true });
      const stop = (): void => void socket.destroy();
      signal.addEventListener("abort", stop, { once: true });
      socket.on("connect", () => tell(`sensor at ${host}:${port}: connected`));
      socket.on("data", take);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        signal.removeEventListener("abort", stop);
        resolve();
      });
    });
    if (!signal.aborted) await pause(AGAIN_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}

async function acceptConnections(host: string, port: number, { take, tell, signal }: InletOptions): Promise<void> {
  // One sensor at a time: bytes of two would run into each other.
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("data", take);
    socket.on("error", () => socket.destroy());
    signal.addEventListener("abort", () => socket.destroy(), { once: true });
  });
  server.maxConnections = 1;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(portTaken(port, error)));
    server.once("close", () => resolve());
    signal.addEventListener("abort", () => server.close(), { once: true });
    server.listen(port, host, () => tell(`sensor expected at ${host}:${portOf(server.address())}`));
  });
}

async function receiveDatagrams(host: string, port: number, { take, tell, signal }: InletOptions): Promise<void> {
  const socket = createSocket({ type: host.includes(":") ? "udp6" : "udp4" });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", (error) => reject(portTaken(port, error)));
    socket.once("close", () => resolve());
    socket.on("message", take);
    signal.addEventListener("abort", () => socket.close(), { once: true });
    socket.bind(port, host, () => tell(`datagrams expected at ${host}:${socket.address().port}`));
  });
}

function portOf(address: string | { readonly port: number } | null): number {
  return address !== null && typeof address === "object" ? address.port : 0;
}

function portTaken(port: number, error: Error): FaultError {
  return new FaultError({
    code: "feed.port-taken",
    what: "input of the gateway",
    expected: `port ${port} free`,
    cause: error.message,
  });
}
