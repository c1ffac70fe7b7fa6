import { createSocket } from "node:dgram";
import type { Fault } from "@openjmc/model";
import { afterEach, describe, expect, it } from "vitest";
import type { Feed, FeedSink } from "./feed.ts";
import { dropsIn, kernelDrops } from "./kernel-drops.ts";
import { createUdpFeed } from "./udp.ts";

const GROUP = "239.255.77.1";
const feeds: Feed[] = [];
afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed.stop();
});

/** A sink that remembers; it takes datagrams while `isTaking`. */
class Memory implements FeedSink {
  isTaking = true;
  readonly heard: string[] = [];
  readonly faults: Fault[] = [];
  readonly connections: number[] = [];
  readonly gone: string[] = [];
  answer: Uint8Array | undefined;

  connected(_feed: string, connection: number, _remote: string, reply?: (bytes: Uint8Array) => void): void {
    this.connections.push(connection);
    if (this.answer) reply?.(this.answer);
  }
  bytes(_feed: string, connection: number, chunk: Uint8Array): boolean {
    if (this.isTaking) this.heard.push(`${connection} ${Buffer.from(chunk)}`);
    return this.isTaking;
  }
  disconnected(_feed: string, _connection: number, reason: string): void {
    this.gone.push(reason);
  }
  onResume(): void {}
  trouble(_feed: string, fault: Fault): void {
    this.faults.push(fault);
  }
}

async function open(
  sink: Memory,
  more: { readonly group?: string; readonly interface?: string } = {},
): Promise<number> {
  let connections = 0;
  const host = more.group === undefined ? "127.0.0.1" : "0.0.0.0";
  const feed = createUdpFeed({ id: "f", host, port: 0, sink, nextConnection: () => ++connections, ...more });
  feeds.push(feed);
  await feed.start();
  return Number(feed.address().split(":").at(-1));
}

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what() && tries < 20_000; tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(what()).toBe(true);
}

function sender(): { send(text: string, port: number, host?: string): Promise<void>; heard: string[]; close(): void } {
  const socket = createSocket("udp4");
  const heard: string[] = [];
  socket.on("message", (bytes) => heard.push(String(bytes)));
  return {
    heard,
    send: (text, port, host = "127.0.0.1") =>
      new Promise((resolve, reject) => socket.send(text, port, host, (error) => (error ? reject(error) : resolve()))),
    close: () => socket.close(),
  };
}

describe("the UDP feed", () => {
  it("gives one chunk for each datagram, tells senders apart, and can answer", async () => {
    const sink = new Memory();
    sink.answer = new TextEncoder().encode("welcome");
    const port = await open(sink);
    const [one, other] = [sender(), sender()];
    await one.send("a", port);
    await until(() => sink.heard.length === 1);
    await other.send("b", port);
    await until(() => sink.heard.length === 2);
    await one.send("c", port);
    await until(() => sink.heard.length === 3);
    expect(sink.heard).toEqual(["1 a", "2 b", "1 c"]);
    await until(() => one.heard.length === 1);
    one.close();
    other.close();
    await feeds.splice(0)[0]!.stop();
    expect(sink.gone).toEqual(["stopped", "stopped"]);
  });

  it("says how many datagrams were not taken", async () => {
    const sink = new Memory();
    sink.isTaking = false;
    const port = await open(sink);
    const one = sender();
    for (const text of ["a", "b", "c"]) await one.send(text, port);
    await until(() => sink.faults.length > 0);
    sink.isTaking = true;
    await one.send("d", port);
    await until(() => sink.heard.length === 1);
    await feeds.splice(0)[0]!.stop();
    one.close();
    const lost = sink.faults.filter(({ code }) => code === "feed.datagram-lost");
    expect(lost.reduce((sum, { got }) => sum + Number.parseInt(got!, 10), 0)).toBe(3);
  });

  it("refuses a port that is taken, by name", async () => {
    const port = await open(new Memory());
    const feed = createUdpFeed({ id: "g", host: "127.0.0.1", port, sink: new Memory(), nextConnection: () => 1 });
    await expect(feed.start()).rejects.toMatchObject({ fault: { code: "feed.port-taken" } });
    await feed.stop();
  });

  it("joins a multicast group, and refuses what is none", async () => {
    const sink = new Memory();
    const port = await open(sink, { group: GROUP, interface: "127.0.0.1" });
    const socket = createSocket("udp4");
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", () => resolve()));
    socket.setMulticastInterface("127.0.0.1");
    await new Promise<void>((resolve, reject) =>
      socket.send("to all", port, GROUP, (error) => (error ? reject(error) : resolve())),
    );
    await until(() => sink.heard.length === 1);
    socket.close();
    const wrong = createUdpFeed({
      ...{ id: "w", host: "0.0.0.0", port: 0, group: "10.0.0.1", sink },
      nextConnection: () => 1,
    });
    await expect(wrong.start()).rejects.toMatchObject({ fault: { code: "feed.group-not-joined" } });
    await wrong.stop();
  });
});

describe("what the kernel dropped", () => {
  const table = [
    "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
    " 1120: 0100007F:2198 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5121 2 0000000000000000 17",
    " 1121: 0100007F:2199 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5122 2 0000000000000000 4",
    " 1121: 00000000:2199 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5123 2 0000000000000000 5",
  ].join("\n");

  it("is counted by port", () => {
    expect([0x2198, 0x2199, 0x219a].map((port) => dropsIn(table, port))).toEqual([17, 9, undefined]);
  });

  it("is nothing of a port that is read", async () => {
    const port = await open(new Memory());
    const drops = await kernelDrops(port, "udp4");
    expect(drops ?? 0).toBe(0);
  });
});
