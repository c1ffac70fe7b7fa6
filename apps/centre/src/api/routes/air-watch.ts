/** How the air over the watched zones was watched, by altitude, for what is silent and for what broadcasts. */
import { type AirWatchLine, MICROSECONDS_PER_DAY, type Skyline } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import { airWatchOf } from "../../reports/air-watch.ts";
import { skylinesOf } from "../../reports/skylines.ts";
import type { ApiContext } from "../context.ts";
import { coverageIn } from "../coverage-in.ts";
import { refuse } from "../faults.ts";
import { requiredInstant } from "./views.ts";

/** Longer periods are many questions: a report of each day has them. */
const LONGEST = 31 * MICROSECONDS_PER_DAY;

export function registerAirWatchRoute(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/coverage/air",
    {
      config: { release: "inside" },
      schema: {
        summary: "Hours in which a flight over each zone would have been followed, by altitude above the ground",
        tags: ["coverage"],
      },
    },
    async (request): Promise<readonly AirWatchLine[]> => {
      const query = request.query as Record<string, string | undefined>;
      const until = requiredInstant("until", query.until, context.clock.now());
      const from = requiredInstant("from", query.from, until - MICROSECONDS_PER_DAY);
      if (until < from || until - from > LONGEST)
        return refuse("request.field", "span of time", { where: { field: "from" }, expected: "at most 31 days" });
      const coverage = await coverageIn(context, from, until);
      return airWatchOf(context.mission(), coverage, { from, until }, context.clock.now());
    },
  );
  app.get(
    "/api/v1/coverage/skylines",
    {
      config: { release: "inside" },
      schema: {
        summary:
          "Heights above the ground below which the land hides a target from each sensor, by direction and distance",
        tags: ["coverage"],
      },
    },
    async (): Promise<readonly Skyline[]> => [...skylinesOf(context.mission()).values()],
  );
}
