/** The console's files as browsers get them: packed where they can be, kept where they never change. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiContext } from "./context.ts";
import { createServer } from "./server.ts";

const SCRIPT = "console.log(1);\n".repeat(1000);
let folder: string;
let app: FastifyInstance;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "openjmc-console-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>x</title>");
  writeFileSync(join(folder, "service-worker.js"), SCRIPT);
  writeFileSync(join(folder, "assets/main-abc.js"), SCRIPT);
  writeFileSync(join(folder, "assets/main-abc.js.gz"), gzipSync(SCRIPT));
  writeFileSync(join(folder, "assets/font-abc.woff2"), "font");
  // A slow machine comes to the stream's clock, too.
  const clock = { now: () => 0, speed: 1 };
  const context = { version: "0", consoleFolder: folder, clock, publish: () => undefined } as unknown as ApiContext;
  app = await createServer({ context, logger: pino({ level: "silent" }) });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (url: string, encoding = "gzip, deflate, br, zstd") =>
  app.inject({ method: "GET", url, headers: { "accept-encoding": encoding } });

describe("the console's files", () => {
  it("come packed to whoever can unpack them, plain to others, and say that they differ", async () => {
    const packed = await get("/assets/main-abc.js");
    expect(packed.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
    expect(packed.headers["content-type"]).toMatch(/^(application|text)\/javascript/);
    expect(gunzipSync(packed.rawPayload).toString()).toBe(SCRIPT);
    const plain = await get("/assets/main-abc.js", "identity");
    expect(plain.headers).not.toHaveProperty("content-encoding");
    expect(plain.payload).toBe(SCRIPT);
    expect((await get("/assets/font-abc.woff2")).payload).toBe("font");
  });

  it("and so do the interface's answers, unless they are small or refused in that form", async () => {
    const plain = await get("/api/v1/openapi.json", "identity");
    expect(plain.headers).not.toHaveProperty("content-encoding");
    for (const encoding of ["gzip", "br;q=1, gzip;q=0.5"]) {
      const packed = await get("/api/v1/openapi.json", encoding);
      expect(packed.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
      expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.payload);
      expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4);
    }
    expect((await get("/api/v1/openapi.json", "gzip;q=0, br")).payload).toBe(plain.payload);
    expect((await get("/api/v1/nothing")).headers).not.toHaveProperty("content-encoding");
  });

  it.each(["/assets/main-abc.js", "/assets/font-abc.woff2"])("%s is kept for good", async (url) => {
    expect((await get(url)).headers["cache-control"]).toMatch(/max-age=31536000, immutable/);
  });

  it.each(["/", "/index.html", "/incidents/1", "/service-worker.js"])("%s is asked for again", async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["cache-control"]).toBe("no-cache");
  });

  it("has no page where a file is missing or lies outside", async () => {
    for (const url of ["/assets/none.js", "/../package.json", "/assets/%2e%2e/%2e%2e/x.json"])
      expect((await get(url)).statusCode).not.toBe(200);
  });
});
