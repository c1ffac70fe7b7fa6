/** Passkeys: added by an officer whom his own key has just let in, and good for opening the door again. */
import type { PasskeyRow, PasskeySession } from "@openjmc/model";
import { MICROSECONDS_PER_MINUTE } from "@openjmc/model";
import type { KeyEntry } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import type { Assertion, Passkey } from "../../passkeys/passkeys.ts";
import { officerNamed } from "../../sessions/officers.ts";
import { LONGEST_SESSION_MICROSECONDS, lifeOfToken, type Session } from "../../sessions/sessions.ts";
import { CHALLENGE_PATTERN, Challenges } from "../challenges.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

/** So long after the officer's own key has opened a session a passkey may be added in it: a tab left open is nobody's door. */
const FRESH = 10 * MICROSECONDS_PER_MINUTE;
const MOST_KEYIDS = 20;

const base64url = { type: "string", pattern: "^[A-Za-z0-9_-]{1,8192}$" } as const;
const challenge = { type: "string", pattern: CHALLENGE_PATTERN } as const;

const newSchema = {
  type: "object",
  required: ["challenge", "clientData", "authenticatorData", "name"],
  additionalProperties: false,
  properties: {
    ...{ challenge, clientData: base64url, authenticatorData: base64url },
    name: { type: "string", minLength: 1, maxLength: 60 },
  },
} as const;

const assertionSchema = {
  type: "object",
  required: ["challenge", "id", "clientData", "authenticatorData", "signature"],
  additionalProperties: false,
  properties: {
    ...{ challenge, id: base64url, clientData: base64url, authenticatorData: base64url, signature: base64url },
    keyids: {
      type: "array",
      maxItems: MOST_KEYIDS,
      items: { type: "string", pattern: "^[0-9a-f]{64}$" },
      description: "Session keys that the browser still holds",
    },
  },
} as const;

export function registerPasskeyRoutes(app: FastifyInstance, context: ApiContext): void {
  const challenges = new Challenges(context.wallNow);
  const open = (summary: string, body?: object) => ({
    config: { release: "plain" as const, rateLimit: { max: 60, timeWindow: "1 minute" } },
    schema: { summary, tags: ["sessions"], ...(body ? { body } : {}) },
  });
  const own = (summary: string, body?: object) => ({
    config: { release: "party" as const },
    schema: { summary, tags: ["sessions"], ...(body ? { body } : {}) },
  });
  app.post("/api/v1/passkeys/challenges", open("A fresh challenge for a passkey"), async () => ({
    challenge: challenges.give(),
  }));
  app.post(
    "/api/v1/passkeys/sessions",
    open("Sign in with a passkey (Web Authentication assertion over the challenge)", assertionSchema),
    async (request) => {
      const {
        challenge: given,
        keyids,
        ...assertion
      } = request.body as Assertion & {
        readonly challenge: string;
        readonly keyids?: readonly string[];
      };
      takeChallenge(challenges, given);
      return openSession(context, context.passkeys.use(assertion, given, context.wallNow()), keyids ?? []);
    },
  );
  app.get("/api/v1/passkeys", own("Passkeys of the signed-in officer"), async (request): Promise<PasskeyRow[]> => {
    const { component, officer } = request.session!;
    return context.passkeys.of(component, officer).map(rowOf);
  });
  app.post(
    "/api/v1/passkeys",
    own("Add a passkey, just after signing in with one's own key", newSchema),
    async (request, reply) => {
      const {
        challenge: given,
        name,
        ...made
      } = request.body as Pick<Assertion, "clientData" | "authenticatorData"> & {
        readonly challenge: string;
        readonly name: string;
      };
      takeChallenge(challenges, given);
      const of = { ...freshOfficer(context, request.session!), name, addedAt: context.wallNow() };
      return reply.code(201).send(rowOf(context.passkeys.add(of, made, given)));
    },
  );
  app.delete("/api/v1/passkeys/:id", own("Forget a passkey of the signed-in officer"), async (request, reply) => {
    const { component, officer } = request.session!;
    context.passkeys.remove(component, officer, (request.params as { id: string }).id);
    return reply.code(204).send();
  });
}

function takeChallenge(challenges: Challenges, given: string): void {
  if (!challenges.take(given))
    refuse("session.challenge", "challenge", { expected: "a challenge given within the last minute" });
}

/** Error: `passkey.stale`, where the officer's own key did not open the session just now. */
function freshOfficer(context: ApiContext, { officer, component, openedAt }: Session) {
  const keyid = officerNamed(context.registrar.state, officer)?.keyId;
  const isFresh = openedAt !== undefined && context.wallNow() - openedAt <= FRESH;
  if (keyid === undefined || !isFresh)
    return refuse("passkey.stale", "session", { expected: "a sign-in with the officer's own key within ten minutes" });
  return { officer, component, keyid };
}

/** A passkey opens nothing once the officer's key is another, or gone. Error: `passkey.unknown`. */
function openSession(context: ApiContext, passkey: Passkey, keyids: readonly string[]): PasskeySession {
  const officer = officerNamed(context.registrar.state, passkey.officer);
  if (!officer || officer.component !== passkey.component || officer.keyId !== passkey.keyid)
    return refuse("passkey.unknown", "passkey", { expected: "a passkey of an officer's present key" });
  const key = keyids.flatMap((id) => validKey(context, officer, id) ?? []).at(-1);
  const life = key?.until === undefined ? LONGEST_SESSION_MICROSECONDS : lifeOfToken(key.until, context.clock);
  const { component, roles } = officer;
  const session = { officer: officer.officer, component, roles };
  const keyid = key === undefined ? {} : { keyid: key.keyId };
  const expiresAt = context.wallNow() + life;
  return { token: context.sessions.open({ ...session, keyid: key?.keyId ?? "", expiresAt }), ...session, ...keyid };
}

/** A session's key of this officer that still signs. */
function validKey(
  { registrar, clock }: ApiContext,
  { officer, component }: { readonly officer: string; readonly component: string },
  id: string,
): KeyEntry | undefined {
  const key = registrar.keyOf(id);
  const isHis = key?.tier === "session" && key.holder === officer && key.component === component;
  return isHis && key.ended === undefined && (key.until ?? 0) > clock.now() ? key : undefined;
}

function rowOf({ id, name, addedAt, usedAt }: Passkey): PasskeyRow {
  return { id, name, addedAt, ...(usedAt === undefined ? {} : { usedAt }) };
}
