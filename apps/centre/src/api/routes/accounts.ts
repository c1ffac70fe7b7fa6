/** One event by many means. */
import type { EventRow } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import { gatherAccounts } from "../../accounts/gather.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

export function registerAccountRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/events/:id/accounts",
    {
      config: { release: "inside" },
      schema: { summary: "What each means says of an event, and which account is preferred", tags: ["views"] },
    },
    async (request) => {
      const { id } = request.params as { id: string };
      const event = (await context.views.get("events", id)) as EventRow | undefined;
      if (event === undefined) return refuse("row.unknown", "row of events", { got: id.slice(0, 80) });
      return gatherAccounts(context.views, event, context.mission().view);
    },
  );
}
