/** Files: taken in by hash, given out as downloads only, never shown inline from this origin. */
import type { FastifyInstance } from "fastify";
import { LARGEST_ATTACHMENT_BYTES } from "../../attachments/index.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";
import { partAsked } from "../part-asked.ts";
import { readsOfOriginals } from "../reads-of-originals.ts";
import { isNode } from "./cosigning.ts";

export { LARGEST_ATTACHMENT_BYTES };

export function registerAttachmentRoutes(app: FastifyInstance, context: ApiContext): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    scope.post(
      "/api/v1/attachments",
      {
        config: { release: "inside", takesFiles: true },
        bodyLimit: LARGEST_ATTACHMENT_BYTES,
        schema: { summary: "Store a file (raw body); the answer names it by SHA-256", tags: ["attachments"] },
      },
      async (request, reply) => {
        const name = fileNameOf(request.headers["x-filename"]);
        refuseTooLarge(Number(request.headers["content-length"]));
        const stored = await context.attachments.put(
          request.body as never,
          String(request.headers["content-type"] ?? "application/octet-stream"),
          name,
        );
        return reply.code(201).send(stored);
      },
    );
  });
  const tellRead = readsOfOriginals(context);
  app.get(
    "/api/v1/attachments/:sha256",
    {
      config: { release: "inside" },
      schema: { summary: "A stored file or a range of its bytes, always as a download", tags: ["attachments"] },
    },
    async (request, reply) => {
      const { sha256 } = request.params as { sha256: string };
      const length = /^[0-9a-f]{64}$/.test(sha256) ? await context.attachments.lengthOf(sha256) : undefined;
      if (length === undefined) return refuse("attachment.unknown", "attachment", { got: sha256.slice(0, 80) });
      const part = partAsked(request.headers.range, length);
      if (part === "outside") return reply.code(416).header("content-range", `bytes */${length}`).send();
      if (!isNode(request.session!)) await tellRead(sha256, request.session!);
      const found = await context.attachments.get(sha256, part);
      if (!found) return refuse("attachment.unknown", "attachment", { got: sha256.slice(0, 80) });
      if (part) reply.code(206).header("content-range", `bytes ${part.start}-${part.end}/${length}`);
      return reply
        .type("application/octet-stream")
        .header("accept-ranges", "bytes")
        .header("content-disposition", `attachment; filename="${sha256}"`)
        .header("content-security-policy", "default-src 'none'; sandbox")
        .header("content-length", part ? part.end - part.start + 1 : length)
        .send(found.stream);
    },
  );
}

/** What says so itself is not read at all; what does not say is counted as it comes. */
function refuseTooLarge(bytes: number): void {
  if (bytes > LARGEST_ATTACHMENT_BYTES)
    refuse("attachment.too-large", "attachment", {
      expected: `at most ${LARGEST_ATTACHMENT_BYTES} bytes`,
      got: `${bytes} bytes`,
    });
}

/** The file's name, percent-encoded in the header. */
export function fileNameOf(header: unknown): string {
  const text = String(header ?? "file");
  try {
    return decodeURIComponent(text).slice(0, 200);
  } catch {
    return refuse("request.field", "request", {
      where: { field: "x-filename" },
      expected: "a name in percent-encoded UTF-8",
      got: text.slice(0, 80),
    });
  }
}
