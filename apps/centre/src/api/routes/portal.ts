/** The portal of the parties' liaison officers: their own items, and what they state. Nothing else of the centre is theirs. */
import { Readable } from "node:stream";
import { portalOf } from "@openjmc/desk";
import {
  type AppendedAnswer,
  clocksOf,
  FaultError,
  type PartyFileLimits,
  type PortalView,
  partyFileLimitsOf,
} from "@openjmc/model";
import {
  base64ToBytes,
  canonicalize,
  decodePayload,
  type Json,
  partyOf,
  type StatementBody,
  unwrap,
  utf8,
} from "@openjmc/record";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { filesNamedBy, PartyFiles } from "../../attachments/party-files.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";
import { fileNameOf, LARGEST_ATTACHMENT_BYTES } from "./attachments.ts";
import { envelopeSchema, LARGEST_ENVELOPE_BODY_BYTES } from "./statements.ts";

export function registerPortalRoutes(app: FastifyInstance, context: ApiContext): void {
  const limits = (): PartyFileLimits => partyFileLimitsOf(context.mission().view);
  const files = new PartyFiles(() => context.wallNow(), limits);
  registerPartyFiles(app, context, files);
  const options = (summary: string) => ({
    config: { release: "party" as const, rateLimit: { max: 600, timeWindow: "1 minute" } },
    schema: { summary, tags: ["portal"] },
  });
  app.get(
    "/api/v1/portal",
    options("What concerns the signed-in liaison officer's party"),
    async (request): Promise<PortalView> => {
      const { officer, component } = request.session!;
      return {
        ...portalOf(context.registrar.desk, ownParty(request), clocksOf(context.mission().view)),
        officer,
        component,
        limits: limits(),
      };
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
      const answer = await submitOwn(context, request, files);
      return reply.code(201).send(answer);
    },
  );
}

/** Files come by themselves and as they are; what a statement then says of one is the party's, as is whose hands it went through. */
function registerPartyFiles(app: FastifyInstance, context: ApiContext, files: PartyFiles): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    scope.post(
      "/api/v1/portal/files",
      {
        config: { release: "party", takesFiles: true, rateLimit: { max: 60, timeWindow: "1 minute" } },
        bodyLimit: LARGEST_ATTACHMENT_BYTES,
        schema: {
          summary: "Store a party's file (raw body) within the mission's limits; the answer names it by SHA-256",
          tags: ["portal"],
        },
      },
      async (request, reply) => {
        const party = ownParty(request);
        const announced = Number(request.headers["content-length"] ?? 0);
        files.refuseMore(party, announced, announced);
        const bytes = Readable.from(files.within(party, request.body as AsyncIterable<Uint8Array>));
        const name = fileNameOf(request.headers["x-filename"]);
        const stored = await context.attachments.put(bytes, "application/octet-stream", name);
        files.keep(party, stored.sha256);
        return reply.code(201).send(stored);
      },
    );
  });
}

/** A party names only files of its own; whether the centre holds another it is not told. */
function refuseForeignFiles(party: string, statement: StatementBody, files: PartyFiles): void {
  const named = filesNamedBy(statement);
  const attached = statement.refs.filter(({ rel }) => rel === "attachment").map(({ sha256 }) => sha256);
  const foreign = named.find((sha256) => !files.has(party, sha256) || !attached.includes(sha256));
  if (foreign !== undefined)
    refuse("attachment.not-stored", "file that the statement names", {
      expected: "a file that this party has brought since the centre started, named by the statement",
      got: foreign.slice(0, 80),
    });
}

/** Only what the signed-in officer himself has signed; the desk judges whether it is his party's to say. */
async function submitOwn(context: ApiContext, request: FastifyRequest, files: PartyFiles): Promise<AppendedAnswer> {
  const { officer, component } = request.session!;
  const body = request.body as { readonly payload: string };
  const statement = unwrap(decodePayload(unwrap(base64ToBytes(body.payload))));
  if (statement.role !== officer || statement.component !== component)
    return refuse("role.wrong", "statement", {
      expected: `${component}/${officer}`,
      got: `${statement.component}/${statement.role}`,
    });
  refuseForeignFiles(ownParty(request), statement, files);
  const answer = await context.submit(utf8(unwrap(canonicalize(request.body as Json))));
  if (answer.ok) return answer.value;
  throw new FaultError(answer.fault);
}

/** The party whose liaison officer asks. Error: `access.party`. */
function ownParty(request: FastifyRequest): string {
  const party = partyOf(request.session!.roles);
  return party ?? refuse("access.party", "portal", { expected: "the liaison officer of a party" });
}
