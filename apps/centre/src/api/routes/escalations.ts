/** What leaves the centre when it cannot wait: cards for voice, what each reader would see, the CAP feeds, the key of webhooks. */
import { createHash, timingSafeEqual } from "node:crypto";
import { type EscalationRow, FaultError } from "@openjmc/model";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { readAddresses } from "../../escalation/addresses.ts";
import { capFeedOf, cardOf, previewsOf } from "../../escalation/forms.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

const cardQuery = {
  type: "object",
  required: ["recipient"],
  properties: {
    recipient: { type: "string", maxLength: 80 },
    format: { type: "string", enum: ["html", "pdf"], default: "html" },
  },
} as const;

const previewBody = {
  type: "object",
  required: ["kind", "body"],
  additionalProperties: false,
  properties: {
    kind: { type: "string", enum: ["flash.sent", "escalation.begun"] },
    body: { type: "object" },
  },
} as const;

export function registerEscalationRoutes(app: FastifyInstance, context: ApiContext): void {
  registerCards(app, context);
  registerFeeds(app, context);
}

function registerCards(app: FastifyInstance, context: ApiContext): void {
  const inside = (summary: string, more: object, max = 60) => ({
    config: { release: "inside" as const, rateLimit: { max, timeWindow: "1 minute" } },
    schema: { summary, tags: ["escalation"], ...more },
  });
  app.get(
    "/api/v1/escalations/:id/card",
    inside("The card that is read out by voice to a recipient", { querystring: cardQuery }),
    async (request, reply) => {
      const { id } = request.params as { id: string };
      const { recipient, format } = request.query as { recipient: string; format: "html" | "pdf" };
      const row = rowOf(context, id);
      requireRecipient(context, recipient);
      const card = await cardOf(row, recipient, format, context.escalation);
      if (!card.ok) throw new FaultError(card.fault);
      return reply
        .type(card.value.mediaType)
        .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
        .send(Buffer.from(card.value.bytes));
    },
  );
  app.post(
    "/api/v1/escalations/preview",
    inside("What each recipient would read, before it is sent", { body: previewBody }, 120),
    async (request) => {
      const { kind, body } = request.body as { kind: "flash.sent" | "escalation.begun"; body: Record<string, unknown> };
      const { component, officer } = request.session!;
      const previews = previewsOf(kind, body, { component, role: officer }, context.escalation);
      if (!previews.ok) throw new FaultError(previews.fault);
      return { previews: previews.value };
    },
  );
}

function registerFeeds(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/public/cap",
    {
      config: { release: "rendered", rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: {
        summary:
          "CAP 1.2 alerts as an Atom feed: flashes for everybody, coarse and late; with a recipient and its token its own",
        tags: ["escalation"],
        querystring: { type: "object", properties: { recipient: { type: "string", maxLength: 80 } } },
      },
    },
    async (request, reply) => {
      const { recipient } = request.query as { recipient?: string };
      if (recipient !== undefined) requireToken(context, request, recipient);
      return reply.type("application/atom+xml; charset=utf-8").send(capFeedOf(recipient, context.escalation));
    },
  );
  app.get(
    "/api/v1/public/webhook-key",
    {
      config: { release: "plain" },
      schema: { summary: "The Ed25519 key that webhooks are signed with, base64", tags: ["escalation"] },
    },
    async () => ({ algorithm: "v1a", publicKey: Buffer.from(context.escalation.machine.publicKey).toString("base64") }),
  );
}

function rowOf(context: ApiContext, id: string): EscalationRow {
  const row = context.registrar.desk.escalations.get(id);
  return row ?? refuse("row.unknown", "escalation", { expected: "one of the record", got: id.slice(0, 80) });
}

function requireRecipient(context: ApiContext, recipient: string): void {
  const known = context.mission().view.escalation?.recipients.map(({ id }) => id) ?? [];
  if (!known.includes(recipient))
    refuse("recipient.unknown", "recipient", { expected: known.join(", "), got: recipient.slice(0, 80) });
}

/** Whether the recipient exists and whether the token is wrong are answered alike. Error: `session.missing`. */
function requireToken({ escalation }: ApiContext, request: FastifyRequest, recipient: string): void {
  const addresses = readAddresses(escalation.keysFolder);
  const wanted = addresses.ok ? addresses.value.recipients[recipient]?.capTokenSha256 : undefined;
  const given = createHash("sha256")
    .update(request.token ?? "")
    .digest();
  if (wanted !== undefined && timingSafeEqual(given, Buffer.from(wanted, "hex"))) return;
  refuse("session.missing", "feed", { expected: "the bearer token of the recipient's own feed" });
}
