/** The HTTP server: plugins, who asks, the release gate on every answer, and the table of routes. */
import { createReadStream, existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import websocket from "@fastify/websocket";
import { BODIES, bodySchema } from "@openjmc/desk";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from "fastify";
import type { Logger } from "pino";
import { release } from "../release/gate.ts";
import type { Session } from "../sessions/sessions.ts";
import { addFaults, refuseAddress, refuseNoHttp, unknownRoute } from "./answer-faults.ts";
import type { ApiContext } from "./context.ts";
import { sendFault } from "./faults.ts";
import { addForm } from "./form.ts";
import { packAnswers } from "./packed-answers.ts";
import type { ReleaseForm, RouteRelease } from "./release-form.ts";
import { registerAccountRoutes } from "./routes/accounts.ts";
import { registerAgreementRoutes } from "./routes/agreement.ts";
import { registerAgreementTextRoutes } from "./routes/agreement-texts.ts";
import { registerAirWatchRoute } from "./routes/air-watch.ts";
import { registerAlarmRoutes } from "./routes/alarms.ts";
import { registerAttachmentRoutes } from "./routes/attachments.ts";
import { registerCentreRoutes } from "./routes/centre.ts";
import { registerCosigningRoutes } from "./routes/cosigning.ts";
import { registerDocketRoutes } from "./routes/docket.ts";
import { registerDraftRoutes } from "./routes/drafts.ts";
import { registerEscalationRoutes } from "./routes/escalations.ts";
import { registerGroundWatchRoute } from "./routes/ground-watch.ts";
import { registerImportRoutes } from "./routes/imports.ts";
import { registerJointActRoutes } from "./routes/joint-acts.ts";
import { registerMissionLifeRoutes } from "./routes/mission-life.ts";
import { registerPasskeyRoutes } from "./routes/passkeys.ts";
import { registerPictureRoutes } from "./routes/picture.ts";
import { registerPortalRoutes } from "./routes/portal.ts";
import { registerReceiptRoutes } from "./routes/receipts.ts";
import { registerRecordRoutes } from "./routes/record.ts";
import { registerRecordingRoutes } from "./routes/recordings.ts";
import { registerReportRoutes } from "./routes/reports.ts";
import { registerRoomRoutes } from "./routes/rooms.ts";
import { registerSessionRoutes } from "./routes/sessions.ts";
import { registerSignedStatementRoutes } from "./routes/signed-statements.ts";
import { registerSignerRoutes } from "./routes/signer.ts";
import { registerSigningRoutes } from "./routes/signing.ts";
import { registerStatementRoutes } from "./routes/statements.ts";
import { registerStreamRoutes } from "./routes/stream.ts";
import { registerTextRoutes } from "./routes/texts.ts";
import { registerViewRoutes } from "./routes/views.ts";
import { registerWhatIfRoute } from "./routes/what-if.ts";
import { addSlowBodies } from "./slow-bodies.ts";
import { audienceOf, refusalOf } from "./who-asks.ts";

/** Files whose content is in their name never change; everything else is asked for again each time, and mostly not sent. */
const FOREVER = "public, max-age=31536000, immutable";
const ASK_AGAIN = "no-cache";
const KEEP_NOWHERE = "no-store";
const KEEP_NOWHERE_PRIVATE = "private, no-store";

/** Values that pass the gate before they are written. */
const RELEASED: ReadonlySet<ReleaseForm | undefined> = new Set(["json", "party"]);
const PRIVATE: ReadonlySet<ReleaseForm> = new Set(["inside", "json", "machine", "party"]);

/** The program itself, which the file server registers and which holds nothing of the centre's. */
const CONSOLE_ROUTES: ReadonlySet<string> = new Set(["/", "/*"]);

declare module "fastify" {
  interface FastifyInstance {
    /** Every route with its release, in the order of registration. */
    readonly releaseTable: readonly RouteRelease[];
  }
  interface FastifyContextConfig {
    release?: ReleaseForm;
  }
  interface FastifyRequest {
    session: Session | undefined;
    token: string | undefined;
    /** Code of the fault that the answer is. */
    refusal: string | undefined;
  }
}

export interface ServerOptions {
  readonly context: ApiContext;
  readonly logger: Logger;
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
}

const LARGEST_JSON_BYTES = 256 * 1024;
/**
 * Requests a minute of one officer, and of one address without a session. A screen needs a few, a loop that has gone wild or a
 * scraper some thousands. Routes that cost more have narrower limits of their own.
 */
const MOST_INSIDE = 12_000;
const MOST_OUTSIDE = 6_000;

/** Builds the server; it does not listen yet. Throws when a route says nothing about its release. */
export async function createServer({ context, logger, tls }: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_JSON_BYTES,
    // Bodies have limits of their own, by what they are.
    requestTimeout: 0,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: refuseNoHttp,
    frameworkErrors: refuseAddress,
    // What is signed elsewhere is taken as it stands or not at all: nothing is turned into another type or left out.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    ...(tls ? { https: tls } : {}),
  } as never) as unknown as FastifyInstance;
  addGate(app, context);
  addFaults(app);
  addForm(app);
  addSlowBodies(app);
  await addPlugins(app, context, tls !== undefined);
  app.get(
    "/api/v1/openapi.json",
    { config: { release: "plain" }, schema: { summary: "This document", tags: ["centre"] } },
    async () => app.swagger(),
  );
  for (const register of [
    registerCentreRoutes,
    registerSessionRoutes,
    registerPasskeyRoutes,
    registerSignerRoutes,
    registerSigningRoutes,
    registerStatementRoutes,
    registerSignedStatementRoutes,
    registerViewRoutes,
    registerAccountRoutes,
    registerStreamRoutes,
    registerPictureRoutes,
    registerAgreementRoutes,
    registerAgreementTextRoutes,
    registerWhatIfRoute,
    registerMissionLifeRoutes,
    registerJointActRoutes,
    registerDocketRoutes,
    registerAlarmRoutes,
    registerAirWatchRoute,
    registerGroundWatchRoute,
    registerImportRoutes,
    registerPortalRoutes,
    registerEscalationRoutes,
    registerAttachmentRoutes,
    registerTextRoutes,
    registerDraftRoutes,
    registerReportRoutes,
    registerRecordRoutes,
    registerReceiptRoutes,
    registerRecordingRoutes,
    registerCosigningRoutes,
    registerRoomRoutes,
  ])
    register(app, context);
  const console =
    context.consoleFolder !== undefined && existsSync(context.consoleFolder) ? context.consoleFolder : undefined;
  if (console !== undefined) await addConsoleFiles(app, console);
  addNotFound(app, console);
  return app;
}

function addGate(app: FastifyInstance, context: ApiContext): void {
  app.decorateRequest("session", undefined);
  app.decorateRequest("token", undefined);
  app.decorateRequest("refusal", undefined);
  const table: RouteRelease[] = [];
  app.decorate("releaseTable", table);
  app.addHook("onRoute", (route) => {
    route.config ??= {} as never;
    const config = route.config as { release?: ReleaseForm };
    if (CONSOLE_ROUTES.has(route.url)) config.release ??= "plain";
    if (config.release === undefined)
      throw new Error(`route ${String(route.method)} ${route.url} does not say how its answer is released`);
    for (const method of [route.method].flat()) table.push({ method, url: route.url, release: config.release });
  });
  app.addHook("onRequest", async (request, reply) => {
    const header = request.headers.authorization;
    const token = header?.startsWith("Bearer ") ? header.slice(7) : undefined;
    request.token = token;
    request.session = token ? context.sessions.find(token) : undefined;
    const fault = refusalOf(request, request.routeOptions.config.release);
    return fault ? sendFault(reply, fault) : undefined;
  });
  app.addHook("preSerialization", async (request, _reply, payload) =>
    RELEASED.has(request.routeOptions.config.release)
      ? release(payload, audienceOf(request), context.releaseRule(), context.clock.now())
      : payload,
  );
  app.addHook("onResponse", async (request, reply) => {
    if (request.refusal === undefined) return;
    context.onRefusal(request.refusal);
    logRefusal(request, reply, request.refusal);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    reply.header("cache-control", cachingOf(request, reply.getHeader("cache-control")));
    return payload;
  });
  packAnswers(app);
}

/**
 * Each refusal is a line of the log: who was refused what by which rule. All of it is the centre's own words, so that nothing of what
 * was asked or brought stands in the log, and nobody writes into it.
 */
function logRefusal({ routeOptions, session, log }: FastifyRequest, reply: FastifyReply, code: string): void {
  const { officer, component } = session ?? {};
  log.info({ route: routeOptions.url, code, status: reply.statusCode, officer, component }, "refused");
}

/** No cache keeps what depends on who asks, nor anything of which its route does not say that it may. */
function cachingOf(request: FastifyRequest, asked: ReturnType<FastifyReply["getHeader"]>): string {
  const { release: form } = request.routeOptions.config;
  const isPrivate = request.session !== undefined || (form !== undefined && PRIVATE.has(form));
  return isPrivate ? KEEP_NOWHERE_PRIVATE : String(asked ?? KEEP_NOWHERE);
}

async function addPlugins(app: FastifyInstance, context: ApiContext, isTls: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        workerSrc: ["'self'", "blob:"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", "data:"],
        objectSrc: ["'none'"],
        frameSrc: ["'self'", "blob:"],
        frameAncestors: ["'self'"],
        upgradeInsecureRequests: isTls ? [] : null,
      },
    },
    strictTransportSecurity: isTls ? { maxAge: 31_536_000 } : false,
  });
  await app.register(rateLimit, {
    global: true,
    timeWindow: "1 minute",
    keyGenerator: (request: FastifyRequest) =>
      request.session ? `${request.session.component}/${request.session.officer}` : request.ip,
    max: (request: FastifyRequest) => (request.session ? MOST_INSIDE : MOST_OUTSIDE),
  });
  await app.register(websocket, { options: { maxPayload: 4_096 } });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "OpenJMC",
        version: context.version,
        description: "The centre's interface. Errors are faults: {code, what, where, expected, got, cause}.",
      },
      components: {
        securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
        // What stands in a statement's payload as `body`, by its kind.
        schemas: Object.fromEntries(
          Object.entries(BODIES).map(([kind, fields]) => [kind, bodySchema(fields)]),
        ) as never,
      },
    },
    // The plugin for sockets hides its routes from the document; they belong in it like all others.
    transform: ({ schema, url, route }) => ({
      url,
      schema: (route as { wsHandler?: unknown }).wsHandler ? { ...schema, hide: false } : schema,
    }),
  });
}

async function addConsoleFiles(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    prefix: "/",
    wildcard: true,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header("cache-control", path.startsWith(join(folder, "assets/")) ? FOREVER : ASK_AGAIN),
    decorateReply: false,
  });
}

/** Every address of the console is one page; whatever else is not known is a fault. */
function addNotFound(app: FastifyInstance, consoleFolder: string | undefined): void {
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?")[0]!;
    const isPage =
      request.method === "GET" && !/^\/(api|record|metrics|healthz|readyz)\b/.test(path) && !/\.[a-z0-9]+$/i.test(path);
    if (consoleFolder === undefined || !isPage) return sendFault(reply, unknownRoute(request));
    const page = join(consoleFolder, "index.html");
    const { size } = await stat(page);
    return reply
      .type("text/html; charset=utf-8")
      .header("cache-control", ASK_AGAIN)
      .header("content-length", size)
      .send(createReadStream(page));
  });
}
