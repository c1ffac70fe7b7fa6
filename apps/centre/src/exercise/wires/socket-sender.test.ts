import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { until } from "../testing/sinks.ts";
import { Outbox } from "./outbox.ts";
import { SocketSender } from "./socket-sender.ts";
import { OUTBOX_BYTES } from "./wire.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A connection whose far end reads only when told to. */
async function connection(): Promise<{ near: Socket; far: Socket; received: () => number }> {
  let received = 0;
  const server: Server = createServer({ pauseOnConnect: true });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const near = connect((server.address() as { port: number }).port, "127.0.0.1");
  const far = await accepted;
  far.on("data", (chunk) => {
    received += chunk.length;
  });
  far.pause();
  open.push(() => {
    near.destroy();
    far.destroy();
    server.close();
  });
  return { near, far, received: () => received };
}

describe("a socket sender", () => {
  it("writes no faster than the other side reads, loses the oldest beyond its box, and counts", async () => {
    const { near, far, received } = await connection();
    const sender = new SocketSender();
    sender.attach(near);
    const message = new Uint8Array(10_000);
    const total = 4_000;
    for (let index = 0; index < total; index++) {
      sender.put(message);
      sender.flush();
      if (index % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const { lostMessages, lostBytes } = sender.count();
    expect(lostMessages).toBeGreaterThan(1_000);
    expect(lostBytes).toBe(lostMessages * message.length);
    // Memory in use is the box and what one write put on the socket.
    expect(near.writableLength).toBeLessThanOrEqual(OUTBOX_BYTES + message.length);
    far.resume();
    await until("the rest to arrive", () => received() === (total - sender.count().lostMessages) * message.length);
    expect(sender.count().messages).toBe(total - lostMessages);
  });

  it("keeps messages until there is a socket", async () => {
    const sender = new SocketSender();
    sender.put(new Uint8Array(10));
    sender.flush();
    expect(sender.count()).toMatchObject({ messages: 0, lostMessages: 0, isConnected: false });
    const { near, far, received } = await connection();
    far.resume();
    sender.attach(near);
    sender.flush();
    await until("ten bytes", () => received() === 10);
    sender.detach(near);
    expect(sender.count()).toMatchObject({ messages: 1, bytes: 10, isConnected: false });
  });
});

describe("an outbox", () => {
  it("gives up the oldest whole messages first", () => {
    const outbox = new Outbox(100);
    for (let value = 0; value < 12; value++) outbox.put(new Uint8Array(10).fill(value));
    expect(outbox.lostMessages).toBe(2);
    expect(outbox.takeAll().map((message) => message[0])).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(outbox.isEmpty).toBe(true);
  });

  it("does not take a message larger than itself", () => {
    const outbox = new Outbox(100);
    outbox.put(new Uint8Array(101));
    expect([outbox.isEmpty, outbox.lostBytes]).toEqual([true, 101]);
  });
});
