/** What a client must know first, health for machines, metrics. */
import type { CentreDescription, MissionView, OfficerRole } from "@openjmc/model";
import { NODE_ROLE, partyOf } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";
import { audienceOf } from "../who-asks.ts";

export function registerCentreRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/centre",
    {
      config: { release: "json" },
      schema: {
        summary: "Name, mission, clock and record of the centre; without a session only what is needed to sign in",
        tags: ["centre"],
      },
    },
    async (request) => describe(context, audienceOf(request) === "component"),
  );
  app.get(
    "/healthz",
    { config: { release: "plain" }, schema: { summary: "The process lives", tags: ["centre"] } },
    async () => ({ status: "ok" }),
  );
  app.get(
    "/readyz",
    { config: { release: "plain" }, schema: { summary: "The centre takes acts and frames", tags: ["centre"] } },
    async (_request, reply) => {
      // Whoever asks here has no session: paths of the machine are none of his business.
      const faults = context.hindrances().map(({ where: _where, cause: _cause, ...fault }) => fault);
      return faults.length === 0
        ? reply.send({ status: "ready" })
        : reply.code(503).send({ status: "not ready", faults });
    },
  );
  app.get(
    "/metrics",
    {
      config: { release: "machine" },
      schema: {
        summary: "Prometheus metrics, for operators: on the centre's own machine, elsewhere with a session",
        tags: ["centre"],
      },
    },
    async (_request, reply) => reply.type("text/plain; version=0.0.4; charset=utf-8").send(await context.metrics()),
  );
}

function describe(context: ApiContext, isInside: boolean): CentreDescription {
  const view = withOfficers(context.mission().view, context);
  return {
    name: context.name,
    version: context.version,
    origin: context.origin,
    exercise: context.exercise,
    now: context.clock.now(),
    speed: context.clock.speed,
    mission: isInside ? view : withoutSites(view),
    record: context.registrar.head(),
    sealedSize: context.sealedSize(),
    anchor: context.registrar.anchor(),
  };
}

/** Sensors' sites, flights and the list of rules stay inside. */
function withoutSites(view: MissionView): MissionView {
  return { ...view, sources: [], flights: [], rules: [] };
}

/**
 * Where the mission's files name no officers, those enrolled in the record stand at the door; the parties' liaison officers, of
 * whom no file tells, in any case. Machines do not come in by it.
 */
function withOfficers(view: MissionView, context: ApiContext): MissionView {
  const enrolled = [...context.registrar.state.officers.values()].filter(
    ({ keyId, roles }) =>
      keyId !== undefined && !roles.includes(NODE_ROLE) && (view.officers.length === 0 || partyOf(roles) !== undefined),
  );
  const officers = enrolled.map(({ officer, component, roles }) => ({
    id: officer,
    component,
    roles: roles as readonly OfficerRole[],
  }));
  return { ...view, officers: [...view.officers, ...officers] };
}
