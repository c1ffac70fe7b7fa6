/** Mean and covariance of one hypothesis at a time. */
import { MOMENT_STRIDE } from "./bank.ts";
import { advance } from "./kernels.ts";
import type { ForestParts } from "./parts.ts";

/** Writes `MOMENT_STRIDE` numbers; before the hypothesis' own time its estimate stands, and a single plot stays where it was. */
export function momentsOf(
  { bank, pool }: ForestParts,
  hypothesis: number,
  at: number,
  target: Float64Array,
  to: number,
): void {
  const e = hypothesis * bank.estimateStride;
  const seconds = at - pool.time[hypothesis]!;
  if (pool.hits[hypothesis] === 1) {
    for (let i = 0; i < MOMENT_STRIDE; i++) target[to + i] = pool.estimate[e + 1 + i]!;
  } else if (seconds <= 0) bank.collapse(pool.estimate, e, target, to);
  else {
    advance[0] = seconds;
    bank.foretell(pool.estimate, e, pool.predicted, e);
    bank.collapse(pool.predicted, e, target, to);
  }
}
