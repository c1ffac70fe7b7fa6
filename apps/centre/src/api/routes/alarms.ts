/** How the alarms stand: by state, how fast they come, which have stood for longest, what is kept quiet. */
import { type AlarmFigures, alarmFigures } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";

export function registerAlarmRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/alarms",
    {
      config: { release: "inside" as const },
      schema: {
        summary: "Alarms by state, alerts per ten minutes, the longest standing, what is kept quiet",
        tags: ["alarms"],
      },
    },
    async (): Promise<AlarmFigures> => {
      const { alerts, holds } = context.registrar.desk;
      return alarmFigures([...alerts.values()], [...holds.values()], context.mission().view, context.clock.now());
    },
  );
}
