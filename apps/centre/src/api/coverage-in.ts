/** Spans of coverage that touch a period, all of them, oldest first. */
import type { CoverageRow, Instant } from "@openjmc/model";
import type { ApiContext } from "./context.ts";

export async function coverageIn(context: ApiContext, from: Instant, until: Instant): Promise<CoverageRow[]> {
  const rows: CoverageRow[] = [];
  let after: string | undefined;
  do {
    const page = await context.views.page({
      ...{ view: "coverage", from, until: until + 1, limit: 1_000, newestFirst: false },
      ...(after === undefined ? {} : { after }),
    });
    rows.push(...(page.rows as CoverageRow[]));
    after = page.next;
  } while (after !== undefined);
  return rows;
}
