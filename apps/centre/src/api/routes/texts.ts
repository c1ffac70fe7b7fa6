/** The open-source desk: texts taken in, found and read; facts with their versions; what is handed out. */
import { discrepanciesOf, type FactContext, factSummaries, factView, outletRows, timelineOf } from "@openjmc/desk";
import type {
  Discrepancy,
  FactSummary,
  FactView,
  OutletRow,
  TextContent,
  TextIntake,
  TextReading,
  TextSearch,
  TimelineEntry,
} from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import { csvOfClaims, exportedClaims } from "../../press/export.ts";
import { LARGEST_FILE_BYTES } from "../../press/extract/limits.ts";
import { factsOf } from "../../press/mission-names.ts";
import { release } from "../../release/gate.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";
import { fileNameOf } from "./attachments.ts";

const LONGEST_QUESTION = 200;

const searchQuery = {
  type: "object",
  properties: {
    q: { type: "string", maxLength: LONGEST_QUESTION, default: "" },
    limit: { type: "string", pattern: "^\\d{1,3}$", default: "50" },
    after: { type: "string", pattern: "^\\d{1,16}$" },
  },
} as const;

const exportQuery = {
  type: "object",
  properties: { format: { type: "string", enum: ["json", "csv"], default: "json" } },
} as const;

export function registerTextRoutes(app: FastifyInstance, context: ApiContext): void {
  const options = (summary: string, querystring?: object) => ({
    config: { release: "inside" as const },
    schema: { summary, tags: ["open sources"], ...(querystring === undefined ? {} : { querystring }) },
  });
  registerIntake(app, context);
  app.get(
    "/api/v1/texts",
    options("Texts by their words in any of five languages, the newest first", searchQuery),
    async (request): Promise<TextSearch> => {
      const { q, limit, after } = request.query as { q: string; limit: string; after?: string };
      return context.press.search(q, { limit: Math.max(1, Number(limit)), ...(after === undefined ? {} : { after }) });
    },
  );
  app.get(
    "/api/v1/texts/:id",
    options("A text with its words, its origin and its claims"),
    async (request): Promise<TextContent> => context.press.content((request.params as { id: string }).id),
  );
  app.get(
    "/api/v1/texts/:id/reading",
    options("What the reading suggests in a text, each with its place, and what was judged of it"),
    async (request): Promise<TextReading> => context.press.reading((request.params as { id: string }).id),
  );
  registerFacts(app, context);
  registerExport(app, context);
}

function registerIntake(app: FastifyInstance, context: ApiContext): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.post(
      "/api/v1/texts",
      {
        config: { release: "inside", takesFiles: true },
        bodyLimit: LARGEST_FILE_BYTES,
        schema: {
          summary:
            "Take in a text, a page, a captured page or a PDF (raw body): kept by its hash, read, compared; nothing is stated yet",
          tags: ["open sources"],
        },
      },
      async (request, reply): Promise<TextIntake> => {
        const bytes = request.body as Buffer | undefined;
        if (bytes === undefined || bytes.length === 0)
          return refuse("text.empty", "file", {
            expected: "a text, an HTML page, a captured page or a PDF file",
            got: "nothing",
          });
        const said = String(request.headers["content-type"] ?? "text/plain");
        const intake = await context.press.intake(bytes, said, fileNameOf(request.headers["x-filename"]));
        return reply.code(201).send(intake) as never;
      },
    );
  });
}

function factContext(context: ApiContext): FactContext {
  const mission = context.mission();
  return { facts: factsOf(mission), components: mission.view.components.map(({ code }) => code) };
}

function registerFacts(app: FastifyInstance, context: ApiContext): void {
  const options = (summary: string) => ({
    config: { release: "inside" as const },
    schema: { summary, tags: ["open sources"] },
  });
  const press = () => context.registrar.desk.press;
  app.get(
    "/api/v1/press/facts",
    options("Facts that the mission follows or that claims speak of"),
    async (): Promise<readonly FactSummary[]> => factSummaries(press(), factContext(context)),
  );
  app.get(
    "/api/v1/press/facts/:fact",
    options("One fact: its competing versions, where they disagree, what was adopted"),
    async (request): Promise<FactView> => {
      const { fact } = request.params as { fact: string };
      const view = factView(press(), factContext(context), fact);
      return view ?? refuse("fact.unknown", "fact", { expected: "a fact of the desk", got: fact.slice(0, 80) });
    },
  );
  app.get(
    "/api/v1/press/discrepancies",
    options("Everything in which texts disagree"),
    async (): Promise<readonly Discrepancy[]> => discrepanciesOf(press(), factContext(context)),
  );
  app.get(
    "/api/v1/press/timeline",
    options("What is claimed of days, in their order, with every version where texts disagree"),
    async (): Promise<readonly TimelineEntry[]> => timelineOf(press(), factContext(context)),
  );
  app.get(
    "/api/v1/press/outlets",
    options("Outlets with their reliability over time (Admiralty), by how their own claims fared"),
    async (): Promise<readonly OutletRow[]> => outletRows(press(), factContext(context)),
  );
}

function registerExport(app: FastifyInstance, context: ApiContext): void {
  const serve = (path: string, form: "inside" | "rendered", summary: string): void => {
    app.get(
      path,
      {
        config: { release: form, rateLimit: { max: 60, timeWindow: "1 minute" } },
        schema: { summary, tags: ["open sources"], querystring: exportQuery },
      },
      async (request, reply) => {
        const { format } = request.query as { format: "json" | "csv" };
        const isInside = form === "inside";
        const claims = exportedClaims(context.registrar.desk.press, factContext(context), isInside);
        const rule = context.releaseRule();
        const released = release(claims, isInside ? "component" : "public", rule, context.clock.now()) as typeof claims;
        return reply
          .type(format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8")
          .header("content-disposition", `attachment; filename="claims.${format}"`)
          .send(format === "csv" ? csvOfClaims(released) : JSON.stringify({ claims: released }));
      },
    );
  };
  serve("/api/v1/press/export", "inside", "All claims with their sources and short quotations");
  serve(
    "/api/v1/public/press/export",
    "rendered",
    "Claims about facts that all components have settled: short quotations with their sources, no words of persons",
  );
}
