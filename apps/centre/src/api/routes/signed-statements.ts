/**
 * Statements that were signed elsewhere and are brought by whoever carries them: acts of roots, who have no session, and
 * binding acts from a machine without a network. The signature is what is believed, not the bearer.
 */
import { FaultError } from "@openjmc/model";
import {
  base64ToBytes,
  canonicalize,
  decodeEnvelope,
  decodePayload,
  type Json,
  partyOf,
  type StatementBody,
  unwrap,
  utf8,
} from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import { filesNamedBy } from "../../attachments/party-files.ts";
import { officerOf } from "../../sessions/officers.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";
import { envelopeSchema, LARGEST_ENVELOPE_BODY_BYTES } from "./statements.ts";

const statementOf = (body: unknown): StatementBody =>
  unwrap(decodePayload(unwrap(base64ToBytes((body as { readonly payload: string }).payload))));

export function registerSignedStatementRoutes(app: FastifyInstance, context: ApiContext): void {
  app.post(
    "/api/v1/statements/signed",
    {
      config: { release: "plain", rateLimit: { max: 120, timeWindow: "1 minute" } },
      bodyLimit: LARGEST_ENVELOPE_BODY_BYTES,
      schema: {
        summary: "Record a statement signed by a root or by an officer's own key; needs no session",
        tags: ["statements"],
        body: envelopeSchema,
      },
    },
    async (request, reply) => {
      const leaf = utf8(unwrap(canonicalize(request.body as Json)));
      const key = context.registrar.keyOf(unwrap(decodeEnvelope(leaf)).keyId);
      if (!key || (key.tier !== "root" && key.tier !== "binding"))
        return refuse("key.unenrolled", "statement", {
          expected: "the signature of a root or of an officer's own key",
        });
      // What a party names of files is asked of its portal, which knows whose they are.
      const isOfParty = partyOf(officerOf(context.registrar.state, key)?.roles ?? []) !== undefined;
      if (isOfParty && filesNamedBy(statementOf(request.body)).length > 0)
        return refuse("access.party", "statement", { expected: "files of a party at its portal" });
      const answer = await context.submit(leaf);
      if (!answer.ok) {
        request.log.info({ code: answer.fault.code }, "statement brought in refused");
        throw new FaultError(answer.fault);
      }
      return reply.code(201).send(answer.value);
    },
  );
}
