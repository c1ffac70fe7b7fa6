/** The watch, the contingent and the life of the mission at an instant, as known at an instant. */
import { contingentView, handoverDraft, lifeView, mandateView, readRoster, visitsView, watchView } from "@openjmc/desk";
import { FaultError, type HandoverBody, type Instant, parseInstant } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";

const LARGEST_TABLE_BYTES = 200 * 1024;

const query = {
  type: "object",
  properties: {
    at: { type: "string", description: "Instant asked about, RFC 3339; the centre's time without it" },
    known: { type: "string", description: "What was known by then, RFC 3339; everything without it" },
  },
} as const;

export function registerMissionLifeRoutes(app: FastifyInstance, context: ApiContext): void {
  const { registrar } = context;
  const components = () => context.mission().view.components.map(({ code }) => code);
  const serve = <T>(path: string, summary: string, answer: (at: Instant, known: Instant) => T): void => {
    app.get(
      path,
      { config: { release: "inside" }, schema: { summary, tags: ["mission"], querystring: query } },
      async (request) => {
        const { at, known } = request.query as { at?: string; known?: string };
        return answer(instantOf(at, "at") ?? context.clock.now(), instantOf(known, "known") ?? Number.MAX_SAFE_INTEGER);
      },
    );
  };
  serve("/api/v1/watch", "Rosters, watches, who is there, handovers, acts outside one's watch", (at, known) =>
    watchView(registrar.desk, components(), at, known),
  );
  serve("/api/v1/contingent", "Declared strengths against the stated ones, posts, rotations", (at, known) =>
    contingentView(registrar.desk, context.mission().instruments, at, known, context.mission().posts),
  );
  serve(
    "/api/v1/mission/life",
    "Where the mission stands, its steps, its sides, what its end still lacks",
    (at, known) => lifeView(registrar.desk, context.mission(), closingOf(context), at, known),
  );
  serve(
    "/api/v1/mission/mandate",
    "What each act of the centre rests on, how each reads the mandate, and acts outside a reading",
    (at, known) => mandateView(registrar.desk, context.mission(), at, known),
  );
  serve("/api/v1/visits", "Inspections and visits against their clock, with answers and results", (at, known) =>
    visitsView(registrar.desk, context.mission(), at, known),
  );
  app.get(
    "/api/v1/watch/handover",
    {
      config: { release: "inside" },
      schema: { summary: "What a handover of one's component would say now, to be signed", tags: ["mission"] },
    },
    async (request) => {
      const { component } = request.session!;
      const draft = handoverDraft(
        registrar.desk,
        component,
        context.clock.now(),
        await systemOf(context),
        registrar.state.founding?.shortestAnswer,
      );
      if (!draft.ok) throw new FaultError(draft.fault);
      return draft.value;
    },
  );
  app.post(
    "/api/v1/watch/roster-preview",
    {
      config: { release: "inside" },
      bodyLimit: LARGEST_TABLE_BYTES + 1_024,
      schema: {
        summary: "Reads a roster's table: members, and each fault with its line and field; nothing is recorded",
        tags: ["mission"],
        body: {
          type: "object",
          required: ["csv"],
          additionalProperties: false,
          properties: { csv: { type: "string", maxLength: LARGEST_TABLE_BYTES } },
        },
      },
    },
    async (request) => readRoster((request.body as { csv: string }).csv),
  );
}

function closingOf(context: ApiContext) {
  return {
    sources: context.mission().view.sources.map(({ id }) => id),
    unsealed: context.unsealed(),
  };
}

/** How the system stands at a handover: what is recorded and sealed, which sources bring something, what is wrong. */
async function systemOf(context: ApiContext): Promise<HandoverBody["system"]> {
  const { rows } = await context.views.page({ view: "sources", limit: 200, newestFirst: false });
  return {
    entries: context.registrar.size,
    sealed: context.sealedSize(),
    sources: (rows as readonly { id: string; state: string }[])
      .map(({ id, state }) => ({ id, state }))
      .sort((left, right) => (left.id < right.id ? -1 : 1)),
    troubles: context.troubles().map(({ code }) => code),
  };
}

function instantOf(text: string | undefined, field: string): Instant | undefined {
  if (text === undefined) return undefined;
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new FaultError({ ...parsed.fault, what: "query", where: { field } });
  return parsed.value;
}
