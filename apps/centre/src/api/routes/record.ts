/**
 * The record as plain tlog-tiles files. Checkpoint and hash tiles hold hashes only and are public; entry bundles hold what
 * people and sensors said, with places, and are for the two components.
 */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { bytesToBase64, parseTilePath } from "@openjmc/record";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";
import { audienceOf } from "../who-asks.ts";

/** Small text files beside the tiles, with what each is. */
const TEXTS: Readonly<Record<string, string>> = {
  "log.vkey": "Verifier key of the log",
  "cosigners.vkey": "Verifier keys of the cosigners",
  policy: "Who cosigns (tlog-policy); absent where nobody is named",
};

export function registerRecordRoutes(app: FastifyInstance, context: ApiContext): void {
  const text = (name: string) => async (_request: unknown, reply: FastifyReply) => {
    const bytes = await readFile(join(context.recordFolder, name)).catch(() => undefined);
    if (!bytes) return refuse("route.unknown", "file of the record", { got: name });
    return reply.type("text/plain; charset=utf-8").header("cache-control", "no-cache").send(bytes);
  };
  app.get(
    "/record/checkpoint",
    { config: { release: "plain" }, schema: { summary: "The latest checkpoint (signed note)", tags: ["record"] } },
    text("checkpoint"),
  );
  app.get(
    "/record/sealed",
    {
      config: { release: "plain" },
      schema: { summary: "The newest checkpoint that meets the policy, with its cosignatures", tags: ["record"] },
    },
    async (_request, reply) => {
      const note = await context.cosigning.sealedNote;
      if (!note) return refuse("route.unknown", "sealed checkpoint", { expected: "cosignatures that meet the policy" });
      return reply.type("text/plain; charset=utf-8").header("cache-control", "no-cache").send(Buffer.from(note));
    },
  );
  for (const [name, summary] of Object.entries(TEXTS))
    app.get(`/record/${name}`, { config: { release: "plain" }, schema: { summary, tags: ["record"] } }, text(name));
  app.get(
    "/api/v1/entries/:index",
    {
      config: { release: "inside" },
      schema: { summary: "One entry's leaf: the signed envelope and the statement in it", tags: ["record"] },
    },
    async (request) => {
      const index = Number((request.params as { index: string }).index);
      const leaf = Number.isSafeInteger(index) ? await context.leafAt(index) : undefined;
      if (!leaf)
        return refuse("row.unknown", "entry", { expected: `0 to ${context.registrar.size - 1}`, got: String(index) });
      const { payloadType, payload, keyId, signature } = leaf.envelope;
      return {
        index,
        statementId: leaf.statementId,
        anchorGrade: context.registrar.state.sealed.get(leaf.statement.anchor.size)?.grade ?? "none",
        payloadType,
        payload: bytesToBase64(payload),
        signatures: [{ keyid: keyId, sig: bytesToBase64(signature) }],
        statement: leaf.statement,
      };
    },
  );
  app.get(
    "/record/tile/*",
    {
      // A copy of a long record is thousands of small files.
      config: { release: "plain", rateLimit: false },
      schema: { summary: "Hash tiles (public) and entry bundles (components only)", tags: ["record"] },
    },
    async (request, reply) => {
      const path = `tile/${(request.params as { "*": string })["*"]}`;
      const tile = parseTilePath(path);
      if (!tile.ok)
        return refuse("route.unknown", "tile", { expected: "a canonical tile path", got: path.slice(0, 120) });
      const isBundle = path.startsWith("tile/entries/");
      if (isBundle && audienceOf(request) !== "component")
        return refuse("session.missing", "session", { expected: "the bearer token of an open session of a component" });
      const file = join(context.recordFolder, path);
      const found = await stat(file).catch(() => undefined);
      if (!found?.isFile()) return refuse("route.unknown", "tile", { got: path.slice(0, 120) });
      // A bundle only grows: who has its beginning asks for the rest (RFC 9110, one range with an open end).
      const start = Number(/^bytes=(\d{1,10})-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const isPart = start > 0 && start < found.size;
      if (isPart) reply.code(206).header("content-range", `bytes ${start}-${found.size - 1}/${found.size}`);
      return reply
        .type("application/octet-stream")
        .header("accept-ranges", "bytes")
        .header("cache-control", isBundle ? "private, no-store" : "public, max-age=31536000, immutable")
        .header("content-length", isPart ? found.size - start : found.size)
        .send(createReadStream(file, isPart ? { start } : {}));
    },
  );
}
