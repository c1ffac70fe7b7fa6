/** A centre that lies: shows its nodes whatever record it is given, keeps back or changes files, and forgets. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

export interface FalseCentre {
  readonly url: string;
  /** Shows another record from now on. */
  show(folder: string, changes?: Changes): void;
  /** Notes that nodes brought. */
  readonly brought: string[];
  /** What nodes objected to. */
  readonly objections: unknown[];
  close(): Promise<void>;
}

export interface Changes {
  /** Paths of files that are kept back. */
  readonly withheld?: RegExp;
  readonly alter?: (path: string, bytes: Buffer) => Buffer;
}

/** `folder`: of a centre. */
export async function startFalseCentre(folder: string, origin: string): Promise<FalseCentre> {
  let shown = { folder, changes: {} as Changes };
  const brought: string[] = [];
  const objections: unknown[] = [];
  const fileOf = async (path: string): Promise<Buffer | undefined> => {
    const { withheld, alter } = shown.changes;
    if (withheld?.test(path)) return undefined;
    const bytes = await readFile(join(shown.folder, "record", path)).catch(() => undefined);
    return bytes && alter ? alter(path, bytes) : bytes;
  };
  const answer = async (method: string, path: string, body: Buffer): Promise<[number, string | Buffer]> => {
    if (path.startsWith("/api/v1/cosigning/checkpoint")) return [200, (await fileOf("checkpoint")) ?? ""];
    if (path === "/api/v1/cosigning/challenges") return [200, JSON.stringify({ challenge: "00".repeat(24), origin })];
    if (path === "/api/v1/cosigning/sessions") return [200, JSON.stringify({ token: "any" })];
    if (path === "/api/v1/centre") return [200, JSON.stringify({ mission: { sources: [] } })];
    if (path === "/api/v1/cosigning/cosignatures") {
      brought.push(body.toString());
      return [200, "{}"];
    }
    if (path === "/api/v1/cosigning/objections") {
      objections.push(JSON.parse(body.toString()));
      return [204, ""];
    }
    const bytes = method === "GET" && path.startsWith("/record/") ? await fileOf(path.slice(8)) : undefined;
    return bytes ? [200, bytes] : [404, JSON.stringify({ code: "route.unknown", what: "file" })];
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      void answer(request.method!, request.url!, Buffer.concat(parts)).then(([status, body]) => {
        response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
        response.end(status === 204 ? undefined : body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (next, changes = {}) => {
      shown = { folder: next, changes };
    },
    brought,
    objections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
