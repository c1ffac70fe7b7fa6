/**
 * The cosigners' side: they ask what to cosign, bring what they have cosigned, and say what they have against the record. A
 * mirror signs in with its cosigner's key, which the components named by joint act, and reads for its component.
 */
import { FaultError } from "@openjmc/model";
import {
  base64ToBytes,
  componentOfCosigner,
  ED25519_COSIGNATURE,
  type Fault,
  keyIdOf,
  MAXIMUM_NOTE_BYTES,
  NODE_ROLE,
  Refusal,
  verifyStrict,
} from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import { nodeSignInMessage } from "../../cosigning/node-sign-in.ts";
import { nodePrimitives } from "../../primitives.ts";
import { LONGEST_SESSION_MICROSECONDS } from "../../sessions/sessions.ts";
import { CHALLENGE_PATTERN, Challenges } from "../challenges.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

const LONGEST_WAIT_SECONDS = 25;
const NOTE = "text/plain; charset=utf-8";
/** The name under which a node is signed in; officers' names hold no colon. */
const NODE_PREFIX = "node:";

const objectionsSchema = {
  type: "object",
  required: ["objections", "isForked"],
  properties: {
    isForked: { type: "boolean" },
    objections: {
      type: "array",
      maxItems: 50,
      items: {
        type: "object",
        required: ["code"],
        properties: {
          code: { type: "string", pattern: "^[a-z.-]{1,64}$" },
          index: { type: "integer", minimum: 0 },
          fault: { type: "object", properties: { code: { type: "string", maxLength: 64 } } },
        },
      },
    },
  },
} as const;

export function registerCosigningRoutes(app: FastifyInstance, context: ApiContext): void {
  const challenges = new Challenges(context.wallNow);
  app.get(
    "/api/v1/cosigning",
    {
      config: { release: "inside" },
      schema: { summary: "How far the record is cosigned, by whom, and who objects", tags: ["record"] },
    },
    async () => context.cosigning.view(),
  );
  app.get(
    "/api/v1/cosigning/checkpoint",
    {
      config: { release: "plain" },
      schema: {
        summary: "The checkpoint to cosign now; waits up to `wait` seconds for another size than `after`",
        tags: ["record"],
      },
    },
    async (request, reply) => {
      const query = request.query as { after?: string; wait?: string };
      const wait = Math.min(LONGEST_WAIT_SECONDS, Math.max(0, Number(query.wait ?? 0) || 0));
      const candidate = await context.cosigning.changed(Number(query.after ?? -1), wait * 1000);
      if (!candidate) return reply.code(204).send();
      return reply.type(NOTE).header("cache-control", "no-store").send(Buffer.from(candidate.note));
    },
  );
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.post(
      "/api/v1/cosigning/cosignatures",
      {
        config: { release: "plain", rateLimit: { max: 600, timeWindow: "1 minute" } },
        bodyLimit: MAXIMUM_NOTE_BYTES,
        schema: { summary: "A checkpoint of this log (signed note) with cosignatures", tags: ["record"] },
      },
      async (request) => orRefuse(() => context.cosigning.take(new Uint8Array(request.body as Buffer))),
    );
  });
  app.post(
    "/api/v1/cosigning/challenges",
    {
      config: { release: "plain", rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: { summary: "A fresh challenge for a node's sign-in", tags: ["record"] },
    },
    async () => ({ challenge: challenges.give(), origin: context.origin }),
  );
  app.post(
    "/api/v1/cosigning/sessions",
    {
      config: { release: "plain", rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: {
        summary: "Sign in as a component's node, with its cosigner's Ed25519 key over a challenge",
        tags: ["record"],
        body: {
          type: "object",
          required: ["name", "challenge", "signature"],
          additionalProperties: false,
          properties: {
            name: { type: "string", minLength: 1, maxLength: 64 },
            challenge: { type: "string", pattern: CHALLENGE_PATTERN },
            signature: { type: "string", minLength: 88, maxLength: 88 },
          },
        },
      },
    },
    async (request) => signIn(context, challenges, request.body as SignIn),
  );
  app.post(
    "/api/v1/cosigning/objections",
    {
      config: { release: "inside" },
      schema: { summary: "What a node has against the record", tags: ["record"], body: objectionsSchema },
    },
    async (request, reply) => {
      const name = nodeNameOf(request.session);
      const { objections, isForked } = request.body as { objections: Objected[]; isForked: boolean };
      context.cosigning.report(name, { isForked, objections: objections.map(reportOf) });
      return reply.code(204).send();
    },
  );
}

interface SignIn {
  readonly name: string;
  readonly challenge: string;
  readonly signature: string;
}

interface Objected {
  readonly code: string;
  readonly index?: number;
  readonly fault?: { readonly code?: string };
}

function reportOf({ code, index, fault }: Objected) {
  return {
    code,
    ...(index === undefined ? {} : { index }),
    ...(fault?.code === undefined ? {} : { reason: fault.code }),
  };
}

/** Whether a mirror asks: it keeps a copy of everything, and nobody reads by that. */
export function isNode(session: { readonly officer: string }): boolean {
  return session.officer.startsWith(NODE_PREFIX);
}

/** Name of the cosigner that is signed in. Error: `access.node`. */
export function nodeNameOf(session: { readonly officer: string } | undefined): string {
  if (session?.officer.startsWith(NODE_PREFIX)) return session.officer.slice(NODE_PREFIX.length);
  return refuse("access.node", "session", { expected: "a component's node, signed in with its cosigner's key" });
}

/** A neutral cosigner gets no session: it needs checkpoints and hashes, which are public, and nothing that is inside. */
function signIn(context: ApiContext, challenges: Challenges, body: SignIn): { readonly token: string } {
  if (!challenges.take(body.challenge))
    return refuse("session.challenge", "challenge", { expected: "a challenge given within the last minute" });
  const { state } = context.registrar;
  const key = state.cosigners?.policy.witnesses.find((witness) => witness.name === body.name)?.key;
  const component = componentOfCosigner(body.name, state.founding?.components ?? []);
  const signature = base64ToBytes(body.signature);
  const message = nodeSignInMessage(context.origin, body.name, body.challenge);
  const isGood =
    key?.type === ED25519_COSIGNATURE &&
    signature.ok &&
    verifyStrict(nodePrimitives, key.publicKey, message, signature.value).ok;
  if (!isGood || component === undefined)
    return refuse("session.signature", "node's sign-in", { expected: "the key of a component's cosigner" });
  const token = context.sessions.open({
    officer: `${NODE_PREFIX}${body.name}`,
    component,
    roles: [NODE_ROLE],
    keyid: keyIdOf(nodePrimitives.sha256, key.publicKey),
    expiresAt: context.wallNow() + LONGEST_SESSION_MICROSECONDS,
  });
  return { token };
}

async function orRefuse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw new FaultError(error.fault as Fault);
    throw error;
  }
}
