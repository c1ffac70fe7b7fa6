/** Server-sent events: every changed row of the common room, resumed by number; read with fetch, one stream per tab. */
import type { StreamEvent } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";
import type { StreamClient } from "../stream-hub.ts";

const MOST_STREAMS = 400;
const CLOCK_PERIOD_MILLISECONDS = 5_000;

export function registerStreamRoutes(app: FastifyInstance, context: ApiContext): void {
  const timer = setInterval(() => context.publish(clockOf(context)), CLOCK_PERIOD_MILLISECONDS);
  timer.unref();
  app.addHook("onClose", async () => clearInterval(timer));
  app.get(
    "/api/v1/stream",
    {
      config: { release: "inside" },
      schema: {
        summary: "Live changes of views (text/event-stream); `from` resumes after that number",
        tags: ["views"],
      },
    },
    (request, reply) => {
      if (context.hub.clients >= MOST_STREAMS)
        return refuse("rate.limited", "stream", { expected: `at most ${MOST_STREAMS} streams` });
      const token = request.token!;
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "private, no-store",
        "x-accel-buffering": "no",
      });
      const client: StreamClient = {
        write: (text) => {
          response.write(text);
          return response.writableLength;
        },
        end: () => response.end(),
      };
      const from = Number((request.query as { from?: string }).from);
      client.write(
        `retry: 1000\nid: ${context.hub.sequence}\nevent: clock\ndata: ${JSON.stringify(clockOf(context))}\n\n`,
      );
      const record = { type: "record", ...context.registrar.head(), sealedSize: context.sealedSize() };
      client.write(`id: ${context.hub.sequence}\nevent: record\ndata: ${JSON.stringify(record)}\n\n`);
      if (!context.hub.join(client, Number.isSafeInteger(from) ? from : undefined))
        client.write(`id: ${context.hub.sequence}\nevent: reset\ndata: {"type":"reset"}\n\n`);
      const check = setInterval(() => {
        if (!context.sessions.find(token)) response.end();
      }, CLOCK_PERIOD_MILLISECONDS);
      response.on("close", () => {
        clearInterval(check);
        context.hub.leave(client);
      });
      return undefined;
    },
  );
}

/** The time, and what is wrong: both are told again and again, so that neither is believed for longer than it holds. */
function clockOf(context: ApiContext): StreamEvent {
  // Paths of the machine are the operator's business.
  const troubles = context.troubles().map(({ where: _where, ...fault }) => fault);
  return { type: "clock", now: context.clock.now(), speed: context.clock.speed, troubles };
}
