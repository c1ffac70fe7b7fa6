/** The portal of the parties' liaison officers: their own items, and what they state. Nothing else of the centre is theirs. */
import { portalOf } from "@openjmc/desk";
import { type AppendedAnswer, FaultError, type PortalView } from "@openjmc/model";
import { base64ToBytes, canonicalize, decodePayload, type Json, partyOf, unwrap, utf8 } from "@openjmc/record";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";
import { envelopeSchema, LARGEST_ENVELOPE_BODY_BYTES } from "./statements.ts";

export function registerPortalRoutes(app: FastifyInstance, context: ApiContext): void {
  const options = (summary: string) => ({
    config: { release: "party" as const, rateLimit: { max: 600, timeWindow: "1 minute" } },
    schema: { summary, tags: ["portal"] },
  });
  app.get(
    "/api/v1/portal",
    options("What concerns the signed-in liaison officer's party"),
    async (request): Promise<PortalView> => {
      const { officer, component } = request.session!;
      return { ...portalOf(context.registrar.desk, ownParty(request)), officer, component };
    },
  );
  app.get(
    "/api/v1/portal/anchor",
    options("A recent point of the log to anchor a party's statements to"),
    async (request) => {
      ownParty(request);
      return { origin: context.origin, ...context.registrar.anchor(), now: context.clock.now() };
    },
  );
  app.post(
    "/api/v1/portal/statements",
    {
      ...options(
        "Record a party's signed statement; both components see it as it is recorded, the answer is its receipt",
      ),
      bodyLimit: LARGEST_ENVELOPE_BODY_BYTES,
      schema: {
        summary: "Record a party's signed statement; the answer is its receipt",
        tags: ["portal"],
        body: envelopeSchema,
      },
    },
    async (request, reply) => {
      ownParty(request);
      const answer = await submitOwn(context, request);
      return reply.code(201).send(answer);
    },
  );
}

/** Only what the signed-in officer himself has signed; the desk judges whether it is his party's to say. */
async function submitOwn(context: ApiContext, request: FastifyRequest): Promise<AppendedAnswer> {
  const { officer, component } = request.session!;
  const body = request.body as { readonly payload: string };
  const statement = unwrap(decodePayload(unwrap(base64ToBytes(body.payload))));
  if (statement.role !== officer || statement.component !== component)
    return refuse("role.wrong", "statement", {
      expected: `${component}/${officer}`,
      got: `${statement.component}/${statement.role}`,
    });
  const answer = await context.submit(utf8(unwrap(canonicalize(request.body as Json))));
  if (answer.ok) return answer.value;
  throw new FaultError(answer.fault);
}

/** The party whose liaison officer asks. Error: `access.party`. */
function ownParty(request: FastifyRequest): string {
  const party = partyOf(request.session!.roles);
  return party ?? refuse("access.party", "portal", { expected: "the liaison officer of a party" });
}
