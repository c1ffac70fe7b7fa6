/** Reports, rendered on demand from rows; what leaves the components is made of released rows. */
import { FaultError } from "@openjmc/model";
import { lastCutOffDay, PERIOD_REPORT_KINDS, type PeriodReportKind, REPORT_THEMES } from "@openjmc/report";
import type { FastifyInstance, FastifyReply } from "fastify";
import { takesGzip } from "../../packing.ts";
import { checkFinished } from "../../reports/editions.ts";
import { type FinalRequest, REPORT_FORMATS, type ReportRequest } from "../../reports/requests.ts";
import type { ApiContext } from "../context.ts";
import { audienceOf } from "../who-asks.ts";

const day = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" } as const;
const language = { type: "string", pattern: "^[a-z]{2}$", default: "en" } as const;

const query = {
  type: "object",
  properties: {
    date: { ...day, description: "local day on whose cut-off the report ends; without it the last that has passed" },
    from: { ...day, description: "first local day of a periodic or thematic report" },
    theme: { type: "string", enum: [...REPORT_THEMES], default: "violations" },
    format: { type: "string", enum: [...REPORT_FORMATS], default: "html" },
    language,
  },
} as const;

const spotQuery = {
  type: "object",
  required: ["incident"],
  properties: {
    incident: { type: "string", maxLength: 64 },
    format: { type: "string", enum: ["html", "pdf", "json"], default: "html" },
    language,
  },
} as const;

const editionBody = {
  type: "object",
  required: ["kind", "date", "format", "language", "audience"],
  additionalProperties: false,
  properties: {
    kind: { type: "string", enum: [...PERIOD_REPORT_KINDS, "spot"] },
    date: { type: "string", maxLength: 10 },
    from: day,
    theme: { type: "string", enum: [...REPORT_THEMES] },
    incident: { type: "string", maxLength: 64 },
    format: { type: "string", enum: [...REPORT_FORMATS] },
    language: { type: "string", pattern: "^[a-z]{2}$" },
    audience: { type: "string", enum: ["component", "public"] },
  },
} as const;

const finalQuery = {
  type: "object",
  properties: {
    format: { type: "string", enum: ["html", "pdf", "json"], default: "html" },
    language: { type: "string", pattern: "^[a-z]{2}$", default: "en" },
  },
} as const;

export function registerReportRoutes(app: FastifyInstance, context: ApiContext): void {
  const answer = async (request: ReportRequest, name: string, reply: FastifyReply) => {
    const mayBePacked = takesGzip(reply.request.headers["accept-encoding"]);
    const report = await context.report({ ...request, mayBePacked });
    if (!report.ok) throw new FaultError(report.fault);
    if (report.value.encoding !== undefined)
      reply.header("content-encoding", report.value.encoding).header("vary", "accept-encoding");
    const { format } = request;
    const ending = format === "acled" || format === "annex" ? `${format}.csv` : format.replace("-", ".");
    return reply
      .type(report.value.mediaType)
      .header(
        "content-disposition",
        `${format === "html" || format === "annex-html" ? "inline" : "attachment"}; filename="${name}-${request.language}.${ending}"`,
      )
      .header(
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'",
      )
      .send(Buffer.from(report.value.bytes));
  };
  const serve = (kind: PeriodReportKind, path: string, release: "inside" | "rendered", summary: string): void => {
    app.get(
      path,
      {
        config: { release, rateLimit: { max: 60, timeWindow: "1 minute" } },
        schema: { summary, tags: ["reports"], querystring: query },
      },
      async (request, reply) => {
        const wanted = request.query as Omit<ReportRequest, "kind" | "audience" | "date"> & { readonly date?: string };
        const audience = release === "inside" && audienceOf(request) === "component" ? "component" : "public";
        const { reportCutOff, timeZone } = context.mission().view;
        const date = wanted.date ?? lastCutOffDay(context.clock.now(), reportCutOff, timeZone);
        return answer({ ...wanted, kind, date, audience }, `${kind}-${date}`, reply);
      },
    );
  };
  app.get(
    "/api/v1/reports/spot",
    {
      config: { release: "inside", rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: { summary: "One incident, minute by minute", tags: ["reports"], querystring: spotQuery },
    },
    async (request, reply) => {
      const wanted = request.query as Pick<ReportRequest, "incident" | "format" | "language">;
      return answer({ ...wanted, kind: "spot", date: "", audience: "component" }, "spot", reply);
    },
  );
  app.get(
    "/api/v1/reports/final",
    {
      config: { release: "inside", rateLimit: { max: 20, timeWindow: "1 minute" } },
      schema: {
        summary: "The whole mission: its life, availability per means, claims, findings, what is left",
        tags: ["reports"],
        querystring: finalQuery,
      },
    },
    async (request, reply) => {
      const wanted = request.query as FinalRequest;
      const report = await context.finalReport(wanted);
      if (!report.ok) throw new FaultError(report.fault);
      return reply
        .type(report.value.mediaType)
        .header("content-disposition", `inline; filename="final-${wanted.language}.${wanted.format}"`)
        .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
        .send(Buffer.from(report.value.bytes));
    },
  );
  app.post(
    "/api/v1/reports/editions",
    {
      config: { release: "inside", rateLimit: { max: 20, timeWindow: "1 minute" } },
      schema: {
        summary: "Keep a report's bytes and name them in the record, so that both components approve the very same",
        tags: ["reports"],
        body: editionBody,
      },
    },
    async (request, reply) => {
      const wanted = request.body as ReportRequest;
      const finished = checkFinished(wanted, context.mission().view, context.clock.now());
      if (!finished.ok) throw new FaultError(finished.fault);
      const frozen = await context.editions.freeze(wanted, "asked");
      if (!frozen.ok) throw new FaultError(frozen.fault);
      return reply.code(201).send(frozen.value);
    },
  );
  for (const kind of PERIOD_REPORT_KINDS) {
    serve(kind, `/api/v1/reports/${kind}`, "inside", `The ${kind} report as the two components have it`);
    const summary = `The ${kind} report with coarsened places and the mission's delay`;
    serve(kind, `/api/v1/public/reports/${kind}`, "rendered", summary);
  }
}
