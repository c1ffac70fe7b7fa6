/** Joint acts other than findings: what waits for a second signature, and the way to the officer's own signer. */
import type { JointActRow } from "@openjmc/model";
import { bytesToBase64, formatPayloadType } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import { publicRequest } from "../../signing/requests.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

const MOST_TOLD = 500;

export function registerJointActRoutes(app: FastifyInstance, context: ApiContext): void {
  const acts = () => context.registrar.desk.jointActs;
  app.get(
    "/api/v1/joint-acts",
    {
      config: { release: "inside" },
      schema: {
        summary: "Handovers and steps of the mission's life, latest first, with who has signed",
        tags: ["signing"],
      },
    },
    async () => ({
      rows: [...acts().values()].slice(-MOST_TOLD).reverse() satisfies JointActRow[],
    }),
  );
  app.post(
    "/api/v1/joint-acts/:statement/countersign-request",
    {
      config: { release: "inside" },
      schema: {
        summary: "Put the other component's text before the officer's own signer, as it stands",
        tags: ["signing"],
      },
    },
    async (request) => {
      const { statement } = request.params as { statement: string };
      const act = acts().get(statement);
      if (!act)
        return refuse("row.unknown", "joint act", {
          expected: "a joint act of the record",
          got: statement.slice(0, 80),
        });
      const leaf = await context.leafAt(act.signedBy[0]!.index);
      if (!leaf) return refuse("row.unknown", "entry", { expected: "an entry of the record" });
      const { component, officer } = request.session!;
      const filed = context.requests.create({
        ...{ component, officer, purpose: "statement", payloadType: formatPayloadType(act.kind, 1) },
        payload: bytesToBase64(leaf.envelope.payload),
        createdAt: context.clock.now(),
      });
      return { request: publicRequest(filed.request), secret: filed.secret };
    },
  );
}
