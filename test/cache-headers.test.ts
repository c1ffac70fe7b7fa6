/** What a cache may keep: nothing that depends on who asks, on every route that the server knows. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RouteRelease } from "../apps/centre/src/api/release-form.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";

let test: TestCentre;
let token: string;
let addresses: readonly (RouteRelease & { readonly path: string })[];

beforeAll(async () => {
  test = await openTestCentre({ exercise: true });
  token = await tokenOf(test.url, "A-Duty-1", test.signer("A-Duty-1"));
  addresses = test.centre.app.releaseTable
    .filter(({ method, url }) => method !== "OPTIONS" && url !== "/api/v1/stream" && !signsOut(method, url))
    .flatMap((route) => pathsOf(route.url).map((path) => ({ ...route, path })));
});
afterAll(() => test.close());

const signsOut = (method: string, url: string): boolean => method === "DELETE" && url.endsWith("/current");

const tiles = (): readonly string[] => {
  const part = test.centre.registrar.size % 256;
  return [`/record/tile/0/000.p/${part}`, `/record/tile/entries/000.p/${part}`];
};

function pathsOf(url: string): readonly string[] {
  if (url === "/record/tile/*") return tiles();
  if (url.endsWith("/entries/:index")) return ["/api/v1/entries/0"];
  return [url.replace(":view", "tracks").replace(/[:*]\w*/g, "x")];
}

const ask = (method: string, path: string, headers: Record<string, string> = {}): Promise<Response> => {
  const hasBody = method === "POST" || method === "PUT";
  return fetch(`${test.url}${path}`, {
    method,
    headers: { ...headers, ...(hasBody ? { "content-type": "application/json" } : {}) },
    ...(hasBody ? { body: "{}" } : {}),
  });
};

async function cachingOf(method: string, path: string, headers?: Record<string, string>): Promise<string | null> {
  const response = await ask(method, path, headers);
  await response.body?.cancel();
  return response.headers.get("cache-control");
}

describe("caches", () => {
  it("keep nothing that is answered under a session, on any route", async () => {
    for (const { method, path } of addresses)
      expect(await cachingOf(method, path, bearer(token)), `${method} ${path}`).toBe("private, no-store");
  });

  it("keep nothing of what differs by asker, nor of its refusals, on any route", async () => {
    const mine = addresses.filter(({ release }) => !["plain", "rendered"].includes(release));
    expect(mine.length).toBeGreaterThan(20);
    for (const { method, path } of mine)
      expect(await cachingOf(method, path), `${method} ${path}`).toBe("private, no-store");
  });

  it("keep for good only hash tiles of what outsiders are answered; what names no caching is kept nowhere", async () => {
    const kept = new Set<string>();
    for (const { method, path } of addresses.filter(({ release }) => ["plain", "rendered"].includes(release))) {
      const caching = await cachingOf(method, path);
      expect(caching, `${method} ${path}`).toMatch(/^(no-store|no-cache|public, max-age=31536000, immutable)$/);
      if (caching?.startsWith("public")) kept.add(path);
    }
    // The record may have grown since the addresses were made.
    expect([...kept].map((path) => path.replace(/\d+$/, "N"))).toEqual(["/record/tile/0/000.p/N"]);
  });

  it("never get an entry bundle, though a component does", async () => {
    const [, bundle] = tiles();
    const answer = await ask("GET", bundle!, bearer(token));
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
  });

  it("keep nothing of the live stream", async () => {
    const stream = await ask("GET", "/api/v1/stream", bearer(token));
    expect([stream.status, stream.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    await stream.body?.cancel();
  });
});

describe("metrics", () => {
  const inject = async (remoteAddress: string, headers: Record<string, string> = {}) =>
    (await test.centre.app.inject({ method: "GET", url: "/metrics", remoteAddress, headers })).statusCode;

  it("are for the centre's own machine and for the components, not for the network", async () => {
    expect(await inject("127.0.0.1")).toBe(200);
    expect(await inject("192.0.2.7")).toBe(401);
    expect(await inject("192.0.2.7", bearer("x".repeat(43)))).toBe(401);
    expect(await inject("192.0.2.7", bearer(token))).toBe(200);
    expect(await inject("127.0.0.1", { "x-forwarded-for": "192.0.2.7" })).toBe(401);
    expect((await (await ask("GET", "/metrics")).text()).includes("jmc_events_total")).toBe(true);
  });
});
