/** Acts: a signed envelope comes in, is judged, recorded and answered with its place in the log. */

import { FaultError } from "@openjmc/model";
import { canonicalize, type Json, unwrap, utf8 } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";

export const LARGEST_ENVELOPE_BODY_BYTES = 70_000;

export const envelopeSchema = {
  type: "object",
  required: ["payload", "payloadType", "signatures"],
  additionalProperties: false,
  properties: {
    payload: { type: "string" },
    payloadType: { type: "string" },
    signatures: {
      type: "array",
      minItems: 1,
      maxItems: 1,
      items: {
        type: "object",
        required: ["keyid", "sig"],
        additionalProperties: false,
        properties: { keyid: { type: "string" }, sig: { type: "string" } },
      },
    },
  },
} as const;

export function registerStatementRoutes(app: FastifyInstance, context: ApiContext): void {
  app.post(
    "/api/v1/statements",
    {
      config: { release: "inside" },
      bodyLimit: LARGEST_ENVELOPE_BODY_BYTES,
      schema: {
        summary: "Record a signed statement (DSSE envelope); the answer comes when it is durable",
        tags: ["statements"],
        body: envelopeSchema,
      },
    },
    async (request, reply) => {
      const leaf = utf8(unwrap(canonicalize(request.body as Json)));
      const answer = await context.submit(leaf);
      if (!answer.ok) throw new FaultError(answer.fault);
      return reply.code(201).send(answer.value);
    },
  );
  app.get(
    "/api/v1/anchor",
    {
      config: { release: "inside" },
      schema: { summary: "A recent point of the log to anchor statements to", tags: ["statements"] },
    },
    async (request) => ({
      origin: context.origin,
      ...context.registrar.anchor(),
      now: context.clock.now(),
      session: request.session,
    }),
  );
}
