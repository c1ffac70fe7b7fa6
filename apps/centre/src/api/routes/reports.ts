/** Reports, rendered on demand from rows; what leaves the components is made of released rows. */
import { FaultError } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import type { ApiContext, FinalRequest, ReportRequest } from "../context.ts";
import { audienceOf } from "../server.ts";

const query = {
  type: "object",
  required: ["date"],
  properties: {
    date: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    format: { type: "string", enum: ["html", "pdf", "csv", "json"], default: "html" },
    language: { type: "string", pattern: "^[a-z]{2}$", default: "en" },
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
  const serve = (path: string, release: "inside" | "rendered", summary: string): void => {
    app.get(
      path,
      {
        config: { release, rateLimit: { max: 60, timeWindow: "1 minute" } },
        schema: { summary, tags: ["reports"], querystring: query },
      },
      async (request, reply) => {
        const wanted = request.query as Pick<ReportRequest, "date" | "format" | "language">;
        const audience = release === "inside" && audienceOf(request) === "component" ? "component" : "public";
        const report = await context.report({ kind: "daily", ...wanted, audience });
        if (!report.ok) throw new FaultError(report.fault);
        return reply
          .type(report.value.mediaType)
          .header(
            "content-disposition",
            `${wanted.format === "html" ? "inline" : "attachment"}; filename="daily-${wanted.date}-${wanted.language}.${wanted.format}"`,
          )
          .header(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'",
          )
          .send(Buffer.from(report.value.bytes));
      },
    );
  };
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
  serve("/api/v1/reports/daily", "inside", "The daily report as the two components have it");
  serve("/api/v1/public/reports/daily", "rendered", "The daily report with coarsened places and the mission's delay");
}
