/** Signing in: a tab's session key, enrolled in the record by the officer's own key. */
import { formatInstant, type SessionRequestBody } from "@openjmc/model";
import {
  base64ToBytes,
  bytesToBase64,
  formatPayloadType,
  hexToBytes,
  type Json,
  possessionMessage,
  prepareStatement,
  unwrap,
  verifyStrict,
} from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import { nodePrimitives } from "../../primitives.ts";
import { officerNamed } from "../../sessions/officers.ts";
import { enrolledWatch } from "../../sessions/sessions.ts";
import { type KeptRequest, publicRequest } from "../../signing/requests.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

const requestSchema = {
  type: "object",
  required: ["officer", "sessionKey", "possession", "anchor"],
  additionalProperties: false,
  properties: {
    officer: { type: "string", minLength: 1, maxLength: 128 },
    sessionKey: { type: "string", pattern: "^[0-9a-f]{64}$" },
    possession: { type: "string", minLength: 88, maxLength: 88 },
    anchor: {
      type: "object",
      required: ["size", "root"],
      additionalProperties: false,
      properties: { size: { type: "integer", minimum: 0 }, root: { type: "string", pattern: "^[0-9a-f]{64}$" } },
    },
  },
} as const;

export function registerSessionRoutes(app: FastifyInstance, context: ApiContext): void {
  app.post(
    "/api/v1/sessions/requests",
    {
      config: { release: "plain", rateLimit: { max: 30, timeWindow: "1 minute" } },
      schema: {
        summary: "Ask for a session; the officer's signer must enrol the session key",
        tags: ["sessions"],
        body: requestSchema,
      },
    },
    async (request) => {
      const { request: filed, secret } = fileRequest(context, request.body as SessionRequestBody);
      return { request: publicRequest(filed), secret };
    },
  );
  app.get(
    "/api/v1/sessions/requests/:id",
    {
      config: { release: "plain" },
      schema: {
        summary: "How a session request stands; waits up to `wait` seconds for the signer",
        tags: ["sessions"],
      },
    },
    async (request) => {
      const { id } = request.params as { id: string };
      const wait = Math.min(25, Number((request.query as { wait?: string }).wait ?? 0) || 0);
      const settled = await waitForEnd(context, id, String(request.headers["x-request-secret"] ?? ""), wait);
      if (settled.token) context.requests.clearToken(id);
      return publicRequest(settled);
    },
  );
  app.get(
    "/api/v1/sessions/current",
    { config: { release: "party" }, schema: { summary: "Who is signed in", tags: ["sessions"] } },
    async (request) => request.session,
  );
  app.delete(
    "/api/v1/sessions/current",
    { config: { release: "party" }, schema: { summary: "Sign out", tags: ["sessions"] } },
    async (request, reply) => {
      if (request.token) context.sessions.close(request.token);
      return reply.code(204).send();
    },
  );
}

function fileRequest(context: ApiContext, body: SessionRequestBody): { request: KeptRequest; secret: string } {
  const officer = officerNamed(context.registrar.state, body.officer);
  if (!officer)
    return refuse("officer.unknown", "officer", {
      where: { field: "officer" },
      expected: "an officer enrolled in the record",
      got: body.officer,
    });
  checkPossession(context.origin, officer.component, body);
  const at = context.clock.now();
  const watch = enrolledWatch(context.registrar.state.founding?.watch, context.clock.speed);
  const prepared = unwrap(
    prepareStatement(nodePrimitives.sha256, {
      origin: context.origin,
      kind: "session.enrolled",
      component: officer.component,
      role: officer.officer,
      subject: `session-${body.sessionKey.slice(0, 16)}`,
      revision: 0,
      at: formatInstant(at),
      refs: [],
      anchor: body.anchor,
      body: { key: body.sessionKey, possession: body.possession, until: formatInstant(at + watch) } as {
        readonly [name: string]: Json;
      },
    }),
  );
  return context.requests.create({
    component: officer.component,
    officer: officer.officer,
    purpose: "session",
    sessionKey: body.sessionKey,
    payloadType: formatPayloadType("session.enrolled", 1),
    payload: bytesToBase64(prepared.payload),
    createdAt: at,
  });
}

/** What the record would refuse in the end is not put before the officer's signer at all. Error: `key.possession`. */
function checkPossession(origin: string, component: string, body: SessionRequestBody): void {
  const { officer: holder, sessionKey: publicKey, anchor } = body;
  const message = possessionMessage({ origin, component, holder, anchorRoot: anchor.root, publicKey });
  const key = unwrap(hexToBytes(publicKey, 32));
  const signature = base64ToBytes(body.possession);
  if (!signature.ok || !verifyStrict(nodePrimitives, key, message, signature.value).ok)
    refuse("key.possession", "session key", {
      where: { field: "possession" },
      expected: "a signature by the session key itself",
      got: publicKey,
    });
}

/** Waits until a request is no longer waiting, or the time is over. Error: `session.request-unknown`. */
export async function waitForEnd(
  context: ApiContext,
  id: string,
  secret: string,
  seconds: number,
): Promise<KeptRequest> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const request = context.requests.withSecret(id, secret);
    if (!request)
      return refuse("session.request-unknown", "request", {
        expected: "an open request and its secret",
        got: id.slice(0, 40),
      });
    const rest = until - performance.now();
    if (request.state !== "waiting" || rest <= 0) return request;
    await context.requests.changed(rest);
  }
}
