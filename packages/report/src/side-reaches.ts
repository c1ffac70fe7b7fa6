/** How far the posts on each side's ground would have heard: from the spans of their watch, which hold what noise and wind left of it. */
import type { CoverageRow, Instant } from "@openjmc/model";
import { byOrder } from "./order.ts";

/** One kind of source and the posts on one side's ground, over a period. Metres. */
export interface SideReach {
  readonly heldBy: string | undefined;
  readonly what: string;
  readonly posts: number;
  /** In the worst direction of the worst span, in the middle by time over posts and directions, in the best. */
  readonly least: number;
  readonly middle: number;
  readonly most: number;
}

interface Heard {
  readonly source: string;
  readonly time: number;
  readonly metres: readonly number[];
}

/** A line for each side and kind of source, sides in `order`, kinds that are heard least far first. */
export function sideReaches(
  rows: readonly CoverageRow[],
  { from, until }: { readonly from: Instant; readonly until: Instant },
  order: readonly string[],
): SideReach[] {
  const groups = new Map<string, { heldBy: string | undefined; what: string; heard: Heard[] }>();
  for (const { source, heldBy, hearing, watching, ...span } of rows) {
    const time = Math.min(span.until, until) - Math.max(span.from, from);
    if (!watching || time <= 0) continue;
    for (const { what, metres } of hearing?.reaches ?? []) {
      const key = `${heldBy ?? ""}|${what}`;
      const group = groups.get(key) ?? { heldBy, what, heard: [] };
      groups.set(key, group);
      group.heard.push({ source, time, metres });
    }
  }
  const compare = byOrder(order);
  return [...groups.values()]
    .map(({ heldBy, what, heard }) => ({ heldBy, what, ...spreadOf(heard) }))
    .sort((a, b) => compare(a.heldBy, b.heldBy) || a.middle - b.middle || (a.what < b.what ? -1 : 1));
}

function spreadOf(heard: readonly Heard[]): Omit<SideReach, "heldBy" | "what"> {
  const each = heard.flatMap(({ time, metres }) => metres.map((reach) => ({ reach, time })));
  each.sort((one, other) => one.reach - other.reach);
  const half = each.reduce((sum, { time }) => sum + time, 0) / 2;
  let passed = 0;
  const middle = each.find(({ time }) => {
    passed += time;
    return passed >= half;
  });
  return {
    posts: new Set(heard.map(({ source }) => source)).size,
    least: each[0]?.reach ?? 0,
    middle: middle?.reach ?? 0,
    most: each.at(-1)?.reach ?? 0,
  };
}
