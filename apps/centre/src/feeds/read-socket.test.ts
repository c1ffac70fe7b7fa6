import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { expect, it } from "vitest";
import type { FeedSink } from "./feed.ts";
import { readSocket } from "./read-socket.ts";

it("loses no byte and no order while the lane takes nothing, also when the sender leaves meanwhile", async () => {
  const told: string[] = [];
  let isTaking = true;
  let resume: (() => void)[] = [];
  const sink = {
    bytes: (_feed: string, _connection: number, chunk: Uint8Array) => {
      if (isTaking) told.push(new TextDecoder().decode(chunk));
      return isTaking;
    },
    disconnected: (_feed: string, _connection: number, reason: string) => told.push(reason),
    onResume: (again: () => void) => resume.push(again),
  } as unknown as FeedSink;
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  readSocket(socket as unknown as Socket, { sink, feed: "f", connection: 1, reason: () => "left" });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const again = async () => {
    const waiting = resume;
    resume = [];
    for (const one of waiting) one();
    await settle();
  };

  socket.push("a");
  await settle();
  isTaking = false;
  socket.push("b");
  await settle();
  socket.push("c");
  await again();
  expect(told).toEqual(["a"]);
  isTaking = true;
  await again();
  expect(told).toEqual(["a", "b", "c"]);
  isTaking = false;
  socket.push("d");
  await settle();
  socket.destroy();
  await settle();
  expect(told).toEqual(["a", "b", "c"]);
  isTaking = true;
  await again();
  expect(told).toEqual(["a", "b", "c", "d", "left"]);
});
