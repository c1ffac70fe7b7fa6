/** Binding acts on their way from the console to the officer's own signer. */
import { base64ToBytes, bytesToBase64, decodePayload, formatPayloadType, unwrap } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import type { Session } from "../../sessions/sessions.ts";
import { publicRequest } from "../../signing/requests.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";
import { waitForEnd } from "./sessions.ts";

export function registerSigningRoutes(app: FastifyInstance, context: ApiContext): void {
  app.post(
    "/api/v1/signing-requests",
    {
      config: { release: "inside" },
      schema: {
        summary: "Put a payload before the officer's own signer",
        tags: ["signing"],
        body: {
          type: "object",
          required: ["payloadType", "payload"],
          additionalProperties: false,
          properties: {
            payloadType: { type: "string", maxLength: 200 },
            payload: { type: "string", maxLength: 65_536 },
          },
        },
      },
    },
    async (request) => {
      const { payloadType, payload } = request.body as { payloadType: string; payload: string };
      const statement = unwrap(decodePayload(unwrap(base64ToBytes(payload))));
      if (payloadType !== formatPayloadType(statement.kind, 1))
        return refuse("kind.mismatch", "signing request", {
          expected: formatPayloadType(statement.kind, 1),
          got: payloadType,
        });
      const session = request.session!;
      if (statement.role !== session.officer || statement.component !== session.component)
        return refuse("role.wrong", "signing request", {
          expected: `${session.component}/${session.officer}`,
          got: `${statement.component}/${statement.role}`,
        });
      return file(context, session, payloadType, payload);
    },
  );
  app.post(
    "/api/v1/findings/:id/countersign-request",
    {
      config: { release: "inside" },
      schema: {
        summary: "Put the other component's proposal (its very text) before the officer's own signer",
        tags: ["signing"],
      },
    },
    async (request) => {
      const { id } = request.params as { id: string };
      const finding = [...context.registrar.desk.findings.entries()]
        .filter(([key, row]) => key === id || row.id === id || row.statement === id)
        .at(-1)?.[1];
      if (!finding)
        return refuse("row.unknown", "finding", { expected: "a finding of the record", got: id.slice(0, 80) });
      const payload = await payloadOf(context, finding.proposedBy.index);
      return file(context, request.session!, formatPayloadType("finding.proposed", 1), payload);
    },
  );
  app.get(
    "/api/v1/signing-requests/:id",
    {
      config: { release: "inside" },
      schema: { summary: "How a signing request stands; waits up to `wait` seconds", tags: ["signing"] },
    },
    async (request) => {
      const { id } = request.params as { id: string };
      const wait = Math.min(25, Number((request.query as { wait?: string }).wait ?? 0) || 0);
      return publicRequest(await waitForEnd(context, id, String(request.headers["x-request-secret"] ?? ""), wait));
    },
  );
}

function file(context: ApiContext, { component, officer }: Session, payloadType: string, payload: string) {
  const { request, secret } = context.requests.create({
    component,
    officer,
    purpose: "statement",
    payloadType,
    payload,
    createdAt: context.clock.now(),
  });
  return { request: publicRequest(request), secret };
}

async function payloadOf(context: ApiContext, index: number): Promise<string> {
  const leaf = await context.leafAt(index);
  if (!leaf) return refuse("row.unknown", "entry", { expected: "an entry of the record", got: `${index}` });
  return bytesToBase64(leaf.envelope.payload);
}
