/** A minute's recordings for a component's node, as far as the mission's markings let its component have them. */
import { Readable } from "node:stream";
import { encodeRecorded } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import { linksFor } from "../../nodes/recordings-rule.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";
import { nodeNameOf } from "./cosigning.ts";

/** Records of one request; a minute of a busy centre has fewer. */
const MOST_RECORDS = 2_000_000;

export function registerRecordingRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/recordings/:first/:last",
    {
      config: { release: "inside" },
      schema: { summary: "Journal records of a sealed minute, for the component's node", tags: ["record"] },
    },
    async (request, reply) => {
      nodeNameOf(request.session);
      const { first, last } = request.params as { first: string; last: string };
      const [from, until] = [Number(first), Number(last)];
      const isGood =
        [from, until].every(Number.isSafeInteger) && from >= 1 && until >= from && until - from < MOST_RECORDS;
      if (!isGood)
        return refuse("request.field", "span of records", { where: { field: "last" }, expected: "a sealed minute" });
      const links = linksFor(request.session!.component, context.mission().view.sources);
      return reply.type("application/octet-stream").send(Readable.from(framesOf(context, links, from, until)));
    },
  );
}

async function* framesOf(
  context: ApiContext,
  links: ReadonlySet<string>,
  first: number,
  last: number,
): AsyncGenerator<Uint8Array> {
  for await (const recorded of context.recordedBodies(first, last))
    if (links.has(recorded.link)) yield encodeRecorded(recorded);
}
