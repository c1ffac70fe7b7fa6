/** Drafts: what an officer has begun to write, kept so that a closed lid loses nothing. No part of the record. */
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

const nameOf = (params: unknown): string => {
  const { name } = params as { name: string };
  return /^[\w.:-]{1,120}$/.test(name)
    ? name
    : refuse("request.field", "draft", { where: { field: "name" }, expected: "1 to 120 letters, digits and ._:-" });
};

export function registerDraftRoutes(app: FastifyInstance, context: ApiContext): void {
  const options = (summary: string) => ({
    config: { release: "inside" as const },
    schema: { summary, tags: ["drafts"] },
  });
  app.get("/api/v1/drafts/:name", options("A draft of the signed-in officer"), async (request, reply) => {
    const text = context.drafts.get(request.session!.officer, nameOf(request.params));
    return text === undefined ? reply.code(204).send() : reply.type("application/json").send(text);
  });
  app.put("/api/v1/drafts/:name", options("Keep a draft"), async (request, reply) => {
    context.drafts.put(request.session!.officer, nameOf(request.params), JSON.stringify(request.body ?? null));
    return reply.code(204).send();
  });
  app.delete("/api/v1/drafts/:name", options("Drop a draft"), async (request, reply) => {
    context.drafts.delete(request.session!.officer, nameOf(request.params));
    return reply.code(204).send();
  });
}
