import { connect, type Socket } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, it } from "vitest";
import { addSlowBodies } from "./slow-bodies.ts";

let app: FastifyInstance;
let port: number;
const LIMITS = { whole: 800, pause: 1_500 };

beforeEach(async () => {
  app = Fastify({ requestTimeout: 0 });
  addSlowBodies(app, LIMITS);
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  const countOf = async (stream: AsyncIterable<Uint8Array>) => {
    let count = 0;
    for await (const part of stream) count += part.length;
    return { count };
  };
  app.post("/file", { config: { takesFiles: true } as never }, async ({ body }) => countOf(body as never));
  app.post("/page", async ({ body }) => countOf(body as never));
  await app.listen({ host: "127.0.0.1", port: 0 });
  port = (app.server.address() as { port: number }).port;
});
afterEach(() => app.close());

/** Sends a body of so many parts with so long a pause between two; the first line of the answer. */
async function send(path: string, parts: number, pause: number): Promise<string> {
  const socket: Socket = connect(port, "127.0.0.1");
  const answer = Promise.withResolvers<string>();
  socket.on("data", (bytes) => answer.resolve(bytes.toString().split("\r\n")[0]!));
  socket.on("error", () => undefined);
  socket.on("close", () => answer.resolve("closed"));
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\nContent-Length: ${parts}\r\n\r\n`);
  for (let part = 0; part < parts && !socket.destroyed; part++) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (socket.writable) socket.write("x");
  }
  const line = await answer.promise;
  socket.destroy();
  return line;
}

it("a body of a page that takes too long is refused, one of a file is taken as long as something comes", async () => {
  const whole = LIMITS.whole * 2;
  const [page, file, silent] = await Promise.all([
    send("/page", 8, whole / 8),
    send("/file", 8, whole / 8),
    send("/file", 2, LIMITS.pause * 2),
  ]);
  expect([page, file, silent]).toEqual([
    "HTTP/1.1 408 Request Timeout",
    "HTTP/1.1 200 OK",
    "HTTP/1.1 408 Request Timeout",
  ]);
});

it("a file that its sender breaks off harms nobody else", async () => {
  const socket = connect(port, "127.0.0.1");
  socket.write("POST /file HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\nContent-Length: 9\r\n\r\nx");
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.resetAndDestroy();
  expect(await send("/file", 2, 10)).toBe("HTTP/1.1 200 OK");
});
