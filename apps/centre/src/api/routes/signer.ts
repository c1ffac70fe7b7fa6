/** The signer's side: it connects out to here, proves its key, fetches what waits for its officer and brings signatures. */
import { FaultError } from "@openjmc/model";
import { base64ToBytes, bytesToBase64, decodeEnvelope, partyOf, unwrap, verifyStrict } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import { nodePrimitives } from "../../primitives.ts";
import { officerNamed, officerOf } from "../../sessions/officers.ts";
import { LONGEST_SESSION_MICROSECONDS, lifeOfToken, type Session } from "../../sessions/sessions.ts";
import { type KeptRequest, publicRequest } from "../../signing/requests.ts";
import { signerSignInMessage } from "../../signing/sign-in-message.ts";
import { CHALLENGE_PATTERN, Challenges } from "../challenges.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

const LARGEST_ENVELOPE_BYTES = 65_535;

export function registerSignerRoutes(app: FastifyInstance, context: ApiContext): void {
  const challenges = new Challenges(context.wallNow);
  app.post(
    "/api/v1/signer/challenges",
    {
      config: { release: "plain", rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: { summary: "A fresh challenge for a signer's sign-in", tags: ["signer"] },
    },
    async () => ({ challenge: challenges.give(), origin: context.origin }),
  );
  app.post(
    "/api/v1/signer/sessions",
    {
      config: { release: "plain", rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: {
        summary: "Sign in with the officer's own key over a challenge",
        tags: ["signer"],
        body: {
          type: "object",
          required: ["officer", "challenge", "signature"],
          additionalProperties: false,
          properties: {
            officer: { type: "string", maxLength: 128 },
            challenge: { type: "string", pattern: CHALLENGE_PATTERN },
            signature: { type: "string", minLength: 88, maxLength: 88 },
          },
        },
      },
    },
    async (request) =>
      signIn(context, challenges, request.body as { officer: string; challenge: string; signature: string }),
  );
  app.get(
    "/api/v1/signer/requests",
    {
      // What waits is the officer's own text, and is given as it is to be signed or not at all.
      config: { release: "plain" },
      schema: {
        summary: "Requests that wait for the signed-in officer; `wait` seconds for the first",
        tags: ["signer"],
      },
    },
    async (request) => {
      const session =
        request.session ?? refuse("session.missing", "session", { expected: "the bearer token of a signer" });
      const wait = Math.min(25, Number((request.query as { wait?: string }).wait ?? 0) || 0);
      const until = performance.now() + wait * 1000;
      while (waitingFor(context, session).length === 0 && performance.now() < until)
        await context.requests.changed(Math.max(1, until - performance.now()));
      return { requests: waitingFor(context, session).map(publicRequest) };
    },
  );
  app.get(
    "/api/v1/signer/uses",
    {
      config: { release: "party" },
      schema: { summary: "Uses of the signed-in officer's keys and of the component's roots", tags: ["signer"] },
    },
    async (request) => {
      const { officer, component, roles } = request.session!;
      const since = Number((request.query as { since?: string }).since ?? 0) || 0;
      const uses = context.keyUses.of(component, officer, since);
      // The component's roots are none of a party's affair.
      return { uses: partyOf(roles) === undefined ? uses : uses.filter(({ tier }) => tier !== "root") };
    },
  );
  app.post(
    "/api/v1/signer/requests/:id/signature",
    {
      config: { release: "plain" },
      bodyLimit: LARGEST_ENVELOPE_BYTES * 2,
      schema: {
        summary: "The signed envelope, base64 of the leaf's bytes",
        tags: ["signer"],
        body: {
          type: "object",
          required: ["leaf"],
          additionalProperties: false,
          properties: { leaf: { type: "string", maxLength: LARGEST_ENVELOPE_BYTES * 2 } },
        },
      },
    },
    async (request) => bringSignature(context, ownRequest(context, request), (request.body as { leaf: string }).leaf),
  );
  app.post(
    "/api/v1/signer/requests/:id/refusal",
    { config: { release: "plain" }, schema: { summary: "The officer does not sign", tags: ["signer"] } },
    async (request, reply) => {
      context.requests.settle(ownRequest(context, request).id, { state: "declined" });
      return reply.code(204).send();
    },
  );
}

function signIn(
  context: ApiContext,
  challenges: Challenges,
  body: { officer: string; challenge: string; signature: string },
) {
  if (!challenges.take(body.challenge))
    return refuse("session.challenge", "challenge", { expected: "a challenge given within the last minute" });
  const officer = officerNamed(context.registrar.state, body.officer);
  const key = officer?.keyId ? context.registrar.keyOf(officer.keyId) : undefined;
  const signature = base64ToBytes(body.signature);
  const message = signerSignInMessage(context.origin, body.officer, body.challenge);
  if (!officer || !key || !signature.ok || !verifyStrict(nodePrimitives, key.publicKey, message, signature.value).ok)
    return refuse("session.signature", "signer's sign-in", { expected: "the signature of the officer's enrolled key" });
  const token = context.sessions.open({
    officer: officer.officer,
    component: officer.component,
    roles: officer.roles,
    keyid: key.keyId,
    expiresAt: context.wallNow() + LONGEST_SESSION_MICROSECONDS,
    openedAt: context.wallNow(),
  });
  return { token, officer: officer.officer, component: officer.component, roles: officer.roles, keyid: key.keyId };
}

/** What waits for this officer of this component. */
function waitingFor({ requests }: ApiContext, { component, officer }: Session): readonly KeptRequest[] {
  return requests.waitingFor(officer).filter((request) => request.component === component);
}

function ownRequest(context: ApiContext, request: { session: Session | undefined; params: unknown }): KeptRequest {
  if (!request.session) return refuse("session.missing", "session", { expected: "the bearer token of a signer" });
  const { id } = request.params as { id: string };
  const found = waitingFor(context, request.session).find((waiting) => waiting.id === id);
  if (!found) return refuse("row.unknown", "signing request", { expected: "a request that waits for this officer" });
  return found;
}

async function bringSignature(context: ApiContext, request: KeptRequest, leafText: string) {
  const leaf = unwrap(base64ToBytes(leafText));
  const envelope = unwrap(decodeEnvelope(leaf));
  if (envelope.payloadType !== request.payloadType || bytesToBase64(envelope.payload) !== request.payload)
    return refuse("signing.other-text", "signature", { expected: "a signature over the very text of the request" });
  const answer = await context.submit(leaf);
  if (!answer.ok) {
    context.requests.settle(request.id, { state: "refused", fault: answer.fault });
    throw new FaultError(answer.fault);
  }
  const token = request.purpose === "session" ? openSession(context, request) : undefined;
  context.requests.settle(request.id, {
    state: "signed",
    statement: answer.value.statement,
    index: answer.value.index,
    ...(token === undefined ? {} : { token }),
  });
  return answer.value;
}

function openSession(context: ApiContext, request: KeptRequest): string {
  const key = [...context.registrar.state.keys.values()].find(
    (entry) => Buffer.from(entry.publicKey).toString("hex") === request.sessionKey,
  )!;
  const officer = officerOf(context.registrar.state, key)!;
  return context.sessions.open({
    officer: officer.officer,
    component: officer.component,
    roles: officer.roles,
    keyid: key.keyId,
    expiresAt: context.wallNow() + lifeOfToken(key.until!, context.clock),
    openedAt: context.wallNow(),
  });
}
