/** The docket in numbers, warnings and how they came out, and two sides' lists beside one another. */
import { text as readText } from "node:stream/consumers";
import { docketOf, hitLines, type ListInHand, partsOf, readTally, reconcile } from "@openjmc/desk";
import { clocksOf, type DocketView, FaultError, type HitLine, type ReconciliationSheet } from "@openjmc/model";
import { canonicalize, type Json, unwrap } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";
import { coverageIn } from "../coverage-in.ts";
import { refuse } from "../faults.ts";

export function registerDocketRoutes(app: FastifyInstance, context: ApiContext): void {
  const options = (summary: string, tag: string) => ({
    config: { release: "inside" as const },
    schema: { summary, tags: [tag] },
  });
  app.get(
    "/api/v1/docket",
    options("Allegations by accuser and accused: outcomes, ageing, more than usual", "docket"),
    async (): Promise<DocketView> =>
      docketOf([...context.registrar.desk.allegations.values()], context.clock.now(), clocksOf(context.mission().view)),
  );
  app.get(
    "/api/v1/warnings/hits",
    options("How warnings came out, by indicator", "influence"),
    async (): Promise<readonly HitLine[]> => hitLines([...context.registrar.desk.warnings.values()]),
  );
  app.get(
    "/api/v1/lists/:first/against/:second",
    options("Two sides' lists: agreed, in dispute, told by one, and who could have seen it", "lists"),
    async (request): Promise<ReconciliationSheet> => {
      const { first, second } = request.params as { first: string; second: string };
      const [one, other] = [await listInHand(context, first), await listInHand(context, second)];
      const from = Math.min(one.row.from, other.row.from);
      const until = Math.max(one.row.until, other.row.until);
      const { sources } = context.mission().view;
      return reconcile(one, other, { sources, coverage: await coverageIn(context, from, until) });
    },
  );
}

/** A side's tally is read whole; a year of a front's is far below this. */
const MOST_LIST_BYTES = 32_000_000;

/** The list as it was handed in. Errors: `list.unknown`, `attachment.missing`, `attachment.too-large`, `list.differs`. */
async function listInHand(context: ApiContext, id: string): Promise<ListInHand> {
  const row = context.registrar.desk.lists.get(id);
  if (!row) return refuse("list.unknown", "list", { expected: "a list of the record", got: id.slice(0, 40) });
  const file = await context.attachments.get(row.body.sha256);
  if (!file) throw new FaultError({ code: "attachment.missing", what: "list", where: { file: row.body.sha256 } });
  if (file.bytes > MOST_LIST_BYTES) {
    file.stream.destroy();
    refuse("attachment.too-large", "list", { expected: `at most ${MOST_LIST_BYTES} bytes`, got: String(file.bytes) });
  }
  const { zone, words, parts } = row.body;
  const options = { ...(zone === undefined ? {} : { zone }), ...(words === undefined ? {} : { words }) };
  const tally = unwrap(readTally(await readText(file.stream), options)).rows;
  const written = (value: unknown): string => unwrap(canonicalize(value as Json));
  const [stated, held] = [written(partsOf(parts)), written(partsOf(tally))];
  if (stated !== held) return refuse("list.differs", "list", { expected: stated, got: held });
  return { row, tally };
}
