/**
 * Answers packed for whoever can unpack them: a list of rows becomes a tenth, which on a poor line is what counts. Nothing that an
 * attacker's page could make a browser ask for holds a secret beside the attacker's own words, as no answer depends on a cookie.
 */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { isWorthPacking, PACKING, takesGzip } from "../packing.ts";

const pack = promisify(gzip);

/** The status of a part of a file, whose bytes are numbered as they are. */
const PART = 206;
const TEXTS = /^(text\/(?!event-stream)|application\/(json|geo\+json|xml|[\w.]+\+xml))/;

/** Packs what routes answer in one piece; streams and the console's own files, which lie packed on the disk, go as they are. */
export function packAnswers(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply, payload) => {
    const isWhole = typeof payload === "string" || payload instanceof Uint8Array;
    if (!isWhole || request.method === "HEAD" || reply.statusCode === PART) return payload;
    if (reply.hasHeader("content-encoding")) return payload;
    if (!TEXTS.test(String(reply.getHeader("content-type") ?? ""))) return payload;
    reply.header("vary", "accept-encoding");
    const bytes = Buffer.byteLength(payload);
    if (!isWorthPacking(bytes) || !takesGzip(request.headers["accept-encoding"])) return payload;
    reply.header("content-encoding", "gzip").removeHeader("content-length");
    return pack(payload, PACKING);
  });
}
