/** The binary WebSocket of what moves. A browser cannot put a token into its headers there, so it brings a one-use ticket. */
import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

const TICKET_LIFE_MILLISECONDS = 30_000;

export function registerPictureRoutes(app: FastifyInstance, context: ApiContext): void {
  const tickets = new Map<string, { readonly token: string; readonly until: number }>();
  app.get(
    "/api/v1/picture/ticket",
    {
      config: { release: "inside" },
      schema: { summary: "A one-use ticket for the picture's WebSocket", tags: ["picture"] },
    },
    async (request) => {
      const now = performance.now();
      for (const [old, entry] of tickets) if (entry.until < now) tickets.delete(old);
      const ticket = randomBytes(24).toString("base64url");
      tickets.set(ticket, { token: request.token!, until: now + TICKET_LIFE_MILLISECONDS });
      return { ticket };
    },
  );
  app.register(async (scope) => {
    scope.route({
      method: "GET",
      url: "/api/v1/picture",
      config: { release: "plain" },
      schema: { summary: "What moves (binary WebSocket); `ticket` from /api/v1/picture/ticket", tags: ["picture"] },
      handler: () =>
        refuse("request.upgrade", "request", {
          where: { field: "upgrade" },
          expected: "a WebSocket",
          got: "plain HTTP",
        }),
      wsHandler: (socket, request) => {
        const ticket = String((request.query as { ticket?: string }).ticket ?? "");
        const entry = tickets.get(ticket);
        tickets.delete(ticket);
        if (!entry || entry.until < performance.now() || !context.sessions.find(entry.token)) {
          socket.close(4401, "session.missing");
          return;
        }
        const client = {
          send: (bytes: Uint8Array) => socket.send(bytes, { binary: true }),
          unread: () => socket.bufferedAmount,
        };
        context.pictureHub.join(client, context.clock.now());
        const check = setInterval(() => {
          if (!context.sessions.find(entry.token)) socket.close(4401, "session.missing");
        }, 5_000);
        socket.on("close", () => {
          clearInterval(check);
          context.pictureHub.leave(client);
        });
        socket.on("error", () => socket.terminate());
      },
    });
  });
}
