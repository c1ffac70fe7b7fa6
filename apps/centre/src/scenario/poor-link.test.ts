import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inOrder, openPoorLink } from "./poor-link.ts";

const BODY = Buffer.from(Array.from({ length: 40_000 }, (_, index) => index % 251));
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () =>
    response.end(parts.length > 0 ? createHash("sha256").update(Buffer.concat(parts)).digest() : BODY),
  );
});
let target: string;

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

it("lets every byte through in order, and no sooner than the line could carry it", async () => {
  const link = { bitsPerSecond: 800_000, delayMilliseconds: 60, lossShare: 0.2 };
  const { url, count, close } = await openPoorLink(target, link);
  const began = performance.now();
  const got = await (await fetch(url)).bytes();
  expect(Buffer.compare(BODY, got)).toBe(0);
  // A greeting, a question and an answer's last byte behind 40,000 bytes.
  expect(performance.now() - began).toBeGreaterThan(2 * 60 + 400);
  const sent = await (await fetch(url, { method: "POST", body: BODY })).bytes();
  expect(Buffer.from(sent)).toEqual(createHash("sha256").update(BODY).digest());
  expect(count().received).toBeGreaterThan(40_000);
  await close();
});

it("carries all connections together at its rate, and ends what is open when it closes", async () => {
  const { url, close } = await openPoorLink(target, { bitsPerSecond: 1_600_000, delayMilliseconds: 0, lossShare: 0 });
  const began = performance.now();
  await Promise.all([fetch(url), fetch(url)].map(async (answer) => (await answer).bytes()));
  expect(performance.now() - began).toBeGreaterThan(400);
  const broken = fetch(url).then((answer) => answer.bytes());
  await close();
  await expect(broken).rejects.toThrow();
});

it("does what was asked for in its order, however the times lie within a millisecond", async () => {
  const done: number[] = [];
  const at = inOrder(0);
  const began = performance.now();
  await new Promise<void>((resolve) => {
    for (let number = 0; number < 400; number++) {
      // The process is busy between two of them, so that the same instant is another span from each.
      while (performance.now() < began + number * 0.05);
      at(began + 30 + number * 0.001, () => done.push(number));
    }
    at(began + 31, resolve);
  });
  expect(done).toEqual(Array.from({ length: 400 }, (_, number) => number));
});
