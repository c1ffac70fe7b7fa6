/** Receipts (c2sp.org/tlog-proof): the place of an entry under a checkpoint, in a file that verifies without any network. */
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

export function registerReceiptRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/record/proof/:index",
    {
      config: { release: "plain" },
      schema: {
        summary:
          "Receipt of an entry (.tlog-proof): under the newest cosigned checkpoint that holds it, else under the latest",
        tags: ["record"],
      },
    },
    async (request, reply) => {
      const text = (request.params as { index: string }).index;
      const index = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : -1;
      const receipt = await context.receipt(index);
      if (!receipt)
        return refuse("row.unknown", "entry", {
          expected: `0 to ${context.registrar.head().size - 1}`,
          got: text.slice(0, 20),
        });
      return reply
        .type("text/plain; charset=utf-8")
        .header("cache-control", "no-cache")
        .header("content-disposition", `attachment; filename="${index}.tlog-proof"`)
        .send(Buffer.from(receipt));
    },
  );
}
