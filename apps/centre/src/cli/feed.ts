/** `jmc feed`: a raw capture onto a centre's (or any) socket, as fast as it was received or as fast as it goes. */

import { once } from "node:events";
import { open } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { BeastFramer } from "@openjmc/formats";
import { FaultError } from "@openjmc/model";
import { DONE, say } from "./terminal.ts";

export interface FeedFlags {
  readonly format: string;
  readonly to?: string;
  readonly listen?: string;
  readonly speed: string;
}

const CHUNK_BYTES = 16 * 1024;
const TICKS_PER_SECOND = 12_000_000;
/** Beast captures are sent in slices of this much of the receiver's time. */
const SLICE_SECONDS = 0.05;
/** A step of the counter beyond this is no pause in the traffic. */
const LONGEST_PAUSE_SECONDS = 5;

export async function runFeed(path: string, flags: FeedFlags): Promise<number> {
  const socket = await openSocket(flags);
  const speed = flags.speed === "max" ? Number.POSITIVE_INFINITY : Number(flags.speed);
  if (!(speed > 0))
    throw new FaultError({
      code: "speed.malformed",
      what: "command line",
      where: { field: "--speed" },
      expected: "a factor above 0, or max",
      got: flags.speed,
    });
  let bytes = 0;
  for await (const { chunk, waitSeconds } of paced(path, flags.format, speed)) {
    if (waitSeconds > 0) await pause(waitSeconds * 1000);
    bytes += chunk.length;
    if (!socket.write(chunk)) await once(socket, "drain");
  }
  await new Promise<void>((resolve) => socket.end(() => resolve()));
  say(`sent ${bytes} bytes of ${path}`);
  return DONE;
}

async function openSocket(flags: FeedFlags): Promise<Socket> {
  if (flags.listen !== undefined) {
    const { host, port } = endpoint(flags.listen, "--listen");
    const server = createServer();
    server.listen(port, host);
    await once(server, "listening");
    say(`waiting for a connection on ${host}:${port}`);
    const [socket] = (await once(server, "connection")) as [Socket];
    server.close();
    return socket;
  }
  if (flags.to === undefined)
    throw new FaultError({
      code: "address.missing",
      what: "command line",
      expected: "--to HOST:PORT or --listen HOST:PORT",
    });
  const { host, port } = endpoint(flags.to, "--to");
  const socket = connect({ host, port, noDelay: true });
  try {
    await once(socket, "connect");
  } catch (error) {
    throw new FaultError({
      code: "feed.unreachable",
      what: "socket",
      where: { source: flags.to },
      expected: "a listener at this address",
      cause: (error as Error).message,
    });
  }
  socket.on("error", () => undefined);
  return socket;
}

function endpoint(text: string, field: string): { host: string; port: number } {
  const match = /^(?:(.*):)?(\d{1,5})$/.exec(text);
  if (!match || Number(match[2]) > 65_535)
    throw new FaultError({
      code: "address.malformed",
      what: "command line",
      where: { field },
      expected: "HOST:PORT",
      got: text,
    });
  return { host: match[1] || "127.0.0.1", port: Number(match[2]) };
}

interface Slice {
  readonly chunk: Uint8Array;
  readonly waitSeconds: number;
}

async function* paced(path: string, format: string, speed: number): AsyncGenerator<Slice> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const whole = new Uint8Array(size);
    let read = 0;
    while (read < size) {
      const { bytesRead } = await file.read(whole, read, Math.min(1 << 20, size - read), read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    if (format === "beast" && Number.isFinite(speed)) yield* pacedBeast(whole, speed);
    else
      for (let start = 0; start < whole.length; start += CHUNK_BYTES)
        yield { chunk: whole.subarray(start, start + CHUNK_BYTES), waitSeconds: 0 };
  } finally {
    await file.close();
  }
}

async function openFile(path: string) {
  try {
    return await open(path);
  } catch (error) {
    throw new FaultError({
      code: "file.unreadable",
      what: "capture",
      where: { file: path },
      expected: "a readable file",
      cause: (error as Error).message,
    });
  }
}

/**
 * Slices by the receiver's own counter. A capture holds frames twice and a little out of order, so only what goes beyond the
 * highest count so far is time that passed; a counter that starts over and a long silence cost none.
 */
function* pacedBeast(bytes: Uint8Array, speed: number): Generator<Slice> {
  const marks: { offset: number; ticks: number }[] = [];
  new BeastFramer().push(bytes, {
    frame: (frame) => marks.push({ offset: frame.offset, ticks: frame.ticks }),
    fault: () => undefined,
  });
  let sent = 0;
  let clock = 0;
  let highest = marks[0]?.ticks ?? 0;
  let due = 0;
  for (const mark of marks) {
    const step = (mark.ticks - highest) / TICKS_PER_SECOND;
    if (step > 0 && step < LONGEST_PAUSE_SECONDS) clock += step;
    if (step > 0 || step < -LONGEST_PAUSE_SECONDS) highest = mark.ticks;
    if (clock - due < SLICE_SECONDS) continue;
    yield { chunk: bytes.subarray(sent, mark.offset), waitSeconds: (clock - due) / speed };
    sent = mark.offset;
    due = clock;
  }
  yield { chunk: bytes.subarray(sent), waitSeconds: 0 };
}
