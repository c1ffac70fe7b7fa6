/** Files: taken in by hash, given out as downloads only, never shown inline from this origin. */
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";
import { readsOfOriginals } from "../reads-of-originals.ts";
import { isNode } from "./cosigning.ts";

export const LARGEST_ATTACHMENT_BYTES = 2 * 1024 * 1024 * 1024;

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
      schema: { summary: "A stored file, always as a download", tags: ["attachments"] },
    },
    async (request, reply) => {
      const { sha256 } = request.params as { sha256: string };
      const found = /^[0-9a-f]{64}$/.test(sha256) ? await context.attachments.get(sha256) : undefined;
      if (!found) return refuse("attachment.unknown", "attachment", { got: sha256.slice(0, 80) });
      if (!isNode(request.session!)) await tellRead(sha256, request.session!);
      return reply
        .type("application/octet-stream")
        .header("content-disposition", `attachment; filename="${sha256}"`)
        .header("content-security-policy", "default-src 'none'; sandbox")
        .header("content-length", found.bytes)
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
