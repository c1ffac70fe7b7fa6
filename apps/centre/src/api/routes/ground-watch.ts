/** What size of source would have been heard over each ground, hour by hour, by the side that holds it. */
import { type GroundWatchLine, MICROSECONDS_PER_DAY } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import { groundWatchOf } from "../../reports/ground-watch.ts";
import type { ApiContext } from "../context.ts";
import { coverageIn } from "../coverage-in.ts";
import { refuse } from "../faults.ts";
import { requiredInstant } from "./views.ts";

/** Longer periods are many questions: a report of each day has them. */
const LONGEST = 7 * MICROSECONDS_PER_DAY;

export function registerGroundWatchRoute(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/coverage/ground",
    {
      config: { release: "inside" },
      schema: {
        summary:
          "Hours in which a source of each kind would have been heard over each ground, by the side that holds it",
        tags: ["coverage"],
      },
    },
    async (request): Promise<readonly GroundWatchLine[]> => {
      const query = request.query as Record<string, string | undefined>;
      const until = requiredInstant("until", query.until, context.clock.now());
      const from = requiredInstant("from", query.from, until - MICROSECONDS_PER_DAY);
      if (until < from || until - from > LONGEST)
        return refuse("request.field", "span of time", { where: { field: "from" }, expected: "at most 7 days" });
      const coverage = await coverageIn(context, from, until);
      return groundWatchOf(context.mission(), coverage, { from, until }, context.clock.now());
    },
  );
}
